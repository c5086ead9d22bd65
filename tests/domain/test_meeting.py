"""What a body resolved is recorded on a later day, and judged by the day of its meeting."""

from datetime import date

from msgspec.structs import replace

from domain.call_in import RecordCallIn
from domain.closing_call_in import CloseCallIn
from domain.decided import DecisionTaken
from domain.messages import Command
from domain.reported import Advised
from domain.values import When
from tests import scenario
from tests.domain import cases
from tests.domain.cases import DECISION_ID, REPORT_ID, SECOND_ID, but, given, members
from tests.domain.test_recommending import ADVICE, BOARD_RECOMMENDS, NOTICE, PUT_UP, SCRUTINISED
from tests.domain.wyvern import (
    CASE,
    CLERK,
    OPEN,
    REFERENCE,
    RESOLVED,
    SCRUTINY,
    STRATEGY,
    wyvern,
)
from tests.scenario import DAY, days_on, step

MET, LATER = days_on(DAY, 2), days_on(DAY, 9)
ON_THE_DAY = but(RESOLVED.at(MET), met=MET)
LATE = but(RESOLVED.at(LATER), met=MET)
WAITING = (OPEN, STRATEGY)
RECOMMENDED = (*PUT_UP, SCRUTINISED, BOARD_RECOMMENDS)


def test_what_a_body_resolved_counts_from_the_day_of_its_meeting() -> None:
    record = given(*WAITING, LATE).procurement(REFERENCE)
    (decision,) = record.decisions.values()
    assert (decision.on, decision.effective, decision.recorded) == (When(MET), MET, LATER)
    assert decision.by == CLERK
    assert record.last_on == MET


def test_what_is_recorded_on_the_day_of_the_meeting_is_not_late() -> None:
    (event,) = given(*WAITING).when(ON_THE_DAY).outcome()
    given(*WAITING).when(RESOLVED.at(MET)).then(event)
    assert isinstance(event, DecisionTaken)
    assert event.recorded is None


def test_the_window_for_call_in_is_counted_from_the_meeting() -> None:
    met, late = date(2022, 12, 13), but(RESOLVED.at(date(2022, 12, 16)), met=date(2022, 12, 13))
    same = given(*RECOMMENDED, RESOLVED.at(met)).procurement(REFERENCE).decisions[DECISION_ID]
    found = given(*RECOMMENDED, late).procurement(REFERENCE).decisions[DECISION_ID]
    assert found.window
    assert (found.window, found.effective) == (same.window, date(2022, 12, 21))


def test_a_notice_of_28_clear_days_is_counted_to_the_meeting() -> None:
    met = date(2022, 12, 12)
    late = but(RESOLVED.at(date(2022, 12, 20)), met=met)
    (refusal,) = scenario.given(*RECOMMENDED).when(late).then_refused("D2")
    assert "may be decided from Tuesday 13 December 2022" in refusal.reason


def why_not(*steps: step, then: step) -> str:
    """The one reason, live. What is imported has no meeting at all."""
    (refusal,) = scenario.given(*steps).when(then).then_refused("D8")
    return refusal.reason


def test_a_meeting_is_not_still_to_come() -> None:
    reason = why_not(*WAITING, then=but(RESOLVED.at(MET), met=LATER))
    assert reason == "The meeting of 23 November 2022 is still to come: today is 16 November 2022"


def test_a_meeting_is_not_before_its_report() -> None:
    early = but(LATE, met=days_on(DAY, -1))
    assert why_not(*WAITING, then=early) == (
        "The meeting cannot have been before the report was put up: 14 November 2022"
    )
    given(*WAITING, but(LATE, met=DAY))
    month = STRATEGY._replace(on=When(DAY, "month"), source="the minutes")
    assert why_not(OPEN, month, then=but(RESOLVED.at(date(2022, 12, 6)), met=LATER)) == (
        "The meeting cannot have been before the report was put up: "
        "in November 2022, read as 30 November 2022"
    )


def test_a_meeting_is_not_before_what_it_was_recommended() -> None:
    later = days_on(DAY, 40)
    record = (*PUT_UP, SCRUTINISED, BOARD_RECOMMENDS.at(later))
    reason = why_not(*record, then=but(RESOLVED.at(later), met=days_on(DAY, 39)))
    assert reason == (
        "The meeting cannot have been before Health Board recommended: 24 December 2022"
    )


def test_what_was_referred_back_is_not_decided_again_before_it_came_back() -> None:
    met, back = date(2022, 12, 13), date(2022, 12, 20)
    three = members("m1", "m2", "m3")
    called = (
        *RECOMMENDED,
        RESOLVED.at(met),
        step(RecordCallIn(CASE, DECISION_ID, three, "Too soon"), CLERK, date(2022, 12, 14)),
        step(CloseCallIn(CASE, DECISION_ID, "referred-back"), CLERK, back),
    )
    again = but(RESOLVED.at(date(2022, 12, 21)), decision=SECOND_ID)
    assert why_not(*called, then=but(again, met=date(2022, 12, 19))) == (
        "The meeting cannot have been before the call-in was closed: 20 December 2022"
    )
    given(*called, but(again, met=back))


def test_who_decides_alone_decides_today() -> None:
    alone = but(cases.DECISION.at(MET), met=DAY)
    assert why_not(cases.OPEN, cases.REPORT, then=alone) == (
        "Only a body has a meeting: who decides alone decides today"
    )


def test_an_imported_step_has_its_own_day() -> None:
    for one in (RESOLVED, WAITING), (SCRUTINISED, PUT_UP):
        imported = but(one[0]._replace(source="the minutes"), met=DAY)
        (refusal,) = scenario.given(*one[1]).when(imported).then_refused("C1")
        assert refusal.reason == (
            "An imported step happened on its own day: name no meeting besides"
        )


def test_who_records_it_is_judged_by_today() -> None:
    """The clerk came to the post after the meeting, when another held it."""
    found = wyvern()
    since = days_on(DAY, 5)
    holders = tuple(
        replace(one, since=since) if one.person == CLERK.person else one
        for one in found.offices.holders
    )
    new = replace(found, offices=replace(found.offices, holders=holders))
    record = scenario.given(*WAITING, rules_=new)
    record.when(LATE).outcome()
    record.when(but(RESOLVED.at(MET))).then_refused("G1")


def test_a_recommendation_is_recorded_for_its_meeting_as_well() -> None:
    late = but(SCRUTINISED.at(LATER), met=MET)
    found = given(*PUT_UP, late).procurement(REFERENCE).reports[REPORT_ID]
    made = Advised(When(MET), CLERK, ADVICE, "The need is shown", LATER)
    assert found.advised == {SCRUTINY: made}
    early = but(late, met=days_on(DAY, -1))
    assert why_not(*PUT_UP, then=early) == (
        "The meeting cannot have been before the report was put up: 14 November 2022"
    )


def test_most_acts_are_at_no_meeting() -> None:
    command: Command = NOTICE.command
    assert command.met_on() is None
