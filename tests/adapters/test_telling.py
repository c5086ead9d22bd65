"""Whoever looks at a read model is told when something changes in what they see, and only then."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest
from sqlalchemy import event

from adapters.house import House
from adapters.telling import spans, topic
from domain.publication import PublishDecision
from tests.adapters.leeds import LEEDS, asked, decision, note
from tests.houses import again
from tests.scenario import CLERK, DIRECTOR, OFFICER


class Heard(list[str]):
    """All topics, in the order in which they were told."""

    def __call__(self, topics: Collection[str]) -> None:
        self.extend(topics)

    @property
    def plain(self) -> set[str]:
        return {one for one in self if not list(spans([one]))}


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def told(demo: House, heard: Heard) -> Iterator[House]:
    """The demonstration, brought up to date before anybody listens."""
    demo.catch_up()
    found = again(demo, told=heard)
    yield found
    found.close()


def decide(house: House) -> None:
    house.engine.execute(decision(house), asked(house), {LEEDS: 6})


def test_those_are_told_whose_queue_has_other_rows_and_who_look_at_the_case(
    told: House, heard: Heard
) -> None:
    decide(told)
    assert heard == []
    told.catch_up()
    posts = {CLERK.post, DIRECTOR.post, OFFICER.post}
    assert {topic("queue", one) for one in posts} <= heard.plain
    assert topic("trail", "leeds-2022-1") in heard.plain
    assert not [one for one in heard.plain if "bromley" in one or "auditor" in one]


def test_an_event_that_changes_no_row_of_a_queue_is_told_to_who_looks_at_the_case_alone(
    told: House, heard: Heard
) -> None:
    note(told)
    told.catch_up()
    assert heard.plain == {topic("trail", "leeds-2022-1")}


def test_rows_that_stay_as_they_are_are_not_told_of(told: House, heard: Heard) -> None:
    decide(told)
    told.catch_up()
    heard.clear()
    taken = next(iter(told.procurement("leeds-2022-1").decisions))
    told.execute(PublishDecision(LEEDS, taken), CLERK, taken)
    told.catch_up()
    assert topic("queue", CLERK.post) in heard.plain
    assert topic("queue", DIRECTOR.post) not in heard.plain


def test_it_is_told_once_it_can_be_seen(told: House) -> None:
    found: list[bool] = []
    runner = told.runner("queue")
    end = told.log.last_position() + 1
    runner._told = lambda _: found.append(runner.position() == end)
    decide(told)
    runner.catch_up()
    assert found == [True]


def test_how_far_a_read_model_has_moved_on_is_told_without_a_gap(told: House, heard: Heard) -> None:
    start = told.runners["queue"].position()
    for _ in range(3):
        note(told)
        told.catch_up()
    moved = [(begin, end) for name, begin, end in spans(heard) if name == "queue"]
    assert moved == [(start + n, start + n + 1) for n in range(3)]


def test_a_rebuild_tells_nobody(told: House, heard: Heard) -> None:
    told.runners["queue"].rebuild()
    assert heard == []


def test_where_nobody_listens_nothing_is_read_for_them(demo: House) -> None:
    demo.catch_up()
    asked_for: list[str] = []
    event.listen(
        demo.database.engine,
        "before_cursor_execute",
        lambda _c, _u, statement, *_: asked_for.append(statement),
    )
    decide(demo)
    demo.catch_up()
    assert not [one for one in asked_for if one.startswith("SELECT") and "FROM queue" in one]
