"""The people in a proof: who acted in which post, who was heard, who took the other step."""

from __future__ import annotations

from collections.abc import Iterator

from domain.acting import same_actor
from domain.consultation import ConsultationAnswered
from domain.contract import ContractSigned
from domain.decided import DecisionTaken
from domain.effects import AwardContract
from domain.market import EvaluationRecorded
from domain.messages import Actor, Context
from domain.offices import Offices
from domain.provenance import Standing
from domain.record import Decision
from domain.reported import Consulted, Report
from domain.reports import ReportPutUp
from domain.values import When
from domain.wording import short_day, when
from projections.phrases import ANSWERS
from projections.proof import Apart, Apartness, Ground, Heard, Interest, Seat, Step
from projections.proof_then import Then, report_of


def seat(by: Actor, on: When, offices: Offices, then: Then) -> Seat:
    """Who acted in which post, and as what, by offices as they were adopted."""
    day = on.read_as
    holder = offices.holder(by.post, day)
    found = offices.standing(by.person, by.post, day) if by.person else None
    return Seat(
        post=by.post,
        title=offices.title(by.post),
        on=day,
        on_text=when(on),
        person=by.person,
        name=then.names.get(by.person, "") if by.person else "",
        standing=found,
        deputy_because=_deputy(by, on, offices) if found == "deputy" else None,
        holder=holder,
        holder_name=then.names.get(holder, "") if holder else "",
    )


def _deputy(by: Actor, on: When, offices: Offices) -> Ground | None:
    """What makes the person a deputy in the post on that day."""
    for one in offices.deputies:
        mine = (one.post, one.person) == (by.post, by.person)
        if mine and one.since <= on.read_as and (one.until is None or on.read_as <= one.until):
            until = f" to {short_day(one.until)}" if one.until else ""
            says = f"Deputy for {offices.title(one.post)} from {short_day(one.since)}{until}"
            return Ground(says, one.standing, one.where)
    return None


def acted(then: Then) -> Seat:
    """Who took the step: of what was recorded later, who recorded it, on that day."""
    context = then.context.acting
    return seat(context.stamp.by, context.stamp.on, context.offices, then)


def heard(report: Report, then: Then) -> Iterator[Heard]:
    """The consultees of a report, and what each had answered."""
    for one in report.consultees:
        found = report.consulted.get(one.post)
        said = found or Consulted(asked=then.context.day)
        yield Heard(
            post=one.post,
            title=then.context.offices.title(one.post),
            how=one.how,
            basis=one.basis,
            asked=found.asked if found else None,
            view=ANSWERS[said.view] if said.view else "",
            comment=said.comment,
            answered=said.answered,
            deputising=bool(said.by and said.by.deputising),
            aside=f"{said.aside}: {said.aside_because}" if said.aside else "",
            interests=said.interests,
            interests_note=said.interests_note,
            answer=_answered(report, one.post, then),
        )


def _answered(report: Report, post: str, then: Then) -> Step | None:
    return then.step(
        lambda event: (
            isinstance(event, ConsultationAnswered)
            and (event.report, event.consultee) == (report.id, post)
        )
    )


def interests(then: Then) -> Iterator[Interest]:
    """What was declared with the step itself, and by whoever handed the matter over before."""
    event, title = then.event, then.context.offices.title
    report = report_of(event, then.before)
    if isinstance(event, DecisionTaken):
        yield Interest(title(event.decided_by), event.interests, event.interests_note)
    if isinstance(event, ConsultationAnswered):
        yield Interest(title(event.consultee), event.interests, event.interests_note)
    for one in report.handed_over if report else ():
        yield Interest(title(one.by.post), "declared", f"Handed it over: {one.interest}")


def apart(then: Then) -> Iterator[Apart]:
    """Which other steps the same person may not take, by which rule, and who took them (G6)."""
    event, context = then.event, then.context
    separation, report = context.constitution.separation, report_of(event, then.before)
    rule = separation.standing, separation.where
    alone = not isinstance(event, DecisionTaken) or not context.offices.is_body(event.decided_by)
    if isinstance(event, DecisionTaken) and report and alone:
        wrote = then.step(lambda one: isinstance(one, ReportPutUp) and one.report == report.id)
        allowed = separation.author_decides
        says = f"The author of a report may {'' if allowed else 'not '}decide it"
        yield _pair(says, *rule, report.author, report.on, wrote, then, allowed=allowed)
        if evaluated := then.before.evaluation:
            scored = then.step(lambda one: isinstance(one, EvaluationRecorded))
            allowed = separation.evaluator_decides
            says = f"Who evaluated tenders may {'' if allowed else 'not '}decide on them"
            on = When(evaluated.on)
            yield _pair(says, *rule, evaluated.by, on, scored, then, allowed=allowed)
    if isinstance(event, ConsultationAnswered) and report:
        wrote = then.step(lambda one: isinstance(one, ReportPutUp) and one.report == report.id)
        says = "The author of a report is not consulted on it"
        yield _pair(says, None, "", report.author, report.on, wrote, then, allowed=False)
    if isinstance(event, ContractSigned):
        for decision in _awards(then):
            took = _taken(decision, then)
            allowed = separation.decider_signs
            says = f"Who decided an award may {'' if allowed else 'not '}sign the contract"
            yield _pair(says, *rule, decision.by, decision.on, took, then, allowed=allowed)


def _awards(then: Then) -> list[Decision]:
    found = {one.id: one for one, _, _ in then.before.resolved(AwardContract)}
    return list(found.values())


def _taken(decision: Decision, then: Then) -> Step | None:
    return then.step(lambda one: isinstance(one, DecisionTaken) and one.decision == decision.id)


def _pair(
    says: str,
    standing: Standing | None,
    where: str,
    by: Actor,
    on: When,
    step: Step | None,
    then: Then,
    *,
    allowed: bool,
) -> Apart:
    other = seat(by, on, then.context.offices, then)
    outcome = _outcome(by, on, then.context.acting)
    return Apart(says, "G6", standing, where, other, step, outcome, allowed)


def _outcome(by: Actor, on: When, context: Context) -> Apartness:
    if same_actor(by, on, context):
        return "the-same"
    if context.stamp.by.person is None:
        return "not-known"
    return "others" if by.person else "by-offices"
