"""What stands against a recommendation or resolution, by what it would do."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import singledispatch

from domain.effects import (
    AuthoriseProcurement,
    AwardByLaterDecision,
    AwardContract,
    Criterion,
    Effect,
    ReleasePhase,
    total,
)
from domain.messages import Context
from domain.opening import why_not_framework
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import Amount
from domain.wording import counted, pounds

FITTING: dict[str, tuple[type[Effect], ...]] = {
    "authorise-procurement": (AuthoriseProcurement, AwardByLaterDecision),
    "award-contract": (AwardContract,),
    "release-phase": (ReleasePhase,),
}
"""What a report may ask for at a gateway, by what the gateway is there for."""


@singledispatch
def why_not_effect(
    effect: Effect, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """Whatever a resolution would do must be lawful on the day that it is asked for or made."""
    raise NotImplementedError(type(effect).__name__)


@why_not_effect.register
def _(
    effect: AuthoriseProcurement, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    yield from why_not_weights(effect.criteria)
    yield from why_not_framework(procurement.framework, context)
    yield from _why_not_above_value(effect.up_to, procurement)


@why_not_effect.register
def _(
    effect: AwardByLaterDecision, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    if context.constitution.decision_class(effect.decision_class) is None:
        yield Refusal("C1", f"There is no decision class “{effect.decision_class}”")


@why_not_effect.register
def _(
    effect: AwardContract, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    yield from why_not_framework(procurement.framework, context)
    yield from _why_not_above_value(effect.amount, procurement)
    if effect.amount.pounds is None:
        yield Refusal("L2", "An award names its amount")
    if procurement.term and effect.months > procurement.term.months:
        yield Refusal("T1", f"The term is {counted(procurement.term.months, 'month')} at most")
    if procurement.contract:
        yield Refusal("C2", "The contract is signed")
    if effect.direct:
        if not effect.ground:
            yield Refusal("L2", "An award without competition names its legal ground")
        return
    yield from _why_not_instrument(effect, decision_class, procurement, context)
    if procurement.evaluation is None:
        yield Refusal("E1", "No tenders have been evaluated")
        return
    first = procurement.evaluation.ranking[0]
    if effect.supplier != first.tenderer:
        yield Refusal("E1", f"{first.tenderer} scored highest, not {effect.supplier}")
    elif effect.amount.pounds is None or effect.amount.pounds > first.price:
        yield Refusal("E1", f"{first.tenderer} offered {pounds(first.price)}")


@why_not_effect.register
def _(
    effect: ReleasePhase, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    if not 1 < effect.phase <= len(procurement.phases):
        number = counted(len(procurement.phases), "phase")
        yield Refusal("C1", f"There is no phase {effect.phase} to release: there are {number}")
    elif effect.phase - 1 not in procurement.started:
        yield Refusal("T3", f"Phase {effect.phase - 1} has not started")


def why_not_weights(criteria: tuple[Criterion, ...]) -> Iterable[Refusal]:
    """The weights of the criteria make up the whole, each criterion once (E1)."""
    together = total(criteria)
    if together != 100:
        yield Refusal("E1", f"The weights come to {together.normalize():f} %, not to 100 %")
    if len({one.name for one in criteria}) < len(criteria):
        yield Refusal("C2", "A criterion is there twice")


def _why_not_above_value(amount: Amount, procurement: Procurement) -> Iterable[Refusal]:
    months = procurement.term.months if procurement.term else None
    asked, value = amount.in_total(months), procurement.pounds
    if asked is not None and value is not None and asked > value:
        reason = f"{pounds(asked)} is more than the procurement's value, {pounds(value)}"
        yield Refusal("P7", reason)


def _why_not_instrument(
    award: AwardContract, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A competition was authorised, and the award is of the class that was resolved (G1)."""
    authorised = procurement.in_effect(AuthoriseProcurement, context.day)
    asked = award.amount.in_total(award.months) or Decimal(0)
    if authorised is None:
        yield Refusal("L1", "No decision in effect authorises this procurement")
    elif (cap := authorised.up_to.in_total(award.months)) is not None and asked > cap:
        yield Refusal("P7", f"{pounds(asked)} is more than the {pounds(cap)} authorised")
    later = procurement.in_effect(AwardByLaterDecision, context.day)
    if later and later.decision_class != decision_class:
        kind = context.constitution.decision_class(later.decision_class)
        name = kind.title if kind else later.decision_class
        yield Refusal("G1", f"The award was resolved to be made by another class: {name}")
