"""Publishing a decision: the day from which call-in is often counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from domain.call_in_rule import Window
from domain.case_command import SharedCommand
from domain.decision_record import why_not_record_complete
from domain.effective import when_published
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, with_decision
from domain.refusals import Refusal
from domain.wording import long_day


class DecisionPublished(Event, frozen=True, tag="decision-published/1"):
    decision: UUID
    window: Window | None
    effective: date | None
    published_effective: date | None
    because: str


class PublishDecision(SharedCommand, frozen=True, tag="publish-decision"):
    """Publish a decision; ``effective`` is the day as published, where it says one."""

    decision: UUID
    effective: date | None = None
    because: str = ""
    """Why the published day differs from the computed one."""

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_publish_decision(self.decision, procurement, context)
        if found := procurement.decisions.get(self.decision):
            yield from self.why_not_all(found.procurements)
            computed = when_published(found, context).effective
            if self.effective and self.effective != computed and not self.because:
                day = long_day(computed) if computed else "no day yet"
                reason = f"The rules give {day}: say why another day is published"
                yield Refusal("D11", reason, provenance=_counting(context))

    def event(self, procurement: Procurement, context: Context) -> Event:
        found = when_published(procurement.decisions[self.decision], context)
        return DecisionPublished(
            self.decision, found.window, found.effective, self.effective, self.because
        )


def _counting(context: Context) -> str:
    rule = context.constitution.call_in
    return rule.provenance if rule else ""


def why_not_publish_decision(
    decision: UUID, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A decision is published once, with a complete record (D8, D9)."""
    if (found := procurement.decisions.get(decision)) is None:
        yield Refusal("C1", "There is no such decision")
    elif found.published:
        yield Refusal("C2", "The decision has been published")
    else:
        # What an imported decision lacked was noted with it: one thing is irregular once.
        noted = procurement.irregularities if context.stamp.source else ()
        said = {one.irregularity.reason for one in noted}
        lacks = why_not_record_complete(found, procurement, context)
        yield from (one for one in lacks if one.reason not in said)


@evolve.register
def _(event: DecisionPublished, procurement: Procurement, stamp: Stamp) -> Procurement:
    decision = replace(
        procurement.decisions[event.decision],
        published=stamp.on,
        window=event.window,
        effective=event.effective,
        published_effective=event.published_effective,
        published_because=event.because,
    )
    return with_decision(procurement, decision)
