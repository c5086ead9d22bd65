"""Call-in: members ask that a decision be looked at again before it takes effect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from msgspec.structs import replace

from domain.acting import why_not_by
from domain.call_in_rule import CallIn, Window
from domain.called_in import CalledIn, Requester
from domain.case_command import SharedCommand
from domain.deadlines import Count
from domain.london import london_clock, london_day
from domain.messages import Aware, Context, Event, Stamp, evolve
from domain.procurement import Procurement, with_decision
from domain.record import Decision
from domain.refusals import Refusal
from domain.requesters import why_not_requested
from domain.values import Text
from domain.wording import clock, listed, long_day


class DecisionCalledIn(Event, frozen=True, tag="decision-called-in/1"):
    decision: UUID
    resolutions: tuple[str, ...]
    members: tuple[Requester, ...]
    grounds: Text
    on_grounds: tuple[str, ...]
    received: Aware | None
    meets_by: Count | None
    recorded: date | None


def why_not_call_in(
    decision: UUID, procurement: Procurement, context: Context, received: datetime | None = None
) -> Iterable[Refusal]:
    """A decision may be called in once, within its window, if it is open to call-in (D10).

    The day is the one on which it was received; ``received`` is the time, where that is known.
    """
    if (found := procurement.decisions.get(decision)) is None:
        yield Refusal("C1", "There is no such decision")
        return
    rule = context.constitution.call_in
    provenance = rule.provenance if rule else ""
    if found.called_in:
        yield Refusal("C2", "The decision has been called in already: once only")
    elif not found.open_to_call_in:
        yield Refusal("D10", f"{_closed(found)} is not open to call-in", provenance=provenance)
    elif found.window is None:
        yield Refusal("D10", "The call-in window opens when the decision is published")
    else:
        yield from _why_not_in_time(found.window, received, context, provenance)


def _closed(decision: Decision) -> str:
    if decision.urgent:
        return "A decision that was too urgent for it"
    return "A decision that was reconsidered" if decision.replaces else "This decision"


def _why_not_in_time(
    window: Window, received: datetime | None, context: Context, provenance: str
) -> Iterable[Refusal]:
    opened, last, closes = window.days[0].date, window.last_day, window.closes_at
    ended = f"at {clock(closes)} on" if closes else "at the end of"
    late = f"The call-in is late: the window closed {ended} {long_day(last)}"
    if context.day < opened:
        reason = f"It was received before the window for call-in opened, on {long_day(opened)}"
        yield Refusal("D10", reason, provenance=provenance)
    elif context.day > last:
        yield Refusal("D10", late, provenance=provenance)
    elif context.day == last and closes and received and london_clock(received) > f"{closes}:00":
        at = clock(london_clock(received))
        yield Refusal("D10", f"{late}, and it was received at {at}", provenance=provenance)


class RecordCallIn(SharedCommand, frozen=True, tag="record-call-in"):
    """Record a call-in of all resolutions, or of those named; ``received`` is when it came in.

    Without that it is received as it is recorded. It is judged by the day on which it came.
    ``on_grounds`` are those of the constitution's list, where it has one; ``grounds`` is in words.
    Members are given by the council's numbers or initials for them, never by name.
    """

    decision: UUID
    members: tuple[Requester, ...]
    grounds: Text
    resolutions: tuple[Text, ...] = ()
    on_grounds: tuple[Text, ...] = ()
    received: Aware | None = None

    def met_on(self) -> date | None:
        return london_day(self.received) if self.received else None

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_by(self.act(), context.acting)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from self._why_not_received(context)
        yield from why_not_call_in(self.decision, procurement, context, self._moment(context))
        if rule := context.constitution.call_in:
            yield from why_not_requested(self.members, rule)
            yield from self._why_not_on_grounds(rule)
        if found := procurement.decisions.get(self.decision):
            yield from self.why_not_all(found.procurements)
            yield from self._why_not_resolutions(found, context.constitution.call_in)

    def _moment(self, context: Context) -> datetime | None:
        """When it was received; of what is imported the record may say the day only."""
        return self.received or (None if context.stamp.source else context.stamp.now)

    def _why_not_received(self, context: Context) -> Iterable[Refusal]:
        if self.received is None:
            return
        if self.received > context.acting.stamp.now:
            yield Refusal("C1", "A call-in is recorded once it has been received: that is to come")
        elif london_day(self.received) != context.day:
            yield Refusal("C1", "An imported call-in was received on the day of its step")

    def _why_not_on_grounds(self, rule: CallIn) -> Iterable[Refusal]:
        known = f"the grounds are {listed([f'“{one}”' for one in rule.grounds])}"
        if unknown := [one for one in self.on_grounds if one not in rule.grounds]:
            said = f"{listed([f'“{one}”' for one in unknown])} is no ground for a call-in here"
            reason = f"{said}: {known}" if rule.grounds else f"{said}: say it in words"
            yield Refusal("D10", reason, provenance=rule.provenance)
        elif rule.grounds and not self.on_grounds:
            reason = f"Name the ground that the call-in rests on: {known}"
            yield Refusal("D10", reason, provenance=rule.provenance)

    def _why_not_resolutions(self, found: Decision, rule: CallIn | None) -> Iterable[Refusal]:
        labels = [one.label for one in found.resolutions]
        if unknown := [one for one in self.resolutions if one not in labels]:
            yield Refusal("C1", f"There is no resolution ({listed(unknown)})")
        elif (
            rule and not rule.in_parts and self.resolutions and set(self.resolutions) < set(labels)
        ):
            reason = "A decision is called in as a whole here: single resolutions are not"
            yield Refusal("D10", reason, provenance=rule.provenance)

    def event(self, procurement: Procurement, context: Context) -> Event:
        every = tuple(one.label for one in procurement.decisions[self.decision].resolutions)
        named = tuple(one for one in every if one in self.resolutions)
        rule = context.constitution.call_in
        meets = rule.scrutiny_meets if rule else None
        return DecisionCalledIn(
            decision=self.decision,
            resolutions=named or every,
            members=self.members,
            grounds=self.grounds,
            on_grounds=self.on_grounds,
            received=self.received,
            meets_by=meets.count(context.day, context.calendar) if meets else None,
            recorded=context.recorded_later,
        )


@evolve.register
def _(event: DecisionCalledIn, procurement: Procurement, stamp: Stamp) -> Procurement:
    called = CalledIn(
        on=stamp.on.read_as,
        resolutions=event.resolutions,
        members=event.members,
        grounds=event.grounds,
        on_grounds=event.on_grounds,
        received=event.received,
        meets_by=event.meets_by,
    )
    decision = replace(procurement.decisions[event.decision], called_in=called)
    return with_decision(procurement, decision)
