"""A council's own notices in the queue: there by the clock alone, and one after the other (P8)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from adapters.holidays import calendar
from adapters.house import House
from domain.authority import AdoptCalendar, AdoptConstitution, AdoptOffices
from domain.messages import Actor
from domain.own_notices import PublishAuthorityNotice
from domain.public_notices import PUBLISH_OWN
from tests.adapters.history import CONSTITUTION, MONITOR
from tests.adapters.looking import dump
from tests.domain.test_own_notices import NUMBER
from tests.scenario import LAWYER, OFFICER, texts

POST = OFFICER.post


def turn_to(house: House, day: date) -> None:
    house.clocks.forward("leeds", (day - house.clocks.today("leeds")).days)


def shown(house: House, post: str = POST) -> list[Any]:
    """The council's own in the queue of a post, as it is shown today."""
    house.catch_up()
    return [one for one in house.queue([post]).rows if one.do == PUBLISH_OWN]


def test_before_its_time_is_near_no_council_is_bothered(demo: House) -> None:
    demo.catch_up()
    found = demo.queue(all_posts(demo)).rows
    assert found
    assert [one for one in found if one.do == PUBLISH_OWN] == []
    for name in demo.views.authorities():
        day = demo.views.next_date(name, demo.clocks.today(name))
        assert day is None or day < date(2025, 2, 24)


def all_posts(house: House) -> list[str]:
    councils = [house.rules(one) for one in house.views.authorities()]
    return [post.id for one in councils for post in one.offices.posts]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2025, 3, 3), []),
        (date(2025, 3, 4), ["UK1"]),
        (date(2026, 3, 4), ["UK1", "UK17"]),
        (date(2026, 6, 2), ["UK1", "UK17"]),
        (date(2026, 6, 3), ["UK1", "UK17", "UK8"]),
    ],
)
def test_each_comes_up_by_the_clock_alone(demo: House, day: date, codes: list[str]) -> None:
    before = demo.log.last_position()
    turn_to(demo, day)
    assert [one.subject for one in shown(demo)] == codes
    assert demo.log.last_position() == before


def test_the_next_day_that_matters_is_one_of_theirs_once_it_is_near(demo: House) -> None:
    demo.catch_up()
    turn_to(demo, date(2025, 3, 10))
    assert demo.views.next_date("leeds", date(2025, 3, 10)) == date(2025, 4, 1)
    assert demo.views.next_date("leeds", date(2025, 4, 1)) == date(2025, 5, 26)


def test_a_row_says_what_since_when_and_by_when(demo: House) -> None:
    turn_to(demo, date(2026, 7, 2))
    row = shown(demo)[-1]
    assert row.act == "Publish the contract payment notice (UK8) for 1 April 2026 to 30 June 2026"
    assert (row.reference, row.authority, row.title) == ("leeds", "leeds", "Leeds City Council")
    assert (row.since, row.opens, row.due) == (date(2026, 7, 1),) * 2 + (date(2026, 7, 29),)
    assert row.due_because == "within 30 days beginning with the last day of the quarter"


def test_when_one_is_on_record_the_next_one_follows(demo: House) -> None:
    turn_to(demo, date(2026, 7, 14))
    command = PublishAuthorityNotice("leeds", "UK8", date(2026, 4, 1), NUMBER)
    demo.execute(command, OFFICER, uuid4())
    assert [one.subject for one in shown(demo)] == ["UK1", "UK17"]
    turn_to(demo, date(2026, 9, 3))
    assert shown(demo)[-1].act.endswith("(UK8) for 1 July 2026 to 30 September 2026")
    live = dump(demo)
    demo.runners["queue"].rebuild()
    assert dump(demo) == live


def test_new_rules_hand_them_to_whom_they_name(demo: House) -> None:
    turn_to(demo, date(2026, 7, 14))
    assert (len(shown(demo)), shown(demo, LAWYER.post)) == (3, [])
    duty = """
[[duties]]
act = "publish-notice"
posts = ["leeds/legal-services", "leeds/legal-services"]
standing = "illustrative"
where = "the test"
"""
    text = CONSTITUTION.replace('"leeds-2022"', '"leeds-2026"') + duty
    demo.execute(AdoptConstitution("leeds", text), MONITOR, uuid4())
    assert (shown(demo), len(shown(demo, LAWYER.post))) == ([], 3)
    assert demo.runners["queue"].parked() == {}


def test_rules_that_come_into_force_later_are_asked_from_then(house: House) -> None:
    house.clocks.start("leeds", date(2026, 6, 1))
    later = CONSTITUTION.replace("in_force = 2022-01-01", "in_force = 2026-09-01")
    by = Actor(None, "countersign/setting-up")
    for command in (
        AdoptCalendar("leeds", calendar()),
        AdoptConstitution("leeds", later),
        AdoptOffices("leeds", texts("leeds")[1]),
    ):
        house.execute(command, by, uuid4(), authority="leeds")
    assert shown(house) == []
    turn_to(house, date(2026, 9, 2))
    assert shown(house) == []
    turn_to(house, date(2026, 9, 3))
    (one,) = [one for one in shown(house) if one.subject == "UK8"]
    assert one.act.endswith("1 July 2026 to 30 September 2026")
