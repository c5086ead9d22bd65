"""One decision over several procurements: it happens in each of them, or in none."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.abandoning import AbandonProcurement
from domain.answers import Answer
from domain.call_in import RecordCallIn
from domain.closing_call_in import CloseCallIn
from domain.decided import DecisionTaken
from domain.effects import AuthoriseProcurement
from domain.procurement import others
from domain.publication import PublishDecision
from domain.report_acts import PublishReport
from domain.reports import ReportPutUp
from domain.values import Amount
from domain.withdrawing import WithdrawReport
from tests import scenario
from tests.domain import cases
from tests.domain.cases import (
    AWARD_REPORT_ID,
    DECISION_ID,
    REPORT_ID,
    SECOND_ID,
    asks,
    but,
    given,
    members,
    up_to,
)
from tests.domain.wyvern import (
    AUTHORISE,
    CASE,
    CLERK,
    MANAGER,
    OPEN,
    OPEN_OTHER,
    OTHER,
    OTHER_REFERENCE,
    PLAN,
    REFERENCE,
    RESOLVED,
    STRATEGY,
    deciding,
    wyvern,
)
from tests.scenario import step

ALSO = (OTHER_REFERENCE,)
BOTH = (REFERENCE, OTHER_REFERENCE)
OPENED = (OPEN, OPEN_OTHER)
REPORT = but(STRATEGY, also=ALSO, class_reason="No ward is affected more than another")
DECISION = but(RESOLVED, also=ALSO)
DECIDED = (*OPENED, REPORT, DECISION)
UNHEARD = "wyvern-2022-9"


def about(reference: str, one: Any) -> Any:
    return replace(one, about=reference)


def test_a_report_over_several_procurements_is_put_up_in_each() -> None:
    first, second = given(*OPENED).when(REPORT).outcome()
    assert first == second
    assert isinstance(first, ReportPutUp)
    assert (first.procurements, first.together) == (
        BOTH,
        Amount("estimated", up_to("800000").pounds),
    )


def test_a_report_on_one_procurement_has_no_value_of_several() -> None:
    (only,) = given(*OPENED).when(STRATEGY).outcome()
    assert isinstance(only, ReportPutUp)
    assert (only.procurements, only.together) == ((REFERENCE,), None)


def test_a_decision_over_several_procurements_is_the_same_in_each() -> None:
    first, second = given(*OPENED, REPORT).when(DECISION).outcome()
    assert first == second
    assert isinstance(first, DecisionTaken)
    assert (first.decision, first.procurements) == (DECISION_ID, BOTH)
    record = given(*DECIDED)
    for reference in BOTH:
        assert record.procurement(reference).in_effect(AuthoriseProcurement, scenario.DAY)


def test_versions_of_a_report_are_counted_in_each_procurement() -> None:
    earlier = (
        STRATEGY,
        but(RESOLVED, answers=(Answer("a", "agreed"), Answer("b", "deferred", "Later"))),
    )
    again = but(REPORT, report=AWARD_REPORT_ID)
    first, second = given(*OPENED, *earlier).when(again).outcome()
    assert isinstance(first, ReportPutUp)
    assert isinstance(second, ReportPutUp)
    assert (first.version, second.version) == (2, 1)


# What is resolved about one of them.


SHARE = (
    asks(PLAN),
    about(REFERENCE, asks(AUTHORISE, "b")),
    about(OTHER_REFERENCE, asks(replace(AUTHORISE, up_to=up_to("350000")), "c")),
)
SHARED = but(REPORT, recommendations=SHARE)


def test_a_resolution_about_one_procurement_has_effect_in_that_one() -> None:
    decided = step(deciding(REPORT_ID, DECISION_ID, "a", "b", "c", also=ALSO), CLERK)
    record = given(*OPENED, SHARED, decided)
    caps = [
        found.up_to.pounds
        for reference in BOTH
        if (found := record.procurement(reference).in_effect(AuthoriseProcurement, scenario.DAY))
    ]
    assert caps == [400_000, 350_000]


def test_what_is_asked_about_one_procurement_is_measured_by_that_one() -> None:
    small = (OPEN, but(OPEN_OTHER, value=up_to("340000")))
    reason = given(*small).when(SHARED).reason("P7")
    says = "£350,000 is more than the procurement's value, £340,000"
    assert reason == f"{OTHER_REFERENCE}: {says}"
    more = replace(AUTHORISE, up_to=up_to("390000"))
    amended = Answer("c", "agreed-as-amended", "Prices rose", "More", more)
    answers = (Answer("a", "agreed"), Answer("b", "agreed"), amended)
    decision = step(deciding(REPORT_ID, DECISION_ID, answers=answers, also=ALSO), CLERK)
    narrow = (OPEN, but(OPEN_OTHER, value=up_to("380000")), SHARED)
    assert given(*narrow).when(decision).reason("P7").startswith(OTHER_REFERENCE)


def test_a_recommendation_is_about_a_procurement_that_the_report_concerns() -> None:
    reason = given(*OPENED).when(but(SHARED, also=())).reason("C1")
    assert reason == f"(c) is about {OTHER_REFERENCE}, which this report does not concern"


# All of them are named.


def test_the_others_are_named_with_the_one() -> None:
    record = given(*DECIDED)
    assert others(BOTH, record.procurement(REFERENCE)) == ALSO
    assert others(BOTH, record.procurement(OTHER_REFERENCE)) == (REFERENCE,)


def test_a_procurement_is_named_once() -> None:
    reason = given(*OPENED).when(but(REPORT, also=(REFERENCE,))).reason("C2")
    assert reason == "A procurement is named twice"


def test_every_procurement_is_on_record() -> None:
    reason = given(OPEN).when(but(REPORT, also=(UNHEARD,))).reason("C1")
    assert reason == f"{UNHEARD}: There is no such procurement"


def test_without_the_first_procurement_nothing_is_said_of_the_others() -> None:
    reason = given(OPEN_OTHER).when(REPORT).reason("C1")
    assert reason == "There is no such procurement"


def test_what_was_abandoned_is_decided_on_no_more() -> None:
    duties = tuple(
        replace(one, act="abandon-procurement") if one.act == "withdraw-report" else one
        for one in wyvern().constitution.duties
    )
    ended = step(AbandonProcurement(OTHER, "No money is left"), MANAGER)
    record = given(*OPENED, ended, rules_=wyvern(duties=duties)).when(REPORT)
    says = "The procurement was abandoned: No money is left"
    assert record.reason("C2") == f"{OTHER_REFERENCE}: {says}"


def test_one_authority_does_not_decide_on_anothers_procurement() -> None:
    record = given(OPEN, cases.OPEN).when(but(REPORT, also=(scenario.REFERENCE,)))
    reason = record.reason("C1")
    assert reason == f"{scenario.REFERENCE}: This procurement is another authority's"


MISSING = f"It concerns {OTHER_REFERENCE} too: name all that it concerns"
DISTANT = date(2022, 12, 1)


@pytest.mark.parametrize(
    ("before", "one"),
    [
        ((REPORT,), step(PublishReport(CASE, REPORT_ID), CLERK)),
        ((REPORT,), step(WithdrawReport(CASE, REPORT_ID, "A figure is wrong"), MANAGER)),
        ((REPORT,), RESOLVED),
        ((REPORT, DECISION), step(PublishDecision(CASE, DECISION_ID), CLERK)),
    ],
)
def test_what_is_done_is_done_in_all_procurements_concerned(
    before: tuple[step, ...], one: step
) -> None:
    assert given(*OPENED, *before).when(one).reason("C1") == MISSING
    first, second = given(*OPENED, *before).when(but(one, also=ALSO)).outcome()
    assert first == second


CALLABLE = wyvern(
    classes=tuple(replace(one, call_in=True) for one in wyvern().constitution.classes)
)
CALL_IN = step(RecordCallIn(CASE, DECISION_ID, members("m1", "m2", "m3"), "Too fast"), CLERK)
REFERRED_BACK = step(CloseCallIn(CASE, DECISION_ID, "referred-back"), CLERK, DISTANT)


def test_a_decision_is_called_in_and_reconsidered_everywhere() -> None:
    record = given(*DECIDED, rules_=CALLABLE)
    assert record.when(CALL_IN).reason("C1") == MISSING
    called = (*DECIDED, but(CALL_IN, also=ALSO))
    record = given(*called, rules_=CALLABLE)
    assert record.when(REFERRED_BACK).reason("C1") == MISSING
    anew = but(DECISION.at(DISTANT), decision=SECOND_ID)
    record = given(*called, but(REFERRED_BACK, also=ALSO), anew, rules_=CALLABLE)
    for reference in BOTH:
        first, second = record.procurement(reference).decisions.values()
        assert (first.replaced, second.replaces) == (True, DECISION_ID)
