"""A procurement: from a need, through its gateways, to a contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from domain.acting import why_not_by
from domain.messages import Aggregate, Command, Context, Event
from domain.record import (
    Contract,
    Decision,
    Evaluation,
    Framework,
    Party,
    Phase,
    Report,
    Resolution,
    SourceNote,
    Standstill,
    Tender,
)
from domain.refusals import Refusal
from domain.values import Amount, Term, When

E_ = TypeVar("E_")


class Procurement(Aggregate, frozen=True):
    """Everything recorded about one procurement so far."""

    authority: str = ""
    reference: str = ""
    title: str = ""
    purpose: str = ""
    category: str = ""
    regime: str = ""
    value: Amount = Amount("unknown")
    term: Term | None = None
    phases: tuple[Phase, ...] = ()
    framework: Framework | None = None
    parties: tuple[Party, ...] = ()
    council_reference: str = ""
    notices: Mapping[str, date] = {}
    """Key-decision notices: the gateway, and the first day on which to decide."""
    reports: Mapping[UUID, Report] = {}
    decisions: Mapping[UUID, Decision] = {}
    tender: Tender | None = None
    evaluation: Evaluation | None = None
    standstill: Standstill | None = None
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

    def resolved(self, kind: type[E_]) -> Iterator[tuple[Decision, Resolution, E_]]:
        """Agreed resolutions of a kind that still stand, in effect or not yet."""
        for decision in self.decisions.values():
            for one in decision.resolutions if not decision.replaced else ():
                if one.agreed and isinstance(one.effect, kind):
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

    def why_not(self, record: Mapping[UUID, Procurement], context: Context) -> Iterable[Refusal]:
        procurement = record[self.procurement]
        yield from why_not_open(procurement)
        if procurement.version and procurement.authority != context.constitution.authority:
            yield Refusal("C1", "This procurement is another authority's")
        elif procurement.version:
            yield from self.why_not_actor(procurement, context)
            yield from self.why_not_here(procurement, context)

    def decide(
        self, record: Mapping[UUID, Procurement], context: Context
    ) -> list[tuple[UUID, Event]]:
        return [(self.procurement, self.event(record[self.procurement], context))]

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


def why_not_open(procurement: Procurement) -> Iterable[Refusal]:
    """Something can be done in a procurement that was opened and not abandoned."""
    if not procurement.version:
        yield Refusal("C1", "There is no such procurement")
    if procurement.abandoned:
        yield Refusal("C2", f"The procurement was abandoned: {procurement.abandoned}")
