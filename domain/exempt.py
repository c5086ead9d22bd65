"""Figures that a resolution keeps exempt: entered once known, and then used by rules (D9)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec.structs import replace

from domain.effects import ApproveBudget, AuthoriseProcurement, Effect
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, SharedCommand, with_decision
from domain.record import Decision, Resolution
from domain.refusals import Refusal
from domain.values import Amount, Text


class ExemptFigureEntered(Event, frozen=True, tag="exempt-figure-entered/1"):
    decision: UUID
    label: Text
    amount: Amount


def amount_of(effect: Effect) -> Amount | None:
    """The amount that a resolution sets, where it sets one."""
    match effect:
        case ApproveBudget(amount=amount) | AuthoriseProcurement(up_to=amount):
            return amount
    return None


def why_not_enter(decision: UUID, label: str, procurement: Procurement) -> Iterable[Refusal]:
    """A resolution sets an exempt amount whose figure is not on record yet."""
    resolution = _resolution(procurement.decisions.get(decision), label)
    amount = amount_of(resolution.effect) if resolution else None
    if resolution is None:
        yield Refusal("C1", "There is no such resolution")
    elif amount is None or amount.basis != "exempt":
        yield Refusal("C1", "This resolution sets no exempt amount")
    elif amount.closed:
        yield Refusal("C2", "The figure is on record")


class EnterExemptFigure(SharedCommand, frozen=True, tag="enter-exempt-figure"):
    """Put the figure of an exempt amount on record: sealed, and shown only to who may see it."""

    decision: UUID
    label: Text
    amount: Amount

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_enter(self.decision, self.label, procurement)
        if found := procurement.decisions.get(self.decision):
            yield from self.why_not_all(found.procurements)
        if self.amount.closed is None:
            yield Refusal("D9", "The figure is exempt, so it is given as a closed one")

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ExemptFigureEntered(self.decision, self.label, self.amount)


def _resolution(decision: Decision | None, label: str) -> Resolution | None:
    return (
        next((one for one in decision.resolutions if one.label == label), None)
        if decision
        else None
    )


@evolve.register
def _(event: ExemptFigureEntered, procurement: Procurement, stamp: Stamp) -> Procurement:
    decision = procurement.decisions[event.decision]
    entered = tuple(
        replace(one, effect=_with_amount(one.effect, event.amount))
        if one.label == event.label
        else one
        for one in decision.resolutions
    )
    return with_decision(procurement, replace(decision, resolutions=entered))


def _with_amount(effect: Effect, amount: Amount) -> Effect:
    field = "amount" if isinstance(effect, ApproveBudget) else "up_to"
    return replace(effect, **{field: amount})
