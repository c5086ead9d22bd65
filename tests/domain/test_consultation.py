from datetime import date

from domain.consultation import (
    AnswerConsultation,
    AskConsultees,
    ConsultationAnswered,
    ConsulteesAsked,
)
from domain.reported import Consulted
from domain.withdrawing import WithdrawReport
from tests import scenario
from tests.domain.cases import AWARD_REPORT_ID, TOO_DEAR, UNHEARD_OF, but, given
from tests.domain.wyvern import (
    ASK,
    AWARD,
    AWARD_REPORT,
    BUYER,
    CASE,
    CLERK,
    CONSULTED,
    DIRECTOR,
    FAMILIES,
    FAMILIES_AGREES,
    FOR_HEALTH,
    GRANTED,
    GRANTED_ALONE,
    HEALTH,
    HEALTH_AGREES,
    HEALTH_OBJECTS,
    HEARD,
    MANAGER,
    REFERENCE,
)
from tests.scenario import DAY, step

REPORTED = (*GRANTED, AWARD_REPORT)
ASK_HEALTH = step(AskConsultees(CASE, AWARD_REPORT_ID, (HEALTH,)), MANAGER)
WITHDRAW = step(WithdrawReport(CASE, AWARD_REPORT_ID, "A figure is wrong"), MANAGER)


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
    event = ConsultationAnswered(
        AWARD_REPORT_ID, HEALTH, "objects", "The price is too high", "none-declared"
    )
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


def test_a_member_says_whether_there_is_an_interest() -> None:
    silent = but(HEALTH_AGREES, interests="not-in-the-record")
    (refusal,) = scenario.given(*CONSULTED).when(silent).then_refused("D8")
    assert refusal.reason == "Say whether you have an interest to declare, as a member does"
    imported = silent._replace(source="the minutes")
    assert given(*CONSULTED).when(imported).irregularities() == []


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
