"""Decisions: the answer to each recommendation of a report, when it is published and effective."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.acting import not_yours, why_not_in_post
from domain.award import why_not_effect
from domain.deadlines import Count
from domain.effective import call_in_window, effective_after
from domain.effects import Effect
from domain.messages import Context, Event, Stamp, evolve
from domain.notices import why_not_noticed
from domain.procurement import Procurement, ProcurementCommand
from domain.record import (
    Alternative,
    Decision,
    Evaluation,
    Interests,
    Outcome,
    Recommendation,
    Report,
    Resolution,
)
from domain.refusals import Refusal
from domain.reports import route_of
from domain.values import Slug, Text
from domain.wording import listed


class DecisionTaken(Event, frozen=True, tag="decision-taken/1"):
    decision: UUID
    report: UUID
    gateway: Slug
    decision_class: Slug
    resolutions: tuple[Resolution, ...]
    reasons: str
    alternatives: tuple[Alternative, ...]
    implications: str
    interests: Interests
    interests_note: str
    open_to_call_in: bool
    window: Count | None
    effective: date | None
    replaces: UUID | None


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """What the decision maker answers to one recommendation, named by its letter.

    ``wording`` and ``effect`` are given where it is agreed as amended.
    """

    label: Text
    outcome: Outcome
    reason: str = ""
    wording: str = ""
    effect: Effect | None = None


def why_not_decide(report: UUID, procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """An open report is decided, for the first time when notice was given."""
    if (found := procurement.reports.get(report)) is None:
        yield Refusal("C1", "There is no such report")
    elif found.state != "open":
        yield Refusal("C2", f"The report is {found.state}")
    else:
        if not any(one.report == report for one in procurement.decisions.values()):
            yield from why_not_noticed(found, procurement, context)


def why_not_agree(
    report: Report, procurement: Procurement, context: Context
) -> Mapping[str, tuple[Refusal, ...]]:
    """What stands against agreeing to each recommendation as it is, by its letter."""
    return {
        one.label: tuple(why_not_effect(one.effect, report.decision_class, procurement, context))
        for one in report.recommendations
    }


def why_not_by_decider(
    report: UUID, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """The route names who decides (G1), and it is not the report's author (G6)."""
    found, by = procurement.reports.get(report), context.stamp.by
    yield from why_not_in_post(context)
    if found is None:
        return
    route = route_of(found.gateway, found.decision_class, procurement, context)
    if route is None:
        yield Refusal("G1", "No route of the constitution says who decides this")
    elif route.decided_by != by.post:
        yield not_yours([route.decided_by], context, route.provenance)
    separation, evaluation = context.constitution.separation, procurement.evaluation
    if _is_author(found, context) and not separation.author_decides:
        reason = "The author of a report may not decide it"
        yield Refusal("G6", reason, provenance=separation.provenance)
    if evaluation and _evaluated(evaluation, context) and not separation.evaluator_decides:
        reason = "Who evaluated the tenders may not decide"
        yield Refusal("G6", reason, provenance=separation.provenance)


def _evaluated(evaluation: Evaluation, context: Context) -> bool:
    """Whether the actor recorded the evaluation, or their post is named as having scored it."""
    by = context.stamp.by
    named = {by.post, context.offices.title(by.post)} & set(evaluation.panel)
    return bool(named) or (by.person is not None and by.person == evaluation.by.person)


def _is_author(report: Report, context: Context) -> bool:
    """Whether the actor wrote the report; where only a post did, whether they held it then."""
    author, by = report.author, context.stamp.by
    if author.person and by.person:
        return author.person == by.person
    held = by.person and context.offices.standing(by.person, author.post, report.on.read_as)
    return author.post == by.post or held == "holder"


class TakeDecision(ProcurementCommand, frozen=True, tag="take-decision"):
    """Decide a report, recommendation by recommendation, with reasons."""

    report: UUID
    decision: UUID
    answers: tuple[Answer, ...]
    reasons: str = ""
    alternatives: tuple[Alternative, ...] = ()
    implications: str = ""
    interests: Interests = "not-in-the-record"
    interests_note: str = ""

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_by_decider(self.report, procurement, context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_decide(self.report, procurement, context)
        if self.decision in procurement.decisions:
            yield Refusal("C2", "This decision has been taken already")
        if found := procurement.reports.get(self.report):
            yield from self._why_not_answers(found, procurement, context)
        if not self.reasons:
            yield Refusal("D8", "A decision is recorded with its reasons")
        if not self.alternatives:
            yield Refusal("D8", "A decision is recorded with the alternatives that were rejected")
        if self.interests == "not-in-the-record":
            yield Refusal("D8", "Say whether an interest was declared: nothing is on record")
        if self.interests == "declared" and not self.interests_note:
            yield Refusal("D8", "Say which interest was declared and what follows from it")
        if self.interests == "declared" and context.offices.is_member(context.stamp.by.post):
            reason = "A member who decides alone takes no step where they have an interest"
            yield Refusal("G4", f"{reason}: hand the matter over")

    def _why_not_answers(
        self, report: Report, procurement: Procurement, context: Context
    ) -> Iterable[Refusal]:
        asked, answered = (
            [one.label for one in report.recommendations],
            [one.label for one in self.answers],
        )
        if sorted(asked) != sorted(answered):
            yield Refusal("C1", f"Answer each recommendation once: {listed(asked)}")
        for one in self.answers:
            if one.outcome == "agreed-as-amended" and not one.wording:
                yield Refusal("D8", f"({one.label}) Give the wording as amended")
            if one.outcome not in ("agreed", "noted") and not one.reason:
                yield Refusal("D8", f"({one.label}) Give a reason: it is not agreed as it stands")
            if one.outcome != "agreed-as-amended" and (one.wording or one.effect):
                yield Refusal("C1", f"({one.label}) Only what is amended has another wording")
            yield from self._why_not_effect(one, report, procurement, context)

    def _why_not_effect(
        self, answer: Answer, report: Report, procurement: Procurement, context: Context
    ) -> Iterable[Refusal]:
        """What is agreed must be lawful today, as it stands or as it was amended."""
        asked = {one.label: one.effect for one in report.recommendations}.get(answer.label)
        effect = answer.effect or asked
        if effect and type(effect) is not type(asked):
            yield Refusal("C1", f"({answer.label}) An amendment keeps to what was asked for")
        elif effect and answer.outcome.startswith("agreed"):
            yield from why_not_effect(effect, report.decision_class, procurement, context)

    def event(self, procurement: Procurement, context: Context) -> Event:
        report = procurement.reports[self.report]
        kind = context.constitution.decision_class(report.decision_class)
        earlier = [one.id for one in procurement.decisions.values() if one.report == self.report]
        callable_ = bool(kind and kind.call_in) and not earlier
        window = call_in_window("decision", context.day, context) if callable_ else None
        answers = {one.label: one for one in self.answers}
        return DecisionTaken(
            decision=self.decision,
            report=self.report,
            gateway=report.gateway,
            decision_class=report.decision_class,
            resolutions=tuple(
                _resolution(one, answers[one.label]) for one in report.recommendations
            ),
            reasons=self.reasons,
            alternatives=self.alternatives,
            implications=self.implications,
            interests=self.interests,
            interests_note=self.interests_note,
            open_to_call_in=callable_,
            window=window,
            effective=effective_after(callable_, window, context.day),
            replaces=earlier[-1] if earlier else None,
        )


def _resolution(asked: Recommendation, answer: Answer) -> Resolution:
    return Resolution(
        asked.label,
        answer.outcome,
        answer.wording or asked.text,
        answer.effect or asked.effect,
        answer.reason,
    )


@evolve.register
def _(event: DecisionTaken, procurement: Procurement, stamp: Stamp) -> Procurement:
    decisions = dict(procurement.decisions)
    if event.replaces:
        decisions[event.replaces] = replace(decisions[event.replaces], replaced=True)
    decisions[event.decision] = Decision(
        id=event.decision,
        report=event.report,
        gateway=event.gateway,
        decision_class=event.decision_class,
        on=stamp.on,
        by=stamp.by,
        resolutions=event.resolutions,
        reasons=event.reasons,
        alternatives=event.alternatives,
        implications=event.implications,
        interests=event.interests,
        interests_note=event.interests_note,
        open_to_call_in=event.open_to_call_in,
        window=event.window,
        effective=event.effective,
        replaces=event.replaces,
    )
    report = replace(procurement.reports[event.report], state="decided")
    reports = {**procurement.reports, event.report: report}
    return replace(procurement, decisions=decisions, reports=reports)
