"""What is confirmed is on the disk: seen from outside, by what is asked of the system."""

from __future__ import annotations

import sys
from pathlib import Path
from time import sleep
from uuid import uuid4

import psycopg
import pytest

from adapters.log.store import Written
from tests import postgres
from tests.copying import copied
from tests.tools.postgres import QUICK, Server, server
from tests.tools.syscalls import POSSIBLE, syncs

APPEND = """
import sys
from pathlib import Path
from uuid import UUID
from adapters.house import House
from adapters.log.store import Written
house = House(Path(sys.argv[1]))
for n in range(int(sys.argv[2])):
    house.log.store.insert([Written(UUID(int=n + 1), 1, "noted/1", b"{}")])
"""
UNSYNCED = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1] + ".unsynced", isolation_level=None)
db.execute("PRAGMA journal_mode=WAL")
db.execute("PRAGMA synchronous=NORMAL")
db.execute("CREATE TABLE t (x)")
for n in range(int(sys.argv[2])):
    db.execute("INSERT INTO t VALUES (1)")
"""
FSYNCS = "SELECT coalesce(sum(fsyncs), 0)::bigint FROM pg_stat_io WHERE object = 'wal'"


@pytest.mark.skipif(not POSSIBLE, reason="calls are counted on Linux on x86-64 only")
def test_every_append_to_the_file_is_put_on_the_disk(demo_file: Path, tmp_path: Path) -> None:
    file = str(copied(demo_file, tmp_path))

    def calls(program: str, times: int) -> int:
        Path(f"{file}.unsynced").unlink(missing_ok=True)
        return syncs([sys.executable, "-c", program, file, str(times)])

    few = calls(APPEND, 0)
    assert calls(APPEND, 20) >= few + 20
    assert calls(UNSYNCED, 20) < 20, "without the sync the counting would show it"


def fsyncs_of_appends(found: Server, times: int, key: Path) -> int:
    """What a connection has counted is told when it ends."""
    name = postgres.emptied(found)

    def count() -> int:
        sleep(1)
        with psycopg.connect(found.address(name)) as db:
            (number,) = db.execute(FSYNCS).fetchone() or (0,)
            return int(number)

    before = count()
    with postgres.opened(found, name, key) as house:
        for _ in range(times):
            house.log.store.insert([Written(uuid4(), 1, "noted/1", b"{}")])
    return count() - before


@pytest.mark.parametrize(("settings", "synced"), [({}, True), (QUICK, False)])
def test_every_append_to_postgresql_is_put_on_the_disk(
    settings: dict[str, str], synced: bool, tmp_path: Path
) -> None:
    with server(**settings) as found:
        seen = fsyncs_of_appends(found, 50, tmp_path / "countersign.key")
    assert (seen >= 50) == synced
