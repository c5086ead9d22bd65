"""What is looked back at is what the live system had: state, rules and queue, whatever happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.asof import AsOf
from adapters.house import House
from adapters.looking_back import at_moment, at_version, authority_at
from adapters.queue_then import TooMany, queue_then
from countersign.demo.load import FOLDER, adopt
from domain.authority import NOTHING_ADOPTED, Rules
from domain.messages import tag_of
from domain.moments import end_of
from projections.facts import facts
from projections.looking_back import difference
from projections.standing import context_at
from tests.adapters import history
from tests.golden.make import HISTORIES
from tests.golden.test_golden import TAGS
from tests.looking_back.watching import Shown, Watch, played

SILENT = {"exempt-figure-entered/1"}
"""After these the page shows nothing else to everybody: the figure is for who may see it."""


def the_same(house: House, shown: list[Shown]) -> None:
    assert shown
    for one in shown:
        then = at_version(house, one.reference, one.version)
        assert then.procurement == one.procurement
        assert then.version == one.version
        if one.authority:
            rules = one.authority.rules(then.day)
            context = then.context
            found = Rules(context.constitution, context.offices, context.calendar)
            assert found == rules


@settings(max_examples=6, deadline=None, database=None)
@given(seed=st.integers(0, 2**32))
def test_a_version_of_a_random_history_is_looked_back_at_as_the_engine_had_it(seed: int) -> None:
    with TemporaryDirectory() as folder:
        house = House(Path(folder) / "countersign.db")
        adopt(house, "leeds", FOLDER / "leeds")
        watch = Watch(house)
        for _ in history.write(house, Random(seed), cases=4):
            watch.note()
        the_same(house, watch.shown)
        house.close()


@pytest.fixture(params=range(len(HISTORIES)))
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Watch]:
    yield from played(tmp_path, HISTORIES[request.param])


def test_a_version_of_a_golden_history_is_looked_back_at_as_the_engine_had_it(
    golden: Watch,
) -> None:
    if golden.shown:
        the_same(golden.house, golden.shown)


def test_any_stream_of_a_golden_history_is_looked_back_at_as_the_engine_had_it(
    golden: Watch,
) -> None:
    """Authorities, balances and endpoints too."""
    for position, stream, live in golden.states:
        assert AsOf(golden.house.log, position).load(stream, type(live)()) == live


def test_a_moment_shows_what_had_been_recorded_by_then_and_nothing_else(golden: Watch) -> None:
    for one in golden.shown:
        last = at_version(golden.house, one.reference, one.version)
        then = at_moment(golden.house, one.reference, last.moment)
        assert then.version >= one.version
        assert all(event.stamp.now <= last.moment for event in then.history)
        before = at_moment(golden.house, one.reference, last.moment - timedelta(microseconds=1))
        assert before.version < one.version


def test_every_kind_of_event_shows_in_the_facts_of_a_case(golden: Watch) -> None:
    """What was recorded is also what is so: a difference never passes over it."""
    for reference, last in {one.reference: one.version for one in golden.shown}.items():
        for version in range(1, last + 1):
            before, after = (at_version(golden.house, reference, n) for n in (version - 1, version))
            found = difference(facts(before.procurement, after.context), after.facts)
            parts = {one.part for one in (*found.added, *found.removed)}
            parts |= {one.part for one in found.changed}
            tag = tag_of(type(after.history[-1].event))
            assert bool(parts - {"What waits", "Irregular"}) == (tag not in SILENT), tag


def test_golden_histories_are_of_every_version_of_every_event(tmp_path: Path) -> None:
    kinds = set()
    for n, steps in enumerate(HISTORIES):
        (folder := tmp_path / f"{n}").mkdir()
        for watch in played(folder, steps):
            kinds |= watch.kinds
    assert kinds == set(TAGS)


def test_facts_are_told_apart_and_say_something(golden: Watch) -> None:
    for one in golden.shown:
        then = at_version(golden.house, one.reference, one.version)
        keys = [(each.part, each.key) for each in then.facts]
        assert len(set(keys)) == len(keys)
        for each in then.facts:
            said = f"{each.name}: {each.says}"
            assert each.name
            assert each.says
            assert not {"None", "UUID", "Decimal", "{"} & set(said.replace("(", " ").split())


def test_where_the_rules_of_then_have_no_answer_that_is_said_and_the_rest_is_told(
    golden: Watch,
) -> None:
    for one in golden.shown:
        context = context_at(one.procurement, NOTHING_ADOPTED, golden.house.clocks.today("leeds"))
        told = facts(one.procurement, context)
        assert told[0].part == "Where it stands"
        assert {each.part for each in told} >= {"Facts"}


def test_the_queue_is_looked_back_at_as_it_was_at_the_end_of_each_day(demo: House) -> None:
    """On the council's clock, day by day: what the read model showed last on each."""
    live, random = {}, Random(5)
    posts = [one.id for one in demo.rules("leeds").offices.posts]
    going = [iter(history.Case(demo, 3000 + n, random)) for n in range(4)]
    for _ in range(12):
        today = demo.clocks.today("leeds")
        for one in list(going):
            case = next(one, history.done)
            if case is history.done:
                going.remove(one)
        demo.catch_up()
        live[today] = [row[:-1] for row in demo.queue(posts).rows]
        demo.clocks.forward("leeds", 3)
    assert any(live.values())
    for day, rows in live.items():
        assert [row[:-1] for row in queue_then(demo, posts, end_of(day)).rows] == rows


def test_rules_that_were_adopted_later_were_not_known_then(demo: House) -> None:
    moment = demo.clocks.now("leeds")
    before = demo.authority("leeds")
    demo.clocks.forward("leeds", 1)
    history.adopt(demo, 2099, history.DEPUTY)
    assert demo.authority("leeds") != before
    assert authority_at(demo, "leeds", moment) == before


def test_no_more_cases_are_read_than_was_said(demo: House) -> None:
    posts, now = ["leeds/legal-services"], demo.clocks.now("leeds")
    assert queue_then(demo, posts, now, most=1).rows == []
    with pytest.raises(TooMany):
        queue_then(demo, posts, now, most=0)
