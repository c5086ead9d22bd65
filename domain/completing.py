"""Completing the record of a decision: what is missing is added, nothing is changed (D8, D9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from domain.case_command import SharedCommand
from domain.decision_record import (
    ALTERNATIVES,
    CONSULTED,
    DATE,
    INTERESTS,
    NOTE,
    PARAGRAPH,
    REASONS,
    missing,
)
from domain.meeting import came_before
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, with_decision, with_report
from domain.record import Added, Decision
from domain.refusals import Refusal
from domain.reported import Alternative, Report
from domain.values import PostId, When, check_day
from domain.wording import listed, short_day, when

PUBLISH = "publish-decision"
"""Whose duty it is: theirs who publish decisions."""
Said = Literal["none-declared", "declared"]


class OfConsultee(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a member who was consulted declared an interest, and which."""

    post: PostId
    interests: Said
    note: str = ""


class OfPaper(Struct, frozen=True, forbid_unknown_fields=True):
    """The paragraph of Schedule 12A for a closed paper of the report, by the paper's number."""

    paper: Annotated[int, Meta(ge=1)]
    paragraph: Annotated[int, Meta(ge=1, le=7)]


class DecisionRecordCompleted(Event, frozen=True, tag="decision-record-completed/1"):
    decision: UUID
    made_on: date | None
    reasons: str
    alternatives: tuple[Alternative, ...]
    no_alternatives: str
    interests: Said | None
    interests_note: str
    consulted: tuple[OfConsultee, ...]
    papers: tuple[OfPaper, ...]

    @property
    def items(self) -> list[str]:
        """What it adds, item by item."""
        return list(_items(self))


class CompleteDecisionRecord(SharedCommand, frozen=True, tag="complete-decision-record"):
    """Add to the record of a decision what is missing there, and cannot be published without.

    Each item is left out where it is on record, or still not known. ``made_on`` is the London day
    of the decision, ``interests_note`` says which interest was declared, and any dispensation.
    """

    decision: UUID
    made_on: date | None = None
    reasons: str = ""
    alternatives: tuple[Alternative, ...] = ()
    no_alternatives: str = ""
    interests: Said | None = None
    interests_note: str = ""
    consulted: tuple[OfConsultee, ...] = ()
    papers: tuple[OfPaper, ...] = ()

    def __post_init__(self) -> None:
        if self.made_on:
            check_day(self.made_on)

    @classmethod
    def act(cls) -> str:
        return PUBLISH

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_complete(self.decision, procurement, context)
        found = procurement.decisions.get(self.decision)
        if found is None:
            return
        yield from self.why_not_all(found.procurements)
        lacks, adds = [one.item for one in missing(found, procurement, context)], list(_items(self))
        if len(set(adds)) < len(adds):
            yield Refusal("C2", "Something is added twice")
        if there := [one for one in dict.fromkeys(adds) if one not in lacks]:
            yield Refusal("C2", f"On record, so that it stays as it is: {listed(there)}")
        if not adds:
            yield Refusal("D8", "Add something that is missing from the record")
        yield from _why_not_before(self.made_on, found, procurement, context)
        yield from self._why_not_said(found, context)

    def _why_not_said(self, decision: Decision, context: Context) -> Iterable[Refusal]:
        """What is added can be so."""
        if self.made_on and not _fits(self.made_on, decision.on, context.day):
            day = short_day(self.made_on)
            yield Refusal("D8", f"{day} cannot be the day of a decision made {when(decision.on)}")
        if self.alternatives and self.no_alternatives:
            yield Refusal("D8", "Alternatives were rejected, or none was considered: not both")
        notes = [(self.interests, self.interests_note)]
        notes += [(one.interests, one.note) for one in self.consulted]
        if any(said == "declared" and not note for said, note in notes):
            yield Refusal("D8", "Say which interest was declared and what follows from it")

    def event(self, procurement: Procurement, context: Context) -> Event:
        return DecisionRecordCompleted(
            self.decision,
            self.made_on,
            self.reasons,
            self.alternatives,
            self.no_alternatives,
            self.interests,
            self.interests_note,
            self.consulted,
            self.papers,
        )


def why_not_complete(
    decision: UUID, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """Something is missing from the record of a decision."""
    if (found := procurement.decisions.get(decision)) is None:
        yield Refusal("C1", "There is no such decision")
    elif not any(True for _ in missing(found, procurement, context)):
        yield Refusal("C2", "The record of this decision is complete")


def _items(one: CompleteDecisionRecord | DecisionRecordCompleted) -> Iterator[str]:
    said = {
        DATE: one.made_on,
        REASONS: one.reasons,
        ALTERNATIVES: one.alternatives or one.no_alternatives,
        INTERESTS: one.interests,
        NOTE: one.interests_note and not one.interests,
    }
    yield from (item for item, what in said.items() if what)
    yield from (f"{CONSULTED}{each.post}" for each in one.consulted)
    yield from (f"{PARAGRAPH}{each.paper}" for each in one.papers)


def _fits(day: date, on: When, today: date) -> bool:
    """Whether a day is what an inexact one can have meant, and is not still to come."""
    match on.precision:
        case "week" | "month":
            fits = When(day, on.precision).read_as == on.read_as
        case "before":
            fits = day < on.day
        case "after":
            fits = day > on.day
        case _:
            fits = True
    return fits and day <= today


def _why_not_before(
    day: date | None, decision: Decision, procurement: Procurement, context: Context
) -> Iterator[Refusal]:
    """A decision was not made before what it had before it, as far as the days are known."""
    if day is None:
        return
    of, report = procurement.decided(decision.report), procurement.reports[decision.report]
    earlier = of[: [one.id for one in of].index(decision.id)]
    for what, on in came_before(report, earlier, context):
        may_be = on.precision != "day" and _fits(day, on, context.day)
        if day < on.read_as <= decision.on.read_as and not may_be:
            yield Refusal("D8", f"The decision cannot have been made before {what}: {when(on)}")


@evolve.register
def _(event: DecisionRecordCompleted, procurement: Procurement, stamp: Stamp) -> Procurement:
    decision = procurement.decisions[event.decision]
    added = {one: Added(stamp.on, stamp.by) for one in event.items}
    completed = replace(
        decision,
        dated=event.made_on or decision.dated,
        reasons=event.reasons or decision.reasons,
        alternatives=event.alternatives or decision.alternatives,
        no_alternatives=event.no_alternatives or decision.no_alternatives,
        interests=event.interests or decision.interests,
        interests_note=event.interests_note or decision.interests_note,
        added={**decision.added, **added},
    )
    report = _with_papers(procurement.reports[decision.report], event)
    return with_report(with_decision(procurement, completed), report)


def _with_papers(report: Report, event: DecisionRecordCompleted) -> Report:
    """The report with what was added about its consultees and its closed papers."""
    consulted, closed = dict(report.consulted), list(report.closed)
    for said in event.consulted:
        consulted[said.post] = replace(
            consulted[said.post], interests=said.interests, interests_note=said.note
        )
    for one in event.papers:
        was = closed[one.paper - 1]
        exemption = replace(was.exemption, paragraph=one.paragraph)
        closed[one.paper - 1] = replace(was, exemption=exemption)
    return replace(report, consulted=consulted, closed=tuple(closed))
