"""Call-in: members ask that a decision be looked at again before it takes effect."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec.structs import replace

from domain.case_command import SharedCommand
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, with_decision, with_report
from domain.record import CalledIn, CallInOutcome
from domain.refusals import Refusal
from domain.values import Text
from domain.wording import counted, listed, long_day


class DecisionCalledIn(Event, frozen=True, tag="decision-called-in/1"):
    decision: UUID
    resolutions: tuple[str, ...]
    members: tuple[str, ...]
    grounds: Text


class CallInClosed(Event, frozen=True, tag="call-in-closed/1"):
    decision: UUID
    outcome: CallInOutcome
    note: str


def why_not_call_in(
    decision: UUID, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A decision may be called in once, within its window, if it is open to call-in (D10)."""
    if (found := procurement.decisions.get(decision)) is None:
        yield Refusal("C1", "There is no such decision")
        return
    rule = context.constitution.call_in
    provenance = rule.provenance if rule else ""
    if found.called_in:
        yield Refusal("C2", "The decision has been called in already: once only")
    elif not found.open_to_call_in:
        again = "A decision that was reconsidered" if found.replaces else "This decision"
        yield Refusal("D10", f"{again} is not open to call-in", provenance=provenance)
    elif found.window is None:
        yield Refusal("D10", "The call-in window opens when the decision is published")
    elif context.day > found.window.last_day:
        last = long_day(found.window.last_day)
        reason = f"The call-in is late: the window closed at the end of {last}"
        yield Refusal("D10", reason, provenance=provenance)


class RecordCallIn(SharedCommand, frozen=True, tag="record-call-in"):
    """Record a call-in that was received today, of all resolutions or of those named.

    Members are given by the council's numbers or initials for them, never by name.
    """

    decision: UUID
    members: tuple[Text, ...]
    grounds: Text
    resolutions: tuple[Text, ...] = ()

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_call_in(self.decision, procurement, context)
        rule = context.constitution.call_in
        different = {one.strip(" .").casefold() for one in self.members}
        if rule and len(different) < rule.members:
            needed = counted(rule.members, "different member")
            reason = f"A call-in needs {needed}, not {len(different)}"
            yield Refusal("D10", reason, provenance=rule.provenance)
        if found := procurement.decisions.get(self.decision):
            yield from self.why_not_all(found.procurements)
            labels = [one.label for one in found.resolutions]
            if unknown := [one for one in self.resolutions if one not in labels]:
                yield Refusal("C1", f"There is no resolution ({listed(unknown)})")

    def event(self, procurement: Procurement, context: Context) -> Event:
        every = tuple(one.label for one in procurement.decisions[self.decision].resolutions)
        named = tuple(one for one in every if one in self.resolutions)
        return DecisionCalledIn(self.decision, named or every, self.members, self.grounds)


class CloseCallIn(SharedCommand, frozen=True, tag="close-call-in"):
    """Record what became of a call-in."""

    decision: UUID
    outcome: CallInOutcome
    note: str = ""

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_close_call_in(self.decision, procurement)
        if found := procurement.decisions.get(self.decision):
            yield from self.why_not_all(found.procurements)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return CallInClosed(self.decision, self.outcome, self.note)


def why_not_close_call_in(decision: UUID, procurement: Procurement) -> Iterable[Refusal]:
    found = procurement.decisions.get(decision)
    if found is None or found.called_in is None:
        yield Refusal("C1", "The decision has not been called in")
    elif found.called_in.outcome:
        yield Refusal("C2", "The call-in is closed")


@evolve.register
def _(event: DecisionCalledIn, procurement: Procurement, stamp: Stamp) -> Procurement:
    called = CalledIn(stamp.on.read_as, event.resolutions, event.members, event.grounds)
    decision = replace(procurement.decisions[event.decision], called_in=called)
    return with_decision(procurement, decision)


@evolve.register
def _(event: CallInClosed, procurement: Procurement, stamp: Stamp) -> Procurement:
    decision = procurement.decisions[event.decision]
    assert decision.called_in
    closed = replace(decision.called_in, outcome=event.outcome, closed_on=stamp.on.read_as)
    decision = replace(decision, called_in=closed)
    if event.outcome in ("referred-back", "referred-to-council"):
        report = replace(procurement.reports[decision.report], state="open")
        procurement = with_report(procurement, report)
    return with_decision(procurement, decision)
