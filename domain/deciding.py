"""Whether a report can be decided, and by whom: route, recommendations, consultation, duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from domain.acting import same_actor, why_not_for
from domain.award import why_not_effect
from domain.clearances import why_not_cleared
from domain.closed import carries_amount, why_not_compare
from domain.competition import Evaluation
from domain.conditions import why_not_award_yet
from domain.consultation import why_not_against, why_not_consulted
from domain.effects import AwardContract
from domain.in_private import why_not_in_private
from domain.meeting import why_not_on_agenda
from domain.messages import Aggregate, Context
from domain.notices import why_not_noticed
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.reported import Report
from domain.routes import Way, way_of
from domain.wording import listed


def why_not_decide(report: UUID, procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """An open report is decided after notice, recommendations, clearances and consultation.

    What was decided once and referred back has been through these already, but for the notices
    of a meeting in private: they are about one meeting, and it is taken at another.
    """
    if (found := procurement.reports.get(report)) is None:
        yield Refusal("C1", "There is no such report")
    elif found.state != "open":
        yield Refusal("C2", f"The report is {found.state}")
    else:
        way = way_of(found, procurement, context)
        if not procurement.decided(report):
            yield from _why_not_first(found, way, procurement, context)
        if way:
            yield from why_not_in_private(found, way.decided_by, procurement, context)


def _why_not_first(
    report: Report, way: Way | None, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """What a report goes through once, however often it is decided."""
    yield from why_not_noticed(report, procurement, context)
    if way:
        yield from why_not_on_agenda(report, way.decided_by, context)
    yield from _why_not_advised(report, way, context)
    yield from why_not_cleared(report, procurement, context)
    yield from why_not_consulted(report, context)


def _why_not_advised(report: Report, way: Way | None, context: Context) -> Iterable[Refusal]:
    """The bodies that recommend have done so (L3)."""
    missing = [one for one in way.recommended_by if one not in report.advised] if way else []
    if way and missing:
        names = listed([context.offices.title(one) for one in missing])
        reason = f"The recommendation of {names} comes first"
        yield Refusal("L3", reason, provenance=way.provenance)


def why_not_agree(
    report: Report, procurement: Procurement, context: Context
) -> Mapping[str, tuple[Refusal, ...]]:
    """What stands against agreeing to each recommendation as it is, by its letter."""
    vetoes = tuple(why_not_against(report, context))
    return {
        one.label: (
            *vetoes,
            *why_not_effect(one.effect, report.decision_class, procurement, context),
            *(why_not_award_yet(procurement) if isinstance(one.effect, AwardContract) else ()),
        )
        for one in report.recommendations
        if one.about in (None, procurement.reference)
    }


def why_not_weigh(
    report: Report, record: Iterable[Aggregate], context: Context
) -> Iterable[Refusal]:
    """Where a report asks for amounts, who looks at what stands against it sees closed ones."""
    if carries_amount(report.recommendations):
        yield from why_not_compare(record, context)


def why_not_by_decider(
    report: UUID, procurement: Procurement, context: Context, body: str | None = None
) -> Iterable[Refusal]:
    """The route names who decides (G1), and it is not the report's author (G6).

    ``body`` says whose resolution is recorded, where a body decides.
    """
    found, by = procurement.reports.get(report), context.stamp.by
    if found is None:
        return
    way = way_of(found, procurement, context)
    whose = body or by.post
    if way is None:
        yield Refusal("G1", "No route of the constitution says who decides this")
    elif whose in way.recommended_by:
        title, decider = context.offices.title(whose), context.offices.title(way.decided_by)
        reason = f"{title} recommends here, and does not decide: {decider} decides"
        yield Refusal("L3", reason, provenance=way.provenance)
    elif body and body != way.decided_by:
        reason = f"{context.offices.title(way.decided_by)} decides this"
        yield Refusal("G1", reason, provenance=way.provenance)
    else:
        yield from why_not_for(way.decided_by, "take-decision", context, way.provenance)
    if way and not context.offices.is_body(way.decided_by):
        separation = context.constitution.separation
        if same_actor(found.author, found.on, context) and not separation.author_decides:
            reason = "The author of a report may not decide it"
            yield Refusal("G6", reason, provenance=separation.provenance)
        if any(same_actor(one.by, one.on, context) for one in found.handed_over):
            reason = "Who handed the matter over because of an interest takes no step in it"
            yield Refusal("G4", reason)
        yield from why_not_evaluated(report, procurement, context)


def whose(way: Way | None, context: Context) -> str:
    """The post or body whose decision the actor takes, or records."""
    by = context.stamp.by.post
    for_a_body = way and context.offices.is_body(way.decided_by)
    return way.decided_by if way and for_a_body and not context.offices.is_body(by) else by


def why_not_evaluated(
    report: UUID, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """Who evaluated tenders does not decide on them alone, in any procurement concerned (G6)."""
    found, separation = procurement.reports.get(report), context.constitution.separation
    way = way_of(found, procurement, context) if found else None
    if way is None or context.offices.is_body(way.decided_by) or separation.evaluator_decides:
        return
    if procurement.evaluation and _evaluated(procurement.evaluation, context):
        reason = "Who evaluated the tenders may not decide"
        yield Refusal("G6", reason, provenance=separation.provenance)


def _evaluated(evaluation: Evaluation, context: Context) -> bool:
    """Whether the actor recorded the evaluation, or holds a post that is named on the panel."""
    by, offices = context.stamp.by, context.offices
    if by.person is None:
        mine = [by.post]
    else:
        mine = [post for post, deputy in offices.seats(by.person, context.day) if not deputy]
    named = {name for one in mine for name in (one, offices.title(one))} & set(evaluation.panel)
    return bool(named) or (by.person is not None and by.person == evaluation.by.person)
