"""Correcting a bank holiday on a page: what it touches is shown first, then it is recorded."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest

from tests.web.conftest import Browser, Filled
from tests.web.journey import CLERK, DIRECTOR
from tests.web.test_standstill import OFFICER, awarded, turn_to

PAGE = "/rules/leeds/calendar"
MONITOR = "leeds/monitoring-officer"
JUBILEE = {
    "day-day": "13",
    "day-month": "5",
    "day-year": "2026",
    "where": "england-and-wales",
    "change": "add",
    "name": "Jubilee",
    "because": "Proclaimed on 6 May 2026",
}
MOVED = "the standstill ends not with 15 May 2026 but with Monday 18 May 2026"


@pytest.fixture
def standing(web: Browser) -> str:
    """A procurement of Leeds under the Act whose standstill runs to 15 May 2026."""
    page = awarded(web, "claimed")
    web.sign_in(OFFICER)
    web.fill(f"{page}/do/send-assessment-summaries")
    web.fill(f"{page}/do/send-award-notices")
    turn_to(web, date(2026, 5, 11))
    return page.rpartition("/")[2]


def main(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return unescape(answer.text.partition("<main")[2])


def looked(web: Browser, **more: str) -> dict[str, str]:
    """What the page of the first step sends on, once it was looked at."""
    answer = web.post(PAGE, {**web.form(PAGE), **JUBILEE, **more})
    page = Filled()
    page.feed(answer.text.partition("<main")[2])
    return page.found


def ends(web: Browser, reference: str) -> date:
    stood = web.house.procurement(reference).standstill
    assert stood
    assert stood.count
    return stood.count.last_day


@pytest.mark.parametrize("post", [CLERK, MONITOR])
def test_a_bank_holiday_is_entered_after_a_look_at_what_it_touches_and_taken_out_again(
    web: Browser, standing: str, post: str
) -> None:
    web.sign_in(post)
    assert f'href="{PAGE}"' in web.get("/rules").text
    before = web.events
    said = main(web.post(PAGE, {**web.form(PAGE), **JUBILEE}))
    assert "Nothing is recorded yet" in said
    assert f"{standing}</a>: Counted again" in said
    assert MOVED in said
    assert web.events == before
    sent = looked(web)
    said = main(web.post(PAGE, {**sent, "step": "confirm"}))
    assert "Wednesday 13 May 2026: Jubilee (England and Wales)" in said
    assert ends(web, standing) == date(2026, 5, 18)
    assert web.events == before + len(["the calendar", "the standstill"])
    assert MOVED in " ".join(one.sentence for one in web.house.views.trail(standing))
    assert "Jubilee" in main(web.post(PAGE, {**sent, "step": "confirm"}))
    assert web.events == before + 2
    sent = looked(web, change="remove", name="")
    assert "Jubilee" not in main(web.post(PAGE, {**sent, "step": "confirm"}))
    assert ends(web, standing) == date(2026, 5, 15)


def test_a_day_that_touches_no_case_says_so(web: Browser, standing: str) -> None:
    web.sign_in(CLERK)
    far = {**JUBILEE, "day-year": "2031", "day-day": "14"}
    assert "It touches no case" in main(web.post(PAGE, {**web.form(PAGE), **far}))
    sent, before = {**looked(web, **far), "step": "confirm"}, web.events
    for _ in "once", "twice":
        main(web.post(PAGE, sent))
        assert web.events == before + 1
    scotland = {**JUBILEE, "where": "scotland"}
    page = main(web.post(PAGE, {**web.form(PAGE), **scotland}))
    assert ("It touches no case" in page) == (standing not in page)


def test_what_was_looked_at_can_be_changed(web: Browser) -> None:
    web.sign_in(CLERK)
    before = web.events
    again = main(web.post(PAGE, {**looked(web), "step": "change"}))
    assert 'value="Jubilee"' in again
    assert "See what it touches" in again
    assert web.events == before


@pytest.mark.parametrize("seen", [{"shown": "nothing"}, {"touches": "X Y/Z"}])
def test_what_touches_other_cases_than_were_shown_is_shown_again(
    web: Browser, standing: str, seen: dict[str, str]
) -> None:
    web.sign_in(CLERK)
    sent, before = looked(web), web.events
    said = main(web.post(PAGE, {**sent, **seen, "step": "confirm"}), 409)
    assert "The cases that it touches have changed since you looked" in said
    assert standing in said
    assert web.events == before


def test_of_two_corrections_at_once_one_finds_the_calendar_changed(web: Browser) -> None:
    web.sign_in(CLERK)
    mine, theirs = looked(web), looked(web, name="Another")
    main(web.post(PAGE, {**theirs, "step": "confirm"}))
    before = web.events
    main(web.post(PAGE, {**mine, "step": "confirm"}), 409)
    assert web.events == before


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"day-day": "31", "day-month": "2"}, "31 2 2026 is not a date that exists"),
        ({"day-day": ""}, "Enter the day: day, month and year"),
        ({"day-year": "2050"}, "is outside the calendar, which covers 2010 to 2040"),
        ({"day-day": "16"}, "Saturday 16 May 2026 is no working day anyway"),
        ({"change": "remove"}, "Wednesday 13 May 2026 is a working day in the calendar already"),
        (
            {"day-day": "25", "day-month": "12", "name": "Christmas Day"},
            "is the bank holiday “Christmas Day” in the calendar already",
        ),
        ({"name": ""}, "Enter the name of the bank holiday"),
        ({"name": "x" * 201}, "Shorten the name of the bank holiday"),
        ({"because": " "}, "Enter why: the proclamation, or what was wrong"),
        ({"where": "wales"}, "Choose a part of the UK"),
        ({"change": ""}, "Choose what the day is"),
        ({"seen": ""}, "does not say which state it was made from"),
        ({"command": "x"}, "The form has lost its id"),
    ],
)
@pytest.mark.parametrize("step", ["", "confirm"])
def test_what_is_no_correction_is_said_and_not_recorded(
    web: Browser, wrong: dict[str, str], says: str, step: str
) -> None:
    web.sign_in(CLERK)
    before = web.events
    answer = web.post(PAGE, {**web.form(PAGE), **JUBILEE, **wrong, "step": step})
    assert says in main(answer, 422)
    assert web.events == before


@pytest.mark.parametrize("post", [DIRECTOR, OFFICER, "herefordshire/democratic-services"])
def test_for_others_it_is_not(web: Browser, post: str) -> None:
    sent = looked(web.sign_in(CLERK))
    web.sign_in(post)
    before = web.events
    assert f'href="{PAGE}"' not in web.get("/rules").text
    for answer in web.get(PAGE), web.post(PAGE, {**sent, "step": "confirm"}):
        said = "The calendar is corrected by Monitoring Officer or Democratic Services"
        assert said in main(answer, 403)
    assert web.events == before


def test_there_is_a_calendar_of_councils_only(web: Browser) -> None:
    web.sign_in(CLERK)
    assert web.get("/rules/york/calendar").status_code == 404
    assert web.post("/rules/york/calendar", JUBILEE).status_code == 404
