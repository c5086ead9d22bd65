"""Handing a matter over: who decides alone takes no other step where they have an interest (G4)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec.structs import replace

from domain.acting import why_not_for, why_not_in_post
from domain.case_command import SharedCommand
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, with_report
from domain.refusals import Refusal
from domain.report_acts import concerned_by
from domain.reported import HandedOver
from domain.routes import way_of
from domain.values import PostId, Text


class ReportHandedOver(Event, frozen=True, tag="report-handed-over/1"):
    report: UUID
    to: PostId
    interest: Text


def why_not_hand_over(
    report: UUID, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A member who decides alone hands over, where the constitution says to whom (G4)."""
    found, offices = procurement.reports.get(report), context.offices
    if found is None:
        yield Refusal("C1", "There is no such report")
        return
    if found.state != "open":
        yield Refusal("C2", f"The report is {found.state}")
    way = way_of(found, procurement, context)
    if way is None or not offices.is_member(way.decided_by):
        yield Refusal("G4", "Only a member who decides alone hands a matter over")
    elif way.hands_over_to is None:
        name = offices.title(way.decided_by)
        reason = f"The constitution names nobody to whom {name} hands this over"
        yield Refusal("G4", reason, provenance=way.provenance)


class HandOverReport(SharedCommand, frozen=True, tag="hand-over-report"):
    """Hand a report over to the post or body that the constitution names, which then decides.

    By the member who would decide it alone, because of an interest, with what that is.
    """

    report: UUID
    to: PostId
    interest: Text

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        found = procurement.reports.get(self.report)
        way = way_of(found, procurement, context) if found else None
        if way and context.offices.is_member(way.decided_by):
            yield from why_not_for(way.decided_by, self.act(), context, way.provenance)
        else:
            yield from why_not_in_post(context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_hand_over(self.report, procurement, context)
        yield from self.why_not_all(concerned_by(self.report, procurement))
        if self.to not in [one.id for one in context.offices.posts]:
            yield Refusal("C1", f"There is no post “{self.to}”")
            return
        found = procurement.reports.get(self.report)
        way = way_of(found, procurement, context) if found else None
        if way and way.hands_over_to and self.to != way.hands_over_to:
            reason = f"This is handed over to {context.offices.title(way.hands_over_to)}"
            yield Refusal("G4", reason, provenance=way.provenance)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ReportHandedOver(self.report, self.to, self.interest)


@evolve.register
def _(event: ReportHandedOver, procurement: Procurement, stamp: Stamp) -> Procurement:
    report = procurement.reports[event.report]
    handed = HandedOver(stamp.by, stamp.on, event.interest)
    report = replace(report, to=event.to, handed_over=(*report.handed_over, handed))
    return with_report(procurement, report)
