from datetime import date

import pytest
from msgspec.structs import replace

from adapters.holidays import calendar
from domain.deadlines import ONE, Count
from domain.regimes import standstill
from domain.standstill import AwardNoticesSent, last_day_to_send, told
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


def counted(sent: date, means: str) -> Count:
    return standstill("pcr2015", told(sent, means), CALENDAR)


@pytest.mark.parametrize(
    ("starts", "last"),
    [
        (date(2023, 1, 2), date(2022, 12, 20)),
        (date(2023, 1, 3), date(2022, 12, 20)),
        (date(2023, 1, 4), date(2022, 12, 24)),
    ],
)
def test_notices_go_out_so_early_that_the_standstill_ends_before_the_start(
    starts: date, last: date
) -> None:
    assert last_day_to_send(starts, CALENDAR) == last
    assert counted(last, "electronic").last_day < starts
    assert counted(last + ONE, "electronic").last_day >= starts


def test_notices_start_the_standstill_that_was_decided_on() -> None:
    count = counted(date(2022, 12, 12), "electronic")
    given(*EVALUATED).when(NOTICES).then(AwardNoticesSent("electronic", True, count))


def test_a_standstill_that_the_law_requires_is_not_voluntary() -> None:
    required = replace(AUTHORISE, standstill="required")
    report = but(REPORT, recommendations=(asks(required), asks(AWARD_LATER, "b")))
    count = counted(date(2022, 12, 12), "other")
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
