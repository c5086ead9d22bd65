"""What events and commands are: frozen data with a tag that is stored for ever.

Nothing frozen is ever part of a cycle, so with ``gc=False`` nobody looks for garbage in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property, singledispatch
from typing import Annotated, Any, TypeVar
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from domain.constitution import Constitution
from domain.deadlines import Calendar
from domain.offices import Offices
from domain.refusals import Refusal
from domain.values import PostId, Text, When

Aware = Annotated[datetime, Meta(tz=True)]


class Actor(Struct, frozen=True, gc=False):
    """A person, by an id that means nothing elsewhere, acting in a post or as its deputy.

    The person is None where an imported record names only the post.
    """

    person: UUID | None
    post: PostId
    deputising: bool = False


class Versions(Struct, frozen=True, gc=False):
    """Which rules, offices and calendar were relied on."""

    constitution: str
    offices: str
    calendar: str


class Irregularity(Struct, frozen=True, gc=False):
    """What a rule would have said against an imported fact."""

    rule: str
    reason: str


class Stamp(Struct, frozen=True, gc=False):
    """Stored beside every event: who, on which London day, recorded when (UTC), by which rules.

    ``source`` is set for what was imported: where the record says so.
    """

    by: Actor
    on: When
    now: Aware
    command_id: UUID
    versions: Versions
    source: Text | None = None
    irregularities: tuple[Irregularity, ...] = ()


class Context(Struct, frozen=True, dict=True):
    """What a rule may ask besides the record: the stamp, and its rules in full. Never stored."""

    stamp: Stamp
    constitution: Constitution
    offices: Offices
    calendar: Calendar
    recording: Context | None = None
    """Today's, where a meeting's act is recorded on a later day: who records it is judged by it."""

    @property
    def acting(self) -> Context:
        """By which it is judged who acts: the act itself is judged by its own day."""
        return self.recording or self

    @property
    def recorded_later(self) -> date | None:
        """The London day on which it is recorded, where that is a later one than its own."""
        today = self.acting.day
        return today if today != self.day else None

    @cached_property
    def day(self) -> date:
        """The London day on which rules and offices are looked up."""
        return self.stamp.on.read_as


class Event(Struct, frozen=True, gc=False, forbid_unknown_fields=True, tag_field="event"):
    """A fact in the past tense. Tags end in the version of their fields: ``report-put-up/1``."""


class Recorded(Struct, frozen=True, gc=False):
    """An event in its place: the stream, the position in it (from 1), and the stamp."""

    stream: UUID
    version: int
    stamp: Stamp
    event: Event


class Noted(Struct, frozen=True, gc=False):
    """An irregularity, and the version of the event that it belongs to."""

    version: int
    irregularity: Irregularity


class Aggregate(Struct, frozen=True, gc=False):
    """What all events of one stream add up to. Version 0: nothing has happened yet."""

    version: int = 0
    last_on: date | None = None
    """The London day of the latest event in the stream."""
    taken_over: date | None = None
    """The same of the latest that was recorded from elsewhere: what came before is told us."""
    irregularities: tuple[Noted, ...] = ()


class Command(Struct, frozen=True, gc=False, forbid_unknown_fields=True, tag_field="do"):
    """Something a person asks for. Forms, the API and case scripts all make the same data of it."""

    def concerns(self) -> Mapping[UUID, Aggregate]:
        """The streams it reads and may write, each with what it is when empty."""
        raise NotImplementedError

    def behind(self, record: Mapping[UUID, Any]) -> Mapping[UUID, Aggregate]:
        """What else it reads and may write, as what it concerns shows: balances drawn on before."""
        return {}

    def why_not(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        """Every reason to refuse, those that a page asks before the form is filled in included."""
        raise NotImplementedError

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        """What happens, and in which stream. Called only when nothing stands against it."""
        raise NotImplementedError

    def met_on(self) -> date | None:
        """The London day of the meeting at which it happened; None where it happens as asked."""
        return None


A = TypeVar("A", bound=Aggregate)


@singledispatch
def evolve(event: Event, aggregate: Any, stamp: Stamp) -> Any:
    """The aggregate after one more event. Never checks, and never asks today's rules."""
    raise NotImplementedError(f"nothing evolves on {type(event).__name__}")


def fold(aggregate: A, history: Iterable[Recorded]) -> A:
    """The aggregate after all of ``history``."""
    last, noted, taken_over = None, list(aggregate.irregularities), aggregate.taken_over
    for last in history:
        aggregate = evolve(last.event, aggregate, last.stamp)
        noted += [Noted(last.version, one) for one in last.stamp.irregularities]
        if last.stamp.source is not None:
            taken_over = last.stamp.on.read_as
    if last is None:
        return aggregate
    on = last.stamp.on.read_as
    more = {"irregularities": tuple(noted), "taken_over": taken_over}
    return replace(aggregate, version=last.version, last_on=on, **more)


def tag_of(kind: type[Struct]) -> str:
    return str(kind.__struct_config__.tag)


def by_tag(base: type[Struct], form: str = r"[a-z0-9-]+(/\d+)?") -> dict[str, type[Struct]]:
    """The outermost kinds of ``base`` by tag. Raises TypeError for one used twice or left out."""
    found: dict[str, type[Struct]] = {}
    for kind in base.__subclasses__():
        for tag, one in (by_tag(kind, form) or {tag_of(kind): kind}).items():
            if tag in found or not re.fullmatch(form, tag):
                raise TypeError(f"{tag!r} of {one.__name__} is taken or not of the form {form}")
            found[tag] = one
    return found
