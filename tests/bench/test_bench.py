"""Each measurement does on both sides what it says it does; how fast is not asked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from adapters.house import House
from adapters.log.sqlite import SqliteStore
from bench import evidence, live
from bench.age import Age
from bench.append import Append
from bench.append_postgres import AppendPostgres
from bench.declared import DeclaredProcurement
from bench.histories import council, one_long
from bench.load import PLAIN, TYPED, Load, Values
from bench.load_postgres import LoadPostgres
from bench.rebuild import Rebuild
from bench.rounds import Measured, measure, table
from projections import queue
from tests.houses import file_of
from tests.scenario import REFERENCE


def events(file: Path) -> list[tuple[object, ...]]:
    """What is on record of procurements, with the bytes of each event."""
    query = "SELECT * FROM stored_events WHERE topic NOT LIKE '%-adopted/_' ORDER BY rowid"
    with closing(sqlite3.connect(file)) as db:
        return db.execute(query).fetchall()


def pragma(db: sqlite3.Connection, name: str) -> object:
    return db.execute(f"PRAGMA {name}").fetchone()[0]


def waiting(house: House) -> list[str]:
    with house.database.read() as db:
        return sorted(repr(tuple(row)) for row in db.execute(select(queue.table)))


def test_both_sides_append_the_same_bytes_to_the_same_table(tmp_path: Path) -> None:
    with closing(Append(tmp_path, turn=15, turns=2)) as pair:
        assert [pair.ours(), pair.theirs(), pair.theirs(), pair.ours()] == [15] * 4
        ours, theirs = file_of(pair.house), pair.file
        assert events(ours) == events(theirs)
        assert len(events(ours)) == 30
        store = pair.house.log.store
        assert isinstance(store, SqliteStore)
        for name in ("journal_mode", "synchronous"):
            assert pragma(pair.db, name) == store.pragma(name)


@pytest.mark.parametrize("kind", [Load, LoadPostgres])
@pytest.mark.parametrize("values", [TYPED, PLAIN], ids=["typed", "plain"])
def test_both_sides_load_the_same_facts(tmp_path: Path, values: Values, kind: type[Load]) -> None:
    with closing(kind(tmp_path, 25, times=2, values=values)) as pair:
        assert pair.ours() == pair.theirs() == 50
        ours = pair.house.procurement(REFERENCE)
        theirs: DeclaredProcurement = pair.app.repository.get(pair.id)
        assert [one.about for one in ours.notes] == [one["about"] for one in theirs.notes]
        assert [(str(one.id), one.title, one.state) for one in ours.reports.values()] == [
            (str(one["report"]), one["title"], one["state"]) for one in theirs.reports.values()
        ]
        assert (len(ours.notes), len(ours.reports)) == (20, 2)
        if values:
            assert theirs.last["on"]["day"] == ours.last_on
            assert theirs.facts["value"]["pounds"] == ours.value.pounds
            assert list(theirs.reports) == list(ours.reports)


def test_a_long_history_is_of_real_commands(tmp_path: Path) -> None:
    with closing(council(tmp_path / "council.db")) as house:
        versions = [one.version for one in one_long(house, 33)]
    assert versions == list(range(1, 34))


def test_a_rebuild_and_the_loop_come_to_the_same_queue(tmp_path: Path) -> None:
    with closing(Rebuild(tmp_path, events=80, sample=10, under_way=4)) as pair:
        last = pair.house.log.last_position()
        assert pair.one_by_one.position() == 40
        assert pair.ours() == last
        assert [pair.theirs() for _ in range(4)] == [10] * 4
        while pair.theirs():
            pass
        assert pair.one_by_one.position() == last
        assert waiting(pair.house) == waiting(pair.other)
        assert len(waiting(pair.house)) > 10
        assert [one.runners["queue"].parked() for one in (pair.house, pair.other)] == [{}, {}]


class Turns:
    """Two sides that only say whose turn it was."""

    what, against, goal = "Take turns", "the other", 1.0

    def __init__(self) -> None:
        self.taken = ""

    def ours(self) -> int:
        self.taken += "o"
        return 2

    def theirs(self) -> int:
        self.taken += "t"
        return 1

    def close(self) -> None:
        pass


def test_sides_take_turns_at_going_first() -> None:
    turns = Turns()
    found = measure(turns, rounds=4)
    assert turns.taken == "ot" + "toot" * 2
    assert len(found.ratios) == 4


def test_what_is_sealed_is_checked_and_proved(tmp_path: Path) -> None:
    assert evidence.measured(tmp_path, 700).startswith("700 events in a file: sealed in ")
    assert "of a checkpoint about it, 5 at 50 a second" in evidence.lag(tmp_path, 5, 50)


def test_the_table_has_the_median_and_the_spread() -> None:
    *_, line = table([Measured("Append", "INSERT", 0.4, [0.5, 0.75, 0.25])])
    assert line == "| Append | INSERT | 0.4 | 0.50 | 0.25 to 0.75 |"


def test_every_decision_comes_to_the_page_of_another_replica(tmp_path: Path) -> None:
    shown = live.measured(tmp_path, councils=3, cases=2, watched=2, pace=20)
    assert (shown.decided, len(shown.seconds), shown.missing) == (6, 4, 0)
    assert all(0 <= one < 10 for one in shown.seconds)
    assert 0 < shown.a_second < 25


def test_what_most_pages_are_not_slower_than() -> None:
    shown = live.Shown([n / 1000 for n in range(1, 201)], 1000, 50, 0)
    assert (shown.at(0.5), shown.at(0.99), shown.at(1)) == (0.1, 0.198, 0.2)
    assert "p50 100 ms, p99 198 ms" in str(shown)
    assert live.Shown([0.3], 1, 50, 0).at(0.5) == 0.3


def test_both_sides_append_the_same_bytes_to_postgresql(tmp_path: Path) -> None:
    with closing(AppendPostgres(tmp_path, turn=15, turns=2, clients=3)) as pair:
        assert [pair.ours(), pair.theirs(), pair.theirs(), pair.ours()] == [15] * 4
        theirs = pair.on_the_other_side()
        ours = {tuple(one[1:]) for one in pair.house.log.tail(0, 1000)}
        assert len(theirs) == 30
        assert theirs <= ours
        assert len(ours) == 30 + 3


def test_an_old_case_and_young_ones_get_the_same_commands(tmp_path: Path) -> None:
    with closing(Age(tmp_path, turn=4)) as pair:
        assert [pair.ours(), pair.theirs()] == [4, 4]
        pair.house.catch_up()
        versions = sorted(one.version for one in pair.house.cases("leeds"))
        assert versions == [11] * 4 + [1004]
