"""That a meeting in private is urgent and cannot be deferred: a chair agrees (D5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.acting import not_yours, why_not_in_post
from domain.in_private import meeting, with_meeting
from domain.messages import Context, Event, Stamp, evolve
from domain.passed_over import NotThere, out_of_order, why_not_passed_over
from domain.privacy import Paragraphs, PrivateMeeting
from domain.private_notices import (
    AboutPrivateMeeting,
    again_after,
    notice_after,
    references,
    why_not_body,
    why_not_without_paragraph,
)
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.short_notice import chairs
from domain.values import PostId, Reference, Text
from domain.wording import long_day, short_day


class UrgentPrivateMeetingAgreed(Event, frozen=True, tag="urgent-private-meeting-agreed/1"):
    body: PostId
    day: date
    paragraphs: Paragraphs
    reasons: Text
    agreed_by: PostId
    passed_over: tuple[NotThere, ...]
    procurements: tuple[Reference, ...]


def why_not_agree_privately(body: str, context: Context) -> Iterable[Refusal]:
    """That a private meeting is urgent is agreed by a chair whom the constitution names."""
    yield from why_not_body(body, context)
    if not chairs(context):
        reason = f"No rule of {context.constitution.title} says which chair agrees to urgency"
        yield Refusal("D5", reason)


def in_time(
    body: str, day: date, paragraphs: Paragraphs, procurement: Procurement, context: Context
) -> bool:
    """Whether both notices were given in time, or can still be, for these paragraphs."""
    found = meeting(body, day, procurement)
    first, second = (found.earliest, found.again_earliest) if found else (None, None)
    if found and first and not set(paragraphs) <= set(found.paragraphs):
        return False
    return max(first or notice_after(context), second or again_after(context)) <= day


class AgreeUrgentPrivateMeeting(
    AboutPrivateMeeting, frozen=True, tag="agree-urgent-private-meeting"
):
    """Agree, as the chair, that a private meeting is urgent, cannot be deferred, and why (D5).

    That is published at once. The chairs are those of special urgency, in the same order; whoever
    comes before in it is in ``passed_over``.
    """

    paragraphs: Paragraphs
    reasons: Text
    passed_over: tuple[NotThere, ...] = ()

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        named, rule = chairs(context), context.constitution.short_notice
        if named and context.stamp.by.post not in named:
            yield not_yours(named, context, rule.provenance if rule else "")
        yield from why_not_in_post(context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_agree_privately(self.body, context)
        found = meeting(self.body, self.day, procurement)
        if found and found.urgent:
            yield Refusal("C2", "It has been agreed that this meeting is urgent")
        yield from why_not_without_paragraph(self.paragraphs)
        if self.day < context.day:
            reason = "It is agreed before the meeting"
            yield Refusal("D5", f"{reason}, and {short_day(self.day)} has passed")
        if in_time(self.body, self.day, self.paragraphs, procurement, context):
            reason = f"Both notices can be given in time for a meeting on {long_day(self.day)}"
            yield Refusal("D5", f"{reason}: nobody has to agree")
        by, rule = context.stamp.by.post, context.constitution.short_notice
        if rule and by in rule.chairs:
            order = (by, rule.chairs, self.passed_over, context)
            yield from why_not_passed_over(*order)
            for reason in out_of_order(*order):
                yield Refusal("D5", reason, provenance=rule.provenance)

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        told = (self.body, self.day, self.paragraphs, self.reasons)
        agreed = (context.stamp.by.post, self.passed_over)
        event = UrgentPrivateMeetingAgreed(*told, *agreed, references(self, record))
        return [(stream, event) for stream in self.streams]


@evolve.register
def _(event: UrgentPrivateMeetingAgreed, procurement: Procurement, stamp: Stamp) -> Procurement:
    found = meeting(event.body, event.day, procurement) or PrivateMeeting(
        event.body, event.day, event.paragraphs, event.reasons, event.procurements
    )
    paragraphs = tuple(sorted({*found.paragraphs, *event.paragraphs}))
    by, why = event.agreed_by, event.reasons
    agreed = replace(found, agreed_by=by, urgent=why, paragraphs=paragraphs)
    return with_meeting(procurement, agreed)
