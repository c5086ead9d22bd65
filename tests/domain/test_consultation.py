from datetime import date

import pytest

from domain.consultation import (
    AnswerConsultation,
    AskConsultees,
    ConsultationAnswered,
    ConsulteesAsked,
    ConsulteeStoodAside,
    StandAside,
)
from domain.messages import Actor
from domain.record import Consulted
from domain.report_acts import WithdrawReport
from tests.domain.cases import AWARD_REPORT_ID, TOO_DEAR, UNHEARD_OF, but, given
from tests.domain.wyvern import (
    ASK,
    AWARD,
    AWARD_REPORT,
    BUYER,
    CASE,
    CLERK,
    CONSULTED,
    DEPUTY_FOR_HEALTH,
    DIRECTOR,
    FAMILIES,
    FAMILIES_AGREES,
    FAMILIES_OBJECTS,
    FOR_HEALTH,
    GRANTED,
    GRANTED_ALONE,
    HEALTH,
    HEALTH_ABSENT,
    HEALTH_AGREES,
    HEALTH_OBJECTS,
    HEARD,
    MANAGER,
    REFERENCE,
    wyvern,
)
from tests.scenario import DAY, step

REPORTED = (*GRANTED, AWARD_REPORT)
ASK_HEALTH = step(AskConsultees(CASE, AWARD_REPORT_ID, (HEALTH,)), MANAGER)
WITHDRAW = step(WithdrawReport(CASE, AWARD_REPORT_ID, "A figure is wrong"), MANAGER)
DEPUTY_AGREES = HEALTH_AGREES._replace(by=DEPUTY_FOR_HEALTH)
HEALTH_CONFLICTED = but(HEALTH_ABSENT, why="conflicted", reason="A relative works for Alpha")
FAMILIES_ABSENT = but(HEALTH_ABSENT, consultee=FAMILIES)


def heard(record: given, post: str = HEALTH) -> Consulted:
    return record.procurement(REFERENCE).reports[AWARD_REPORT_ID].consulted[post]


# Asking.


def test_all_consultees_are_asked_unless_some_are_named() -> None:
    everybody = ConsulteesAsked(AWARD_REPORT_ID, (HEALTH, FAMILIES))
    given(*REPORTED).when(ASK).then(everybody)
    given(*REPORTED).when(ASK_HEALTH).then(ConsulteesAsked(AWARD_REPORT_ID, (HEALTH,)))
    assert heard(given(*REPORTED, ASK)) == Consulted(DAY)


def test_those_who_were_not_asked_yet_are_asked_later() -> None:
    given(*REPORTED, ASK_HEALTH).when(ASK).then(ConsulteesAsked(AWARD_REPORT_ID, (FAMILIES,)))
    reason = given(*REPORTED, ASK_HEALTH).when(ASK_HEALTH).reason("C2")
    assert reason == "Portfolio Holder for Health has been asked"


def test_everybody_is_asked_once() -> None:
    assert given(*CONSULTED).when(ASK).reason("C2") == "Every consultee has been asked"


def test_only_those_are_asked_whom_the_delegation_names() -> None:
    stranger = but(ASK, consultees=("wyvern/legal-services",))
    reason = given(*REPORTED).when(stranger).reason("C1")
    assert reason == "Legal Services is not to be consulted on this report"


def test_where_nobody_has_to_be_consulted_nobody_is_asked() -> None:
    reason = given(*GRANTED_ALONE, AWARD_REPORT).when(ASK).reason("C1")
    assert reason == "Nobody has to be consulted on this report"


def test_a_report_that_is_not_there_is_put_to_nobody() -> None:
    reason = given(*REPORTED).when(but(ASK, report=UNHEARD_OF)).reason("C1")
    assert reason == "There is no such report"
    named = but(ASK_HEALTH, report=UNHEARD_OF)
    given(*REPORTED).when(named).then_refused("C1")


def test_whose_duty_it_is_asks() -> None:
    given(*REPORTED).when(ASK._replace(by=DIRECTOR)).then_refused("G1")


# Answering.


def test_a_consultee_answers_and_the_answer_is_kept_with_its_day() -> None:
    event = ConsultationAnswered(AWARD_REPORT_ID, HEALTH, "objects", "The price is too high")
    given(*CONSULTED).when(HEALTH_OBJECTS).then(event)
    later = HEALTH_OBJECTS.at(date(2022, 11, 16))
    found = heard(given(*CONSULTED, later))
    assert (found.asked, found.answered) == (DAY, date(2022, 11, 16))
    assert (found.view, found.comment) == ("objects", "The price is too high")
    assert found.by == FOR_HEALTH


def test_who_objects_says_why() -> None:
    silent = but(HEALTH_OBJECTS, comment="")
    reason = given(*CONSULTED).when(silent).reason("G3")
    assert reason == "Say what stands against it: the reasons are weighed"
    given(*CONSULTED).when(but(silent, view="no-view")).outcome()


def test_who_was_not_asked_has_nothing_to_answer() -> None:
    reason = given(*REPORTED, ASK_HEALTH).when(FAMILIES_AGREES).reason("C1")
    assert reason == "Portfolio Holder for Families has not been asked yet"


def test_who_is_not_consulted_does_not_answer() -> None:
    stranger = step(
        AnswerConsultation(CASE, AWARD_REPORT_ID, "wyvern/head-of-procurement", "agrees"), BUYER
    )
    reason = given(*CONSULTED).when(stranger).reason("C1")
    assert reason == "Head of Procurement is not to be consulted on this report"


def test_a_consultation_is_answered_once() -> None:
    reason = given(*CONSULTED, HEALTH_AGREES).when(HEALTH_OBJECTS).reason("C2")
    assert reason == "Portfolio Holder for Health has answered: a consultation is answered once"


def test_nobody_answers_for_somebody_else() -> None:
    reason = given(*CONSULTED).when(HEALTH_AGREES._replace(by=CLERK)).reason("G2")
    assert reason == "Only Portfolio Holder for Health, or a deputy in that post, answers for it"


def test_a_consultation_is_answered_while_the_report_waits() -> None:
    reason = given(*GRANTED).when(HEALTH_AGREES).reason("C1")
    assert reason == "There is no such report"
    reason = given(*CONSULTED, WITHDRAW).when(HEALTH_AGREES).reason("C2")
    assert reason == "The report is withdrawn: it is too late to be consulted"
    no = but(AWARD, answers=(TOO_DEAR,))
    decided, _ = given(*HEARD, no).when(HEALTH_AGREES).then_refused("C2", "C2")
    assert decided.reason == "The report is decided: it is too late to be consulted"


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


def test_without_agreement_nothing_is_decided_where_it_takes_agreement() -> None:
    reason = given(*CONSULTED, HEALTH_AGREES, FAMILIES_OBJECTS).when(AWARD).reason("G2")
    says = "Portfolio Holder for Families does not agree, and without that it cannot be decided"
    assert reason == says


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
