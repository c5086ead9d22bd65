from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.holidays import calendar
from domain.deadlines import ONE, Count
from domain.refusals import Refused
from domain.regimes import Notices, Regime, standstill, why_not_counted

CALENDAR = calendar()
DAYS = st.dates(date(2011, 1, 1), date(2038, 12, 31))


def whys(count: Count) -> dict[date, str]:
    return {one.date: one.why for one in count.days}


@pytest.mark.parametrize(
    ("published", "ends"),
    [
        (date(2026, 12, 21), date(2027, 1, 5)),
        (date(2026, 7, 10), date(2026, 7, 22)),
        (date(2026, 3, 13), date(2026, 3, 25)),
    ],
)
def test_p3_no_bank_holiday_of_any_part_of_the_kingdom_counts(published: date, ends: date) -> None:
    assert standstill("pa2023", Notices(published), CALENDAR).last_day == ends


def test_p3_a_day_that_is_a_holiday_in_one_part_says_in_which() -> None:
    found = whys(standstill("pa2023", Notices(date(2026, 11, 19)), CALENDAR))
    assert found[date(2026, 11, 30)] == "Saint Andrew's Day (Scotland)"
    assert found[date(2026, 11, 19)] == "working day 1"


def test_p3_a_holiday_of_all_parts_is_named_once() -> None:
    found = whys(standstill("pa2023", Notices(date(2026, 12, 23)), CALENDAR))
    assert found[date(2026, 12, 25)] == "Christmas Day"


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        (Notices(otherwise=date(2022, 12, 12)), date(2022, 12, 28)),
        (Notices(otherwise=date(2022, 12, 13)), date(2022, 12, 28)),
        (Notices(otherwise=date(2022, 12, 14)), date(2022, 12, 29)),
        (Notices(otherwise=date(2022, 12, 1), received=date(2022, 12, 2)), date(2022, 12, 12)),
        (Notices(otherwise=date(2022, 12, 1), received=date(2022, 12, 9)), date(2022, 12, 16)),
        (Notices(date(2022, 12, 1), date(2022, 12, 1)), date(2022, 12, 16)),
        (Notices(date(2022, 12, 8), date(2022, 12, 1)), date(2022, 12, 19)),
        (Notices(date(2022, 12, 1), date(2022, 12, 1), date(2022, 12, 2)), date(2022, 12, 12)),
    ],
    ids=repr,
)
def test_p4_other_means_end_earlier_of_two_and_mixed_ones_later(told: Notices, ends: date) -> None:
    assert standstill("pcr2015", told, CALENDAR).last_day == ends


def test_p5_says_what_the_day_of_the_notice_and_the_one_after_are() -> None:
    count = standstill("psr2023", Notices(date(2026, 12, 14)), CALENDAR)
    assert [(one.date.day, one.counted, one.why) for one in count.days[:3]] == [
        (14, False, "the day it is counted from"),
        (15, False, "it begins: the days after this one count"),
        (16, True, "working day 1"),
    ]


@pytest.mark.parametrize(
    ("regime", "told", "rule"),
    [
        ("pa2023", Notices(), "C1"),
        ("psr2023", Notices(otherwise=date(2026, 1, 5)), "C1"),
        ("pcr2015", Notices(), "C1"),
        ("pcr2015", Notices(date(2022, 1, 5), received=date(2022, 1, 6)), "P4"),
        ("pcr2015", Notices(None, date(2022, 1, 5), date(2022, 1, 4)), "P4"),
    ],
)
def test_a_standstill_is_counted_from_days_that_make_sense(
    regime: Regime, told: Notices, rule: str
) -> None:
    assert [one.rule for one in why_not_counted(regime, told)] == [rule]


@pytest.mark.parametrize("regime", ["pa2023", "pcr2015", "psr2023"])
def test_a_day_is_enough(regime: Regime) -> None:
    assert list(why_not_counted(regime, Notices(date(2026, 1, 5)))) == []


@given(DAYS)
def test_the_longer_calendar_and_the_later_start_never_end_earlier(day: date) -> None:
    pa, psr = (standstill(r, Notices(day), CALENDAR).last_day for r in ("pa2023", "psr2023"))
    assert pa < psr or not CALENDAR.why_closed(psr)
    assert not CALENDAR.why_closed(pa, "any")
    for regime in "pa2023", "psr2023", "pcr2015":
        one, next_one = (
            standstill(regime, Notices(d), CALENDAR).last_day for d in (day, day + ONE)
        )
        assert one <= next_one


@pytest.mark.parametrize("regime", ["pa2023", "pcr2015", "psr2023"])
def test_a_standstill_that_runs_out_of_the_calendar_is_refused(regime: Regime) -> None:
    with pytest.raises(Refused, match="2041 is outside"):
        standstill(regime, Notices(date(2040, 12, 28)), CALENDAR)
