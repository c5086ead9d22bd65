"""Gateways in the constitution's order: passed, passed together with a later one, or waived."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from domain.acting import not_yours, why_not_in_post
from domain.case_command import ProcurementCommand
from domain.constitution import Gateway
from domain.effective import why_not_in_effect
from domain.effects import (
    ApproveBudget,
    ApprovePlan,
    AuthoriseProcurement,
    AwardByLaterDecision,
    AwardContract,
    DelegateAuthority,
    ExtendContract,
    Kind,
    ReleasePhase,
    RequireReport,
    VaryContract,
)
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.record import Decision
from domain.refusals import Refusal
from domain.values import Slug, Text
from domain.wording import listed

FITTING: dict[str, tuple[type[Kind], ...]] = {
    "approve-plan": (ApprovePlan, ApproveBudget, DelegateAuthority, RequireReport),
    "authorise-procurement": (
        AuthoriseProcurement,
        AwardByLaterDecision,
        ApprovePlan,
        ApproveBudget,
        DelegateAuthority,
        RequireReport,
    ),
    "approve-budget": (ApproveBudget, AuthoriseProcurement, DelegateAuthority, RequireReport),
    "award-contract": (AwardContract, DelegateAuthority, RequireReport),
    "release-phase": (ReleasePhase, RequireReport),
    "extend-contract": (ExtendContract, DelegateAuthority, RequireReport),
    "vary-contract": (VaryContract, RequireReport),
}
"""What a report may ask for at a gateway, first of all what the gateway is there for."""


class GatewayWaived(Event, frozen=True, tag="gateway-waived/1"):
    gateway: Slug
    reason: Text


def why_not_gateway(
    gateway: str, procurement: Procurement, context: Context, combines: tuple[str, ...] = ()
) -> Iterable[Refusal]:
    """A report goes up when no other waits and the gateways before it have effect (L1)."""
    if waiting := procurement.open_report:
        yield Refusal("C2", f"The report “{waiting.title}” waits: decide or withdraw it first")
    rules = context.constitution
    if (found := rules.gateway(gateway)) is None:
        names = listed([one.id for one in rules.gateways])
        yield Refusal("C1", f"There is no gateway “{gateway}”; there are {names}")
        return
    for name in combines:
        if name not in found.may_combine:
            reason = f"“{name}” cannot be passed by one report together with “{found.title}”"
            yield Refusal("L1", reason, provenance=found.provenance)
    together = [found, *(one for one in rules.gateways if one.id in combines)]
    for one in together:
        for earlier in one.after:
            if earlier not in combines:
                yield from _why_not_passed(earlier, procurement, context, one.provenance)


def settled(gateway: Gateway, procurement: Procurement) -> bool:
    """Whether it was waived, or lies behind: a plan was approved where this is a part of it."""
    carried_out = gateway.asks_for == "approve-plan" and procurement.part_of is not None
    return carried_out or gateway.id in procurement.waived


def passes(decision: Decision, gateway: Gateway, procurement: Procurement) -> bool:
    """Whether a decision that stands agrees to what the gateway is there for."""
    main = FITTING[gateway.asks_for][0]
    return gateway.id in (decision.gateway, *decision.combines) and any(
        d.id == decision.id for d, _, _ in procurement.resolved(main)
    )


def _why_not_passed(
    name: str, procurement: Procurement, context: Context, provenance: str
) -> Iterable[Refusal]:
    gateway = context.constitution.gateway(name)
    if gateway and settled(gateway, procurement):
        return
    main, title = (FITTING[gateway.asks_for][0], gateway.title) if gateway else (Kind, name)
    decided = [
        one.id for one in procurement.decisions.values() if name in (one.gateway, *one.combines)
    ]
    agreed = [(d, one) for d, one, _ in procurement.resolved(main) if d.id in decided]
    if agreed:
        what = f"The decision at “{title}”"
        yield from why_not_in_effect(agreed, what, context, provenance=provenance)
        return
    reason = f"“{title}” comes first, and {'was not agreed' if decided else 'is not decided'}"
    advised = [one for one in procurement.reports.values() if one.advised]
    if not decided and any(name in (one.gateway, *one.combines) for one in advised):
        reason += ": so far it is only recommended"
    yield Refusal("L1", reason, provenance=provenance)


def why_not_waive(gateway: str, procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """A gateway is waived once, where the constitution allows it, before it is passed."""
    found = context.constitution.gateway(gateway)
    if found is None:
        yield Refusal("C1", f"There is no gateway “{gateway}”")
        return
    if gateway in procurement.waived:
        yield Refusal("C2", f"“{found.title}” has been waived")
    if any(passes(one, found, procurement) for one in procurement.decisions.values()):
        yield Refusal("C2", f"“{found.title}” has been passed")
    if not found.waived_by:
        reason = f"The constitution lets nobody waive “{found.title}”"
        yield Refusal("L1", reason, provenance=found.provenance)


class WaiveGateway(ProcurementCommand, frozen=True, tag="waive-gateway"):
    """Let a procurement go on without passing a gateway, with the reason."""

    gateway: Slug
    reason: Text

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        found = context.constitution.gateway(self.gateway)
        if found and found.waived_by and context.stamp.by.post not in found.waived_by:
            yield not_yours(found.waived_by, context, found.provenance)
        yield from why_not_in_post(context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_waive(self.gateway, procurement, context)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return GatewayWaived(self.gateway, self.reason)


@evolve.register
def _(event: GatewayWaived, procurement: Procurement, stamp: Stamp) -> Procurement:
    return replace(procurement, waived={**procurement.waived, event.gateway: event.reason})
