"""Figures that a resolution keeps exempt: entered once known, and then used by rules (D9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.case_command import SharedCommand
from domain.delegation import Delegation, delegation_id
from domain.effects import ApproveBudget, AuthoriseProcurement, DelegateAuthority, Effect
from domain.messages import Aggregate, Context, Event, Stamp, evolve
from domain.procurement import Procurement, with_decision
from domain.record import Decision, Resolution
from domain.refusals import Refusal
from domain.values import Amount, Reference, Text

FIELDS = {ApproveBudget: "amount", AuthoriseProcurement: "up_to", DelegateAuthority: "cap"}
"""Where each kind of effect that sets an amount has it."""


class ExemptFigureEntered(Event, frozen=True, tag="exempt-figure-entered/1"):
    """The cap of delegated authority is recorded in that authority's own stream too.

    ``about`` is the procurement that the figure belongs to, where the stream does not say it.
    """

    decision: UUID
    label: Text
    amount: Amount
    about: Reference | None = None

    @property
    def owner(self) -> Reference | None:
        return self.about


def amount_of(effect: Effect) -> Amount | None:
    """The amount that a resolution sets, where it sets one."""
    field = FIELDS.get(type(effect))
    found: Amount | None = getattr(effect, field) if field else None
    return found


def why_not_enter(decision: UUID, label: str, procurement: Procurement) -> Iterable[Refusal]:
    """A resolution sets an exempt amount whose figure is not on record yet."""
    resolution = _resolution(procurement.decisions.get(decision), label)
    amount = amount_of(resolution.effect) if resolution else None
    if resolution is None:
        yield Refusal("C1", "There is no such resolution")
    elif amount is None or amount.basis != "exempt":
        yield Refusal("C1", "This resolution sets no exempt amount")
    elif amount.erased:
        yield Refusal("C2", "The figure was erased: a new decision has to set the amount again")
    elif amount.closed:
        yield Refusal("C2", "The figure is on record")


class EnterExemptFigure(SharedCommand, frozen=True, tag="enter-exempt-figure"):
    """Put the figure of an exempt amount on record: sealed, and shown only to who may see it."""

    decision: UUID
    label: Text
    amount: Amount

    def concerns(self) -> Mapping[UUID, Aggregate]:
        return {**super().concerns(), delegation_id(self.decision, self.label): Delegation()}

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_enter(self.decision, self.label, procurement)
        if found := procurement.decisions.get(self.decision):
            yield from self.why_not_all(found.procurements)
        if self.amount.closed is None:
            yield Refusal("D9", "The figure is exempt, so it is given as a closed one")

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        found = super().decide(record, context)
        authority = delegation_id(self.decision, self.label)
        delegation: Delegation = record[authority]
        if delegation.version:
            owner = delegation.procurements[0]
            event = ExemptFigureEntered(self.decision, self.label, self.amount, owner)
            found.append((authority, event))
        return found

    def event(self, procurement: Procurement, context: Context) -> Event:
        found = _resolution(procurement.decisions[self.decision], self.label)
        assert found
        return ExemptFigureEntered(self.decision, self.label, self.amount, found.about)


def _resolution(decision: Decision | None, label: str) -> Resolution | None:
    every = decision.resolutions if decision else ()
    return next((one for one in every if one.label == label), None)


@evolve.register
def _(event: ExemptFigureEntered, at: Delegation | Procurement, stamp: Stamp) -> Aggregate:
    if isinstance(at, Delegation):
        return replace(at, terms=replace(at.terms, cap=event.amount))
    decision = at.decisions[event.decision]
    entered = tuple(
        replace(one, effect=_with_amount(one.effect, event.amount))
        if one.label == event.label
        else one
        for one in decision.resolutions
    )
    return with_decision(at, replace(decision, resolutions=entered))


def _with_amount(effect: Effect, amount: Amount) -> Effect:
    return replace(effect, **{FIELDS[type(effect)]: amount})
