"""Reports put up to a gateway: what they ask for, the papers, and the route they take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from msgspec.structs import replace

from domain.award import why_not_effect
from domain.case_command import SharedCommand
from domain.closed import ClosedPart, carries_amount
from domain.delegation import Delegation, stream_of, why_not_under
from domain.effects import Consultee, VaryContract
from domain.gateways import FITTING, why_not_gateway
from domain.messages import Aggregate, Context, Event, Stamp, evolve
from domain.part_of_authority import holder_of
from domain.procurement import Procurement, granting, with_report
from domain.refusals import Refusal
from domain.report_acts import version_of
from domain.reported import Alternative, Document, Milestone, Recommendation, Report, Under
from domain.routes import Way, most_asked, together, way_for, why_not_class, why_not_delegated
from domain.undertakings import outstanding, why_not_discharge
from domain.values import Amount, PostId, Reference, Slug, Text, procurement_id
from domain.variation import why_not_split
from domain.varying_under import why_not_around, why_not_delegable
from domain.wording import listed


class ReportPutUp(Event, frozen=True, tag="report-put-up/1"):
    report: UUID
    gateway: Slug
    decision_class: Slug
    class_reason: str
    title: Text
    to: PostId
    version: int
    recommendations: tuple[Recommendation, ...]
    documents: tuple[Document, ...]
    alternatives: tuple[Alternative, ...]
    implications: str
    timetable: tuple[Milestone, ...]
    closed: tuple[ClosedPart, ...] = ()
    combines: tuple[Slug, ...] = ()
    procurements: tuple[Reference, ...] = ()
    together: Amount | None = None
    under: Under | None = None
    consultees: tuple[Consultee, ...] = ()
    reports_back: Text | None = None


class PutUpReport(SharedCommand, frozen=True, tag="put-up-report"):
    """Put a report up to a gateway, to the decision maker that the constitution names.

    Or, ``under`` delegated authority, to the post that it was delegated to. ``combines`` names
    earlier gateways that the same report is to pass, ``reports_back`` the undertaking or report
    required that it answers: that is done with it.
    """

    report: UUID
    gateway: Slug
    decision_class: Slug
    title: Text
    to: PostId
    recommendations: tuple[Recommendation, ...]
    documents: tuple[Document, ...]
    class_reason: str = ""
    alternatives: tuple[Alternative, ...] = ()
    implications: str = ""
    timetable: tuple[Milestone, ...] = ()
    closed: tuple[ClosedPart, ...] = ()
    combines: tuple[Slug, ...] = ()
    under: Under | None = None
    reports_back: Text | None = None

    begins: ClassVar[bool] = True

    def concerns(self) -> Mapping[UUID, Aggregate]:
        found = dict(super().concerns())
        if self.under:
            found |= {granting(self.under): Procurement(), stream_of(self.under): Delegation()}
        return found

    def compares(self, record: Mapping[UUID, Any]) -> bool:
        values = [record[one].value.closed for one in self.streams]
        asked = [one.effect for one in self.recommendations]
        return any(values) or any(carries_amount(e) or isinstance(e, VaryContract) for e in asked)

    def why_not_any(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        yield from super().why_not_any(record, context)
        concerned = [record[one] for one in self.streams]
        if not all(one.authority == context.constitution.authority for one in concerned):
            return
        if self.reports_back:
            yield from why_not_discharge(self.reports_back, record[self.procurement])
        if self.under:
            delegation, source = record[stream_of(self.under)], record[granting(self.under)]
            for one in concerned:
                yield from why_not_under(delegation, source, one, context, self.under.part)
            yield from why_not_delegated(self.decision_class, context)
            asked = [one.effect for one in self.recommendations]
            yield from why_not_delegable(asked, delegation.terms)
        way = self._way(record, context)
        yield from self._why_not_way(way, context)
        if way and not self.under:
            for one in concerned:
                yield from why_not_around(self.recommendations, one, way.decided_by)
        value = together(concerned, self.recommendations)
        spend = value if value.figure is not None else most_asked(self.recommendations)
        yield from why_not_class(self.decision_class, self.class_reason, spend, context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_gateway(self.gateway, procurement, context, self.combines)
        if self.report in procurement.reports:
            yield Refusal("C2", "This report has been put up already")
        if not self.recommendations or not self.documents:
            yield Refusal("L2", "A report has at least one recommendation and one paper")
        labels = [one.label for one in self.recommendations]
        if len(set(labels)) < len(labels):
            yield Refusal("C2", "Two recommendations have the same letter")
        yield from self._why_not_fitting(procurement, context)
        mine = [one for one in self.recommendations if one.about in (None, procurement.reference)]
        yield from why_not_split([one.effect for one in mine])
        for one in self.recommendations:
            yield from self._why_not_asked(one, procurement, context)

    def _why_not_fitting(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        """Reports ask, at each gateway, for what it is there for (L1)."""
        rules = context.constitution
        gateways = [rules.gateway(one) for one in (self.gateway, *self.combines)]
        found = [one for one in gateways if one]
        allowed = tuple(kind for one in found for kind in FITTING[one.asks_for])
        mine = (None, procurement.reference)
        asked = [one.effect for one in self.recommendations if one.about in mine]
        if found and not all(isinstance(one, allowed) for one in asked):
            what = listed([one.asks_for.replace("-", " ") for one in found])
            reason = f"Reports at “{found[0].title}” ask to {what}, and for nothing else"
            yield Refusal("L1", reason, provenance=found[0].provenance)
        for one in found[1:]:
            if not any(isinstance(effect, FITTING[one.asks_for][0]) for effect in asked):
                what = one.asks_for.replace("-", " ")
                yield Refusal("L1", f"A report that passes “{one.title}” too asks to {what}")

    def _why_not_asked(
        self, one: Recommendation, procurement: Procurement, context: Context
    ) -> Iterable[Refusal]:
        """What is asked for is lawful, in the procurement that it is about."""
        if one.about in (None, procurement.reference):
            yield from why_not_effect(one.effect, self.decision_class, procurement, context)
        elif procurement_id(one.about) not in self.streams:
            reason = f"({one.label}) is about {one.about}, which this report does not concern"
            yield Refusal("C1", reason)

    def _way(self, record: Mapping[UUID, Any], context: Context) -> Way | None:
        if self.under:
            delegation: Delegation = record[stream_of(self.under)]
            holder = holder_of(self.under.part, delegation) if delegation.version else None
            return Way(holder) if holder else None
        value = together([record[one] for one in self.streams], self.recommendations)
        return way_for(self.gateway, self.decision_class, value, context)

    def _why_not_way(self, way: Way | None, context: Context) -> Iterable[Refusal]:
        kind = context.constitution.decision_class(self.decision_class)
        if way is None and kind and not self.under:
            yield Refusal("G1", f"No route through this gateway is for this class: {kind.title}")
        elif way and way.decided_by != self.to:
            name = context.offices.title(way.decided_by)
            yield Refusal("G1", f"This goes to {name}", provenance=way.provenance)

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        concerned: list[Procurement] = [record[one] for one in self.streams]
        references = tuple(one.reference for one in concerned)
        value = together(concerned, self.recommendations) if self.also else None
        delegation: Delegation | None = record[stream_of(self.under)] if self.under else None
        consultees = delegation.terms.consultees if delegation else ()
        return [
            (stream, self._event(record[stream], references, value, consultees))
            for stream in self.streams
        ]

    def _event(
        self,
        procurement: Procurement,
        references: tuple[str, ...],
        value: Amount | None,
        consultees: tuple[Consultee, ...],
    ) -> Event:
        earlier = [one for one in procurement.reports.values() if one.gateway == self.gateway]
        owed = [one.id for one in outstanding(procurement)]
        return ReportPutUp(
            self.report,
            self.gateway,
            self.decision_class,
            self.class_reason,
            self.title,
            self.to,
            version_of(earlier, procurement),
            self.recommendations,
            self.documents,
            self.alternatives,
            self.implications,
            self.timetable,
            self.closed,
            self.combines,
            references,
            value,
            self.under,
            consultees,
            self.reports_back if self.reports_back in owed else None,
        )


@evolve.register
def _(event: ReportPutUp, procurement: Procurement, stamp: Stamp) -> Procurement:
    report = Report(
        id=event.report,
        gateway=event.gateway,
        decision_class=event.decision_class,
        class_reason=event.class_reason,
        title=event.title,
        to=event.to,
        author=stamp.by,
        on=stamp.on,
        version=event.version,
        recommendations=event.recommendations,
        documents=event.documents,
        alternatives=event.alternatives,
        implications=event.implications,
        timetable=event.timetable,
        closed=event.closed,
        combines=event.combines,
        procurements=event.procurements,
        together=event.together,
        under=event.under,
        consultees=event.consultees,
        reports_back=event.reports_back,
    )
    done = {event.reports_back: stamp.on} if event.reports_back else {}
    procurement = replace(procurement, discharged={**procurement.discharged, **done})
    return with_report(procurement, report)
