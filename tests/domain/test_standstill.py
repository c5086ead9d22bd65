from datetime import date

import pytest
from msgspec.structs import replace

from adapters.holidays import calendar
from domain.standstill import AwardNoticesSent, Means, last_day_to_send, standstill
from tests.domain.cases import (
    AUTHORISE,
    AUTHORISED,
    AWARD_LATER,
    DECISION,
    EVALUATED,
    EVALUATION,
    NOTICES,
    OPEN,
    REPORT,
    TENDER,
    asks,
    but,
    given,
)

CALENDAR = calendar()


@pytest.mark.parametrize(
    ("sent", "means", "ends"),
    [
        (date(2026, 12, 15), "electronic", date(2026, 12, 29)),
        (date(2022, 12, 20), "electronic", date(2022, 12, 30)),
        (date(2022, 12, 21), "electronic", date(2023, 1, 3)),
        (date(2022, 12, 12), "electronic", date(2022, 12, 22)),
        (date(2022, 12, 12), "other", date(2022, 12, 28)),
        (date(2022, 12, 13), "other", date(2022, 12, 28)),
        (date(2022, 12, 14), "other", date(2022, 12, 29)),
    ],
)
def test_a_standstill_ends_on_a_working_day(sent: date, means: Means, ends: date) -> None:
    assert standstill(sent, means, CALENDAR).last_day == ends


def test_each_day_of_a_standstill_is_explained() -> None:
    days = standstill(date(2022, 12, 21), "electronic", CALENDAR).days
    assert [(one.date.day, one.counted, one.why) for one in days[-5:]] == [
        (30, True, "day 9"),
        (31, True, "day 10, but Saturday"),
        (1, False, "runs on to the end of the next working day, but Sunday"),
        (2, False, "runs on to the end of the next working day, but New Year's Day (observed)"),
        (3, False, "runs on to the end of the next working day"),
    ]


@pytest.mark.parametrize(
    ("starts", "means", "last"),
    [
        (date(2023, 1, 2), "electronic", date(2022, 12, 20)),
        (date(2023, 1, 2), "other", date(2022, 12, 15)),
        (date(2023, 1, 3), "electronic", date(2022, 12, 20)),
        (date(2023, 1, 4), "electronic", date(2022, 12, 24)),
    ],
)
def test_notices_go_out_so_early_that_the_standstill_ends_before_the_start(
    starts: date, means: Means, last: date
) -> None:
    assert last_day_to_send(starts, means, CALENDAR) == last
    assert standstill(last, means, CALENDAR).last_day < starts


def test_notices_start_the_standstill_that_was_decided_on() -> None:
    count = standstill(date(2022, 12, 12), "electronic", CALENDAR)
    given(*EVALUATED).when(NOTICES).then(AwardNoticesSent("electronic", True, count))


def test_a_standstill_that_the_law_requires_is_not_voluntary() -> None:
    required = replace(AUTHORISE, standstill="required")
    report = but(REPORT, recommendations=(asks(required), asks(AWARD_LATER, "b")))
    count = standstill(date(2022, 12, 12), "other", CALENDAR)
    given(OPEN, report, DECISION, TENDER, EVALUATION).when(but(NOTICES, means="other")).then(
        AwardNoticesSent("other", False, count)
    )


def test_notices_tell_of_an_evaluation() -> None:
    reason = given(*AUTHORISED).when(NOTICES).reason("C1")
    assert reason == "No evaluation is on record to tell tenderers of"


def test_notices_are_sent_once() -> None:
    given(*EVALUATED, NOTICES).when(NOTICES).then_refused("C2")


def test_only_the_standstill_of_2015_is_known_so_far() -> None:
    new = but(OPEN, regime="psr2023")._replace(source="the minutes")
    given(new, *EVALUATED[1:]).when(NOTICES).then_refused("P4")
