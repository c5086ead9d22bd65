"""The two notices that a body will meet in private (D5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.acting import not_yours, why_not_in_post
from domain.case_command import SharedCommand
from domain.in_private import NOTICE, again_period, meeting, with_meeting
from domain.messages import Context, Event, Stamp, evolve
from domain.privacy import ForOpenness, Paragraphs, PrivateMeeting
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.short_notice import chairs
from domain.values import PostId, Reference, Text
from domain.wording import counted, listed, long_day, short_day


class PrivateMeetingAnnounced(Event, frozen=True, tag="private-meeting-announced/1"):
    body: PostId
    day: date
    paragraphs: Paragraphs
    reasons: Text
    procurements: tuple[Reference, ...]
    earliest: date


class PrivateMeetingAnnouncedAgain(Event, frozen=True, tag="private-meeting-announced-again/1"):
    body: PostId
    day: date
    reasons: Text
    representations: tuple[ForOpenness, ...]
    earliest: date


def why_not_by_giver(context: Context) -> Iterable[Refusal]:
    """Notices of private meetings are given by the posts that the rule on them names."""
    rule = context.constitution.private_meetings
    if rule and context.stamp.by.post not in rule.posts:
        yield not_yours(rule.posts, context, rule.provenance)
    yield from why_not_in_post(context)


def why_not_body(body: str, context: Context) -> Iterable[Refusal]:
    """Only some bodies give such notices: an executive and what meets in its place."""
    rule, title = context.constitution.private_meetings, context.offices.title
    if rule is None:
        reason = f"No rule of {context.constitution.title} asks for notices of private meetings"
        yield Refusal("D5", reason)
    elif body not in rule.bodies:
        reason = f"{title(body)} gives no notice of private meetings here"
        reason = f"{reason}: {listed([title(one) for one in rule.bodies])} may"
        yield Refusal("D5", reason, provenance=rule.provenance)


def why_not_on_record(body: str, day: date, procurement: Procurement) -> Iterable[Refusal]:
    """What is about a private meeting is about one that has been announced."""
    found = meeting(body, day, procurement)
    if found is None or found.announced is None:
        yield Refusal("C1", "No notice is on record of a private meeting of this body on that day")


def notice_after(context: Context) -> date:
    """The first day on which a body may meet in private that is announced on the day (D5)."""
    return NOTICE.count(context.day, context.calendar).day_after


def again_after(context: Context) -> date:
    """The first day of a meeting for which the second notice is given on the day (D5)."""
    return again_period(context.constitution).count(context.day, context.calendar).day_after


def why_not_again(
    body: str, day: date, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """The second notice is given once, in time, when every representation has its response."""
    yield from why_not_on_record(body, day, procurement)
    yield from why_not_body(body, context)
    if (found := meeting(body, day, procurement)) is None:
        return
    if found.again:
        yield Refusal("C2", "The second notice has been given")
    if found.unanswered:
        reason = f"{counted(found.unanswered, 'representation')} without a response"
        reason = f"{reason}: the second notice says what was answered to each"
        yield Refusal("D5", reason)
    if (first := again_after(context)) > day:
        reason = f"5 clear days lie between the second notice and the meeting of {short_day(day)}"
        yield Refusal("D5", f"{reason}: given today, it is for one from {long_day(first)}")


class AboutPrivateMeeting(SharedCommand, frozen=True):
    """A command about the private meeting of one body on one day."""

    body: PostId
    day: date

    def why_not_named(self, procurement: Procurement) -> Iterable[Refusal]:
        """What follows a notice is done in all procurements that the notice names."""
        if found := meeting(self.body, self.day, procurement):
            yield from self.why_not_all(found.procurements)


class AnnouncePrivateMeeting(AboutPrivateMeeting, frozen=True, tag="announce-private-meeting"):
    """Give notice that a body will meet in private, 28 clear days before it does, and why (D5).

    One notice may name several procurements whose reports are taken at that meeting.
    """

    paragraphs: Paragraphs
    reasons: Text

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_by_giver(context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_body(self.body, context)
        if meeting(self.body, self.day, procurement):
            yield Refusal("C2", "This private meeting is on record")
        yield from why_not_without_paragraph(self.paragraphs)
        if (first := notice_after(context)) > self.day:
            reason = f"28 clear days lie between the notice and the meeting: from {long_day(first)}"
            if short := chairs(context):
                title = context.offices.title(short[0])
                reason = f"{reason}, or sooner if the {title} agrees that it is urgent"
            yield Refusal("D5", reason)

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        told = (self.body, self.day, self.paragraphs, self.reasons)
        event = PrivateMeetingAnnounced(*told, references(self, record), notice_after(context))
        return [(stream, event) for stream in self.streams]


class AnnouncePrivateMeetingAgain(
    AboutPrivateMeeting, frozen=True, tag="announce-private-meeting-again"
):
    """Give the second notice, 5 clear days before the meeting (D5).

    It states the reasons again, the representations that it should be open, and the response to
    each.
    """

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_by_giver(context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_again(self.body, self.day, procurement, context)
        yield from self.why_not_named(procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        found = meeting(self.body, self.day, procurement)
        assert found
        told = (self.body, self.day, found.reasons, found.representations)
        return PrivateMeetingAnnouncedAgain(*told, again_after(context))


def why_not_without_paragraph(paragraphs: Paragraphs) -> Iterable[Refusal]:
    """The reasons to meet in private are paragraphs of Schedule 12A."""
    if not paragraphs:
        yield Refusal("D5", "The notice names the paragraph of Schedule 12A that makes it private")


def references(command: SharedCommand, record: Mapping[UUID, Any]) -> tuple[str, ...]:
    return tuple(record[one].reference for one in command.streams)


@evolve.register
def _(event: PrivateMeetingAnnounced, procurement: Procurement, stamp: Stamp) -> Procurement:
    meant = (event.body, event.day, event.paragraphs, event.reasons, event.procurements)
    return with_meeting(procurement, PrivateMeeting(*meant, stamp.on, event.earliest))


@evolve.register
def _(event: PrivateMeetingAnnouncedAgain, procurement: Procurement, stamp: Stamp) -> Procurement:
    found = meeting(event.body, event.day, procurement)
    assert found
    told = replace(found, again=stamp.on, again_earliest=event.earliest)
    return with_meeting(procurement, told)
