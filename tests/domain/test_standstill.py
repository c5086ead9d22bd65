"""Award notices and the standstill that follows them, by the law of each procurement."""

from datetime import date

import pytest
from msgspec.structs import replace

from adapters.holidays import calendar
from domain.deadlines import ONE, Count
from domain.regimes import Notices, standstill
from domain.standstill import (
    AwardNoticesSent,
    last_day_to_send,
)
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
    told = Notices(sent) if means == "electronic" else Notices(otherwise=sent)
    return standstill("pcr2015", told, CALENDAR)


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
    assert last_day_to_send("pcr2015", starts, CALENDAR) == last
    assert counted(last, "electronic").last_day < starts
    assert counted(last + ONE, "electronic").last_day >= starts


def test_notices_start_the_standstill_that_was_decided_on() -> None:
    count = counted(date(2022, 12, 12), "electronic")
    told = Notices(date(2022, 12, 12))
    given(*EVALUATED).when(NOTICES).then(AwardNoticesSent(told, True, count))


def test_a_standstill_that_the_law_requires_is_not_voluntary() -> None:
    alone = but(OPEN, framework=None)
    count, told = counted(date(2022, 12, 12), "other"), Notices(otherwise=date(2022, 12, 12))
    given(alone, *EVALUATED[1:]).when(but(NOTICES, means="other")).then(
        AwardNoticesSent(told, False, count)
    )


def test_notices_by_both_means_end_with_the_later() -> None:
    mixed = but(NOTICES, means="mixed", otherwise=date(2022, 12, 9), received=date(2022, 12, 12))
    told = Notices(date(2022, 12, 12), date(2022, 12, 9), date(2022, 12, 12))
    count = standstill("pcr2015", told, CALENDAR)
    assert count.last_day == date(2022, 12, 22)
    given(*EVALUATED).when(mixed).then(AwardNoticesSent(told, True, count))


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"means": "mixed"}, "P4"),
        ({"otherwise": date(2022, 12, 9)}, "P4"),
        ({"means": "other", "received": date(2022, 12, 13)}, "C1"),
        ({"means": "mixed", "otherwise": date(2022, 12, 13)}, "C1"),
        ({"means": "other", "received": date(2022, 12, 11)}, "P4"),
        ({"working_days": 10}, "P3"),
    ],
)
def test_notices_were_sent_on_days_that_make_sense(fields: dict[str, object], rule: str) -> None:
    given(*EVALUATED).when(but(NOTICES, **fields)).then_refused(rule)


def test_without_a_decision_on_it_a_call_off_has_no_standstill() -> None:
    none = replace(AUTHORISE, standstill="none")
    report = but(REPORT, recommendations=(asks(none), asks(AWARD_LATER, "b")))
    record = given(OPEN, report, DECISION, TENDER, EVALUATION)
    told = Notices(date(2022, 12, 12))
    record.when(NOTICES).then(AwardNoticesSent(told, False, None))
    count = counted(date(2022, 12, 12), "electronic")
    record.when(but(NOTICES, voluntary=True)).then(AwardNoticesSent(told, True, count))


def test_notices_tell_of_an_evaluation() -> None:
    reason = given(*AUTHORISED).when(NOTICES).reason("C1")
    assert reason == "No evaluation is on record to tell tenderers of"


def test_notices_are_sent_once() -> None:
    given(*EVALUATED, NOTICES).when(NOTICES).then_refused("C2")
