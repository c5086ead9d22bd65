"""Key decisions with less than 28 clear days' notice: general exception and special urgency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from msgspec.structs import replace

from domain.acting import not_yours, why_not_by, why_not_in_post
from domain.case_command import SharedCommand
from domain.constitution import Constitution
from domain.deadlines import Period
from domain.messages import Context, Event, Stamp, evolve
from domain.notices import CLEAR_DAYS
from domain.passed_over import NotThere, out_of_order, why_not_passed_over
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.terms import SpecialUrgency
from domain.values import PostId, Slug, Text

NOTICE = "publish-key-decision-notice"
"""Whose duty the forward plan is, theirs are the other notices too."""


class GeneralExceptionNotified(Event, frozen=True, tag="general-exception-notified/1"):
    gateway: Slug
    told: Literal["chair", "members"]
    reasons: Text
    no_chair: str
    earliest: date


class SpecialUrgencyAgreed(Event, frozen=True, tag="special-urgency-agreed/1"):
    gateway: Slug
    agreed_by: PostId
    reasons: Text
    passed_over: tuple[NotThere, ...]


class SpecialUrgencyReported(Event, frozen=True, tag="special-urgency-reported/1"):
    gateway: Slug


def exception_period(rules: Constitution) -> Period:
    """The five clear days of the general exception, in the unit that the constitution counts."""
    period = CLEAR_DAYS["general-exception"]
    return Period(period.number, rules.short_notice.unit) if rules.short_notice else period


def exception_after(told: date, context: Context) -> date:
    """The first day on which a key decision may be made under the general exception (D3, D7)."""
    return exception_period(context.constitution).count(told, context.calendar).day_after


def why_not_gateway_named(gateway: str, context: Context) -> Iterable[Refusal]:
    if context.constitution.gateway(gateway) is None:
        yield Refusal("C1", f"There is no gateway “{gateway}”")


def why_not_except(gateway: str, procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """The general exception is used once for a decision (D3)."""
    yield from why_not_gateway_named(gateway, context)
    if gateway in procurement.exceptions:
        yield Refusal("C2", "Notice under the general exception has been given for this gateway")


def why_not_special_urgency(
    gateway: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """Special urgency is agreed once for a decision, by a chair whom the constitution names."""
    yield from why_not_gateway_named(gateway, context)
    if procurement.urgent(gateway):
        yield Refusal("C2", "It has been agreed that this decision is urgent")
    if not chairs(context):
        reason = f"No rule of {context.constitution.title} says which chair agrees to urgency"
        yield Refusal("D4", reason)


def chairs(context: Context) -> tuple[str, ...]:
    """Who agrees to special urgency: the first of them who is there (D4)."""
    rule = context.constitution.short_notice
    return rule.chairs if rule else ()


def unreported(procurement: Procurement) -> Iterator[SpecialUrgency]:
    """Decisions of special urgency of which the council has not been told yet."""
    yield from (one for one in procurement.urgencies if one.decision and not one.reported)


def why_not_report_urgency(gateway: str, procurement: Procurement) -> Iterable[Refusal]:
    """What was decided as a matter of special urgency is reported to the council once (D4)."""
    mine = [one for one in procurement.urgencies if one.gateway == gateway and one.decision]
    if not mine:
        yield Refusal("C1", "No decision of special urgency was taken at this gateway")
    elif not any(one.gateway == gateway for one in unreported(procurement)):
        yield Refusal("C2", "It has been reported to the council")


class NotifyGeneralException(SharedCommand, frozen=True, tag="notify-general-exception"):
    """Give and publish the notice of a key decision for which 28 clear days are impracticable (D3).

    ``told`` says who had it in writing: the chair of the scrutiny committee, or where there is no
    chair all of its members.
    """

    gateway: Slug
    told: Literal["chair", "members"]
    reasons: Text
    no_chair: str = ""

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_by(NOTICE, context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_except(self.gateway, procurement, context)
        if self.told == "members" and not self.no_chair.strip():
            reason = (
                "The chair of the scrutiny committee is told: say why there is no chair to tell"
            )
            yield Refusal("D3", reason)

    def event(self, procurement: Procurement, context: Context) -> Event:
        earliest = exception_after(context.day, context)
        told = (self.gateway, self.told, self.reasons, self.no_chair)
        return GeneralExceptionNotified(*told, earliest)


class AgreeSpecialUrgency(SharedCommand, frozen=True, tag="agree-special-urgency"):
    """Agree, as the chair, that a key decision cannot wait for any notice, and publish why (D4).

    Whoever comes before this chair in the constitution's order is in ``passed_over``.
    """

    gateway: Slug
    reasons: Text
    passed_over: tuple[NotThere, ...] = ()

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        named = chairs(context)
        if named and context.stamp.by.post not in named:
            rule = context.constitution.short_notice
            yield not_yours(named, context, rule.provenance if rule else "")
        yield from why_not_in_post(context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_special_urgency(self.gateway, procurement, context)
        by, rule = context.stamp.by.post, context.constitution.short_notice
        if rule and by in rule.chairs:
            order = (by, rule.chairs, self.passed_over, context)
            yield from why_not_passed_over(*order)
            for reason in out_of_order(*order):
                yield Refusal("D4", reason, provenance=rule.provenance)

    def event(self, procurement: Procurement, context: Context) -> Event:
        by = context.stamp.by.post
        return SpecialUrgencyAgreed(self.gateway, by, self.reasons, self.passed_over)


class ReportSpecialUrgency(SharedCommand, frozen=True, tag="report-special-urgency"):
    """Record that the leader reported a decision of special urgency to the council (D4)."""

    gateway: Slug

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_by(NOTICE, context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_report_urgency(self.gateway, procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return SpecialUrgencyReported(self.gateway)


@evolve.register
def _(event: GeneralExceptionNotified, procurement: Procurement, stamp: Stamp) -> Procurement:
    exceptions = {**procurement.exceptions, event.gateway: event.earliest}
    return replace(procurement, exceptions=exceptions)


@evolve.register
def _(event: SpecialUrgencyAgreed, procurement: Procurement, stamp: Stamp) -> Procurement:
    agreed = SpecialUrgency(event.gateway, event.agreed_by, event.reasons)
    return replace(procurement, urgencies=(*procurement.urgencies, agreed))


@evolve.register
def _(event: SpecialUrgencyReported, procurement: Procurement, stamp: Stamp) -> Procurement:
    told = tuple(
        replace(one, reported=stamp.on) if one.gateway == event.gateway and one.decision else one
        for one in procurement.urgencies
    )
    return replace(procurement, urgencies=told)
