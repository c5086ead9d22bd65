"""LiveWell Dorset from its plan to two contracts under delegated authority, on the demo clock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from msgspec.structs import replace

from adapters.house import House
from adapters.log import Conflict
from domain.answers import Answer
from domain.contract import PublishContract
from domain.drawing import Drawn
from domain.effects import AwardContract
from domain.engagement import CloseMarketEngagement, EngageMarket
from domain.reported import Document, Recommendation
from domain.reports import PutUpReport
from domain.undertakings import DischargeUndertaking
from domain.values import procurement_id
from domain.withdrawing import WithdrawReport
from tests.cases.dorset import (
    BOARD,
    CLERK,
    CRM,
    DETAILED_PLAN,
    DIRECTOR,
    LAWYER,
    MONTHS,
    OF_BCP,
    OF_DORSET,
    OFFICER,
    PARTS,
    PLATFORM,
    STARTS,
    WHOLE,
    WHY,
    Journey,
    award,
    choosing,
    pounds,
    signing,
)
from tests.cases.walk import rules

PLAN = procurement_id(WHOLE)
REFUSED_BY_1 = "£300,001 is more than was delegated in all, £300,000: it takes a new report"


@pytest.fixture
def dorset(demo: House) -> Journey:
    return Journey(demo)


@pytest.fixture
def planned(dorset: Journey) -> Journey:
    """Options preferred on 1 September 2020, and a procurement opened for each to be bought."""
    return dorset.on(date(2020, 9, 1)).do(choosing(), DIRECTOR).open_parts()


@pytest.fixture
def funded(planned: Journey) -> Journey:
    """The detailed plan with its budget and authority to procure, decided on 1 October."""
    planned.on(date(2020, 10, 1)).decide_detailed_plan()
    return planned


@pytest.fixture
def consulted(funded: Journey) -> Journey:
    return funded.tender_both()


@pytest.fixture
def awarded(consulted: Journey) -> Journey:
    """The platform awarded, with reasons why against an objection."""
    consulted.answer(PLATFORM, OF_DORSET, "objects", "One tender is no competition")
    consulted.answer(PLATFORM, OF_BCP, "agrees")
    return consulted.do(consulted.decision(PLATFORM, departing=WHY), DIRECTOR)


def test_an_in_sourced_platform_cannot_be_preferred(dorset: Journey) -> None:
    (refusal,) = dorset.refused(choosing(platform="platform-in-house"), DIRECTOR)
    assert refusal.rule == "L2"
    assert "is not on the short list: it does not meet the gateway criteria" in refusal.reason
    assert rules(dorset.refused(choosing(), OFFICER)) == ["G1"]


def test_once_chosen_the_options_no_longer_wait(planned: Journey) -> None:
    appraisal = planned.house.procurement(WHOLE).appraisal
    assert appraisal
    assert appraisal.preferred["equipment"] == "equipment-in-house"
    assert "choose-preferred-options" not in [do for do, _ in planned.waits_in(WHOLE)]
    assert rules(planned.refused(choosing(), DIRECTOR)) == ["C2"]


def test_the_market_is_sounded_as_the_plan_allows_and_nobody_is_obliged(dorset: Journey) -> None:
    dorset.do(EngageMarket(PLAN, "market-consultation", "Who could run the platform"), OFFICER)
    dorset.do(CloseMarketEngagement(PLAN, "Several could", 4), OFFICER)
    assert dorset.house.procurement(WHOLE).tender is None
    assert "engage-market" not in [do for do, _ in dorset.waits_in(WHOLE)]


def test_nobody_is_asked_to_sound_the_market_once_the_parts_may_be_tendered(
    planned: Journey,
) -> None:
    assert "engage-market" in [do for do, _ in planned.waits_in(WHOLE)]
    planned.on(date(2020, 10, 1)).decide_detailed_plan()
    assert "engage-market" not in [do for do, _ in planned.waits_in(WHOLE)]


def test_the_update_is_given_at_the_meeting_of_november(planned: Journey) -> None:
    (owed,) = planned.house.procurement(WHOLE).undertakings
    done = DischargeUndertaking(PLAN, owed.id, "The Board was told")
    assert rules(planned.on(date(2020, 11, 5)).refused(done, LAWYER)) == ["G1"]
    planned.do(done, DIRECTOR)
    assert "discharge-undertaking" not in [do for do, _ in planned.waits_in(WHOLE)]
    assert rules(planned.refused(done, DIRECTOR)) == ["C2"]


def test_scenario_14_before_a_budget_is_set_no_award_is_within_it(planned: Journey) -> None:
    direct = AwardContract(
        "Harbour Digital", pounds(1), STARTS, MONTHS, direct=True, ground="Regulation 32(2)(c)"
    )
    planned.ask(PLATFORM, direct)
    for one in OF_DORSET, OF_BCP:
        planned.answer(PLATFORM, one, "agrees")
    (refusal,) = planned.refused(planned.decision(PLATFORM), DIRECTOR)
    assert refusal.rule == "G1"
    assert refusal.reason == "The authority is within the budget, and no budget has been set"
    report = planned.open_report(PLATFORM)
    withdrawn = WithdrawReport(procurement_id(PLATFORM), report.id, "There is no budget yet")
    planned.do(withdrawn, OFFICER).decide_detailed_plan()
    planned.ask(PLATFORM, direct)
    for one in OF_DORSET, OF_BCP:
        planned.answer(PLATFORM, one, "agrees")
    planned.do(planned.decision(PLATFORM), DIRECTOR)
    assert planned.delegation.drawn == 1


def test_the_parts_carry_out_the_plan_and_ask_for_no_plan_of_their_own(planned: Journey) -> None:
    for reference in PARTS:
        assert planned.house.procurement(reference).part_of == WHOLE
        rows = planned.house.views.waiting(reference)
        assert {(one.do, one.subject) for one in rows} == {("put-up-report", "budget")}


def test_budget_and_authority_to_procure_are_one_decision_in_three_procurements(
    planned: Journey,
) -> None:
    planned.on(date(2020, 10, 1))
    taken = planned.decide_detailed_plan()
    found = [planned.house.procurement(one).decisions[taken] for one in (WHOLE, *PARTS)]
    assert found[0] == found[1] == found[2]
    assert found[0].procurements == (WHOLE, *PARTS)
    assert [one.about for one in found[0].resolutions] == [None, PLATFORM, CRM]
    for reference in WHOLE, *PARTS:
        said = [one.sentence for one in planned.house.views.trail(reference)]
        assert "Decided the report: (1) agreed, (2)(a) agreed and (2)(b) agreed. " in said[-2]
    for reference in PARTS:
        assert planned.waits_in(reference) == {("invite-tenders", "commissioning-officer")}
    assert "invite-tenders" not in [do for do, _ in planned.waits_in(WHOLE)]


def test_such_a_decision_leaves_none_of_the_three_out(planned: Journey) -> None:
    planned.put_up(WHOLE, "budget", *DETAILED_PLAN, also=PARTS)
    refusals = planned.refused(planned.decision(WHOLE, also=(PLATFORM,)), DIRECTOR)
    assert refusals[0].reason == f"It concerns {CRM} too: name all that it concerns"


def test_who_put_the_detailed_plan_up_does_not_decide_it(planned: Journey) -> None:
    planned.put_up(WHOLE, "budget", *DETAILED_PLAN, also=PARTS)
    assert "G1" in rules(planned.refused(planned.decision(WHOLE, also=PARTS), OFFICER))


def test_an_award_that_overdraws_the_budget_by_one_pound_is_refused(awarded: Journey) -> None:
    awarded.ask(CRM, award("Fleetwater", 120001))
    for one in OF_DORSET, OF_BCP:
        awarded.answer(CRM, one, "agrees")
    budget, authority = awarded.refused(awarded.decision(CRM), DIRECTOR)
    assert (budget.rule, authority.rule) == ("P7", "G1")
    assert budget.reason.startswith(f"£300,001 is more than the budget of {WHOLE}")
    assert authority.reason.startswith(REFUSED_BY_1)
    cheaper = award("Fleetwater", 120000)
    amended = Answer(
        "a", "agreed-as-amended", "A pound less was offered", "Award it for £120,000", cheaper
    )
    awarded.do(awarded.decision(CRM, amended), DIRECTOR)
    assert awarded.delegation.drawn == Decimal(300000)
    assert [drawn for (drawn,) in awarded.delegation.exercised.values()] == [
        Drawn(PLATFORM, pounds(180000), MONTHS, label="a"),
        Drawn(CRM, pounds(120000), MONTHS, label="a"),
    ]
    (row,) = [one for one in awarded.house.views.delegations() if one.authority == BOARD]
    assert (row.awards, row.drawn, row.cap) == (2, "£300,000", "within the budget")


def test_legal_services_sign_once_the_standstill_is_over(awarded: Journey) -> None:
    sign = signing(PLATFORM, "Harbour Digital", 180000)
    (refusal,) = awarded.on(date(2020, 11, 16)).refused(sign, LAWYER)
    assert (refusal.rule, refusal.cured_on) == ("P4", date(2020, 11, 17))
    assert "G6" in rules(awarded.on(date(2020, 11, 17)).refused(sign, DIRECTOR))
    awarded.do(sign, LAWYER).do(PublishContract(procurement_id(PLATFORM)), CLERK)
    row = next(one for one in awarded.house.views.procurements() if one.reference == PLATFORM)
    assert (row.stage, row.supplier) == ("Contract signed", "Harbour Digital")
    assert (row.value, row.starts, row.ends) == ("£180,000", STARTS, date(2024, 3, 31))


def test_of_two_awards_at_once_on_one_budget_one_finds_its_place_taken(consulted: Journey) -> None:
    """One directly, by the Board, and one under the authority: what they share is the budget."""
    direct = Recommendation("a", "Award it", award("Fleetwater", 120001))
    house, papers = consulted.house, (Document("It", consulted.house.documents.put(b"# It")),)
    case, number = procurement_id(CRM), uuid4()
    report = PutUpReport(case, number, "award", "board", "It", f"{BOARD}/board", (direct,), papers)
    consulted.do(report, OFFICER)
    for one in OF_DORSET, OF_BCP:
        consulted.answer(PLATFORM, one, "agrees")
    board = replace(consulted.decision(CRM), body=f"{BOARD}/board")
    asked = [
        (command, house.context(BOARD, by, uuid4()))
        for command, by in ((consulted.decision(PLATFORM), DIRECTOR), (board, CLERK))
    ]
    first, second = (house.engine.rehearse([one]) for one in asked)
    house.log.append(first)
    with pytest.raises(Conflict):
        house.log.append(second)
    (refusal,) = consulted.refused(board, CLERK)
    assert refusal.reason.startswith(f"£300,001 is more than the budget of {WHOLE}")


def test_the_trail_of_the_plan_holds_what_was_done_under_its_authority(awarded: Journey) -> None:
    said = [one.sentence for one in awarded.house.views.trail(WHOLE) if not one.source]
    assert said[0].startswith("Preferred “Have Dorset Council's IT services provide equipment")
    assert "£180,000" in said[-1]
