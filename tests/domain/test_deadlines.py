from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from adapters.holidays import calendar
from domain.deadlines import Calendar, Count, Division, Period, Unit, Where
from domain.refusals import Refused

CALENDAR = calendar()
ENGLAND: Division = "england-and-wales"
DAYS = st.dates(date(2011, 1, 1), date(2038, 12, 31))
NUMBERS = st.integers(1, 60)


def without(day: date, found: Calendar = CALENDAR) -> Calendar:
    """The calendar with one holiday more."""
    days = {**found.holidays[ENGLAND], day.isoformat(): "Jubilee"}
    return replace(found, holidays={**found.holidays, ENGLAND: days})


def counted(count: Count) -> list[date]:
    return [one.date for one in count.days if one.counted]


@given(DAYS, NUMBERS, st.booleans())
def test_a_period_of_working_days_ends_on_one_and_counts_no_other(
    start: date, number: int, start_counts: bool
) -> None:
    count = Period(number, first_day_counts=start_counts).count(start, CALENDAR)
    assert len(counted(count)) == number
    assert count.last_day == counted(count)[-1]
    assert not any(CALENDAR.why_closed(day) for day in counted(count))
    assert count.day_after == count.last_day + timedelta(days=1)


@given(DAYS, NUMBERS, st.booleans())
def test_every_day_on_the_way_is_explained(start: date, number: int, start_counts: bool) -> None:
    days = Period(number, first_day_counts=start_counts).count(start, CALENDAR).days
    assert [one.date for one in days] == [start + timedelta(days=n) for n in range(len(days))]
    assert all(one.why for one in days)


@given(DAYS, NUMBERS, st.booleans(), st.integers(0, 100))
def test_one_holiday_more_makes_no_period_shorter(
    start: date, number: int, start_counts: bool, later: int
) -> None:
    more = without(start + timedelta(days=later))
    before = Period(number, first_day_counts=start_counts).count(start, CALENDAR)
    after = Period(number, first_day_counts=start_counts).count(start, more)
    assert after.last_day >= before.last_day


@given(DAYS, NUMBERS)
def test_to_count_the_first_day_or_not_makes_one_working_day_of_difference(
    start: date, number: int
) -> None:
    counting = Period(number, first_day_counts=True).count(start, CALENDAR)
    following = Period(number, first_day_counts=False).count(start, CALENDAR)
    between = counted(following)[: number - 1]
    if CALENDAR.why_closed(start):
        assert counting.last_day == following.last_day
    else:
        assert counted(counting) == [start, *between]
        assert counting.last_day < following.last_day


@given(DAYS, NUMBERS, st.booleans())
def test_calendar_days_run_on_to_a_working_day_only_where_they_roll(
    start: date, number: int, roll: bool
) -> None:
    plain, count = (
        start + timedelta(days=number),
        Period(number, "days", rolls=roll).count(start, CALENDAR),
    )
    assert len(counted(count)) == number
    assert count.days[0].date == start
    if roll:
        assert not CALENDAR.why_closed(count.last_day)
        skipped = range((count.last_day - plain).days)
        assert all(CALENDAR.why_closed(plain + timedelta(days=n)) for n in skipped)
    else:
        assert count.last_day == plain


@pytest.mark.parametrize(
    ("day", "where", "why"),
    [
        (date(2026, 11, 28), ENGLAND, "Saturday"),
        (date(2026, 11, 29), ENGLAND, "Sunday"),
        (date(2026, 11, 30), ENGLAND, ""),
        (date(2026, 11, 30), "scotland", "Saint Andrew's Day"),
        (date(2026, 7, 13), "northern-ireland", "Battle of the Boyne"),
        (date(2022, 9, 19), ENGLAND, "State Funeral of Queen Elizabeth II"),
    ],
)
def test_a_day_is_closed_in_a_part_of_the_kingdom(day: date, where: Division, why: str) -> None:
    found = CALENDAR.why_closed(day, where)
    assert found.startswith(why) if why else found == ""


@pytest.mark.parametrize("day", [date(2009, 12, 31), date(2041, 1, 1)])
def test_a_year_outside_the_calendar_is_refused(day: date) -> None:
    with pytest.raises(Refused) as caught:
        CALENDAR.why_closed(day)
    (refusal,) = caught.value.refusals
    assert refusal.rule == "D7"
    assert refusal.reason == f"{day.year} is outside the calendar of 2010 to 2040"


@pytest.mark.parametrize("day", [date(2010, 1, 4), date(2040, 12, 31)])
def test_the_first_and_the_last_year_of_a_calendar_are_in_it(day: date) -> None:
    assert CALENDAR.why_closed(day) == ""


def test_nothing_rolls_on_unless_asked_to() -> None:
    assert Period(10, "days").count(date(2022, 12, 15), CALENDAR).last_day == date(2022, 12, 25)


def test_a_count_that_runs_out_of_the_calendar_is_refused() -> None:
    with pytest.raises(Refused, match="2041 is outside"):
        Period(5, first_day_counts=False).count(date(2040, 12, 28), CALENDAR)
    with pytest.raises(Refused, match="2041 is outside"):
        Period(12, "days", rolls=True).count(date(2040, 12, 20), CALENDAR)


def test_each_day_says_why_it_counted_or_not() -> None:
    count = Period(2, first_day_counts=False).count(date(2022, 12, 23), CALENDAR)
    assert [(one.date.day, one.why) for one in count.days] == [
        (23, "the day it is counted from"),
        (24, "Saturday"),
        (25, "Sunday"),
        (26, "Boxing Day"),
        (27, "Christmas Day (observed)"),
        (28, "working day 1"),
        (29, "working day 2"),
    ]


def test_closed_anywhere_says_where() -> None:
    assert CALENDAR.why_closed(date(2026, 11, 30), "any") == "Saint Andrew's Day (Scotland)"
    assert CALENDAR.why_closed(date(2026, 12, 25), "any") == "Christmas Day"
    assert CALENDAR.why_closed(date(2026, 12, 24), "any") == ""


@pytest.mark.parametrize(
    ("period", "start", "ends"),
    [
        (Period(2, "weeks"), date(2026, 3, 20), date(2026, 4, 3)),
        (Period(2, "weeks", first_day_counts=True), date(2026, 3, 20), date(2026, 4, 2)),
        (Period(1, "months"), date(2026, 1, 31), date(2026, 2, 28)),
        (Period(1, "months", first_day_counts=True), date(2026, 1, 15), date(2026, 2, 14)),
        (Period(6, "months"), date(2026, 8, 31), date(2027, 2, 28)),
        (Period(30, "days", rolls=True), date(2026, 11, 26), date(2026, 12, 29)),
        (Period(5, where="scotland"), date(2026, 11, 25), date(2026, 12, 3)),
        (Period(5, where="any"), date(2026, 11, 25), date(2026, 12, 3)),
    ],
    ids=repr,
)
def test_periods_of_the_calendar(period: Period, start: date, ends: date) -> None:
    count = period.count(start, CALENDAR)
    assert count.last_day == ends
    assert [one.date for one in count.days] == [
        start + timedelta(days=n) for n in range((ends - start).days + 1)
    ]


PERIODS = st.builds(
    Period,
    NUMBERS,
    st.sampled_from(get_args(Unit)),
    st.booleans(),
    st.sampled_from(get_args(Where)),
    st.booleans(),
)


@given(PERIODS, DAYS)
def test_the_last_day_to_start_leaves_the_period_whole_and_the_next_does_not(
    period: Period, before: date
) -> None:
    assume(2016 < before.year < 2034)
    start = period.last_start(before, CALENDAR)
    assert period.count(start, CALENDAR).last_day < before
    assert period.count(start + timedelta(days=1), CALENDAR).last_day >= before


@given(PERIODS, DAYS)
def test_a_period_that_rolls_ends_on_a_working_day(period: Period, start: date) -> None:
    assume(start.year < 2034)
    count = replace(period, rolls=True).count(start, CALENDAR)
    assert not CALENDAR.why_closed(count.last_day, period.where)


def test_the_first_working_day_from_a_day_on() -> None:
    assert CALENDAR.working_day(date(2026, 12, 25)) == date(2026, 12, 29)
    assert CALENDAR.working_day(date(2026, 12, 24)) == date(2026, 12, 24)
