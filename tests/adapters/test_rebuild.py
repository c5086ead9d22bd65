"""A rebuild equals the live read models row for row, whatever happened to those who made them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from itertools import islice
from random import Random
from threading import Event
from time import sleep

import pytest
from sqlalchemy import inspect

from adapters.database import Unavailable
from adapters.house import PROJECTIONS, House
from tests.adapters.history import DEPUTY, DIRECTOR, adopt, write
from tests.adapters.looking import dump, rebuilt
from tests.houses import address_of

KILLS = 8


@contextmanager
def process(house: House, what: object) -> Iterator[subprocess.Popen[str]]:
    """Another process on the same file, in the end killed without warning."""
    module = [sys.executable, "-m", "tests.adapters.catching_up"]
    line = [*module, str(address_of(house)), str(house.keys.file), str(what)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as found:
        assert found.stdout
        assert found.stdout.readline() == "going\n"
        try:
            yield found
        finally:
            os.kill(found.pid, signal.SIGKILL)
    assert found.returncode == -signal.SIGKILL, "it ended of its own accord"


def kill_and_replace(house: House, seed: int) -> None:
    random = Random(seed)
    for _ in range(KILLS):
        with process(house, random.getrandbits(32)):
            sleep(random.uniform(0.1, 0.7))


@pytest.fixture
def seed() -> int:
    """Another one in each run; a test that fails says which it was."""
    chosen = int(os.environ.get("SEED", int.from_bytes(os.urandom(4))))
    print(f"to see it again: SEED={chosen}")
    return chosen


def test_a_rebuild_equals_the_live_read_models_despite_kills_and_writes(
    demo: House, seed: int
) -> None:
    random = Random(seed)
    with ThreadPoolExecutor() as pool:
        killers = [pool.submit(kill_and_replace, demo, seed + n) for n in range(2)]
        first = 1000
        while not all(one.done() for one in killers):
            first += 1000
            for _ in write(demo, random, 10, first):
                if all(one.done() for one in killers):
                    break
    for killer in killers:
        killer.result()
    demo.catch_up(random.randint(1, 1000))
    live = dump(demo)
    assert live["trail"][0] == f"up to {demo.log.last_position()}"
    assert [runner.parked() for runner in demo.runners.values()] == [{}] * len(demo.runners)
    assert rebuilt(demo, random.randint(10, 1000)) == live


def test_where_batches_end_makes_no_difference(demo: House, seed: int) -> None:
    for _ in write(demo, Random(seed), 10):
        pass
    demo.catch_up(1)
    one_by_one = dump(demo)
    for batch in (2, 3, 7, 50, 10_000):
        assert rebuilt(demo, batch) == one_by_one


@pytest.mark.parametrize("batch", [1, 5, 1000])
def test_new_rules_move_what_waits_to_whoever_decides_now(demo: House, batch: int) -> None:
    demo.catch_up(batch)
    for n, post in enumerate((DEPUTY, DIRECTOR, DEPUTY)):
        adopt(demo, 2023 + n, post)
        demo.catch_up(batch)
        (row,) = demo.views.waiting("leeds-2022-1")
        assert (row.do, row.post) == ("take-decision", post)
    live = dump(demo)
    for other in (1, 2, 1000):
        assert rebuilt(demo, other) == live


def test_rules_that_come_into_force_later_change_nothing_before(demo: House) -> None:
    adopt(demo, 2023, DEPUTY, date(2022, 12, 14))
    demo.catch_up()
    (row,) = demo.views.waiting("leeds-2022-1")
    assert row.post == DIRECTOR


def test_a_rebuild_goes_on_while_events_are_written(demo: House, seed: int) -> None:
    written = Event()

    def rebuild() -> None:
        while not written.is_set():
            rebuilt(demo, 50)

    with ThreadPoolExecutor() as pool:
        rebuilding = pool.submit(rebuild)
        for _ in islice(write(demo, Random(seed), 100), 300):
            pass
        written.set()
    rebuilding.result()
    demo.catch_up()
    live = dump(demo)
    assert live["trail"][0] == f"up to {demo.log.last_position()}"
    assert rebuilt(demo, 100) == live


def test_a_rebuild_that_is_killed_leaves_the_live_read_models_as_they_were(demo: House) -> None:
    demo.catch_up()
    live = dump(demo)
    with process(demo, "rebuild") as rebuilding:
        assert rebuilding.stdout
        assert rebuilding.stdout.readline() == "1\n"
    assert dump(demo) == live
    assert rebuilt(demo) == live
    tables = inspect(demo.database.engine).get_table_names()
    assert [one for one in tables if "anew" in one] == []


def test_a_rebuild_starts_from_the_log_and_not_from_what_is_there(demo: House) -> None:
    live = dump(demo)
    with demo.database.write() as db:
        for one in PROJECTIONS:
            db.execute(one.table.delete())
    assert rebuilt(demo) == live


def test_of_two_rebuilds_at_once_one_gives_way(demo: House) -> None:
    live = dump(demo)
    others: list[int] = []

    def meanwhile(_: int) -> None:
        if not others:
            others.append(demo.runner("trail").rebuild())

    with pytest.raises(Unavailable):
        demo.runners["trail"].rebuild(1, meanwhile)
    assert others == [demo.log.last_position()]
    assert dump(demo) == live
    assert rebuilt(demo) == live
