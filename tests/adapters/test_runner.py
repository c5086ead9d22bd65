"""The runner: every event once, in one transaction with the position, whoever else runs."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from random import Random

import pytest

from adapters.house import House
from projections.touched import Touched
from tests.adapters.conftest import SQLITE
from tests.adapters.heard import Heard, drain
from tests.adapters.history import write
from tests.adapters.leeds import note
from tests.adapters.looking import dump, rebuilt
from tests.houses import file_of


@pytest.mark.parametrize("batch", [1, 2, 3, 1000])
def test_every_event_is_applied_once_and_in_order(demo: House, batch: int) -> None:
    heard = Heard(demo)
    drain(heard.runner(), batch)
    last = demo.log.last_position()
    assert [one.position for one in heard.rows()] == list(range(1, last + 1))
    assert heard.runner().position() == last


def test_catching_up_again_changes_nothing(demo: House) -> None:
    demo.catch_up()
    before = dump(demo)
    assert demo.catch_up() == 0
    assert dump(demo) == before


@SQLITE
def test_being_up_to_date_writes_nothing(demo: House) -> None:
    demo.catch_up()
    with closing(sqlite3.connect(file_of(demo))) as witness:
        before = witness.execute("PRAGMA data_version").fetchone()
        assert demo.catch_up() == 0
        assert not demo.behind()
        assert witness.execute("PRAGMA data_version").fetchone() == before
        note(demo)
        assert witness.execute("PRAGMA data_version").fetchone() != before


def test_runners_side_by_side_on_one_projection_do_no_harm(demo: House) -> None:
    for _ in write(demo, Random(7), 8):
        pass
    heard = Heard(demo)

    def catch_up(batch: int) -> None:
        drain(heard.runner(), batch)
        for name in demo.runners:
            drain(demo.runner(name), batch)

    with ThreadPoolExecutor() as pool:
        list(pool.map(catch_up, (1, 2, 3, 5)))
    positions = [one.position for one in heard.rows()]
    assert positions == list(range(1, demo.log.last_position() + 1))
    assert rebuilt(demo) == dump(demo)


def test_a_runner_that_another_overtakes_goes_on_from_there(demo: House) -> None:
    others: list[int] = []

    def overtake(_: Touched) -> None:
        if not others:
            others.append(1)
            Heard(demo).runner().catch_up(1)

    heard = Heard(demo, overtake)
    assert heard.runner().catch_up(5) == 5
    assert [one.position for one in heard.rows()] == [1, 2, 3, 4, 5, 6]
