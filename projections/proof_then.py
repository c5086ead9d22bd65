"""What was on record when a step was taken: all that a proof of authority is worked out from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from domain.budget import Budget
from domain.consultation import ConsultationAnswered
from domain.contract import ContractSigned
from domain.decided import DecisionTaken
from domain.delegation import Delegation
from domain.drawing import Drawings
from domain.effective import award_on
from domain.messages import Aggregate, Context, Event, Recorded
from domain.procurement import Procurement
from domain.record import Decision
from domain.reported import Report, Under
from projections.proof import Adopted, Step

PROVED: tuple[type[Event], ...] = (DecisionTaken, ConsultationAnswered, ContractSigned)
"""The kinds of steps whose authority is proved."""
A = TypeVar("A", bound=Aggregate)


class Turned(NamedTuple, Generic[A]):
    """An aggregate just before a step and just after it."""

    before: A
    after: A


class Behind(NamedTuple):
    """The delegated authority behind a step, where it was given, and the budget it is within."""

    under: Under
    delegation: Turned[Delegation]
    source: Turned[Procurement]
    budget: Turned[Budget]
    taken: Recorded | None
    """The decision that gave it."""

    @property
    def drawn_now(self) -> bool:
        """Whether the step itself drew on it, or gave back."""
        return self.delegation.before.version != self.delegation.after.version

    @property
    def counts(self) -> Drawings:
        return (*self.delegation.after.awards, *self.delegation.after.returned)


class Then(NamedTuple):
    """A step with everything before it. Nothing later is in it, but the names of people."""

    recorded: Recorded
    history: Sequence[Recorded]
    """Its procurement's events before it."""
    before: Procurement
    after: Procurement
    context: Context
    """By the rules, offices and calendar that it relied on."""
    concerned: Sequence[Procurement]
    """All procurements that it is about, before it; its own first."""
    behind: Behind | None
    adopted: tuple[Adopted, ...]
    names: Mapping[UUID, str]

    @property
    def event(self) -> Event:
        return self.recorded.event

    def step(self, fits: Callable[[Event], bool]) -> Step | None:
        """The latest step before this one whose event fits."""
        found = (one.version for one in reversed(self.history) if fits(one.event))
        version = next(found, None)
        return Step(self.before.reference, version) if version else None


def report_of(event: Event, before: Procurement) -> Report | None:
    """The report that a step decides, or is consulted on."""
    if isinstance(event, DecisionTaken | ConsultationAnswered):
        return before.reports[event.report]
    return None


def carried_out(event: Event, before: Procurement, context: Context) -> Decision | None:
    """The decision that a signature carries out."""
    found = award_on(before, context.day) if isinstance(event, ContractSigned) else None
    return found[0] if found else None


def under_of(event: Event, before: Procurement, context: Context) -> Under | None:
    """The delegated authority that a step rests on."""
    if isinstance(event, DecisionTaken):
        return event.under
    if report := report_of(event, before):
        return report.under
    award = carried_out(event, before, context)
    return award.under if award else None
