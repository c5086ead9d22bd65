from datetime import date

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.decided import DecisionTaken
from domain.effects import AuthoriseProcurement
from domain.record import Outcome, Resolution
from domain.refusals import Refused
from domain.values import When
from domain.withdrawing import WithdrawReport
from tests.domain.cases import (
    AUTHORISE,
    AWARD,
    AWARD_LATER,
    AWARD_REPORT,
    CRITERIA,
    DECISION,
    DECISION_ID,
    EVALUATED,
    KEY_DECISION,
    KEY_REPORT,
    NOTICE,
    OPEN,
    REJECTED,
    REPORT,
    REPORT_ID,
    SECOND_ID,
    TOO_DEAR,
    but,
    given,
    up_to,
)
from tests.scenario import CASE, DAY, DIRECTOR, OFFICER, REFERENCE, step

AGREED_B = Answer("b", "agreed")


def answering(answer: Answer) -> step:
    return but(DECISION, answers=(answer, AGREED_B))


def test_a_decision_answers_each_recommendation() -> None:
    given(OPEN, REPORT).when(DECISION).then(
        DecisionTaken(
            DECISION_ID,
            REPORT_ID,
            "procurement",
            "significant-operational",
            (
                Resolution("a", "agreed", "What (a) asks for", AUTHORISE),
                Resolution("b", "agreed", "What (b) asks for", AWARD_LATER),
            ),
            "No capacity is left",
            REJECTED,
            "",
            "none-declared",
            "",
            open_to_call_in=False,
            window=None,
            effective=DAY,
            replaces=None,
            decided_by=DIRECTOR.post,
            procurements=(REFERENCE,),
        )
    )


def test_a_key_decision_waits_for_the_window_of_call_in() -> None:
    decided = given(OPEN, NOTICE, KEY_REPORT, KEY_DECISION).procurement().decisions[DECISION_ID]
    assert decided.open_to_call_in
    assert decided.effective == date(2022, 12, 21)


def test_resolutions_stand_in_the_order_of_the_report() -> None:
    turned = but(DECISION, answers=(AGREED_B, TOO_DEAR))
    decided = given(OPEN, REPORT, turned).procurement().decisions[DECISION_ID]
    assert [(one.label, one.agreed) for one in decided.resolutions] == [("a", False), ("b", True)]


def test_what_is_not_agreed_has_no_effect() -> None:
    refused = answering(TOO_DEAR)
    found = given(OPEN, REPORT, refused).procurement()
    assert found.in_effect(AuthoriseProcurement, DAY) is None


def test_what_is_agreed_as_amended_has_its_own_effect() -> None:
    less = replace(AUTHORISE, up_to=up_to("300000"))
    amended = Answer("a", "agreed-as-amended", "The budget was cut", "Up to £300,000", less)
    found = given(OPEN, REPORT, answering(amended)).procurement()
    assert found.in_effect(AuthoriseProcurement, DAY) == less
    assert found.decisions[DECISION_ID].resolutions[0].wording == "Up to £300,000"


def test_other_words_alone_leave_the_effect_as_it_was() -> None:
    amended = Answer("a", "agreed-as-amended", "It was unclear", "Approve a competition")
    found = given(OPEN, REPORT, answering(amended)).procurement()
    assert found.in_effect(AuthoriseProcurement, DAY) == AUTHORISE


def test_a_decision_is_about_a_report_on_record() -> None:
    assert given(OPEN).when(DECISION).reason("C1") == "There is no such report"


@pytest.mark.parametrize(
    ("before", "state"),
    [
        (DECISION, "decided"),
        (step(WithdrawReport(CASE, REPORT_ID, "Too early")), "withdrawn"),
    ],
)
def test_a_report_is_decided_once_and_while_it_waits(before: step, state: str) -> None:
    again = but(DECISION, decision=SECOND_ID)
    assert given(OPEN, REPORT, before).when(again).reason("C2") == f"The report is {state}"


def test_a_decision_has_an_id_of_its_own() -> None:
    record = given(*EVALUATED, AWARD_REPORT)
    reason = record.when(but(AWARD, decision=DECISION_ID)).reason("C2")
    assert reason == "This decision has been taken already"


def test_what_was_lawful_when_asked_for_is_lawful_when_decided() -> None:
    late = DECISION.at(date(2025, 8, 24))
    given(OPEN, REPORT).when(late).then_refused("E4")


@pytest.mark.parametrize(
    "answers",
    [(), (Answer("a", "agreed"),), (AGREED_B, AGREED_B), (AGREED_B, Answer("c", "agreed"))],
)
def test_each_recommendation_is_answered_once(answers: tuple[Answer, ...]) -> None:
    reason = given(OPEN, REPORT).when(but(DECISION, answers=answers)).reason("C1")
    assert reason == "Answer each recommendation once: a and b"


def test_what_is_amended_is_worded_anew() -> None:
    amended = answering(Answer("a", "agreed-as-amended", "Too dear"))
    reason = given(OPEN, REPORT).when(amended).reason("D8")
    assert reason == "(a) Give the wording as amended"


@pytest.mark.parametrize("outcome", ["not-agreed", "deferred", "referred-to-another-body"])
def test_what_is_not_agreed_as_it_stands_has_a_reason(outcome: Outcome) -> None:
    reason = given(OPEN, REPORT).when(answering(Answer("a", outcome))).reason("D8")
    assert reason == "(a) Give a reason: it is not agreed as it stands"
    given(OPEN, REPORT).when(answering(Answer("a", outcome, "Ask again in May"))).outcome()


def test_what_is_noted_needs_no_reason() -> None:
    given(OPEN, REPORT).when(answering(Answer("a", "noted"))).outcome()


@pytest.mark.parametrize(
    "answer",
    [Answer("a", "agreed", wording="Another"), Answer("a", "agreed", effect=AUTHORISE)],
)
def test_only_what_is_amended_has_another_wording(answer: Answer) -> None:
    given(OPEN, REPORT).when(answering(answer)).then_refused("C1")


def test_an_amendment_is_lawful_too() -> None:
    half = replace(AUTHORISE, criteria=CRITERIA[:1])
    amended = Answer("a", "agreed-as-amended", "Price is no matter", "On quality", half)
    reason = given(OPEN, REPORT).when(answering(amended)).reason("E1")
    assert reason == "The weights come to 60 %, not to 100 %"


@pytest.mark.parametrize(
    ("lacks", "value"), [("reasons", ""), ("alternatives", ()), ("interests", "not-in-the-record")]
)
def test_a_decision_is_recorded_with_reasons_alternatives_and_interests(
    lacks: str, value: object
) -> None:
    given(OPEN, REPORT).when(but(DECISION, **{lacks: value})).then_refused("D8")


def test_where_no_alternative_was_considered_the_record_says_why() -> None:
    none = but(DECISION, alternatives=(), no_alternatives="nobody else offers it")
    found = given(OPEN, REPORT, none).procurement().decisions[DECISION_ID]
    assert (found.alternatives, found.no_alternatives) == ((), "nobody else offers it")
    both = given(OPEN, REPORT).when(but(none, alternatives=REJECTED)).reason("D8")
    assert both == "Alternatives were rejected, or none was considered: not both"


def test_an_interest_is_declared_with_what_follows_from_it() -> None:
    declared = but(DECISION, interests="declared")
    given(OPEN, REPORT).when(declared).then_refused("D8")
    given(OPEN, REPORT).when(but(declared, interests_note="Sold last year: none now")).outcome()


def test_every_reason_is_given_at_once() -> None:
    bare = but(DECISION, answers=(), reasons="", alternatives=(), interests="not-in-the-record")
    given(OPEN, REPORT).when(bare).then_refused("C1", "D8", "D8", "D8")


def test_who_may_not_decide_is_told_no_more_than_that_and_what_makes_no_sense() -> None:
    """Reasons that rest on figures could be asked until they give a closed one away."""
    bare = but(DECISION, answers=(), reasons="", alternatives=(), interests="not-in-the-record")
    wrong = bare._replace(by=OFFICER)
    with pytest.raises(Refused) as caught:
        given(OPEN, REPORT).when(wrong).outcome()
    assert [one.rule for one in caught.value.refusals] == ["G1", "G6", "C1"]
    answers = (Answer("a", "agreed"), Answer("b", "agreed"))
    imported = but(wrong, answers=answers)._replace(source="the minutes")
    rules = given(OPEN, REPORT).when(imported).irregularities()
    assert rules == ["G1", "G6", "D8", "D8", "D8"]


def test_a_year_outside_the_calendar_is_refused() -> None:
    record = given(but(OPEN, framework=None), NOTICE, KEY_REPORT)
    record.when(KEY_DECISION.at(date(2040, 12, 31)))
    with pytest.raises(Refused, match="2041 is outside the calendar of 2010 to 2040") as caught:
        record.outcome()
    assert [one.rule for one in caught.value.refusals] == ["D7"]


@pytest.mark.parametrize(
    ("on", "at_once"),
    [(When(DAY), False), (When(DAY, "month"), True), (When(DAY, "unknown", "the minutes"), True)],
)
def test_an_undated_decision_has_effect_at_once_on_no_day_that_is_shown(
    on: When, at_once: bool
) -> None:
    undated = DECISION._replace(on=on, source="the minutes")
    (decision,) = given(OPEN, REPORT, undated).procurement().decisions.values()
    assert decision.at_once == at_once
    assert decision.effective == on.read_as


def test_an_undated_decision_that_waits_for_call_in_has_no_effect_at_once() -> None:
    undated = KEY_DECISION._replace(on=When(date(2022, 12, 1), "month"), source="the minutes")
    (decision,) = given(OPEN, NOTICE, KEY_REPORT, undated).procurement().decisions.values()
    assert not decision.at_once
