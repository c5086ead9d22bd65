"""Clearances of a report by finance, legal and others: given for one version of it (L2)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.acting import not_yours, same_actor, why_not_in_post
from domain.case_command import SharedCommand
from domain.clearance_rule import ClearanceRule, name_of
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, with_report
from domain.refusals import Refusal
from domain.report_acts import concerned_by
from domain.reported import Clearance, Clearing, Report
from domain.values import Slug, Text
from domain.wording import listed


class ClearanceGiven(Event, frozen=True, tag="clearance-given/1"):
    report: UUID
    kind: Slug
    version: int
    outcome: Clearing
    comment: Text


class Standing(Struct, frozen=True):
    """How it stands with one clearance of a report: asked for by a rule, given, or both."""

    kind: str
    rule: ClearanceRule | None
    given: Clearance | None
    before: int = 0
    """The latest version that it was given for before this one; 0 where there is none."""


def clearance_rule(kind: str, report: Report, context: Context) -> ClearanceRule | None:
    """The rule by which a report takes a clearance of this kind."""
    gateways = (report.gateway, *report.combines)
    fitting = (one for one in context.constitution.clearances if one.kind == kind)
    return next((one for one in fitting if one.fits(gateways, report.decision_class)), None)


def clearances_of(report: Report, procurement: Procurement, context: Context) -> list[Standing]:
    """Clearances that were given, and while the report is open those that the rules ask for."""
    rules = context.constitution.clearances if report.state == "open" else ()
    asked = [one.kind for one in rules if clearance_rule(one.kind, report, context)]
    return [
        Standing(
            kind,
            clearance_rule(kind, report, context),
            report.clearances.get(kind),
            _before(kind, report, procurement),
        )
        for kind in dict.fromkeys((*asked, *report.clearances))
    ]


def _before(kind: str, report: Report, procurement: Procurement) -> int:
    """The latest earlier version for which a clearance of this kind was given."""
    there = [one for one in procurement.reports.values() if one.gateway == report.gateway]
    mine = [one.id for one in there].index(report.id)
    earlier = there[max(mine - report.version + 1, 0) : mine]
    return max((one.version for one in earlier if kind in one.clearances), default=0)


def why_not_cleared(
    report: Report, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A report is decided once all its clearances were given for this version of it (L2)."""
    for one in clearances_of(report, procurement, context):
        if one.rule is None:
            continue
        name = name_of(one.kind)
        whose = listed([context.offices.title(post) for post in one.rule.given_by], "or")
        if one.given is None and one.before:
            reason = f"The {name} clearance was given for version {one.before}; "
            reason += f"version {report.version} needs it again, from {whose}"
            yield Refusal("L2", reason, provenance=one.rule.provenance)
        elif one.given is None:
            reason = f"The {name} clearance is not on record: it is for {whose} to give"
            yield Refusal("L2", reason, provenance=one.rule.provenance)
        elif one.given.outcome == "not-cleared":
            reason = f"The {name} clearance was refused for this version: it takes a new one"
            yield Refusal("L2", reason, provenance=one.rule.provenance)


def refused(report: Report) -> bool:
    """Whether a clearance of this version was refused."""
    return any(one.outcome == "not-cleared" for one in report.clearances.values())


def why_not_clear(
    report: UUID, kind: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """An open report is given a clearance that it takes, once for each version."""
    found = procurement.reports.get(report)
    if found is None:
        yield Refusal("C1", "There is no such report")
        return
    if found.state != "open":
        yield Refusal("C2", f"The report is {found.state}")
    asked = [one.kind for one in clearances_of(found, procurement, context) if one.rule]
    if kind not in asked and found.state == "open":
        takes = listed([name_of(one) for one in asked]) if asked else "none"
        yield Refusal("C1", f"This report takes no {name_of(kind)} clearance. It takes: {takes}")
    if kind in found.clearances:
        yield Refusal("C2", f"The {name_of(kind)} clearance was given for this version")


class GiveClearance(SharedCommand, frozen=True, tag="give-clearance"):
    """Say for a service, such as finance or legal, whether a version of a report is cleared.

    Comments are part of what the decision maker reads. One that is not cleared cannot be decided;
    a new version has to be cleared again.
    """

    report: UUID
    kind: Slug
    outcome: Clearing
    comment: Text

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_in_post(context)
        found = procurement.reports.get(self.report)
        rule = clearance_rule(self.kind, found, context) if found else None
        if rule and context.stamp.by.post not in rule.given_by:
            yield not_yours(rule.given_by, context, rule.provenance)
        if found and rule and same_actor(found.author, found.on, context):
            reason = "The author of a report does not give its clearance"
            yield Refusal("G6", reason, provenance=rule.provenance)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_clear(self.report, self.kind, procurement, context)
        yield from self.why_not_all(concerned_by(self.report, procurement))

    def event(self, procurement: Procurement, context: Context) -> Event:
        version = procurement.reports[self.report].version
        return ClearanceGiven(self.report, self.kind, version, self.outcome, self.comment)


@evolve.register
def _(event: ClearanceGiven, procurement: Procurement, stamp: Stamp) -> Procurement:
    report = procurement.reports[event.report]
    given = Clearance(event.outcome, event.comment, stamp.by, stamp.on)
    return with_report(
        procurement, replace(report, clearances={**report.clearances, event.kind: given})
    )
