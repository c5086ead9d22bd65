"""Market engagement before a procurement: a soft market test informs, and obliges nobody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from domain.appraised import Engagement
from domain.case_command import ProcurementCommand
from domain.effective import why_not_in_effect
from domain.effects import ApprovePlan, AwardContract
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import Text


class MarketEngagementOpened(Event, frozen=True, tag="market-engagement-opened/1"):
    kind: Literal["soft-market-test", "market-consultation"]
    purpose: Text


class MarketEngagementClosed(Event, frozen=True, tag="market-engagement-closed/1"):
    findings: Text
    suppliers: int | None


def why_not_engage(procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """Where plans are approved at a gateway, the market is sounded when one allows it (L1)."""
    if procurement.engagement:
        yield Refusal("C2", "The market has been engaged")
    if procurement.tender:
        yield Refusal("C2", "Tenders have been invited: it is too late to sound the market")
    if procurement.contract or any(True for _ in procurement.resolved(AwardContract)):
        yield Refusal("C2", "The contract is awarded: it is too late to sound the market")
    gateway = context.constitution.gateway_for("approve-plan")
    if gateway is None:
        return
    plans = [
        (decision, one)
        for decision, one, plan in procurement.resolved(ApprovePlan)
        if plan.market_engagement
    ]
    if not plans:
        reason = f"No decision at “{gateway.title}” approves that the market is sounded"
        yield Refusal("L1", reason, provenance=gateway.provenance)
    else:
        yield from why_not_in_effect(plans, "The decision that approves it", context)


class EngageMarket(ProcurementCommand, frozen=True, tag="engage-market"):
    """Record that the market is being sounded. Nobody has to procure or offer anything."""

    kind: Literal["soft-market-test", "market-consultation"]
    purpose: Text

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_engage(procurement, context)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return MarketEngagementOpened(self.kind, self.purpose)


def why_not_close_engagement(procurement: Procurement) -> Iterable[Refusal]:
    if procurement.engagement is None:
        yield Refusal("C1", "The market is not being engaged")
    elif procurement.engagement.closed:
        yield Refusal("C2", "The market engagement is closed")


class CloseMarketEngagement(ProcurementCommand, frozen=True, tag="close-market-engagement"):
    """Record what the market engagement showed, and how many suppliers took part."""

    findings: Text
    suppliers: Annotated[int, Meta(ge=0)] | None = None

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_close_engagement(procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return MarketEngagementClosed(self.findings, self.suppliers)


@evolve.register
def _(event: MarketEngagementOpened, procurement: Procurement, stamp: Stamp) -> Procurement:
    engagement = Engagement(event.kind, event.purpose, stamp.on.read_as)
    return replace(procurement, engagement=engagement)


@evolve.register
def _(event: MarketEngagementClosed, procurement: Procurement, stamp: Stamp) -> Procurement:
    assert procurement.engagement
    closed = replace(
        procurement.engagement,
        closed=stamp.on.read_as,
        findings=event.findings,
        suppliers=event.suppliers,
    )
    return replace(procurement, engagement=closed)
