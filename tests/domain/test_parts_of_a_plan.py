"""A procurement that carries out a plan: opened once the plan is approved, and past its gateway."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec.structs import replace

from domain.acts import Act, next_acts
from domain.answers import Answer
from domain.authority import Rules
from domain.decisions import TakeDecision
from domain.effects import ApproveBudget, ApprovePlan, Effect
from domain.gateways import WaiveGateway
from domain.opening import OpenProcurement
from domain.reported import Alternative, Document, Recommendation
from domain.reports import PutUpReport
from domain.values import Amount, procurement_id
from tests.domain import cases, wyvern
from tests.domain.test_engagement import TENDER
from tests.scenario import REFERENCE, days_on, given, holder, rules, step

BOARD = "joint-public-health-board"
DAY = date(2020, 7, 21)
WHOLE, PART = f"{BOARD}-2020-8", f"{BOARD}-2020-9"
PLAN = procurement_id(WHOLE)
DIRECTOR = holder(f"{BOARD}/director-of-public-health")
OFFICER = holder(f"{BOARD}/commissioning-officer")
CLERK = holder(f"{BOARD}/democratic-services")
MONITOR = holder(f"{BOARD}/monitoring-officer")
REPORT, DECISION = UUID(int=1), UUID(int=2)
PAPERS = (Document("A paper", "0" * 64),)


def opening(reference: str, part_of: str | None = None) -> step:
    open_ = OpenProcurement(
        procurement_id(reference), reference, "IT", "IT", "IT", "pcr2015", part_of=part_of
    )
    return step(open_, OFFICER, DAY)


def report(reference: str, gateway: str, kind: str, to: str, effect: Effect) -> step:
    asks = (Recommendation("1", "Agree", effect),)
    case = procurement_id(reference)
    return step(
        PutUpReport(case, REPORT, gateway, kind, "It is time", to, asks, PAPERS), OFFICER, DAY
    )


def decision(outcome: str = "agreed") -> step:
    answer = Answer("1", outcome, "" if outcome == "agreed" else "Not yet")  # type: ignore[arg-type]
    rejected = (Alternative("Stop", "The contracts end"),)
    taken = TakeDecision(
        PLAN, REPORT, DECISION, (answer,), "It fits", rejected, "", "none-declared"
    )
    return step(taken, CLERK, DAY)


OPEN, OPEN_PART = opening(WHOLE), opening(PART, WHOLE)
PUT_UP = report(WHOLE, "plan", "board", f"{BOARD}/board", ApprovePlan("the plan"))
BUDGET = report(
    PART,
    "budget",
    "officer",
    DIRECTOR.post,
    ApproveBudget(Amount("approved", Decimal(90000))),
)


def rules_with_waiver() -> Rules:
    """The Board's rules, if its monitoring officer could waive the gateway for plans."""
    found = rules(BOARD)
    plan, *others = found.constitution.gateways
    gateways = (replace(plan, waived_by=(MONITOR.post,)), *others)
    return replace(found, constitution=replace(found.constitution, gateways=gateways))


def test_no_part_of_a_plan_is_opened_before_the_plan_is_approved() -> None:
    for before in ((OPEN,), (OPEN, PUT_UP), (OPEN, PUT_UP, decision("deferred"))):
        (refusal,) = given(*before).when(OPEN_PART).then_refused("L1")
        assert f"approves the plan of {WHOLE}" in refusal.reason
        assert refusal.provenance.startswith("sourced: ")


def test_nor_before_the_decision_on_the_plan_has_effect() -> None:
    early = OPEN_PART.at(days_on(DAY, -1))
    (refusal,) = given(OPEN, PUT_UP, decision()).when(early).then_refused("D10")
    assert refusal.cured_on == DAY


def test_a_part_has_the_gateway_for_plans_behind_it() -> None:
    case = given(OPEN, PUT_UP, decision(), OPEN_PART)
    case.when(BUDGET).outcome()
    offered = next_acts(case.procurement(PART), BUDGET.context())
    assert [one.subject for one in offered if one.do == "put-up-report"] == ["budget", "award"]


def test_what_is_no_part_of_a_plan_goes_through_that_gateway_itself() -> None:
    (refusal,) = given(opening(PART)).when(BUDGET).then_refused("L1")
    assert refusal.reason == "“Sourcing plan” comes first, and is not decided"


def test_a_plan_whose_gateway_was_waived_has_parts_too() -> None:
    waived = step(WaiveGateway(PLAN, "plan", "It is urgent"), MONITOR, DAY)
    given(OPEN, waived, rules_=rules_with_waiver()).when(OPEN_PART).outcome()


def offered(*steps: step, rules_: Rules | None = None, reference: str = WHOLE) -> list[Act]:
    found = given(*steps, rules_=rules_).procurement(reference)
    return [one for one in next_acts(found, OPEN.context(rules_)) if one.do == "open-procurement"]


def test_a_part_is_offered_from_the_day_on_which_the_plan_is_approved() -> None:
    assert offered(OPEN) == offered(OPEN, PUT_UP) == []
    (part,) = offered(OPEN, PUT_UP, decision())
    assert (part.title, part.refusals) == ("Open a part of this plan", ())
    assert (part.posts, part.awaited) == ((OFFICER.post, DIRECTOR.post), False)
    waived = step(WaiveGateway(PLAN, "plan", "It is urgent"), MONITOR, DAY)
    assert offered(OPEN, waived, rules_=rules_with_waiver())


def test_no_part_is_offered_of_a_part_or_where_the_plans_own_procurement_buys() -> None:
    assert offered(OPEN, PUT_UP, decision(), OPEN_PART, reference=PART) == []
    for approved in wyvern.STARTED, wyvern.GRANTED_ALONE:
        assert "open-procurement" in cases.acts(*approved, reference=wyvern.REFERENCE)
    for bought in (*wyvern.STARTED, TENDER), wyvern.AWARDED:
        assert "open-procurement" not in cases.acts(*bought, reference=wyvern.REFERENCE)
    nobody = tuple(one for one in rules(BOARD).constitution.duties if one.act != "open-procurement")
    silent = replace(rules(BOARD), constitution=replace(rules(BOARD).constitution, duties=nobody))
    found = given(OPEN, PUT_UP, decision()).procurement(WHOLE)
    acts = next_acts(found, OPEN.context(silent))
    assert "open-procurement" not in [one.do for one in acts]


def test_where_no_gateway_is_for_plans_a_part_needs_no_approval() -> None:
    case, part = procurement_id("leeds-2022-10"), "leeds-2022-10"
    one = cases.but(cases.OPEN, procurement=case, reference=part, part_of=REFERENCE)
    cases.given(cases.OPEN).when(one).outcome()
