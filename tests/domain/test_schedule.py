"""Forwards and backwards agree: the last day is the last one, and one day later is too late."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadlines import Period
from domain.plan import Plan
from domain.refusals import Refused
from domain.schedule import Days, at_once, clear, latest, within
from domain.terms import Framework
from domain.timetable import Timetable, timetable
from tests.domain.timetables import lasts, on, planned, with_holiday
from tests.scenario import DAY

ONE = timedelta(days=1)
AUTHORITIES = (
    "leeds",
    "bromley",
    "herefordshire",
    "nottingham",
    "joint-public-health-board",
    "wyvern",
)
CALENDAR = on(DAY).calendar
FRAMEWORK = Framework("RM1", "Any", "Lot 1", date(2012, 1, 1), date(2040, 1, 1))
STARTS = st.dates(date(2013, 1, 1), date(2038, 12, 31)) | st.dates(
    date(2021, 2, 1), date(2022, 12, 31)
)
plans = st.builds(
    Plan,
    authority=st.sampled_from(AUTHORITIES),
    title=st.just("Something"),
    regime=st.sampled_from(["pcr2015", "pa2023", "psr2023"]),
    starts=STARTS,
    value=st.sampled_from([None, *map(Decimal, (50_000, 300_000, 2_000_000))]),
    framework=st.sampled_from([None, FRAMEWORK]),
    direct=st.booleans(),
    tender_days=st.sampled_from([None, 0, 21]),
    standstill=st.sampled_from(["required", "voluntary", "none"]),
    phases=st.integers(1, 2),
)
"""Plans of every council, under every law, not all of them sensible."""


def at(plan: Plan, day: date) -> Timetable:
    return planned(plan, day)


@given(plans)
def test_begun_on_the_last_day_a_plan_arrives_in_time_and_a_day_later_it_does_not(
    plan: Plan,
) -> None:
    begins = at(plan, plan.starts - timedelta(days=500)).begins_by
    assert begins
    assert at(plan, begins).earliest <= plan.starts
    assert at(plan, begins + ONE).earliest > plan.starts


@given(plans)
def test_every_step_keeps_its_last_day_if_the_plan_begins_in_time(plan: Plan) -> None:
    begins = at(plan, plan.starts - timedelta(days=500)).begins_by
    assert begins
    t = at(plan, begins)
    assert [one.id for one in t.steps if one.slack is not None and one.slack < 0] == []
    assert not t.late


@given(plans, st.integers(0, 400))
def test_last_days_are_the_same_whenever_one_asks(plan: Plan, before: int) -> None:
    start = plan.starts - timedelta(days=before)
    assert lasts(at(plan, start)) == lasts(at(plan, plan.starts - timedelta(days=500)))


@given(plans, st.integers(0, 300), st.integers(0, 300))
def test_one_holiday_more_makes_no_step_earlier(plan: Plan, before: int, later: int) -> None:
    today = plan.starts - timedelta(days=before)
    context = on(today, plan.authority)
    more = with_holiday(context, today + timedelta(days=later))
    plain = timetable(plan.procurement, context, plan.wishes)
    fewer = timetable(plan.procurement, more, plan.wishes)
    for one, other in zip(plain.steps, fewer.steps, strict=True):
        assert other.day >= one.day, one.id


@given(plans, st.integers(1, 60))
def test_to_begin_later_makes_no_step_earlier(plan: Plan, later: int) -> None:
    today = plan.starts - timedelta(days=200)
    first, second = at(plan, today), at(plan, today + timedelta(days=later))
    for one, other in zip(first.steps, second.steps, strict=True):
        assert other.day >= one.day, one.id


WAITS = [
    at_once,
    within(None, CALENDAR),
    within(Period(7), CALENDAR),
    clear(Period(28, "days"), CALENDAR),
]
SETS = [
    Days(CALENDAR),
    Days(CALENDAR, working=True),
    Days(CALENDAR, working=True, meetings=(date(2022, 11, 19), date(2023, 1, 2))),
]
AROUND = st.dates(date(2022, 6, 1), date(2023, 6, 1))


@given(st.sampled_from(WAITS), AROUND)
def test_the_latest_day_of_a_wait_is_exact(wait: object, by: date) -> None:
    assert callable(wait)
    found = latest(wait, by)
    assert wait(found)[0] <= by < wait(found + ONE)[0]


@given(st.sampled_from(SETS), AROUND)
def test_the_next_day_and_the_last_one_fit(days: Days, day: date) -> None:
    after, before = days.next(day), days.last(day)
    assert before <= day <= after
    assert days.next(before) == before
    assert days.next(after) == after
    assert days.next(before + ONE) > day or before == day


def test_a_body_meets_on_its_own_days_and_outside_them_on_any_working_day() -> None:
    days = SETS[2]
    assert days.next(date(2022, 11, 18)) == date(2022, 11, 18)
    assert days.next(date(2022, 11, 20)) == date(2023, 1, 2)
    assert days.next(date(2023, 1, 3)) == date(2023, 1, 3)
    assert days.next(date(2023, 1, 7)) == date(2023, 1, 9)
    assert days.last(date(2023, 1, 1)) == date(2022, 11, 19)


def test_days_beyond_the_calendar_are_refused() -> None:
    plan = Plan("leeds", "Something", "pcr2015", date(2040, 12, 1))
    with pytest.raises(Refused, match="outside the calendar"):
        at(plan, date(2040, 11, 20))
