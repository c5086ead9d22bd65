"""Opening a procurement, and saying what its sources leave open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec.structs import asdict, replace

from domain.acting import why_not_by
from domain.case_command import ProcurementCommand
from domain.deadlines import why_not_covered
from domain.effective import why_not_in_effect
from domain.effects import ApprovePlan
from domain.governing import began_on, why_not_commenced, why_not_regime
from domain.messages import Aggregate, Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.regimes import Regime, Subject
from domain.terms import ExistingContract, Framework, Mixed, Party, Phase, Reading, SourceNote
from domain.values import (
    Amount,
    AuthorityId,
    Reference,
    Term,
    Text,
    authority_of,
    procurement_id,
)
from domain.wording import figure, short_day


class ProcurementOpened(Event, frozen=True, tag="procurement-opened/1"):
    authority: AuthorityId
    reference: Reference
    title: Text
    purpose: Text
    category: Text
    regime: Regime
    value: Amount
    term: Term | None
    phases: tuple[Phase, ...]
    framework: Framework | None
    parties: tuple[Party, ...]
    council_reference: str
    part_of: Reference | None = None
    existing: tuple[ExistingContract, ...] = ()
    subject: Subject = "services"
    commenced: date | None = None
    mixed: Mixed | None = None


class SourceNoteMade(Event, frozen=True, tag="source-note-made/1"):
    kind: Literal["contradiction", "silence", "inference"]
    about: Text
    readings: tuple[Reading, ...]
    used: int | None
    because: Text


class OpenProcurement(ProcurementCommand, frozen=True, tag="open-procurement"):
    """Open a procurement, its value and term perhaps not known yet.

    ``part_of`` names the procurement whose approved plan it carries out; ``existing`` are the
    contracts that it is to replace. ``subject`` is what is bought, as the law sorts it; ``mixed``
    says what health care is bought with. ``commenced`` is the London day on which the procurement
    commenced, where that was before it is opened here.
    """

    reference: Reference
    title: Text
    purpose: Text
    category: Text
    regime: Regime
    value: Amount = Amount("unknown")
    term: Term | None = None
    phases: tuple[Phase, ...] = ()
    framework: Framework | None = None
    parties: tuple[Party, ...] = ()
    council_reference: str = ""
    part_of: Reference | None = None
    existing: tuple[ExistingContract, ...] = ()
    subject: Subject = "services"
    commenced: date | None = None
    mixed: Mixed | None = None

    def concerns(self) -> Mapping[UUID, Aggregate]:
        plan = {procurement_id(self.part_of): Procurement()} if self.part_of else {}
        return {**plan, **super().concerns()}

    def why_not(self, record: Mapping[UUID, Procurement], context: Context) -> Iterable[Refusal]:
        if record[self.procurement].version:
            yield Refusal("C2", "This procurement is open already")
        if self.procurement != procurement_id(self.reference):
            yield Refusal("C1", f"{self.reference} is not the reference of this procurement")
        if (mine := context.constitution.authority) != authority_of(self.reference):
            yield Refusal("C1", f"A reference of this authority starts with {mine}-")
        if self.part_of:
            yield from why_not_part_of(record[procurement_id(self.part_of)], context)
        yield from why_not_by(self.act(), context)
        yield from why_not_commenced(self.commenced, self.framework, context)
        began = began_on(self.commenced, self.framework, context.day)
        yield from why_not_regime(self.regime, self.subject, began, self.mixed)
        yield from why_not_phases(self.value, self.term, self.phases)
        yield from why_not_framework(self.framework, context)
        if self.term:
            yield from why_not_covered(self.term.starts, context.calendar)

    def event(self, procurement: Procurement, context: Context) -> Event:
        fields = asdict(self)
        del fields["procurement"]
        return ProcurementOpened(authority=context.constitution.authority, **fields)


def why_not_part_of(plan: Procurement, context: Context) -> Iterable[Refusal]:
    """A plan is carried out in the authority that approved it."""
    if not plan.version:
        yield Refusal("C1", "There is no procurement with the plan that it should be part of")
    elif plan.authority != context.constitution.authority:
        yield Refusal("C1", f"{plan.reference} is another authority's")
    elif plan.part_of:
        yield Refusal("C1", f"{plan.reference} is itself part of {plan.part_of}: name that one")
    else:
        yield from _why_not_approved(plan, context)


def _why_not_approved(plan: Procurement, context: Context) -> Iterable[Refusal]:
    """Where plans are approved at a gateway, this one has been, or the gateway was waived (L1)."""
    gateway = context.constitution.gateway_for("approve-plan")
    if gateway is None or gateway.id in plan.waived:
        return
    approved = [(decision, one) for decision, one, _ in plan.resolved(ApprovePlan)]
    if approved:
        what = f"The plan of {plan.reference}"
        yield from why_not_in_effect(approved, what, context, provenance=gateway.provenance)
    else:
        reason = f"No decision at “{gateway.title}” approves the plan of {plan.reference}"
        yield Refusal("L1", reason, provenance=gateway.provenance)


def why_not_phases(
    value: Amount, term: Term | None, phases: tuple[Phase, ...]
) -> Iterable[Refusal]:
    """The phases cost no more than the whole (T3)."""
    months = term.months if term else None
    together = sum((one.amount.in_total(months) or Decimal(0) for one in phases), Decimal(0))
    whole = value.in_total(months)
    if whole is not None and together > whole:
        amounts = (value, *(one.amount for one in phases))
        reason = f"The phases come to {figure(together, *amounts)}, the whole to "
        reason += figure(whole, value)
        yield Refusal("T3", reason)


def why_not_framework(framework: Framework | None, context: Context) -> Iterable[Refusal]:
    """Nothing is called off before a framework begins or after it ends (E4)."""
    if framework and context.day < framework.since:
        began = short_day(framework.since)
        reason = f"Framework {framework.reference} begins on {began}"
        yield Refusal("E4", reason, cured_on=framework.since)
    if framework and context.day > framework.until:
        ended = short_day(framework.until)
        yield Refusal("E4", f"Framework {framework.reference} ended on {ended}: no call-off now")


class NoteOnSource(ProcurementCommand, frozen=True, tag="note-on-source"):
    """Put on record where a source contradicts itself, is silent, or had to be read somehow."""

    kind: Literal["contradiction", "silence", "inference"]
    about: Text
    because: Text
    readings: tuple[Reading, ...] = ()
    used: int | None = None
    """Which reading the product uses, counted from 1."""

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        if self.kind == "contradiction" and len(self.readings) < 2:
            yield Refusal("C1", "A contradiction has at least two readings")
        if self.used is not None and not 1 <= self.used <= len(self.readings):
            yield Refusal("C1", f"There is no reading {self.used}")

    def event(self, procurement: Procurement, context: Context) -> Event:
        return SourceNoteMade(self.kind, self.about, self.readings, self.used, self.because)


@evolve.register
def _(event: ProcurementOpened, procurement: Procurement, stamp: Stamp) -> Procurement:
    return replace(procurement, **asdict(event), opened=stamp.on.read_as)


@evolve.register
def _(event: SourceNoteMade, procurement: Procurement, stamp: Stamp) -> Procurement:
    note = SourceNote(event.kind, event.about, event.readings, event.used, event.because)
    return replace(procurement, notes=(*procurement.notes, note))
