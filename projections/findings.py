"""What a proposed constitution would have done otherwise, as data."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from domain.routes import Way
from domain.values import When


class Unlike(Struct, frozen=True, tag_field="kind"):
    """How the proposal would have treated what is on record unlike the rules of the day."""


class Elsewhere(Unlike, frozen=True, tag="elsewhere"):
    """Another decider or other recommending bodies; None where no route fits."""

    was: Way | None
    would: Way | None


class Unknown(Unlike, frozen=True, tag="unknown"):
    """The proposal has no gateway, or no class of decision, of this id."""

    what: Literal["gateway", "class"]
    name: str


class Timed(Unlike, frozen=True, tag="call-in"):
    """Another window for call-in, or none, and another day of effect; None until published."""

    was_open: bool
    was_last_day: date | None
    was_effective: date | None
    would_open: bool
    would_last_day: date | None
    would_effective: date | None
    was_closes_at: str | None = None
    """The London time of the last day at which the window closes; None is the end of it."""
    would_closes_at: str | None = None


class Noticed(Unlike, frozen=True, tag="notice"):
    """Notice of a key decision would have been needed, or would not."""

    needed: bool
    given: bool


class Passed(Unlike, frozen=True, tag="gateway"):
    """Gateways that would not have had to come first."""

    gateways: tuple[str, ...]


class Barred(Unlike, frozen=True, tag="barred"):
    """It would have been refused, and was not."""

    rule: str
    reason: str
    provenance: str


class Freed(Unlike, frozen=True, tag="freed"):
    """What stood against it would not have."""

    rule: str
    reason: str
    provenance: str


class Place(Struct, frozen=True):
    """Where on record: the procurements, the event's number in the first, when, and what it was.

    ``closed`` says that the record there has closed parts, on which the finding may rest.
    """

    references: tuple[str, ...]
    version: int
    on: When
    what: str
    closed: bool


class Finding(Struct, frozen=True):
    place: Place
    unlike: Unlike


class Waiting(Struct, frozen=True, order=True):
    """An act that waits for a post, in a procurement."""

    reference: str
    act: str


class Queue(Struct, frozen=True):
    """How much waits for a post today, how much would, and what makes the difference."""

    post: str
    was: int
    would: int
    gains: tuple[Waiting, ...]
    loses: tuple[Waiting, ...]


class DryRun(Struct, frozen=True):
    """What came out, over how much of the record. ``withheld`` are procurements with closed parts.

    Of those nothing is told that their figures may decide; what is not told was not computed.
    """

    authority: str
    version: str
    in_force: date
    since: date | None
    today: date
    procurements: int
    asked: int
    findings: tuple[Finding, ...]
    queues: tuple[Queue, ...]
    no_such_posts: tuple[str, ...]
    withheld: tuple[str, ...]
