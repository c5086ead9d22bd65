"""Who answers for whom, and what a delegate may decide after the answers (G2)."""

import pytest

from domain.answers import Answer
from domain.consultation import (
    ConsulteeStoodAside,
    StandAside,
)
from domain.decided import DecisionTaken
from domain.deciding import why_not_agree, why_not_decide
from domain.messages import Actor
from domain.record import Outcome
from domain.reported import Consulted
from tests.domain.cases import AWARD_REPORT_ID, TOO_DEAR, but, given
from tests.domain.test_authority_in_effect import AWARDS_CALLED_IN, OPEN_TO_CALL_IN, RECONSIDERED
from tests.domain.wyvern import (
    AWARD,
    AWARD_REPORT,
    CASE,
    CLERK,
    CONSULTED,
    DEPUTY_FOR_HEALTH,
    FAMILIES,
    FAMILIES_AGREES,
    FAMILIES_OBJECTS,
    FOR_HEALTH,
    GRANTED,
    HEALTH,
    HEALTH_ABSENT,
    HEALTH_AGREES,
    HEALTH_OBJECTS,
    HEARD,
    MANAGER,
    REFERENCE,
    awarding,
    delegation,
    wyvern,
)
from tests.scenario import step

REPORTED = (*GRANTED, AWARD_REPORT)
DEPUTY_AGREES = HEALTH_AGREES._replace(by=DEPUTY_FOR_HEALTH)
HEALTH_CONFLICTED = but(HEALTH_ABSENT, why="conflicted", reason="A relative works for Alpha")
FAMILIES_ABSENT = but(HEALTH_ABSENT, consultee=FAMILIES)


def heard(record: given, post: str = HEALTH) -> Consulted:
    return record.procurement(REFERENCE).reports[AWARD_REPORT_ID].consulted[post]


# Deputies, absence, interests.


def test_a_deputy_whom_the_offices_name_answers() -> None:
    found = heard(given(*CONSULTED, DEPUTY_AGREES))
    assert (found.view, found.by) == ("agrees", DEPUTY_FOR_HEALTH)


def test_who_deputises_for_nobody_answers_for_nobody() -> None:
    pretender = Actor(FOR_HEALTH.person, FAMILIES, deputising=True)
    reason = given(*CONSULTED).when(FAMILIES_AGREES._replace(by=pretender)).reason("G1")
    says = "On 14 November 2022 this person neither holds nor deputises for "
    assert reason == f"{says}Portfolio Holder for Families"


def test_that_a_consultee_is_absent_is_put_on_record_by_clerk_or_consultee() -> None:
    event = ConsulteeStoodAside(AWARD_REPORT_ID, HEALTH, "absent", "On leave until January")
    given(*CONSULTED).when(HEALTH_ABSENT).then(event)
    given(*CONSULTED).when(HEALTH_ABSENT._replace(by=FOR_HEALTH)).then(event)
    (refusal,) = given(*CONSULTED).when(HEALTH_ABSENT._replace(by=MANAGER)).then_refused("G1")
    assert refusal.reason == "This is for Democratic Services to do, not for Commissioning Manager"
    assert refusal.provenance.startswith("illustrative: democratic services keep the register")


def test_who_is_aside_is_so_once() -> None:
    reason = given(*CONSULTED, HEALTH_ABSENT).when(HEALTH_CONFLICTED).reason("C2")
    assert reason == "It is on record that the consultee is absent"


def test_who_has_answered_does_not_stand_aside() -> None:
    given(*CONSULTED, HEALTH_AGREES).when(HEALTH_ABSENT).then_refused("C2")


def test_a_deputy_answers_for_who_is_absent_and_so_may_who_comes_back() -> None:
    absent = given(*CONSULTED, HEALTH_ABSENT)
    absent.when(DEPUTY_AGREES).outcome()
    absent.when(HEALTH_AGREES).outcome()
    assert heard(given(*CONSULTED, HEALTH_ABSENT, DEPUTY_AGREES)).aside == "absent"


def test_who_has_an_interest_leaves_the_answer_to_a_deputy() -> None:
    conflicted = given(*CONSULTED, HEALTH_CONFLICTED)
    reason = conflicted.when(HEALTH_AGREES).reason("G5")
    assert reason == "Portfolio Holder for Health has an interest: a deputy answers instead"
    given(*CONSULTED, HEALTH_CONFLICTED).when(DEPUTY_AGREES).outcome()


# Deciding.


def test_a_delegate_decides_when_everybody_has_been_asked_and_has_answered() -> None:
    families = "Portfolio Holder for Families"
    first, second = given(*REPORTED).when(AWARD).then_refused("G2", "G2")
    assert first.reason == "Portfolio Holder for Health has not been asked yet"
    assert second.reason == f"{families} has not been asked yet"
    reason = given(*CONSULTED, HEALTH_AGREES).when(AWARD).reason("G2")
    assert reason == f"{families} has not answered yet"
    given(*HEARD).when(AWARD).outcome()


@pytest.mark.parametrize("why", ["absent", "conflicted"])
def test_nobodys_consent_is_taken_for_granted(why: str) -> None:
    aside = but(FAMILIES_ABSENT, why=why)
    reason = given(*CONSULTED, HEALTH_AGREES, aside).when(AWARD).reason("G2")
    assert reason == (
        f"Portfolio Holder for Families is {why}, and no consent is taken for granted: "
        "a deputy answers, or authority is given afresh"
    )


VETOED = (*CONSULTED, HEALTH_AGREES, FAMILIES_OBJECTS)


def test_without_agreement_nothing_is_agreed_where_it_takes_agreement() -> None:
    says = "Portfolio Holder for Families does not agree, and without that nothing is agreed"
    cheaper = Answer("a", "agreed-as-amended", "Less", "Award less", awarding("200000"))
    for one in AWARD, but(AWARD, answers=(cheaper,)):
        reason = given(*VETOED).when(one).reason("G2")
        assert reason == f"{says}: it may be refused, deferred or referred"


@pytest.mark.parametrize("outcome", ["not-agreed", "deferred", "referred-to-another-body"])
def test_a_veto_does_not_stand_against_what_it_wants(outcome: Outcome) -> None:
    no = but(AWARD, answers=(Answer("a", outcome, "Schools come first"),))
    (taken,) = given(*VETOED).when(no).outcome()
    assert isinstance(taken, DecisionTaken)
    assert delegation(given(*VETOED, no)).awards == ()


def test_the_decision_waits_and_says_beside_each_recommendation_what_may_not_be_agreed() -> None:
    record = given(*VETOED)
    report = record.procurement(REFERENCE).reports[AWARD_REPORT_ID]
    context = AWARD.context()
    assert not list(why_not_decide(AWARD_REPORT_ID, record.procurement(REFERENCE), context))
    against = why_not_agree(report, record.procurement(REFERENCE), context)
    assert [one.rule for one in against["a"]] == ["G2"]


def test_a_veto_outlasts_a_call_in() -> None:
    no = but(AWARD, answers=(Answer("a", "not-agreed", "Schools come first"),))
    called_in = AWARDS_CALLED_IN[-2:]
    record = given(*VETOED, no, *called_in, rules_=OPEN_TO_CALL_IN)
    record.when(RECONSIDERED).reason("G2")
    record.when(but(RECONSIDERED, answers=no.command.answers)).outcome()  # type: ignore[attr-defined]


def test_who_is_consulted_has_no_veto_but_is_answered_with_reasons() -> None:
    objected = given(*CONSULTED, HEALTH_OBJECTS, FAMILIES_AGREES)
    reason = objected.when(AWARD).reason("G3")
    assert reason == "Say why you depart from what Portfolio Holder for Health answered"
    departing = but(AWARD, departing="The price is the market's")
    steps = (*CONSULTED, HEALTH_OBJECTS, FAMILIES_AGREES, departing)
    (*_, decision) = given(*steps).procurement(REFERENCE).decisions.values()
    assert decision.departing == "The price is the market's"


def test_who_does_not_agree_to_the_award_departs_from_nobody() -> None:
    no = but(AWARD, answers=(TOO_DEAR,))
    given(*CONSULTED, HEALTH_OBJECTS, FAMILIES_AGREES).when(no).outcome()


def test_consultees_are_those_of_the_delegation_when_the_report_went_up() -> None:
    report = given(*REPORTED).procurement(REFERENCE).reports[AWARD_REPORT_ID]
    assert [(one.post, one.how) for one in report.consultees] == [
        (HEALTH, "consultation"),
        (FAMILIES, "agreement"),
    ]


def test_where_no_duty_names_anybody_only_the_consultee_stands_aside() -> None:
    duties = tuple(one for one in wyvern().constitution.duties if one.act != "stand-aside")
    record = given(*CONSULTED).under(wyvern(duties=duties))
    record.when(HEALTH_ABSENT._replace(by=FOR_HEALTH)).outcome()
    record.when(HEALTH_ABSENT).then_refused("G1")


def test_standing_aside_is_about_somebody_who_is_consulted() -> None:
    stranger = step(
        StandAside(CASE, AWARD_REPORT_ID, "wyvern/legal-services", "absent", "Away"), CLERK
    )
    given(*CONSULTED).when(stranger).then_refused("C1")
