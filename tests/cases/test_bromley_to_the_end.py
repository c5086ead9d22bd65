"""Bromley from where its record stops to a signed contract, day by day on the demo clock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from adapters.house import House
from domain.abandoning import AbandonProcurement
from domain.contract import PublishContract
from domain.effects import ExtendContract
from domain.engagement import CloseMarketEngagement
from domain.market import InviteTenders
from domain.messages import Actor
from domain.publication import PublishDecision
from domain.undertakings import DischargeUndertaking
from domain.values import Amount
from tests.cases.bromley import (
    AMENDED,
    ASKED,
    ASSISTANT_DIRECTOR,
    AWARD,
    BROMLEY,
    CLERK,
    COMMISSIONER,
    DIRECTOR,
    EXECUTIVE,
    LAWYER,
    PDS,
    PORTFOLIO_HOLDER,
    PROCURE,
    REFERENCE,
    SIGN,
    TEAM,
    TEST,
    WORDING,
    Bromley,
)
from tests.cases.walk import rules

FINDINGS = CloseMarketEngagement(BROMLEY, "Six could, two of them alone", 6)
INVITE = InviteTenders(BROMLEY, date(2022, 4, 13), AMENDED)


@pytest.fixture
def bromley(demo: House) -> Bromley:
    return Bromley(demo)


def test_the_committee_cannot_decide_what_it_recommends(bromley: Bromley) -> None:
    (refusal,) = bromley.refused(bromley.decision(body=PDS), CLERK)
    assert refusal.rule == "L3"
    assert refusal.reason.endswith("recommends here, and does not decide: Executive decides")
    assert refusal.provenance.startswith("sourced: the resolution on report ACH21-018")
    (refusal,) = bromley.refused(bromley.decision(body=None), Actor(None, PDS))
    assert refusal.rule == "L3"


def test_a_body_resolves_and_democratic_services_record_it(bromley: Bromley) -> None:
    assert "G1" in rules(bromley.refused(bromley.decision(), Actor(CLERK.person, EXECUTIVE)))
    for other in PORTFOLIO_HOLDER, DIRECTOR, COMMISSIONER:
        assert rules(bromley.refused(bromley.decision(), other)) == ["G1"]
    bromley.plan_approved()
    (decision,) = bromley.case.decisions.values()
    assert (decision.decided_by, decision.by) == (EXECUTIVE, CLERK)


def test_the_committee_recommends_once(bromley: Bromley) -> None:
    assert rules(bromley.refused(bromley.recommendation(), CLERK)) == ["C2"]


def test_the_executives_decision_takes_effect_after_easter_and_five_working_days(
    bromley: Bromley,
) -> None:
    bromley.plan_approved()
    (decision,) = bromley.case.decisions.values()
    assert decision.window
    assert [one.date.day for one in decision.window.days if one.counted] == [1, 6, 7, 8, 9]
    assert decision.effective == date(2021, 4, 10)
    assert decision.effective.strftime("%A") == "Saturday"
    (refusal,) = bromley.refused(TEST, TEAM)
    assert (refusal.rule, refusal.cured_on) == ("D10", date(2021, 4, 10))
    assert bromley.row("engage-market").opens == date(2021, 4, 10)


def test_the_soft_market_test_is_the_commissioners_to_open_and_close(bromley: Bromley) -> None:
    bromley.plan_approved().on(date(2021, 4, 12))
    assert rules(bromley.refused(TEST, DIRECTOR)) == ["G1"]
    assert rules(bromley.refused(FINDINGS, TEAM)) == ["C1"]
    bromley.do(TEST, TEAM)
    assert ("close-market-engagement", "commissioning-team") in bromley.waiting
    bromley.on(date(2021, 5, 21)).do(FINDINGS, TEAM)
    engaged = bromley.case.engagement
    assert engaged
    assert (engaged.opened, engaged.closed) == (date(2021, 4, 12), date(2021, 5, 21))
    assert (engaged.suppliers, engaged.findings) == (6, "Six could, two of them alone")
    assert rules(bromley.refused(TEST, TEAM)) == ["C2"]


def test_the_soft_market_test_obliges_nobody(bromley: Bromley) -> None:
    bromley.plan_approved().on(date(2021, 4, 12)).do(TEST, TEAM)
    during = bromley.refused(INVITE, TEAM)
    after = bromley.do(FINDINGS, TEAM).refused(INVITE, TEAM)
    assert during[0].reason == after[0].reason == "No decision authorises this procurement"
    assert "invite-tenders" not in {do for do, _ in bromley.waiting}
    assert "obliges nobody" in bromley.house.views.trail(REFERENCE)[-2].sentence
    bromley.do(AbandonProcurement(BROMLEY, "Nobody could deliver it better"), COMMISSIONER)
    assert bromley.waiting == set()


def test_gateway_1_waits_for_its_notice_and_for_the_committee(bromley: Bromley) -> None:
    bromley.plan_approved().on(date(2021, 6, 1)).put_up("gateway-1", PROCURE)
    assert ("recommend", "democratic-services") in bromley.waiting
    bromley.on(date(2021, 6, 29))
    notice, committee = bromley.refused(bromley.decision(), CLERK)
    assert (notice.rule, notice.cured_on) == ("D2", date(2021, 6, 30))
    assert committee.rule == "L3"
    assert committee.reason.endswith("Adult Care and Health PDS Committee comes first")
    assert rules(bromley.refused(bromley.recommendation(), DIRECTOR)) == ["G1"]
    bromley.do(bromley.recommendation(), CLERK)
    assert rules(bromley.on(date(2021, 6, 30)).refused(bromley.decision(body=PDS), CLERK)) == ["L3"]
    bromley.do(bromley.decision(), CLERK)


def test_the_executive_agrees_as_amended_and_that_is_what_binds(bromley: Bromley) -> None:
    bromley.gateway_1()
    _, report = bromley.case.reports.values()
    (advice,) = report.advised[PDS].advice
    assert (advice.view, advice.wording) == ("supported-as-amended", WORDING)
    _, decision = bromley.case.decisions.values()
    (resolution,) = decision.resolutions
    assert (resolution.outcome, resolution.wording) == ("agreed-as-amended", WORDING)
    assert decision.effective == date(2021, 7, 9)
    assert rules(bromley.refused(INVITE, TEAM)) == ["D10"]
    bromley.on(date(2022, 3, 14))
    (refusal,) = bromley.refused(replace(INVITE, criteria=ASKED), TEAM)
    assert (refusal.rule, "Price 60 % and Quality 40 %" in refusal.reason) == ("E1", True)
    (refusal,) = bromley.refused(replace(INVITE, closes=date(2022, 4, 12)), TEAM)
    assert (refusal.rule, "30 days at least" in refusal.reason) == ("P7", True)
    bromley.do(INVITE, TEAM)


def test_what_was_undertaken_is_discharged_by_who_owes_it_or_keeps_the_record(
    bromley: Bromley,
) -> None:
    gateway_1, specification = (one.id for one in bromley.case.undertakings)
    came = DischargeUndertaking(BROMLEY, gateway_1, "Considered on 29 June 2021")
    bromley.gateway_1()
    for other in LAWYER, ASSISTANT_DIRECTOR:
        assert rules(bromley.refused(came, other)) == ["G1"]
    bromley.do(came, CLERK)
    assert rules(bromley.refused(came, CLERK)) == ["C2"]
    came = DischargeUndertaking(BROMLEY, specification, "Discussed, with its indicators")
    bromley.on(date(2021, 9, 9)).do(came, ASSISTANT_DIRECTOR)
    assert "discharge-undertaking" not in {do for do, _ in bromley.waiting}
    assert {one.day for one in bromley.case.discharged.values()} == {
        date(2021, 7, 1),
        date(2021, 9, 9),
    }


def test_the_tender_that_scored_highest_is_put_to_gateway_2(bromley: Bromley) -> None:
    bromley.tendered()
    evaluation = bromley.case.evaluation
    assert evaluation
    assert [one.total for one in evaluation.ranking] == [Decimal(78), Decimal("74.8")]
    other = replace(AWARD, supplier="Ravensmere")
    assert rules(bromley.refused(bromley.report("gateway-2", other), COMMISSIONER)) == ["E1"]
    dearer = replace(AWARD, amount=Amount("exact", Decimal("18000000.01")))
    refusals = bromley.refused(bromley.report("gateway-2", dearer), COMMISSIONER)
    assert rules(refusals) == ["P7", "E1"]
    bromley.do(bromley.report("gateway-2", AWARD), COMMISSIONER)


def test_the_contract_is_signed_on_2_september_2022_and_not_before(bromley: Bromley) -> None:
    bromley.awarded().on(date(2022, 9, 1))
    (refusal,) = bromley.refused(SIGN, LAWYER)
    assert (refusal.rule, refusal.cured_on) == ("P4", date(2022, 9, 2))
    bromley.on(date(2022, 9, 2))
    assert rules(bromley.refused(SIGN, CLERK)) == ["G1", "G6"]
    longer = replace(SIGN, months=84)
    assert rules(bromley.refused(longer, LAWYER)) == ["T1"]
    bromley.do(SIGN, LAWYER).do(PublishContract(BROMLEY), CLERK)
    contract = bromley.case.contract
    assert contract
    (ending,) = bromley.case.existing
    assert (contract.term.starts - ending.ends.day).days == 1
    assert (contract.ends, contract.term.ends_after(1)) == (date(2027, 9, 30), date(2029, 9, 30))
    row = next(one for one in bromley.house.views.procurements() if one.reference == REFERENCE)
    assert (row.stage, row.value) == ("Contract signed", "£18,000,000")
    assert row.supplier == "Bromley Third Sector Enterprise"


def test_the_new_contract_has_one_option_and_no_second(bromley: Bromley) -> None:
    bromley.awarded().on(date(2022, 9, 2)).do(SIGN, LAWYER)
    second = bromley.report("extension", ExtendContract(2))
    (refusal,) = bromley.refused(second, COMMISSIONER)
    assert (refusal.rule, "the contract has 1 option" in refusal.reason) == ("T1", True)
    bromley.do(bromley.report("extension", ExtendContract(1)), COMMISSIONER)


def test_the_trail_tells_it_from_the_recommendation_to_the_signature(bromley: Bromley) -> None:
    bromley.awarded().on(date(2022, 9, 2)).do(SIGN, LAWYER)
    told = bromley.house.views.trail(REFERENCE)[14:]
    said = [one.sentence.partition(".")[0] for one in told]
    assert said[0] == "Decided the report: (a) agreed"
    assert said[4].startswith("Recommended to the decision maker: (a) supported as amended")
    assert said[5] == "Decided the report: (a) agreed as amended"
    assert said[-1].startswith("Signed the contract with Bromley Third Sector Enterprise")
    assert not any(one.source or one.irregularities for one in told)


def test_a_decision_is_published_once(bromley: Bromley) -> None:
    bromley.plan_approved()
    (decision,) = bromley.case.decisions
    assert rules(bromley.refused(PublishDecision(BROMLEY, decision), CLERK)) == ["C2"]
