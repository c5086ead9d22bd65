"""A body recommends to the decision maker. That decides nothing, and opens no gateway (L3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from domain.acting import why_not_for
from domain.case_command import SharedCommand
from domain.meeting import why_not_met, why_not_on_agenda
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, with_report
from domain.refusals import Refusal
from domain.report_acts import concerned_by
from domain.reported import Advice, Advised
from domain.routes import way_of
from domain.values import PostId, Text
from domain.wording import listed


class RecommendationMade(Event, frozen=True, tag="recommendation-made/1"):
    report: UUID
    body: PostId
    advice: tuple[Advice, ...]
    reasons: Text
    recorded: date | None = None


def why_not_recommend(
    report: UUID, body: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A body that the route names recommends once, after those that come before it."""
    found = procurement.reports.get(report)
    if found is None:
        yield Refusal("C1", "There is no such report")
        return
    if found.state != "open":
        yield Refusal("C2", f"The report is {found.state}")
    name = context.offices.title(body)
    if body in found.advised:
        yield Refusal("C2", f"{name} has made its recommendation")
    way = way_of(found, procurement, context)
    if way is None or body not in way.recommended_by:
        provenance = way.provenance if way else ""
        reason = f"The route of this report asks no recommendation of {name}"
        yield Refusal("L3", reason, provenance=provenance)
        return
    yield from why_not_on_agenda(found, body, context)
    for earlier in way.recommended_by[: way.recommended_by.index(body)]:
        if earlier not in found.advised:
            first = context.offices.title(earlier)
            yield Refusal("L3", f"{first} recommends first", provenance=way.provenance)


class Recommend(SharedCommand, frozen=True, tag="recommend"):
    """Record what a body recommends to the decision maker, on each recommendation of a report.

    ``met`` is the day of its meeting, by which it is judged.
    """

    report: UUID
    body: PostId
    advice: tuple[Advice, ...]
    reasons: Text
    met: date | None = None

    def met_on(self) -> date | None:
        return self.met

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_for(self.body, self.act(), context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_recommend(self.report, self.body, procurement, context)
        yield from self.why_not_all(concerned_by(self.report, procurement))
        if found := procurement.reports.get(self.report):
            yield from why_not_met(self.met, found, procurement, context)
            asked = [one.label for one in found.recommendations]
            if sorted(asked) != sorted(one.label for one in self.advice):
                yield Refusal("C1", f"Recommend on each once: {listed(asked)}")
        for one in self.advice:
            if one.view == "supported-as-amended" and not one.wording:
                yield Refusal("D8", f"({one.label}) Give the wording as amended")
            if one.view != "supported" and not one.reason:
                yield Refusal("D8", f"({one.label}) Give a reason: it is not supported as it is")

    def event(self, procurement: Procurement, context: Context) -> Event:
        given = (self.report, self.body, self.advice, self.reasons)
        return RecommendationMade(*given, context.recorded_later)


@evolve.register
def _(event: RecommendationMade, procurement: Procurement, stamp: Stamp) -> Procurement:
    report = procurement.reports[event.report]
    made = Advised(stamp.on, stamp.by, event.advice, event.reasons, event.recorded)
    report = replace(report, advised={**report.advised, event.body: made})
    return with_report(procurement, report)
