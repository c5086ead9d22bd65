"""General exception and special urgency: key decisions with less than 28 clear days' notice."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from adapters.holidays import calendar
from domain.constitution import ShortNotice
from domain.deadlines import Period
from domain.messages import Actor
from domain.passed_over import NotThere
from domain.short_notice import (
    AgreeSpecialUrgency,
    GeneralExceptionNotified,
    NotifyGeneralException,
    ReportSpecialUrgency,
    SpecialUrgencyAgreed,
    SpecialUrgencyReported,
    exception_after,
)
from tests.domain.cases import (
    DECISION,
    DECISION_ID,
    KEY_REPORT,
    NOTICE,
    OPEN,
    acts,
    but,
    given,
    leeds,
)
from tests.domain.timetables import days, of, on
from tests.scenario import CASE, CLERK, DAY, DIRECTOR, holder, step

SCRUTINY, COUNCIL, VICE = (
    holder(f"leeds/{one}")
    for one in ("chair-of-scrutiny", "chair-of-council", "vice-chair-of-council")
)
MAYOR = "leeds/chair-of-council"
ILL = NotThere("leeds/chair-of-scrutiny", "absent", "Ill")
EXCEPTION = step(
    NotifyGeneralException(CASE, "procurement", "chair", "The grant must be spent this year"), CLERK
)
FROM = date(2022, 11, 22)
AGREED = step(AgreeSpecialUrgency(CASE, "procurement", "The clinic closes on Friday"), SCRUTINY)
REPORTED = step(ReportSpecialUrgency(CASE, "procurement"), CLERK, on=date(2023, 3, 1))
NOW = DECISION.at(DAY)
HELD = (OPEN, KEY_REPORT)
COUNTED_IN_DAYS = leeds(
    short_notice=ShortNotice(unit="days", standing="illustrative", where="a test")
)
SILENT = leeds(short_notice=None)


def test_notice_under_the_general_exception_says_from_when_the_decision_may_be_made() -> None:
    found = GeneralExceptionNotified(
        "procurement", "chair", "The grant must be spent this year", "", FROM
    )
    given(OPEN).when(EXCEPTION).then(found)


def test_under_the_general_exception_five_clear_days_pass() -> None:
    record = given(*HELD, EXCEPTION)
    (refusal,) = record.when(DECISION.at(date(2022, 11, 21))).then_refused("D3")
    assert refusal.cured_on == FROM
    wanted = "5 clear days under the general exception: from Tuesday 22 November 2022"
    assert refusal.reason == wanted
    given(*HELD, EXCEPTION).when(DECISION.at(FROM)).outcome()


@pytest.mark.parametrize(
    ("told", "earliest"),
    [
        (date(2017, 8, 23), date(2017, 9, 1)),
        (date(2017, 8, 31), date(2017, 9, 8)),
        (date(2017, 9, 1), date(2017, 9, 11)),
        (date(2020, 1, 28), date(2020, 2, 5)),
        (date(2020, 7, 1), date(2020, 7, 9)),
        (date(2023, 2, 23), date(2023, 3, 3)),
    ],
)
def test_nottingham_counted_five_clear_working_days(told: date, earliest: date) -> None:
    """Its notices name the first working day on which it may be decided."""
    working = Period(1, first_day_counts=True)
    lawful = exception_after(told, on(max(told, date(2018, 1, 1)), "nottingham"))
    assert working.count(lawful, calendar()).last_day == earliest


def test_a_constitution_may_count_all_days() -> None:
    assert exception_after(DAY, on(DAY, rules_=COUNTED_IN_DAYS)) == date(2022, 11, 20)


def test_the_earlier_of_two_notices_counts() -> None:
    late = EXCEPTION.at(date(2022, 12, 12))
    record = given(OPEN, NOTICE, KEY_REPORT, late)
    record.when(DECISION.at(date(2022, 12, 13))).outcome()


def test_the_full_notice_cures_where_it_ends_first() -> None:
    record = given(OPEN, NOTICE, KEY_REPORT, EXCEPTION.at(date(2022, 12, 12)))
    (refusal,) = record.when(DECISION.at(date(2022, 12, 12))).then_refused("D3")
    assert refusal.cured_on == date(2022, 12, 13)


def test_the_general_exception_is_used_once_for_a_gateway_that_there_is() -> None:
    given(OPEN, EXCEPTION).when(EXCEPTION).then_refused("C2")
    given(OPEN).when(but(EXCEPTION, gateway="gateway-3")).then_refused("C1")


def test_without_a_chair_every_member_is_told_and_it_is_said_why() -> None:
    members = but(EXCEPTION, told="members")
    reason = given(OPEN).when(members).reason("D3")
    wanted = "The chair of the scrutiny committee is told: say why there is no chair to tell"
    assert reason == wanted
    given(OPEN).when(but(members, no_chair="The seat is vacant")).outcome()


def test_whose_the_forward_plan_is_gives_the_other_notices() -> None:
    given(OPEN).when(EXCEPTION._replace(by=DIRECTOR)).then_refused("G1")


def test_a_chair_agrees_that_a_decision_cannot_wait() -> None:
    found = SpecialUrgencyAgreed(
        "procurement", "leeds/chair-of-scrutiny", "The clinic closes on Friday", ()
    )
    given(OPEN).when(AGREED).then(found)
    given(*HELD, AGREED).when(NOW).outcome()


@pytest.mark.parametrize(
    ("chair", "passed_over"), [(COUNCIL, (ILL,)), (VICE, (ILL, NotThere(MAYOR, "absent", "Away")))]
)
def test_a_later_chair_says_why_those_before_could_not_be_asked(
    chair: Actor, passed_over: tuple[NotThere, ...]
) -> None:
    later = AGREED._replace(by=chair)
    first, *_ = given(OPEN).when(later).then_refused(*("D4" for _ in passed_over))
    assert first.reason == (
        "Chair of the Scrutiny Board comes first: say that the post is vacant, or who holds it "
        "absent, and why"
    )
    assert first.provenance.startswith("illustrative: regulation 11 has this order")
    given(OPEN).when(but(later, passed_over=passed_over)).outcome()


def test_nobody_is_passed_over_who_comes_later_or_whose_post_is_not_vacant() -> None:
    later = but(AGREED, passed_over=(NotThere(MAYOR, "absent", "Away"),))
    assert given(OPEN).when(later).reason("C1") == (
        "Lord Mayor does not come before Chair of the Scrutiny Board: nobody passed over that post"
    )
    vacant = but(AGREED, passed_over=(replace(ILL, why="vacant"),))._replace(by=COUNCIL)
    reason = given(OPEN).when(vacant).reason("D4")
    assert reason == "Chair of the Scrutiny Board is not vacant: somebody holds the post today"


def test_imported_a_chair_whom_no_rule_names_agreed_irregularly() -> None:
    told = but(AGREED, passed_over=(ILL,))._replace(by=DIRECTOR, source="the minutes")
    found = given(*HELD, told).procurement()
    assert found.urgent("procurement")
    assert [one.irregularity.rule for one in found.irregularities] == ["G1"]


def test_urgency_is_agreed_once_for_a_gateway_that_there_is() -> None:
    given(OPEN, AGREED).when(AGREED).then_refused("C2")
    given(OPEN).when(but(AGREED, gateway="gateway-3")).then_refused("C1")


def test_where_no_rule_names_a_chair_nobody_agrees_to_urgency() -> None:
    reason = given(OPEN, rules_=SILENT).when(AGREED).reason("D4")
    assert reason == "No rule of Leeds City Council says which chair agrees to urgency"
    said = given(*HELD, rules_=SILENT).when(NOW).reason("D2")
    assert said.endswith("give 28 clear days' notice or give 5 under the general exception")


def test_what_was_urgent_once_is_not_urgent_for_the_next_decision() -> None:
    found = given(*HELD, AGREED, NOW).procurement()
    assert not found.urgent("procurement")
    assert found.urgencies[0].decision == DECISION_ID
    found = given(*HELD, EXCEPTION, DECISION.at(FROM)).procurement()
    assert not found.exceptions


def test_an_urgent_decision_is_reported_to_the_council_once() -> None:
    decided = (*HELD, AGREED, NOW)
    given(*decided).when(REPORTED).then(SpecialUrgencyReported("procurement"))
    given(*decided, REPORTED).when(REPORTED).then_refused("C2")
    given(*HELD, AGREED).when(REPORTED).then_refused("C1")
    given(*decided).when(REPORTED._replace(by=DIRECTOR)).then_refused("G1")


def test_a_second_urgent_decision_is_reported_for_itself() -> None:
    found = given(*HELD, AGREED, NOW, AGREED, REPORTED).procurement()
    assert [bool(one.reported) for one in found.urgencies] == [True, False]


def test_the_report_to_the_council_is_in_the_queue_within_a_year() -> None:
    offered = acts(*HELD, AGREED, NOW)["report-special-urgency procurement"]
    assert offered.queued
    assert offered.due == date(2023, 11, 14)
    assert offered.posts == ("leeds/democratic-services",)
    assert "report-special-urgency procurement" not in acts(*HELD, AGREED, NOW, REPORTED)


def test_the_quicker_ways_are_offered_while_notice_is_missing() -> None:
    offered = acts(*HELD)
    assert offered["notify-general-exception procurement"].posts == ("leeds/democratic-services",)
    assert offered["agree-special-urgency procurement"].posts[0] == SCRUTINY.post
    ways = "notify-general-exception", "agree-special-urgency"
    assert not any(one.startswith(ways[1]) for one in acts(*HELD, rules_=SILENT))
    assert not any(one.startswith(ways) for one in acts(*HELD, AGREED))


def test_the_timetable_knows_what_was_given_and_agreed() -> None:
    noticed = days(of(*HELD, EXCEPTION, day=DAY))
    assert noticed["procurement notice"] == DAY
    assert noticed["procurement decision"] == FROM
    urgent = days(of(*HELD, AGREED, day=DAY))
    assert "procurement notice" not in urgent
    assert urgent["procurement decision"] == DAY
