"""Two workers on one database: one keeps a read model up to date, the other takes over."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from uuid import UUID

from sqlalchemy import select

from adapters.house import House
from adapters.leases import LASTS, leases
from countersign.worker import POLL_SECONDS
from tests.adapters.leeds import note
from tests.cli.running import PROGRAM
from tests.houses import address_of


@contextmanager
def worker(house: House) -> Iterator[subprocess.Popen[str]]:
    """A worker on the same database, which has said what it works on; killed in the end."""
    where = address_of(house)
    settings = {"COUNTERSIGN_KEY_FILE": str(house.keys.file), "COUNTERSIGN_UNSAFE_DATABASE": "true"}
    if isinstance(where, str):
        settings["COUNTERSIGN_DATABASE_URL"] = where
    else:
        settings["COUNTERSIGN_DATA"] = str(where.parent)
    environment = {**os.environ, **settings}
    with subprocess.Popen(
        [PROGRAM, "worker"], env=environment, stdout=subprocess.PIPE, text=True
    ) as found:
        try:
            assert found.stdout
            assert found.stdout.readline().startswith("Working on")
            yield found
        finally:
            found.kill()


def wait(happened: Callable[[], bool]) -> None:
    for _ in range(600):
        if happened():
            return
        sleep(0.05)
    raise AssertionError("it has not happened")


def holders(house: House) -> set[UUID]:
    with house.database.read() as db:
        return set(db.scalars(select(leases.c.holder).where(leases.c.name.like("worker %"))))


def followed(house: House) -> None:
    note(house)
    wait(lambda: not house.behind())


def test_one_worker_does_the_work_and_another_takes_over_from_it(demo: House) -> None:
    with worker(demo) as first:
        followed(demo)
        one = holders(demo)
        with worker(demo):
            for _ in range(5):
                followed(demo)
            assert holders(demo) == one, "while it lives, the first one works"
            os.kill(first.pid, signal.SIGKILL)
            began = monotonic()
            followed(demo)
            print(f"taken over after {monotonic() - began:.2f} s")
            # Each part of its work is taken over when its lease has ended.
            wait(lambda: not holders(demo) & one)


def test_who_ends_in_order_leaves_the_work_to_the_next_at_once(demo: House) -> None:
    with worker(demo) as first:
        followed(demo)
        first.send_signal(signal.SIGTERM)
        assert first.wait(10) == 0
    assert holders(demo) == set()


def test_a_takeover_takes_less_than_five_seconds_by_its_figures() -> None:
    assert LASTS + POLL_SECONDS < 5
