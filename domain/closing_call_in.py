"""What becomes of a call-in: nothing, a decision again, or it lapses or is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec.structs import replace

from domain.called_in import REFERRED, CalledIn, CallInOutcome
from domain.case_command import SharedCommand
from domain.deadlines import Count
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, with_decision, with_report
from domain.refusals import Refusal
from domain.wording import long_day


class CallInClosed(Event, frozen=True, tag="call-in-closed/1"):
    decision: UUID
    outcome: CallInOutcome
    note: str
    reconsidered_by: Count | None


class CloseCallIn(SharedCommand, frozen=True, tag="close-call-in"):
    """Record what became of a call-in."""

    decision: UUID
    outcome: CallInOutcome
    note: str = ""

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_close_call_in(self.decision, procurement)
        if (found := procurement.decisions.get(self.decision)) is None:
            return
        yield from self.why_not_all(found.procurements)
        if self.outcome == "lapsed" and found.called_in and not found.called_in.outcome:
            yield from why_not_lapse(found.called_in, context)
        if self.outcome == "withdrawn" and not self.note.strip():
            reason = "A call-in is withdrawn in writing: say in the note when, and by whom as what"
            yield Refusal("D10", reason)

    def event(self, procurement: Procurement, context: Context) -> Event:
        rule = context.constitution.call_in
        again = rule.decider_reconsiders if rule and self.outcome == "referred-back" else None
        by = again.count(context.day, context.calendar) if again else None
        return CallInClosed(self.decision, self.outcome, self.note, by)


def why_not_close_call_in(decision: UUID, procurement: Procurement) -> Iterable[Refusal]:
    found = procurement.decisions.get(decision)
    if found is None or found.called_in is None:
        yield Refusal("C1", "The decision has not been called in")
    elif found.called_in.outcome:
        yield Refusal("C2", "The call-in is closed")


def why_not_lapse(call: CalledIn, context: Context) -> Iterable[Refusal]:
    """A call-in lapses where the rules say so, once scrutiny has missed its day (D10)."""
    rule = context.constitution.call_in
    provenance = rule.provenance if rule else ""
    if rule is None or not rule.lapses or call.meets_by is None:
        reason = "No rule lets this call-in lapse: it waits for what scrutiny makes of it"
        yield Refusal("D10", reason, provenance=provenance)
    elif context.day <= call.meets_by.last_day:
        last = long_day(call.meets_by.last_day)
        reason = f"Scrutiny may meet until the end of {last}: only then does the call-in lapse"
        yield Refusal("D10", reason, cured_on=call.meets_by.day_after, provenance=provenance)


@evolve.register
def _(event: CallInClosed, procurement: Procurement, stamp: Stamp) -> Procurement:
    decision = procurement.decisions[event.decision]
    assert decision.called_in
    closed = replace(
        decision.called_in,
        outcome=event.outcome,
        closed_on=stamp.on.read_as,
        reconsidered_by=event.reconsidered_by,
    )
    decision = replace(decision, called_in=closed)
    if event.outcome in REFERRED:
        report = replace(procurement.reports[decision.report], state="open")
        procurement = with_report(procurement, report)
    return with_decision(procurement, decision)
