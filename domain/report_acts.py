"""What may be done about a report: publish it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec.structs import replace

from domain.case_command import SharedCommand
from domain.effects import ExtendContract, ReleasePhase, VaryContract
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, with_report
from domain.refusals import Refusal
from domain.reported import Report

AGAIN = (ReleasePhase, ExtendContract, VaryContract)
"""What a later report at the same gateway asks for anew: another phase, option or change."""


class ReportPublished(Event, frozen=True, tag="report-published/1"):
    report: UUID


class PublishReport(SharedCommand, frozen=True, tag="publish-report"):
    """Record that a report was published."""

    report: UUID

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_publish_report(self.report, procurement)
        yield from self.why_not_all(concerned_by(self.report, procurement))

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ReportPublished(self.report)


def why_not_publish_report(report: UUID, procurement: Procurement) -> Iterable[Refusal]:
    if (found := procurement.reports.get(report)) is None:
        yield Refusal("C1", "There is no such report")
    elif found.published:
        yield Refusal("C2", "The report has been published")
    elif found.state == "withdrawn":
        yield Refusal("C2", "The report is withdrawn")


def concerned_by(report: UUID, procurement: Procurement) -> tuple[str, ...]:
    """The references of all procurements that a report concerns."""
    found = procurement.reports.get(report)
    return found.procurements if found else ()


def version_of(earlier: Sequence[Report], procurement: Procurement) -> int:
    """The number of this version; what is asked for once more anew begins with its first."""
    if not earlier:
        return 1
    latest = earlier[-1]
    agreed = any(
        one.agreed and isinstance(one.effect, AGAIN)
        for decision in procurement.decisions.values()
        for one in decision.resolutions
        if decision.report == latest.id
    )
    return 1 if agreed else latest.version + 1


@evolve.register
def _(event: ReportPublished, procurement: Procurement, stamp: Stamp) -> Procurement:
    report = procurement.reports[event.report]
    return with_report(procurement, replace(report, published=stamp.on))
