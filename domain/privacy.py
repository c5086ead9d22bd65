"""Meetings that a body means to hold in private, and a council's rule on their notices (D5)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from domain.deadlines import Unit
from domain.provenance import Provenance
from domain.values import PostId, Text, When

Paragraphs = tuple[Annotated[int, Meta(ge=1, le=7)], ...]
"""Paragraphs of Schedule 12A to the Local Government Act 1972."""
Sender = Literal["member-of-the-public", "councillor", "press", "organisation"]
"""Who made a representation: nobody's name is kept."""


class PrivateMeetings(Provenance, frozen=True, kw_only=True):
    """Which bodies give notice before they take closed papers, and which posts give it (D5).

    ``unit`` is how the five clear days of the second notice are counted (D7).
    """

    bodies: Annotated[tuple[PostId, ...], Meta(min_length=1)]
    posts: Annotated[tuple[PostId, ...], Meta(min_length=1)]
    unit: Unit = "working-days"


class ForOpenness(Struct, frozen=True, forbid_unknown_fields=True):
    """A representation that a meeting should be open to the public, and the response to it."""

    sender: Sender
    says: Text
    response: str = ""


class PrivateMeeting(Struct, frozen=True):
    """One meeting of one body on one day, as far as it was announced to be in private.

    ``earliest`` and ``again_earliest`` are the first days that its notices leave for it.
    """

    body: PostId
    day: date
    paragraphs: Paragraphs
    reasons: str
    procurements: tuple[str, ...]
    """All that the notice names."""
    announced: When | None = None
    earliest: date | None = None
    representations: tuple[ForOpenness, ...] = ()
    again: When | None = None
    again_earliest: date | None = None
    agreed_by: str = ""
    urgent: str = ""
    """Why it is urgent and cannot be deferred, where a chair agreed that it is."""

    @property
    def unanswered(self) -> int:
        return sum(not one.response for one in self.representations)
