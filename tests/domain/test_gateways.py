import pytest

from domain.answers import Answer
from domain.effects import Effect
from domain.gateways import GatewayWaived, WaiveGateway
from domain.recommending import Recommend
from domain.reported import Advice
from domain.withdrawing import WithdrawReport
from tests.domain.cases import AWARD_REPORT_ID, REPORT_ID, asks, but, given
from tests.domain.wyvern import (
    AUTHORISE,
    AWARD_REPORT,
    BUDGET,
    BUYER,
    CASE,
    CLERK,
    MANAGER,
    OPEN,
    PLAN,
    REFERENCE,
    REPORT_BACK,
    RESOLVED,
    SCRUTINY,
    STARTED,
    STRATEGY,
    wyvern,
)
from tests.scenario import step

WAIVE = step(WaiveGateway(CASE, "options", "The service goes on as it is"), BUYER)
GATEWAYS = wyvern().constitution.gateways
ALONE = but(STRATEGY, combines=(), recommendations=(asks(AUTHORISE),))
OPTIONS = but(
    STRATEGY,
    report=AWARD_REPORT_ID,
    gateway="options",
    combines=(),
    recommendations=(asks(PLAN),),
)
AWARDS = but(AWARD_REPORT, under=None)
NO = "“Gateway 1: strategy” comes first, and is not decided"


# One report for several gateways.


def test_a_gateway_comes_after_those_that_the_constitution_names() -> None:
    (refusal,) = given(OPEN).when(ALONE).then_refused("L1")
    assert refusal.reason == "“Gateway 0: options” comes first, and is not decided"
    assert refusal.provenance == "illustrative: procurement rules, section 3"


def test_one_report_may_pass_two_gateways() -> None:
    given(OPEN).when(STRATEGY).outcome()
    record = given(*STARTED)
    assert next(iter(record.procurement(REFERENCE).decisions.values())).combines == ("options",)
    record.when(AWARDS).outcome()


def test_only_gateways_that_the_constitution_combines_are_passed_together() -> None:
    both = but(AWARDS, combines=("options",), recommendations=(asks(PLAN),))
    (refusal, *_) = given(*STARTED).when(both).then_refused("L1")
    assert refusal.reason == (
        "“options” cannot be passed by one report together with “Gateway 2: award”"
    )
    assert refusal.provenance == "illustrative: procurement rules, section 4"


def test_a_report_that_passes_two_gateways_asks_for_both() -> None:
    reason = given(OPEN).when(but(STRATEGY, recommendations=(asks(AUTHORISE),))).reason("L1")
    assert reason == "A report that passes “Gateway 0: options” too asks to approve plan"


def test_a_report_asks_for_what_its_gateways_are_there_for() -> None:
    (refusal,) = (
        given(OPEN).when(but(OPTIONS, recommendations=(asks(AUTHORISE),))).then_refused("L1")
    )
    assert refusal.reason == (
        "Reports at “Gateway 0: options” ask to approve plan, and for nothing else"
    )
    assert refusal.provenance == "illustrative: procurement rules, section 2"
    everything = (asks(PLAN), asks(BUDGET, "b"), asks(REPORT_BACK, "c"))
    given(OPEN).when(but(OPTIONS, recommendations=everything)).outcome()


def test_what_was_agreed_at_neither_gateway_passes_neither() -> None:
    answers = (Answer("a", "not-agreed", "Too dear"), Answer("b", "not-agreed", "Too dear"))
    record = given(OPEN, STRATEGY, but(RESOLVED, answers=answers))
    reason = record.when(AWARDS).reason("L1")
    assert reason == "“Gateway 1: strategy” comes first, and was not agreed"


def test_what_was_agreed_at_one_of_two_gateways_passes_that_one() -> None:
    answers = (Answer("a", "agreed"), Answer("b", "deferred", "The market is unsettled"))
    record = given(OPEN, STRATEGY, but(RESOLVED, answers=answers))
    reason = record.when(AWARDS).reason("L1")
    assert reason == "“Gateway 1: strategy” comes first, and was not agreed"
    record.when(but(ALONE, report=AWARD_REPORT_ID)).outcome()


# A recommendation opens nothing.


def test_what_is_only_recommended_opens_no_gateway() -> None:
    strategy = but(STRATEGY, decision_class="key", class_reason="It changes care in two wards")
    advice = (Advice("a", "supported"), Advice("b", "supported"))
    recommended = step(Recommend(CASE, REPORT_ID, SCRUTINY, advice, "The need is shown"), CLERK)
    _, refusal = given(OPEN, strategy, recommended).when(AWARDS).then_refused("C2", "L1")
    assert refusal.reason == f"{NO}: so far it is only recommended"
    withdrawn = step(WithdrawReport(CASE, REPORT_ID, "A figure is wrong"), MANAGER)
    reason = given(OPEN, strategy, recommended, withdrawn).when(AWARDS).reason("L1")
    assert reason == f"{NO}: so far it is only recommended"


# Waivers.


def test_a_gateway_that_was_waived_need_not_be_passed() -> None:
    event = GatewayWaived("options", "The service goes on as it is")
    given(OPEN).when(WAIVE).then(event)
    record = given(OPEN, WAIVE)
    assert record.procurement(REFERENCE).waived == {"options": "The service goes on as it is"}
    record.when(ALONE).outcome()


def test_whom_the_constitution_names_waives() -> None:
    (refusal,) = given(OPEN).when(WAIVE._replace(by=MANAGER)).then_refused("G1")
    assert refusal.reason == "This is for Head of Procurement to do, not for Commissioning Manager"
    assert refusal.provenance == "illustrative: procurement rules, section 2"


def test_what_the_constitution_lets_nobody_waive_is_not_waived() -> None:
    (refusal,) = given(OPEN).when(but(WAIVE, gateway="strategy")).then_refused("L1")
    assert refusal.reason == "The constitution lets nobody waive “Gateway 1: strategy”"
    assert refusal.provenance == "illustrative: procurement rules, section 3"


def test_a_gateway_is_waived_once_and_before_it_is_passed() -> None:
    reason = given(OPEN, WAIVE).when(WAIVE).reason("C2")
    assert reason == "“Gateway 0: options” has been waived"
    assert given(*STARTED).when(WAIVE).reason("C2") == "“Gateway 0: options” has been passed"


def test_a_gateway_that_is_not_there_is_not_waived() -> None:
    reason = given(OPEN).when(but(WAIVE, gateway="gateway-9")).reason("C1")
    assert reason == "There is no gateway “gateway-9”"


def test_waiving_one_gateway_passes_no_other() -> None:
    record = given(OPEN, WAIVE).when(AWARDS)
    assert record.reason("L1") == NO


@pytest.mark.parametrize(("where", "asked"), [("options", PLAN), ("budget", BUDGET)])
def test_gateways_without_any_before_them_stand_open(where: str, asked: Effect) -> None:
    given(OPEN).when(but(OPTIONS, gateway=where, recommendations=(asks(asked),))).outcome()
