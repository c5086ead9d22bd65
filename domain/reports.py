"""Reports put up to a gateway: what they ask for, the papers, and the route they take."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec.structs import replace

from domain.award import FITTING, why_not_effect
from domain.constitution import Route
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, ProcurementCommand
from domain.record import Alternative, Document, Milestone, Recommendation, Report
from domain.refusals import Refusal
from domain.values import PostId, Slug, Text
from domain.wording import listed, pounds, short_day


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


class ReportPublished(Event, frozen=True, tag="report-published/1"):
    report: UUID


class ReportWithdrawn(Event, frozen=True, tag="report-withdrawn/1"):
    report: UUID
    reason: Text


def why_not_gateway(gateway: str, procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """A report goes up when no other waits and the gateways before it have effect (L1)."""
    if waiting := procurement.open_report:
        yield Refusal("C2", f"The report “{waiting.title}” waits: decide or withdraw it first")
    rules = context.constitution
    if (found := rules.gateway(gateway)) is None:
        names = listed([one.id for one in rules.gateways])
        yield Refusal("C1", f"There is no gateway “{gateway}”; there are {names}")
        return
    for earlier in found.after:
        yield from _why_not_passed(earlier, procurement, context, found.provenance)


def _why_not_passed(
    gateway: str, procurement: Procurement, context: Context, provenance: str
) -> Iterable[Refusal]:
    decisions = [one for one in procurement.decisions.values() if one.gateway == gateway]
    agreed = [(d, r) for d in decisions for r in d.resolutions if r.agreed and not d.replaced]
    days = [day for d, r in agreed if (day := d.effective_on(r.label))]
    found = context.constitution.gateway(gateway)
    name = found.title if found else gateway
    if not agreed:
        yield Refusal("L1", f"“{name}” comes first, and is not decided", provenance=provenance)
    elif not days:
        yield Refusal("D10", f"The decision at “{name}” has no effect yet", provenance=provenance)
    elif context.day < min(days):
        reason = f"The decision at “{name}” takes effect on {short_day(min(days))}"
        yield Refusal("D10", reason, cured_on=min(days), provenance=provenance)


class PutUpReport(ProcurementCommand, frozen=True, tag="put-up-report"):
    """Put a report up to a gateway, to the decision maker that the constitution names."""

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

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_gateway(self.gateway, procurement, context)
        if self.report in procurement.reports:
            yield Refusal("C2", "This report has been put up already")
        if not self.recommendations or not self.documents:
            yield Refusal("L2", "A report has at least one recommendation and one paper")
        labels = [one.label for one in self.recommendations]
        if len(set(labels)) < len(labels):
            yield Refusal("C2", "Two recommendations have the same letter")
        yield from self._why_not_class(procurement, context)
        yield from self._why_not_fitting(context)
        for one in self.recommendations:
            yield from why_not_effect(one.effect, self.decision_class, procurement, context)

    def _why_not_fitting(self, context: Context) -> Iterable[Refusal]:
        """Reports ask, at each gateway, for what it is there for (L1)."""
        gateway = context.constitution.gateway(self.gateway)
        asked = [one.effect for one in self.recommendations]
        if gateway and not all(isinstance(one, FITTING[gateway.asks_for]) for one in asked):
            what = gateway.asks_for.replace("-", " ")
            reason = f"Reports at “{gateway.title}” ask to {what}, and for nothing else"
            yield Refusal("L1", reason, provenance=gateway.provenance)

    def _why_not_class(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        rules, value = context.constitution, procurement.pounds
        kind = rules.decision_class(self.decision_class)
        if kind is None:
            names = listed([one.id for one in rules.classes])
            yield Refusal("C1", f"There is no decision class “{self.decision_class}”: {names}")
            return
        route = route_of(self.gateway, self.decision_class, procurement, context)
        if route is None:
            yield Refusal("G1", f"No route through this gateway is for this class: {kind.title}")
        elif route.decided_by != self.to:
            name = context.offices.title(route.decided_by)
            yield Refusal("G1", f"This goes to {name}", provenance=route.provenance)
        threshold = rules.key_threshold
        above = value is not None and value > threshold.above
        if above and not kind.key and not self.class_reason:
            reason = f"Above {pounds(threshold.above)} a decision is key, unless a reason is given"
            yield Refusal("D1", reason, provenance=threshold.provenance)
        if kind.key and not above and not self.class_reason:
            reason = f"It is not above {pounds(threshold.above)}: say why the decision is key"
            yield Refusal("D1", reason, provenance=threshold.provenance)

    def event(self, procurement: Procurement, context: Context) -> Event:
        earlier = [one for one in procurement.reports.values() if one.gateway == self.gateway]
        return ReportPutUp(
            self.report,
            self.gateway,
            self.decision_class,
            self.class_reason,
            self.title,
            self.to,
            len(earlier) + 1,
            self.recommendations,
            self.documents,
            self.alternatives,
            self.implications,
            self.timetable,
        )


def route_of(
    gateway: str, decision_class: str, procurement: Procurement, context: Context
) -> Route | None:
    """The route that a report of this class takes through a gateway."""
    return context.constitution.route(gateway, decision_class, procurement.pounds)


class PublishReport(ProcurementCommand, frozen=True, tag="publish-report"):
    """Record that a report was published."""

    report: UUID

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_publish_report(self.report, procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ReportPublished(self.report)


def why_not_publish_report(report: UUID, procurement: Procurement) -> Iterable[Refusal]:
    if (found := procurement.reports.get(report)) is None:
        yield Refusal("C1", "There is no such report")
    elif found.published:
        yield Refusal("C2", "The report has been published")
    elif found.state == "withdrawn":
        yield Refusal("C2", "The report is withdrawn")


class WithdrawReport(ProcurementCommand, frozen=True, tag="withdraw-report"):
    """Take a report back before it is decided; a new version may follow."""

    report: UUID
    reason: Text

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_withdraw(self.report, procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ReportWithdrawn(self.report, self.reason)


def why_not_withdraw(report: UUID, procurement: Procurement) -> Iterable[Refusal]:
    if (found := procurement.reports.get(report)) is None:
        yield Refusal("C1", "There is no such report")
    elif found.state != "open":
        yield Refusal("C2", f"The report is {found.state}")
    elif any(one.report == report for one in procurement.decisions.values()):
        yield Refusal("D10", "The report was decided and referred back: it is decided again")


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
    )
    return _with(procurement, report)


@evolve.register
def _(event: ReportPublished, procurement: Procurement, stamp: Stamp) -> Procurement:
    report = procurement.reports[event.report]
    return _with(procurement, replace(report, published=stamp.on))


@evolve.register
def _(event: ReportWithdrawn, procurement: Procurement, stamp: Stamp) -> Procurement:
    report = procurement.reports[event.report]
    return _with(procurement, replace(report, state="withdrawn"))


def _with(procurement: Procurement, report: Report) -> Procurement:
    return replace(procurement, reports={**procurement.reports, report.id: report})
