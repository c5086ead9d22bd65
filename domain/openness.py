"""Representations that a private meeting should be open to the public, and responses (D5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from domain.in_private import meeting, with_meeting
from domain.messages import Context, Event, Stamp, evolve
from domain.privacy import ForOpenness, PrivateMeeting, Sender
from domain.private_notices import AboutPrivateMeeting, why_not_by_giver, why_not_on_record
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import PostId, Text
from domain.wording import short_day


class OpennessRepresentationReceived(Event, frozen=True, tag="openness-representation-received/1"):
    body: PostId
    day: date
    sender: Sender
    says: Text


class OpennessRepresentationAnswered(Event, frozen=True, tag="openness-representation-answered/1"):
    body: PostId
    day: date
    number: int
    response: Text


def why_not_represent(
    body: str, day: date, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A representation is about a meeting that was announced and has not been held."""
    yield from why_not_on_record(body, day, procurement)
    if day < context.day:
        yield Refusal("D5", f"The meeting of {short_day(day)} has been held")


def why_not_respond(
    body: str, day: date, number: int, procurement: Procurement
) -> Iterable[Refusal]:
    """A representation that is on record is answered once."""
    found = meeting(body, day, procurement)
    if found is None or not 1 <= number <= len(found.representations):
        yield Refusal("C1", "There is no such representation")
    elif found.representations[number - 1].response:
        yield Refusal("C2", "The response to it is on record")


class RecordOpennessRepresentation(
    AboutPrivateMeeting, frozen=True, tag="record-openness-representation"
):
    """Record what somebody says for holding a meeting in public, and who, but no name (D5)."""

    sender: Sender
    says: Text

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_by_giver(context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_represent(self.body, self.day, procurement, context)
        yield from self.why_not_named(procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return OpennessRepresentationReceived(self.body, self.day, self.sender, self.says)


class RespondToOpennessRepresentation(
    AboutPrivateMeeting, frozen=True, tag="respond-to-openness-representation"
):
    """Record the body's response to a representation: the second notice states it (D5)."""

    number: Annotated[int, Meta(ge=1)]
    """Which one, in the order in which they came."""
    response: Text

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_by_giver(context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_respond(self.body, self.day, self.number, procurement)
        yield from self.why_not_named(procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return OpennessRepresentationAnswered(self.body, self.day, self.number, self.response)


def _heard(
    procurement: Procurement, body: str, day: date, *more: ForOpenness
) -> tuple[PrivateMeeting, list[ForOpenness]]:
    found = meeting(body, day, procurement)
    assert found
    return found, [*found.representations, *more]


@evolve.register
def _(event: OpennessRepresentationReceived, procurement: Procurement, stamp: Stamp) -> Procurement:
    said = ForOpenness(event.sender, event.says)
    found, heard = _heard(procurement, event.body, event.day, said)
    return with_meeting(procurement, replace(found, representations=tuple(heard)))


@evolve.register
def _(event: OpennessRepresentationAnswered, procurement: Procurement, stamp: Stamp) -> Procurement:
    found, heard = _heard(procurement, event.body, event.day)
    assert event.number <= len(heard)
    answered = heard[event.number - 1]
    heard[event.number - 1] = replace(answered, response=event.response)
    return with_meeting(procurement, replace(found, representations=tuple(heard)))
