"""Decisions: the answer to each recommendation of a report, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import UNSET

from domain.answers import Answer, resolutions, why_not_amended, why_not_answers
from domain.budget import budgets, drawn_on_budgets, draws_on_budgets, why_not_within_budgets
from domain.case_command import SharedCommand
from domain.closed import carries_amount
from domain.consultation import objections, why_not_against
from domain.decided import DecisionTaken
from domain.deciding import whose, why_not_by_decider, why_not_decide, why_not_evaluated
from domain.decision_record import declared, reasoned
from domain.delegating import delegated, exercised, why_not_exercise
from domain.delegation import Delegation, delegation_id, stream_of
from domain.draws import draws_on_authority, draws_on_balances
from domain.effective import when_taken
from domain.in_private import why_not_that_day
from domain.meeting import why_not_met
from domain.messages import Aggregate, Context, Event
from domain.procurement import Procurement, granting
from domain.refusals import Refusal
from domain.reported import Alternative, Interests, Report, Under
from domain.routes import way_of
from domain.urgency import why_not_agreed
from domain.values import Digest, PostId
from domain.wording import listed


class TakeDecision(SharedCommand, frozen=True, tag="take-decision"):
    """Decide a report, recommendation by recommendation, with reasons.

    A resolution that delegates begins a delegated authority; a decision ``under`` one draws on
    its balance. ``body`` is the body whose resolution is recorded, and ``met`` the day of its
    meeting, by which it is judged; ``departing`` is why the decision departs from what a consultee
    answered, ``no_alternatives`` why no alternative was considered, where none was, and ``urgent``
    why the decision cannot wait for call-in, where that was agreed. ``capsule`` is the SHA-256 of
    what the page showed that the decision was taken on, where it was taken on a page.
    """

    report: UUID
    decision: UUID
    answers: tuple[Answer, ...]
    reasons: str = ""
    alternatives: tuple[Alternative, ...] = ()
    implications: str = ""
    interests: Interests = "not-in-the-record"
    interests_note: str = ""
    body: PostId | None = None
    under: Under | None = None
    departing: str = ""
    no_alternatives: str = ""
    met: date | None = None
    urgent: str = ""
    capsule: Digest | None = None

    def met_on(self) -> date | None:
        return self.met

    def concerns(self) -> Mapping[UUID, Aggregate]:
        found = dict(super().concerns())
        found |= {delegation_id(self.decision, one.label): Delegation() for one in self.answers}
        if self.under:
            found.setdefault(granting(self.under), Procurement())
            found[stream_of(self.under)] = Delegation()
        return found

    def compares(self, record: Mapping[UUID, Any]) -> bool:
        found = record[self.procurement].reports.get(self.report)
        return carries_amount(self.answers) or bool(found and carries_amount(found.recommendations))

    def behind(self, record: Mapping[UUID, Any]) -> Mapping[UUID, Aggregate]:
        found = record[self.procurement].reports.get(self.report)
        concerned = [record[one] for one in self.streams]
        return budgets(concerned) if found and draws_on_balances(found) else {}

    def why_not_any(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        yield from super().why_not_any(record, context)
        procurement: Procurement = record[self.procurement]
        found = procurement.reports.get(self.report)
        if found is None or found.under != self.under:
            if found:
                yield Refusal("C1", "Name the delegated authority that the report is put up under")
            return
        concerned = [record[one] for one in self.streams]
        known = all(one.authority == context.constitution.authority for one in concerned)
        resolved = resolutions(self.answers, found)
        if known and draws_on_balances(found):
            drawn = draws_on_budgets(resolved, found, concerned, record)
            replaces = procurement.decided_last(found.id)
            yield from why_not_within_budgets(drawn, replaces, concerned, record, context)
        given = [record[delegation_id(self.decision, one.label)] for one in self.answers]
        if self.decision not in procurement.decisions and any(one.version for one in given):
            yield Refusal("C2", "This decision has been taken in another procurement")
        if self.under and known:
            delegation, source = record[stream_of(self.under)], record[granting(self.under)]
            yield from why_not_exercise(resolved, found, delegation, source, concerned, context)

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_by_decider(self.report, procurement, context, self.body)

    def _why_not_other(self, other: Procurement, context: Context) -> Iterable[Refusal]:
        yield from super()._why_not_other(other, context)
        yield from why_not_evaluated(self.report, other, context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_decide(self.report, procurement, context)
        if self.decision in procurement.decisions:
            yield Refusal("C2", "This decision has been taken already")
        if found := procurement.reports.get(self.report):
            yield from self.why_not_all(found.procurements)
            yield from why_not_met(self.met, found, procurement, context)
            way = way_of(found, procurement, context)
            if self.met and way and not context.offices.is_body(way.decided_by):
                yield Refusal("D8", "Only a body has a meeting: who decides alone decides today")
            if way:
                yield from why_not_that_day(found, way.decided_by, procurement, context)
            yield from why_not_answers(self.answers, found, procurement, context)
            yield from why_not_amended(self.answers, found)
            yield from why_not_agreed(self.urgent, found, procurement, context)
            agreed = any(one.outcome.startswith("agreed") for one in self.answers)
            if agreed:
                yield from why_not_against(found, context)
            if agreed and objections(found) and not self.departing:
                names = listed([context.offices.title(one) for one in objections(found)])
                yield Refusal("G3", f"Say why you depart from what {names} answered")
        for one in reasoned(self.reasons, self.alternatives, self.no_alternatives):
            yield Refusal("D8", one.says)
        if self.alternatives and self.no_alternatives:
            yield Refusal("D8", "Alternatives were rejected, or none was considered: not both")
        yield from self._why_not_interests(context)

    def _why_not_interests(self, context: Context) -> Iterable[Refusal]:
        """Interests are declared or denied; a member who has one decides nothing alone (G4)."""
        for one in declared(self.interests, self.interests_note):
            yield Refusal("D8", one.says)
        if self.interests == "declared" and context.offices.is_member(context.stamp.by.post):
            reason = "A member who decides alone takes no step where they have an interest"
            yield Refusal("G4", f"{reason}: hand the matter over")

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        procurement: Procurement = record[self.procurement]
        report = procurement.reports[self.report]
        taken = self._event(report, procurement, context)
        found: list[tuple[UUID, Event]] = [(stream, taken) for stream in self.streams]
        where, authority = (report.procurements, self.decision), context.constitution.authority
        found += delegated(authority, *where, taken.resolutions)
        if draws_on_balances(report):
            concerned = [record[one] for one in self.streams]
            what, again = (taken.resolutions, report, concerned), taken.replaces
            if self.under:
                mine = draws_on_authority(*what, record[stream_of(self.under)])
                found += exercised(self.under, again, self.decision, mine)
            drawn = draws_on_budgets(*what, record)
            found += drawn_on_budgets(self.decision, again, drawn, concerned, record)
        return found

    def _event(self, report: Report, procurement: Procurement, context: Context) -> DecisionTaken:
        replaces = procurement.decided_last(report.id)
        timing = when_taken(
            report.decision_class, context, again=bool(replaces), urgent=bool(self.urgent)
        )
        way = way_of(report, procurement, context)
        return DecisionTaken(
            decision=self.decision,
            report=self.report,
            gateway=report.gateway,
            decision_class=report.decision_class,
            resolutions=tuple(resolutions(self.answers, report)),
            reasons=self.reasons,
            alternatives=self.alternatives,
            implications=self.implications,
            interests=self.interests,
            interests_note=self.interests_note,
            open_to_call_in=timing.open_to_call_in,
            window=timing.window,
            effective=timing.effective,
            replaces=replaces,
            decided_by=self.body or whose(way, context),
            combines=report.combines,
            procurements=report.procurements,
            under=self.under,
            departing=self.departing,
            no_alternatives=self.no_alternatives,
            recorded=context.recorded_later,
            urgent=self.urgent,
            capsule=self.capsule or UNSET,
        )
