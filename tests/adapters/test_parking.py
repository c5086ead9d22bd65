"""Parking: what cannot be applied waits with what follows it in its stream; the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from adapters.database import Unavailable
from adapters.house import House
from countersign.demo.load import COUNCILS
from projections.touched import Row, Touched
from tests.adapters.heard import Failing, Heard, drain
from tests.adapters.history import DEPUTY, adopt
from tests.adapters.leeds import HEREFORDSHIRE, LEEDS, note
from tests.adapters.looking import dump, plant
from tests.houses import tamper


@pytest.mark.parametrize("batch", [1, 2, 1000])
def test_an_event_that_fails_parks_its_stream_and_the_rest_goes_on(demo: House, batch: int) -> None:
    runner = Heard(demo, Failing(LEEDS, 3)).runner()
    drain(runner, batch)
    note(demo)
    drain(runner, batch)
    heard = Heard(demo)
    assert heard.versions(LEEDS) == [1, 2]
    assert heard.versions(HEREFORDSHIRE) == [*range(1, 9)]
    assert runner.parked() == {LEEDS: "ArithmeticError: the third does not add up"}
    assert runner.position() == demo.log.last_position()


def test_a_parked_stream_goes_on_where_it_stopped_once_it_is_released(demo: House) -> None:
    failing = Failing(LEEDS, 3)
    heard = Heard(demo, failing)
    runner = heard.runner()
    drain(runner)
    note(demo)
    drain(runner)
    assert not runner.release(LEEDS)
    assert (heard.versions(LEEDS), list(runner.parked())) == ([1, 2], [LEEDS])
    failing.broken = False
    assert runner.release(LEEDS)
    assert (heard.versions(LEEDS), runner.parked()) == ([1, 2, 3, 4, 5, 6, 7], {})
    note(demo)
    drain(runner)
    assert heard.versions(LEEDS) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_what_waits_is_not_lost_when_a_stream_is_released_in_the_middle_of_a_batch(
    demo: House,
) -> None:
    failing = Failing(LEEDS, 3)
    drain(Heard(demo, failing).runner())
    note(demo)
    adopt(demo, 2023, DEPUTY)

    def release(_: Touched) -> None:
        if failing.broken:
            failing.broken = False
            assert Heard(demo).runner().release(LEEDS)

    heard = Heard(demo, release)
    drain(heard.runner())
    assert heard.versions(LEEDS) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("tag", "state"),
    [("gateway-dissolved/1", b"{}"), ("source-note-made/1", b"\xff"), ("phase-started/1", b"[]")],
)
def test_an_event_that_cannot_be_read_parks_its_stream_only(
    demo: House, tag: str, state: bytes
) -> None:
    plant(demo, LEEDS, 7, tag, state)
    demo.catch_up()
    for runner in demo.runners.values():
        assert list(runner.parked()) == [LEEDS]
        assert not runner.release(LEEDS)
        assert runner.position() == demo.log.last_position()
    assert len(demo.views.trail("leeds-2022-1")) == 6
    assert len(demo.views.procurements()) == len(COUNCILS)


@pytest.mark.parametrize(
    "wrong", [{"tag": None}, {"tag": 7}, {"position": 4}, {"version": "three"}]
)
def test_rows_that_the_table_would_not_take_park_their_stream_only(
    demo: House, wrong: dict[str, object]
) -> None:
    class Careless(Heard):
        def changes(self, touched: Touched) -> Iterable[tuple[object, list[Row]]]:
            for key, rows in super().changes(touched):
                off = touched.news[-1][1].stream == LEEDS
                yield key, [{**row, **wrong} if off else row for row in rows]

    careless = Careless(demo)
    runner = careless.runner()
    drain(runner)
    assert list(runner.parked()) == [LEEDS]
    assert careless.versions(HEREFORDSHIRE) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_new_rules_leave_a_parked_stream_alone_and_hold_when_it_is_released(demo: House) -> None:
    demo.catch_up()
    plant(demo, LEEDS, 7, "gateway-dissolved/1")
    demo.catch_up()
    adopt(demo, 2023, DEPUTY)
    demo.catch_up()
    (row,) = demo.views.waiting("leeds-2022-1")
    assert row.post == "leeds/director-of-adults-and-health"
    tamper(demo, "DELETE FROM stored_events WHERE topic = 'gateway-dissolved/1'")
    assert demo.runners["queue"].release(LEEDS)
    (row,) = demo.views.waiting("leeds-2022-1")
    assert row.post == DEPUTY


def test_a_rebuild_tries_parked_streams_again(demo: House) -> None:
    failing = Failing(LEEDS, 3)
    heard = Heard(demo, failing)
    runner = heard.runner()
    drain(runner)
    runner.rebuild()
    assert (heard.versions(LEEDS), list(runner.parked())) == ([1, 2], [LEEDS])
    failing.broken = False
    runner.rebuild()
    assert (heard.versions(LEEDS), runner.parked()) == ([1, 2, 3, 4, 5, 6], {})


def test_a_store_that_is_busy_parks_nothing(demo: House) -> None:
    def busy(_: Touched) -> None:
        raise Unavailable("database is locked")

    runner = Heard(demo, busy).runner()
    with pytest.raises(Unavailable):
        runner.catch_up()
    assert (runner.parked(), runner.position()) == ({}, 0)
    heard = Heard(demo)
    drain(heard.runner())
    assert heard.versions(LEEDS) == [1, 2, 3, 4, 5, 6]


def test_releasing_what_is_not_parked_changes_nothing(demo: House) -> None:
    before = dump(demo)
    assert demo.runners["queue"].release(LEEDS)
    assert dump(demo) == before
