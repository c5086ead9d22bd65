"""The notices of the Procurement Act 2023 as the law has them, and how their days are counted."""

from __future__ import annotations

from datetime import date

import pytest

from domain.messages import Command, by_tag
from domain.owed_before import planned_for, qualifies
from domain.owing import due_from
from domain.public_notices import NOTICES, TABLE
from domain.values import When
from tests.domain.test_standstill import CALENDAR

COUNTED = [one for one in TABLE if one.period]


def test_every_notice_is_there_once_in_the_order_of_its_number() -> None:
    numbers = [one.code.partition("-")[0] for one in TABLE]
    assert list(dict.fromkeys(numbers)) == [f"UK{n}" for n in range(1, 18)]
    assert len(NOTICES) == len(TABLE) == 18
    assert NOTICES["UK7-copy"].called == "copy of the contract (UK7 copy)"


def test_each_is_put_on_record_by_one_command_that_there_is() -> None:
    assert {one.by for one in TABLE} <= by_tag(Command).keys()
    elsewhere = {one.code: one.by for one in TABLE if one.by != "publish-notice"}
    own = dict.fromkeys(("UK1", "UK8", "UK17"), "publish-authority-notice")
    assert elsewhere == own | {
        "UK4": "invite-tenders",
        "UK6": "send-award-notices",
        "UK7": "publish-contract",
        "UK10": "publish-change-notice",
    }


@pytest.mark.parametrize(
    ("code", "light", "since", "last"),
    [
        ("UK1", False, date(2026, 4, 1), date(2026, 5, 26)),
        ("UK7", False, date(2026, 12, 3), date(2027, 1, 1)),
        ("UK7", False, date(2028, 1, 31), date(2028, 2, 29)),
        ("UK7", False, date(2027, 1, 31), date(2027, 3, 1)),
        ("UK7", True, date(2026, 12, 3), date(2027, 4, 1)),
        ("UK7-copy", False, date(2026, 12, 3), date(2027, 3, 2)),
        ("UK7-copy", True, date(2026, 12, 3), date(2027, 5, 31)),
        ("UK8", False, date(2026, 6, 30), date(2026, 7, 29)),
        ("UK11", False, date(2026, 12, 24), date(2027, 1, 22)),
        ("UK17", False, date(2026, 3, 31), date(2026, 4, 29)),
    ],
)
def test_a_period_includes_the_day_with_which_it_begins_and_every_holiday_p8(
    code: str, light: bool, since: date, last: date
) -> None:
    notice = next(one for one in TABLE if one.code == code)
    found = due_from(since, notice.light_touch if light else notice.period, CALENDAR)
    assert found
    day, count = found
    assert (day, count.days[0].date) == (last, since)
    assert all(one.counted for one in count.days)


def test_beyond_the_calendar_no_day_is_named() -> None:
    period = NOTICES["UK11"].period
    assert due_from(date(CALENDAR.last, 1, 1), period, CALENDAR) is None
    assert due_from(date(CALENDAR.first - 1, 12, 31), period, CALENDAR) is None
    assert due_from(date(2026, 1, 1), None, CALENDAR) is None


@pytest.mark.parametrize(
    ("invited", "enough"),
    [
        (date(2026, 4, 10), False),
        (date(2026, 4, 11), True),
        (date(2027, 3, 2), True),
        (date(2027, 3, 3), False),
    ],
)
def test_a_planned_procurement_notice_qualifies_from_40_days_to_12_months_ahead(
    invited: date, enough: bool
) -> None:
    assert qualifies(When(date(2026, 3, 2)), invited) == enough


def test_twelve_months_after_29_february_are_28_february() -> None:
    assert planned_for(When(date(2028, 2, 29))) == (date(2028, 4, 9), date(2029, 2, 28))
