"""Gateways in their order at Bromley: only a decision of the Executive in effect opens the next."""

from __future__ import annotations

from datetime import date

import pytest

from adapters.house import House
from domain.gateways import WaiveGateway
from domain.withdrawing import WithdrawReport
from tests.cases.bromley import (
    BROMLEY,
    CLERK,
    COMMISSIONER,
    DIRECT,
    DIRECTOR,
    PORTFOLIO_HOLDER,
    PROCURE,
    TEAM,
    TEST,
    Bromley,
)
from tests.cases.walk import rules


@pytest.fixture
def bromley(demo: House) -> Bromley:
    return Bromley(demo)


def test_what_is_only_recommended_opens_neither_gateway_1_nor_the_market(bromley: Bromley) -> None:
    assert rules(bromley.refused(TEST, TEAM)) == ["L1"]
    refusals = bromley.refused(bromley.report("gateway-1", PROCURE), COMMISSIONER)
    assert rules(refusals) == ["C2", "L1"]
    withdraw = WithdrawReport(BROMLEY, bromley.open_report.id, "It is taken back")
    bromley.do(withdraw, COMMISSIONER)
    (refusal,) = bromley.refused(bromley.report("gateway-1", PROCURE), COMMISSIONER)
    assert refusal.rule == "L1"
    assert refusal.reason.startswith("“Gateway 0: strategic options” comes first")
    assert refusal.reason.endswith("so far it is only recommended")


def test_before_it_has_effect_gateway_1_does_not_open(bromley: Bromley) -> None:
    bromley.plan_approved().on(date(2021, 4, 9))
    early = bromley.report("gateway-1", PROCURE)
    (refusal,) = bromley.refused(early, COMMISSIONER)
    assert (refusal.rule, refusal.cured_on) == ("D10", date(2021, 4, 10))
    bromley.on(date(2021, 4, 10)).do(early, COMMISSIONER)


def test_gateway_2_waits_for_gateway_1(bromley: Bromley) -> None:
    bromley.plan_approved().on(date(2021, 6, 1))
    (refusal,) = bromley.refused(bromley.report("gateway-2", DIRECT), COMMISSIONER)
    assert refusal.rule == "L1"
    assert refusal.reason.startswith("“Gateway 1: commissioning strategy")
    assert refusal.reason.endswith("comes first, and is not decided")
    bromley.do(bromley.report("gateway-1", PROCURE), COMMISSIONER)
    bromley.on(date(2021, 6, 29)).do(bromley.recommendation(), CLERK)
    withdraw = WithdrawReport(BROMLEY, bromley.open_report.id, "It is taken back")
    bromley.do(withdraw, COMMISSIONER)
    (refusal,) = bromley.refused(bromley.report("gateway-2", DIRECT), COMMISSIONER)
    assert (refusal.rule, "only recommended" in refusal.reason) == ("L1", True)


def test_one_report_may_pass_gateways_1_and_2(bromley: Bromley) -> None:
    bromley.plan_approved().on(date(2021, 6, 1))
    combined = bromley.report("gateway-2", DIRECT, combines=("gateway-1",))
    (refusal,) = bromley.refused(combined, COMMISSIONER)
    assert refusal.reason.endswith("too asks to authorise procurement")
    leaping = bromley.report("gateway-2", DIRECT, combines=("gateway-0", "gateway-1"))
    assert "L1" in rules(bromley.refused(leaping, COMMISSIONER))
    combined = bromley.report("gateway-2", DIRECT, PROCURE, combines=("gateway-1",))
    bromley.do(combined, COMMISSIONER)
    assert bromley.open_report.combines == ("gateway-1",)


def test_whoever_may_waive_gateway_1_opens_gateway_2(bromley: Bromley) -> None:
    bromley.plan_approved().on(date(2021, 6, 1))
    waive = WaiveGateway(BROMLEY, "gateway-1", "Only one provider is left")
    for other in DIRECTOR, COMMISSIONER, CLERK:
        assert rules(bromley.refused(waive, other)) == ["G1"]
    bromley.do(waive, PORTFOLIO_HOLDER)
    assert bromley.case.waived == {"gateway-1": "Only one provider is left"}
    bromley.do(bromley.report("gateway-2", DIRECT), COMMISSIONER)
    nobody = WaiveGateway(BROMLEY, "gateway-2", "It is late")
    assert "lets nobody waive" in bromley.refused(nobody, PORTFOLIO_HOLDER)[0].reason


def test_gateway_0_may_be_waived_and_then_gateway_1_goes_up(bromley: Bromley) -> None:
    withdraw = WithdrawReport(BROMLEY, bromley.open_report.id, "The options are known")
    waive = WaiveGateway(BROMLEY, "gateway-0", "The options are known")
    bromley.do(withdraw, COMMISSIONER).do(waive, DIRECTOR)
    bromley.do(bromley.report("gateway-1", PROCURE), COMMISSIONER)
