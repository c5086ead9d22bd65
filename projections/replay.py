"""One procurement taken through its record twice: as it was, and as a proposal has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace

from domain.authority import Authority
from domain.call_in import DecisionCalledIn
from domain.constitution import Constitution
from domain.correcting import PeriodsRecounted, recounted
from domain.decided import DecisionTaken
from domain.effective import when_published, when_taken
from domain.gateways import GatewayWaived
from domain.messages import Context, Event, Recorded, fold, tag_of
from domain.procurement import Procurement
from domain.publication import DecisionPublished
from domain.reports import ReportPutUp
from domain.values import procurement_id
from projections.findings import Finding, Place, Unlike
from projections.unlike import Side, timed, unlike


class Case(NamedTuple):
    """A procurement's events. Its ``closed`` parts are there only where they were ``opened``."""

    events: Sequence[Recorded]
    closed: bool
    opened: bool

    @property
    def withheld(self) -> bool:
        return self.closed and not self.opened


Key = tuple[UUID, Unlike]
"""What a finding is about, and how it is unlike: of two the later step keeps it."""


class Replay:
    """What comes out of one procurement. ``asked`` counts its steps, ``recorded`` is its state."""

    def __init__(
        self, case: Case, authority: Authority, proposal: Constitution, since: date | None
    ) -> None:
        self.case, self.authority = case, authority
        self.proposal, self.since = proposal, since
        self.recorded = self._would = Procurement()
        self.asked = 0
        self._decided: dict[UUID, Recorded] = {}
        """The decisions that were taken by the proposal too."""
        self.findings = self._found()

    def _found(self) -> dict[Key, Finding]:
        found: dict[Key, Finding] = {}
        for one in self.case.events:
            for key in self._step(one):
                found[key] = Finding(self._place(one), key[1])
        for decision, one in self._decided.items():
            was, would = (each.decisions[decision] for each in (self.recorded, self._would))
            for other in timed(was, would):
                found[was.id, other] = Finding(self._place(one), other)
        return found

    def _step(self, one: Recorded) -> Iterator[Key]:
        """Asks about a step, and takes it."""
        event, before = one.event, self.recorded
        self.recorded = fold(before, [one])
        if self.since is None or one.stamp.on.read_as >= self.since:
            self.asked += 1
            rules = self.authority.relied_on(one.stamp.versions)
            then = Context(one.stamp, rules.constitution, rules.offices, rules.calendar)
            proposed = replace(then, constitution=self.proposal)
            report = None
            if isinstance(event, ReportPutUp | DecisionTaken):
                report = self.recorded.reports[event.report]
            subject = report.id if report else procurement_id(self.recorded.reference)
            was, would = Side(before, then), Side(self._would, proposed)
            by_value = not self.case.withheld
            for found in unlike(event, report, was, would, by_value=by_value):
                yield subject, found
            event = self._retimed(one, proposed)
        self._would = fold(self._would, [replace(one, event=event)])

    def _retimed(self, one: Recorded, proposed: Context) -> Event:
        """A decision, its publication, or a period counted again, with the proposal's own days.

        Where the proposal has no such class it gives none, and the days stay as they are.
        """
        event = one.event
        if isinstance(event, DecisionTaken):
            if self.proposal.decision_class(event.decision_class) is None:
                return event
            self._decided[event.decision] = one
            again, urgent = event.replaces is not None, bool(event.urgent)
            found = when_taken(event.decision_class, proposed, again=again, urgent=urgent)
            open_ = found.open_to_call_in
            days = {"window": found.window, "effective": found.effective}
            return replace(event, open_to_call_in=open_, **days)
        if isinstance(event, DecisionPublished) and event.decision in self._decided:
            found = when_published(self._would.decisions[event.decision], proposed)
            return replace(event, window=found.window, effective=found.effective)
        if isinstance(event, PeriodsRecounted):
            versions = [each.version for each in self.authority.calendars]
            after = versions.index(one.stamp.versions.calendar) + 1
            calendar, today = self.authority.calendars[after], proposed.day
            return replace(event, recounted=tuple(recounted(self._would, calendar, today)))
        return event

    def _place(self, one: Recorded) -> Place:
        here = (self.recorded.reference,)
        what = _named(one.event, self.recorded)
        return Place(here, one.version, one.stamp.on, what, self.case.closed)


def _named(event: Event, after: Procurement) -> str:
    """What a step is called in a sentence about it."""
    match event:
        case ReportPutUp(title=title):
            return f"The report “{title}”"
        case DecisionTaken(report=report):
            return f"The decision on “{after.reports[report].title}”"
        case DecisionCalledIn(decision=decision):
            return f"The call-in of “{after.reports[after.decisions[decision].report].title}”"
        case GatewayWaived(gateway=gateway):
            return f"The waiver of “{gateway}”"
    words, _, _ = tag_of(type(event)).partition("/")
    return words.replace("-", " ").capitalize()
