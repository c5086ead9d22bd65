from datetime import date

import pytest

from adapters.holidays import calendar
from domain.notices import KeyDecisionNoticePublished, earliest_after
from tests.domain import herefordshire
from tests.domain.cases import (
    DECISION,
    KEY_DECISION,
    KEY_REPORT,
    NOTICE,
    OPEN,
    REPORT,
    but,
    given,
)


def test_a_notice_says_from_when_the_decision_may_be_made() -> None:
    earliest = date(2022, 12, 13)
    given(OPEN).when(NOTICE).then(KeyDecisionNoticePublished("procurement", earliest))


def test_a_notice_of_1_september_2026_allows_the_decision_from_30_september() -> None:
    record = given(
        but(OPEN, framework=None, regime="pa2023").at(date(2026, 9, 1)),
        NOTICE.at(date(2026, 9, 1)),
        KEY_REPORT.at(date(2026, 9, 1)),
    )
    (refusal,) = record.when(DECISION.at(date(2026, 9, 29))).then_refused("D2")
    assert refusal.cured_on == date(2026, 9, 30)
    wanted = "28 clear days' notice: it may be decided from Wednesday 30 September 2026"
    assert refusal.reason == wanted
    record.when(DECISION.at(date(2026, 9, 30))).outcome()


@pytest.mark.parametrize(
    ("notice", "earliest"),
    [
        (date(2026, 9, 1), date(2026, 9, 30)),
        (date(2022, 11, 14), date(2022, 12, 13)),
        (date(2024, 2, 1), date(2024, 3, 1)),
    ],
)
def test_clear_days_leave_out_both_ends(notice: date, earliest: date) -> None:
    assert earliest_after(notice, calendar()) == earliest


def test_a_key_decision_needs_a_notice() -> None:
    reason = given(OPEN, KEY_REPORT).when(KEY_DECISION).reason("D2")
    assert reason == (
        "No notice of this key decision is on record: give 28 clear days' notice, give 5 under the "
        "general exception or let the Chair of the Scrutiny Board agree that it is urgent"
    )


def test_a_notice_is_of_one_gateway() -> None:
    other = but(NOTICE, gateway="award")
    given(OPEN, other, KEY_REPORT).when(KEY_DECISION).then_refused("D2")


def test_what_is_not_key_needs_no_notice() -> None:
    given(OPEN, REPORT).when(DECISION).outcome()


def test_a_notice_is_of_a_gateway_that_there_is() -> None:
    reason = given(OPEN).when(but(NOTICE, gateway="gateway-3")).reason("C1")
    assert reason == "There is no gateway “gateway-3”"


def test_a_notice_is_given_once() -> None:
    given(OPEN, NOTICE).when(NOTICE).then_refused("C2")


def test_herefordshires_record_shows_no_notice() -> None:
    record = given(herefordshire.OPEN, herefordshire.REPORT)
    assert "D2" in record.when(herefordshire.DECISION).irregularities()
