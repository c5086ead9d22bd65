"""What stands against a recommendation or resolution, by what it would do."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import singledispatch

from domain.effects import (
    AuthoriseProcurement,
    AwardByLaterDecision,
    AwardContract,
    Effect,
    ReleasePhase,
    total,
)
from domain.messages import Context
from domain.opening import why_not_framework
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.wording import counted, pounds


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
    yield from why_not_weights(total(effect.criteria))
    yield from why_not_framework(procurement.framework, context)
    yield from _why_not_above_value(effect.up_to.pounds, procurement)


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
    yield from _why_not_above_value(effect.amount.pounds, procurement)
    if procurement.contract:
        yield Refusal("C2", "The contract is signed")
    if effect.direct:
        if not effect.ground:
            yield Refusal("L2", "An award without competition names its legal ground")
        return
    yield from _why_not_instrument(effect.amount.pounds, decision_class, procurement, context)
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


def why_not_weights(together: Decimal) -> Iterable[Refusal]:
    """The weights of the criteria make up the whole (E1)."""
    if together != 100:
        yield Refusal("E1", f"The weights come to {together.normalize():f} %, not to 100 %")


def _why_not_above_value(pounds_: Decimal | None, procurement: Procurement) -> Iterable[Refusal]:
    value = procurement.value.pounds
    if pounds_ is not None and value is not None and pounds_ > value:
        reason = f"{pounds(pounds_)} is more than the procurement's value, {pounds(value)}"
        yield Refusal("P7", reason)


def _why_not_instrument(
    asked: Decimal | None, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A competition was authorised, and the award is of the class that was resolved (G1)."""
    authorised = procurement.in_effect(AuthoriseProcurement, context.day)
    if authorised is None:
        yield Refusal("L1", "No decision in effect authorises this procurement")
    elif authorised.up_to.pounds is not None and (asked or 0) > authorised.up_to.pounds:
        cap = pounds(authorised.up_to.pounds)
        yield Refusal("P7", f"{pounds(asked or Decimal(0))} is more than the {cap} authorised")
    later = procurement.in_effect(AwardByLaterDecision, context.day)
    if later and later.decision_class != decision_class:
        kind = context.constitution.decision_class(later.decision_class)
        name = kind.title if kind else later.decision_class
        yield Refusal("G1", f"The award was resolved to be made by another class: {name}")
