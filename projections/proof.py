"""What a proof of authority is made of: plain data, for a page, for programs and for paper."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.messages import Irregularity
from domain.provenance import Standing
from domain.refusals import Refusal
from domain.values import Closed

What = Literal["constitution", "offices", "calendar"]
Kind = Literal["decision", "consultation", "signature"]
Apartness = Literal["others", "by-offices", "the-same", "not-known"]
"""By offices: the record names only the post, which the person who acted did not hold then."""


class Figure(Struct, frozen=True):
    """A sum as everybody may read it, and the pounds where it is closed."""

    says: str
    closed: Closed | None = None


class Ground(Struct, frozen=True):
    """A rule of the council by which somebody may act; ``where`` says where it is written."""

    says: str
    standing: Standing
    where: str


class Seat(Struct, frozen=True):
    """Somebody in a post on a London day; the person is None where the record names only the post.

    ``standing`` is None where the offices relied on do not have the person in the post.
    """

    post: str
    title: str
    on: date
    on_text: str
    person: UUID | None = None
    name: str = ""
    standing: Literal["holder", "deputy"] | None = None
    deputy_because: Ground | None = None
    holder: UUID | None = None
    """Who held the post on that day by the same offices."""
    holder_name: str = ""


class Step(Struct, frozen=True):
    """Another step on record, by its number in the stream of a procurement."""

    reference: str
    version: int


class Passed(Struct, frozen=True):
    """A part of delegated authority that its holder passed on."""

    number: int
    to_title: str
    up_to: Figure
    on: date
    reason: str


class Given(Struct, frozen=True):
    """The resolution that delegated the authority, as it stood when the step was taken."""

    granted_in: str
    decision: UUID
    label: str
    wording: str
    purpose: str
    by: str
    by_title: str
    on_text: str
    effective: date | None
    """From which London day it had effect; None where it had none."""
    at_once: bool
    """Whether that is the day of the decision, and which day that was is not on record."""
    limit: str
    awards: str
    expires: date | None
    source: str | None
    taken: Step | None
    """The decision that made it."""
    part: Passed | None = None


class Ledger(Struct, frozen=True):
    """The balance of a delegated authority before a step and after it."""

    limit: Figure
    drawn_before: Figure
    draws: Figure
    drawn_after: Figure
    left_before: Figure
    left_after: Figure
    erased: bool
    """Whether a figure that counted was erased since: the sums cannot be worked out again."""


class Heard(Struct, frozen=True):
    """A consultee, and what was answered by the time of the step."""

    post: str
    title: str
    how: Literal["consultation", "agreement"]
    basis: str
    asked: date | None
    view: str
    comment: str
    answered: date | None
    deputising: bool
    aside: str
    interests: str
    interests_note: str
    answer: Step | None


class Interest(Struct, frozen=True):
    """Whether somebody declared an interest, as it was recorded with their step."""

    who: str
    interests: Literal["none-declared", "declared", "not-in-the-record"]
    note: str


class Apart(Struct, frozen=True):
    """Two steps that one person may not, or may, take both."""

    says: str
    rule: str
    standing: Standing | None
    where: str
    other: Seat
    step: Step | None
    outcome: Apartness
    allowed: bool
    """Whether the rule lets the same person take both."""


class Asked(Struct, frozen=True):
    """What the rules said against the step when they were asked again as they were then."""

    what: str
    refusals: tuple[Refusal, ...]
    not_asked: str = ""


class Adopted(Struct, frozen=True):
    """A text that the step relied on: which version, and who adopted it, when."""

    what: What
    version: str
    in_force: date | None
    post: str
    title: str
    on: date
    on_text: str
    recorded: datetime
    position: int
    """In the order of the log, by which the trail finds it."""
    recording: bool
    """Whether only who recorded the step, on a later day, was judged by it."""


class AuthorityProof(Struct, frozen=True):
    """By what authority somebody took a step, as it was on record at that step."""

    reference: str
    version: int
    kind: Kind
    event: str
    says: str
    authority: str
    authority_title: str
    on: date
    on_text: str
    on_basis: str
    recorded: datetime
    actor: Seat
    decided_by: str
    """The title of the post or body in whose name it was; the actor may have recorded it."""
    grounds: tuple[Ground, ...]
    given: Given | None
    ledger: Ledger | None
    consultees: tuple[Heard, ...]
    interests: tuple[Interest, ...]
    apart: tuple[Apart, ...]
    asked: tuple[Asked, ...]
    irregularities: tuple[Irregularity, ...]
    source: str | None
    """Where the record says so, for a step that was taken over from before the product."""
    rests_on: tuple[Step, ...]
    """Decisions in the same procurement that this step carries out."""
    adopted: tuple[Adopted, ...]
    silent: tuple[str, ...]
    """What the record does not say."""
