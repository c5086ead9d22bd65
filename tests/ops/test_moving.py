"""From the file to PostgreSQL: everything, byte for byte, or nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.house import House
from adapters.sealing import is_sealed
from tests import postgres
from tests.adapters.closing import FIGURE, ONE, opened
from tests.adapters.looking import dump
from tests.adapters.test_refused_attempts import attempt
from tests.cli.running import countersign
from tests.houses import file_of
from tests.tools.postgres import LOGIN, QUICK, Server, server


@pytest.fixture(scope="module")
def quick() -> Iterator[Server]:
    with server(**QUICK) as found:
        yield found


@pytest.fixture
def name(quick: Server) -> Iterator[str]:
    found = postgres.emptied(quick)
    yield found
    quick.drop(found)


@pytest.fixture
def settings(quick: Server, name: str) -> dict[str, str]:
    address = quick.address(name, LOGIN)
    return {"COUNTERSIGN_DATABASE_URL": address, "COUNTERSIGN_UNSAFE_DATABASE": "true"}


def test_everything_is_there_afterwards(
    demo: House, quick: Server, name: str, settings: dict[str, str]
) -> None:
    opened(demo)
    paper = demo.documents.put(b"A paper.")
    demo.refused_attempts.add(demo.clocks.now("leeds"), attempt())
    demo.catch_up()
    said = countersign(file_of(demo).parent, "move", **settings)
    assert (said.code, said.err) == (0, "")
    assert "and read back there what was written here" in said.out
    with postgres.opened(quick, name, demo.keys.file) as moved:
        assert moved.log.tail(0, 10_000) == demo.log.tail(0, 10_000)
        assert any(is_sealed(one.state) for one in moved.log.tail(0, 10_000))
        assert moved.procurement(ONE).value == demo.procurement(ONE).value
        assert FIGURE in str(moved.procurement(ONE).pounds)
        assert moved.documents.get(paper) == demo.documents.get(paper)
        assert moved.identity.names() == demo.identity.names()
        assert moved.clocks.today("leeds") == demo.clocks.today("leeds")
        assert [one.rules for one in moved.refused_attempts.latest("leeds", 9)] == ["G1 P7"]
        moved.refused_attempts.add(moved.clocks.now("leeds"), attempt(rules="G1"))
        assert dump(moved) == dump(demo)
        opened(moved, "7", "leeds-2022-9")
        assert moved.catch_up() == len(moved.runners)


def test_what_is_not_empty_is_not_moved_to(demo: House, settings: dict[str, str]) -> None:
    folder = file_of(demo).parent
    assert countersign(folder, "move", **settings).code == 0
    said = countersign(folder, "move", **settings)
    assert (said.code, said.out) == (2, "")
    assert "stored_events is not empty there" in said.err


def test_what_cannot_be_moved_is_said(
    demo: House, settings: dict[str, str], tmp_path: Path
) -> None:
    said = countersign(file_of(demo).parent, "move")
    assert (said.code, said.err) == (2, "COUNTERSIGN_DATABASE_URL: says where to move to\n")
    said = countersign(tmp_path / "nowhere", "move", **settings)
    assert said.code == 2
    assert "is not there: nothing can be moved" in said.err


def test_a_move_that_fails_leaves_nothing_there(
    demo: House, quick: Server, name: str, settings: dict[str, str]
) -> None:
    """The other side changes a paper on its way in, as a broken disk might: it is found."""
    quick.tell(
        name,
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN NEW.topic = 'spoilt/1'; RETURN NEW; END $$",
        "CREATE TRIGGER spoil BEFORE INSERT ON stored_events "
        "FOR EACH ROW WHEN (NEW.originator_version = 3) EXECUTE FUNCTION spoil()",
    )
    said = countersign(file_of(demo).parent, "move", **settings)
    assert said.code == 2
    assert "the events there are not those that were moved: nothing was kept there" in said.err
    with postgres.opened(quick, name, demo.keys.file) as there:
        assert there.log.last_position() == 0
        assert there.identity.names() == {}


def test_a_backup_of_postgresql_is_checked_and_goes_back_into_either_store(
    demo: House, quick: Server, name: str, settings: dict[str, str], tmp_path: Path
) -> None:
    data, file = file_of(demo).parent, tmp_path / "monday.db"
    opened(demo)
    demo.catch_up()
    assert countersign(data, "move", **settings).code == 0
    said = countersign(data, "backup", file, **settings)
    assert (said.code, said.err) == (0, "")
    assert "no master key" in said.out
    assert countersign(data, "backup", file, **settings).code == 2
    for store in ({}, settings):
        said = countersign(data, "restore", file, "--check", **store)
        assert (said.code, said.err) == (0, "")
        assert f"{demo.log.last_position()} events" in said.out
    assert "stored_events is not empty there" in countersign(data, "restore", file, **settings).err

    other = postgres.emptied(quick)
    there = {**settings, "COUNTERSIGN_DATABASE_URL": quick.address(other, LOGIN)}
    said = countersign(data, "restore", file, **there)
    assert (said.code, said.err) == (0, "")
    with postgres.opened(quick, other, demo.keys.file) as restored:
        assert restored.log.tail(0, 10_000) == demo.log.tail(0, 10_000)
        assert dump(restored) == dump(demo)
    quick.drop(other)

    new = tmp_path / "new"
    new.mkdir()
    shutil.copy(demo.keys.file, new)
    assert countersign(new, "restore", file).code == 0
    with closing(House(new / "countersign.db")) as embedded:
        assert embedded.log.tail(0, 10_000) == demo.log.tail(0, 10_000)
        assert dump(embedded) == dump(demo)
    assert name


def test_a_backup_of_postgresql_that_is_damaged_is_not_put_back(
    demo: House, settings: dict[str, str], tmp_path: Path
) -> None:
    data, file = file_of(demo).parent, tmp_path / "monday.db"
    assert countersign(data, "move", **settings).code == 0
    assert countersign(data, "backup", file, **settings).code == 0
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE stored_events SET state = '{}' WHERE rowid = 7")
    said = countersign(data, "restore", file, "--check", **settings)
    assert (said.code, said.out) == (2, "")
    assert "--replace" not in said.err
