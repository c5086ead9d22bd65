"""Taking a report back: before it is decided, or when nobody can decide it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.case_command import SharedCommand
from domain.delegation import stream_of, why_not_live
from domain.giving_back import balances, fallen
from domain.messages import Aggregate, Context, Event, Stamp, evolve
from domain.passed_on import why_not_passed_on
from domain.procurement import Procurement, granting, with_decision, with_report
from domain.refusals import Refusal
from domain.report_acts import concerned_by
from domain.reported import Report
from domain.values import Text


class ReportWithdrawn(Event, frozen=True, tag="report-withdrawn/1"):
    """Where it was decided and referred back, what was referred back falls with it."""

    report: UUID
    reason: Text


class WithdrawReport(SharedCommand, frozen=True, tag="withdraw-report"):
    """Take a report back before it is decided; a new version may follow.

    What the report was to report back is then still to come.

    Also an award under delegated authority that was referred back, if the authority has ended
    since: what it drew goes back.
    """

    report: UUID
    reason: Text

    def behind(self, record: Mapping[UUID, Any]) -> Mapping[UUID, Aggregate]:
        procurement: Procurement = record[self.procurement]
        found = procurement.reports.get(self.report)
        behind: dict[UUID, Aggregate] = {}
        for stream in self.streams if procurement.decided(self.report) else ():
            behind |= balances(record[stream])
        if behind and found and found.under:
            behind[granting(found.under)] = Procurement()
        return behind

    def why_not_any(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        yield from super().why_not_any(record, context)
        procurement: Procurement = record[self.procurement]
        found = procurement.reports.get(self.report)
        if found and found.state == "open" and procurement.decided(self.report):
            yield from _why_not_given_up(found, record, context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_withdraw(self.report, procurement)
        yield from self.why_not_all(concerned_by(self.report, procurement))

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        procurement: Procurement = record[self.procurement]
        concerned = [record[one] for one in self.streams]
        back = fallen(self.report, procurement, concerned, record, self.reason)
        return [*super().decide(record, context), *back]

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ReportWithdrawn(self.report, self.reason)


def why_not_withdraw(report: UUID, procurement: Procurement) -> Iterable[Refusal]:
    """What was referred back is decided again, unless it is about delegated authority (D10)."""
    if (found := procurement.reports.get(report)) is None:
        yield Refusal("C1", "There is no such report")
    elif found.state != "open":
        yield Refusal("C2", f"The report is {found.state}")
    elif procurement.decided(report) and not found.under:
        yield Refusal("D10", "The report was decided and referred back: it is decided again")


def _why_not_given_up(
    report: Report, record: Mapping[UUID, Any], context: Context
) -> Iterable[Refusal]:
    """Whose authority is live decides again what was referred back (D10)."""
    if report.under is None:
        return
    delegation, source = record[stream_of(report.under)], record[granting(report.under)]
    ended = list(why_not_live(delegation, source, context))
    if part := report.under.part:
        ended += why_not_passed_on(part, delegation.passed_on)
    if not ended:
        name = context.offices.title(report.to)
        reason = f"The report was decided and referred back, and {name} has the authority still"
        yield Refusal("D10", f"{reason}: it is decided again")


@evolve.register
def _(event: ReportWithdrawn, procurement: Procurement, stamp: Stamp) -> Procurement:
    report = procurement.reports[event.report]
    for decision in procurement.decided(event.report):
        fell = (*decision.superseded, *decision.referred)
        procurement = with_decision(procurement, replace(decision, superseded=fell))
    done = {key: on for key, on in procurement.discharged.items() if key != report.reports_back}
    procurement = replace(procurement, discharged=done)
    return with_report(procurement, replace(report, state="withdrawn"))
