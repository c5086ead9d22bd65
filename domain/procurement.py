"""A procurement: from a need, through its gateways, to a contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from msgspec.structs import replace

from domain.acting import why_not_by
from domain.appraised import Appraisal, Engagement
from domain.closed import why_not_compare
from domain.competition import Claim, Contract, Evaluation, Standstill, Tender
from domain.messages import Aggregate, Command, Context, Event
from domain.record import Decision, Report, Resolution, Under
from domain.refusals import ABSOLUTE, Refusal
from domain.regimes import Regime, Subject
from domain.terms import ExistingContract, Framework, Party, Phase, SourceNote, Undertaking
from domain.values import Amount, Reference, Term, When, procurement_id
from domain.wording import listed

E_ = TypeVar("E_")


class Procurement(Aggregate, frozen=True):
    """Everything recorded about one procurement so far."""

    authority: str = ""
    reference: str = ""
    title: str = ""
    purpose: str = ""
    category: str = ""
    regime: Regime = "pcr2015"
    subject: Subject = "services"
    opened: date | None = None
    """The London day on which it was opened."""
    value: Amount = Amount("unknown")
    term: Term | None = None
    phases: tuple[Phase, ...] = ()
    framework: Framework | None = None
    parties: tuple[Party, ...] = ()
    council_reference: str = ""
    part_of: str | None = None
    """The reference of the procurement whose plan this one carries out."""
    existing: tuple[ExistingContract, ...] = ()
    notices: Mapping[str, date] = {}
    """Key-decision notices: the gateway, and the first day on which to decide."""
    waived: Mapping[str, str] = {}
    """Gateways that were waived, and why."""
    appraisal: Appraisal | None = None
    engagement: Engagement | None = None
    reports: Mapping[UUID, Report] = {}
    decisions: Mapping[UUID, Decision] = {}
    revoked: tuple[tuple[UUID, str], ...] = ()
    """Delegated authorities taken back: the decision that gave each, and its letter."""
    undertakings: tuple[Undertaking, ...] = ()
    """What officers undertook. What resolutions require is with the decisions."""
    discharged: Mapping[str, When] = {}
    """Undertakings and reports required that are done with, by their ids."""
    tender: Tender | None = None
    evaluation: Evaluation | None = None
    summaries: date | None = None
    """When assessment summaries went to all who were assessed (P3)."""
    standstill: Standstill | None = None
    claims: tuple[Claim, ...] = ()
    contract: Contract | None = None
    started: Mapping[int, When] = {}
    """Phases started, by number, and when."""
    notes: tuple[SourceNote, ...] = ()
    abandoned: str = ""

    @property
    def pounds(self) -> Decimal | None:
        """The whole value, over the term where it is a yearly one."""
        return self.value.in_total(self.term.months if self.term else None)

    @property
    def open_report(self) -> Report | None:
        return next((one for one in self.reports.values() if one.state == "open"), None)

    def decided(self, report: UUID) -> list[Decision]:
        """The decisions on a report, oldest first."""
        return [one for one in self.decisions.values() if one.report == report]

    def decided_last(self, report: UUID) -> UUID | None:
        """The latest decision on a report, which the next one replaces."""
        return decided[-1].id if (decided := self.decided(report)) else None

    def resolved(self, kind: type[E_]) -> Iterator[tuple[Decision, Resolution, E_]]:
        """Agreed resolutions of a kind about this procurement that stand, in effect or not yet."""
        for decision in self.decisions.values():
            for one in decision.resolutions:
                mine = one.about in (None, self.reference)
                stands = mine and one.label not in decision.superseded
                if one.agreed and stands and isinstance(one.effect, kind):
                    yield decision, one, one.effect

    def in_effect(self, kind: type[E_], day: date) -> E_ | None:
        """The latest resolution of a kind that has effect on a London day."""
        found = None
        for decision, one, effect in self.resolved(kind):
            since = decision.effective_on(one.label)
            found = effect if since and since <= day else found
        return found


class ProcurementCommand(Command, frozen=True):
    """A command that concerns one procurement."""

    procurement: UUID

    def concerns(self) -> Mapping[UUID, Aggregate]:
        return {self.procurement: Procurement()}

    def why_not(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        """Every reason; to who may not do it at all, no reason but that one.

        Nor to who may not see closed figures, where they count: the other reasons could be asked
        until they give one away (D9). Facts that are imported are recorded by whoever imports.
        """
        procurement: Procurement = record[self.procurement]
        mine = procurement.authority == context.constitution.authority
        live = mine and context.stamp.source is None
        barred = list(self.why_not_actor(procurement, context)) if live else []
        compared = record.values() if live and not barred and self.compares(record) else ()
        if unseen := list(why_not_compare(compared, context)):
            yield from unseen
            return
        for one in self.why_not_any(record, context):
            if not barred or one in barred or one.rule in ABSOLUTE:
                yield one

    def why_not_any(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        """Every reason, whoever asks."""
        procurement: Procurement = record[self.procurement]
        yield from why_not_open(procurement)
        if procurement.version and procurement.authority != context.constitution.authority:
            yield Refusal("C1", "This procurement is another authority's")
        elif procurement.version:
            yield from self.why_not_actor(procurement, context)
            yield from self.why_not_here(procurement, context)

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        return [(self.procurement, self.event(record[self.procurement], context))]

    def compares(self, record: Mapping[UUID, Any]) -> bool:
        """Whether rules hold amounts or names in it against what is on record."""
        return False

    @classmethod
    def act(cls) -> str:
        """What the constitution calls it when it says whose duty it is."""
        return str(cls.__struct_config__.tag)

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        """What stands against who asks."""
        return why_not_by(self.act(), context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        """What stands against it besides who asks, given that the procurement is open."""
        raise NotImplementedError

    def event(self, procurement: Procurement, context: Context) -> Event:
        raise NotImplementedError


class SharedCommand(ProcurementCommand, frozen=True, kw_only=True):
    """A command about a report or decision, which may concern several procurements at once.

    It happens in the stream of each, in one append. ``also`` are the references of the others.
    """

    also: tuple[Reference, ...] = ()

    begins: ClassVar[bool] = False
    """Whether it begins something: what follows goes on where another was abandoned since."""

    @property
    def streams(self) -> tuple[UUID, ...]:
        return (self.procurement, *(procurement_id(one) for one in self.also))

    def concerns(self) -> Mapping[UUID, Aggregate]:
        return {stream: Procurement() for stream in self.streams}

    def why_not_any(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        if len(set(self.streams)) < len(self.streams):
            yield Refusal("C2", "A procurement is named twice")
            return
        yield from super().why_not_any(record, context)
        first = record[self.procurement]
        for reference in self.also:
            other = record[procurement_id(reference)]
            for one in self._why_not_other(other, context) if first.version else ():
                yield replace(one, reason=f"{reference}: {one.reason}")

    def _why_not_other(self, other: Procurement, context: Context) -> Iterable[Refusal]:
        if other.abandoned and not self.begins:
            # What goes on there is on record there: nothing else is refused.
            yield from (one for one in self.why_not_here(other, context) if one.rule == "C1")
            return
        yield from why_not_open(other)
        if other.version and other.authority != context.constitution.authority:
            yield Refusal("C1", "This procurement is another authority's")
        elif other.version:
            yield from self.why_not_here(other, context)

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        return [(stream, self.event(record[stream], context)) for stream in self.streams]

    def why_not_all(self, concerned: Iterable[str]) -> Iterable[Refusal]:
        """Whatever is done about a report or decision is done in all procurements it concerns."""
        if missing := [one for one in concerned if procurement_id(one) not in self.streams]:
            yield Refusal("C1", f"It concerns {listed(missing)} too: name all that it concerns")


def why_not_open(procurement: Procurement) -> Iterable[Refusal]:
    """Something can be done in a procurement that was opened and not abandoned."""
    if not procurement.version:
        yield Refusal("C1", "There is no such procurement")
    if procurement.abandoned:
        yield Refusal("C2", f"The procurement was abandoned: {procurement.abandoned}")


def with_report(procurement: Procurement, report: Report) -> Procurement:
    """The procurement with this report in the place of its earlier state."""
    return replace(procurement, reports={**procurement.reports, report.id: report})


def with_decision(procurement: Procurement, decision: Decision) -> Procurement:
    """The procurement with this decision in the place of its earlier state."""
    return replace(procurement, decisions={**procurement.decisions, decision.id: decision})


def others(concerned: Iterable[str], procurement: Procurement) -> tuple[str, ...]:
    """The other procurements that a report or decision concerns, to be named with it."""
    return tuple(one for one in concerned if one != procurement.reference)


def granting(under: Under) -> UUID:
    """The stream of the procurement in which authority was delegated."""
    return procurement_id(under.granted_in)
