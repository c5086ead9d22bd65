"""Decisions that were not treated as key: scrutiny may require a report to the council (D1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from domain.acting import not_yours, why_not_in_post
from domain.case_command import SharedCommand
from domain.messages import Context, Event, Stamp, evolve
from domain.officer_decisions import function_of
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.terms import Undertaking
from domain.undertakings import outstanding
from domain.values import PostId, Text, When
from domain.wording import short_day


class ReportToCouncilRequired(Event, frozen=True, tag="report-to-council-required/1"):
    decision: UUID
    because: Text
    due: date
    reported_by: PostId
    reported_to: PostId


class ReportedToCouncil(Event, frozen=True, tag="reported-to-council/1"):
    decision: UUID
    why_not_key: Text


def owed(decision: UUID) -> str:
    """The id of the report among what has to come back."""
    return f"{decision} report-to-council"


def why_not_require(
    decision: UUID, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A report is required once, of a decision that was not treated as key (D1)."""
    found, rule = procurement.decisions.get(decision), context.constitution.scrutiny
    if found is None:
        yield Refusal("C1", "There is no such decision")
        return
    if owed(decision) in [one.id for one in procurement.undertakings]:
        yield Refusal("C2", "A report on this decision has been required")
    kind = context.constitution.decision_class(found.decision_class)
    if kind and kind.key:
        reason = "The decision was treated as key: a report is required only of one that was not"
        yield Refusal("D1", reason, provenance=kind.provenance)
    if function_of(found, context) == "non-executive":
        reason = "The decision is not one of the executive, and such a report is asked of that"
        yield Refusal("D1", reason, provenance=kind.provenance if kind else "")
    if rule is None:
        reason = f"No rule of {context.constitution.title} says who requires such a report"
        yield Refusal("D1", reason)


def why_not_report_to_council(decision: UUID, procurement: Procurement) -> Iterable[Refusal]:
    """What was required is reported once."""
    if owed(decision) not in [one.id for one in procurement.undertakings]:
        yield Refusal("C1", "No report to the council was required on this decision")
    elif owed(decision) not in [one.id for one in outstanding(procurement)]:
        yield Refusal("C2", "It has been reported to the council")


class AboutDecision(SharedCommand, frozen=True):
    """A command about a decision, in all procurements that the decision concerns."""

    decision: UUID

    def why_not_named(self, procurement: Procurement) -> Iterable[Refusal]:
        if found := procurement.decisions.get(self.decision):
            yield from self.why_not_all(found.procurements)


class RequireReportToCouncil(AboutDecision, frozen=True, tag="require-report-to-council"):
    """Require the executive to report a decision to the council by a day, for scrutiny (D1).

    ``because`` says why the committee thinks that the decision should have been treated as key.
    """

    because: Text
    due: date

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        rule, duty = context.constitution.scrutiny, context.constitution.duty(self.act())
        posts = (*(rule.required_by if rule else ()), *(duty.posts if duty else ()))
        if rule and context.stamp.by.post not in posts:
            yield not_yours(posts, context, rule.provenance)
        yield from why_not_in_post(context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_require(self.decision, procurement, context)
        yield from self.why_not_named(procurement)
        if self.due <= context.day:
            reason = f"{short_day(self.due)} is no day by which to report: name one still to come"
            yield Refusal("D1", reason)

    def event(self, procurement: Procurement, context: Context) -> Event:
        rule, by = context.constitution.scrutiny, context.stamp.by.post
        told = (rule.reported_by, rule.reported_to) if rule else (by, by)
        return ReportToCouncilRequired(self.decision, self.because, self.due, *told)


class ReportToCouncil(AboutDecision, frozen=True, tag="report-to-council"):
    """Report to the council the decision, its reasons, who took it and why it was not key (D1)."""

    why_not_key: Text

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_in_post(context)
        duty = context.constitution.duty("discharge-undertaking")
        mine = [one.by for one in procurement.undertakings if one.id == owed(self.decision)]
        posts = (*mine, *(duty.posts if duty else ()))
        if mine and context.stamp.by.post not in posts:
            yield not_yours(posts, context, duty.provenance if duty else "")

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_report_to_council(self.decision, procurement)
        yield from self.why_not_named(procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ReportedToCouncil(self.decision, self.why_not_key)


@evolve.register
def _(event: ReportToCouncilRequired, procurement: Procurement, stamp: Stamp) -> Procurement:
    about = procurement.reports[procurement.decisions[event.decision].report].title
    what = f"on “{about}”: the decision, its reasons, who took it, and why it was not key"
    told = (event.reported_by, event.reported_to, stamp.on, When(event.due), "")
    report = Undertaking(owed(event.decision), what, *told, "report-to-council")
    return replace(procurement, undertakings=(*procurement.undertakings, report))


@evolve.register
def _(event: ReportedToCouncil, procurement: Procurement, stamp: Stamp) -> Procurement:
    discharged = {**procurement.discharged, owed(event.decision): stamp.on}
    return replace(procurement, discharged=discharged)
