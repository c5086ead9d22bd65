"""What is on record of a call-in: who asked for it and why, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from domain.deadlines import Count

CallInOutcome = Literal[
    "no-further-action", "referred-back", "referred-to-council", "lapsed", "withdrawn"
]
STANDS: tuple[CallInOutcome, ...] = ("no-further-action", "lapsed", "withdrawn")
"""Outcomes after which the decision takes effect as it was taken."""
REFERRED: tuple[CallInOutcome, ...] = ("referred-back", "referred-to-council")
Capacity = Literal["non-executive", "scrutiny", "scrutiny-chair", "ward", "executive"]


class Requester(Struct, frozen=True, forbid_unknown_fields=True):
    """A member who asks for a call-in, and as what; ``number`` is the council's, or initials.

    Never a name: names of people have no place in the record.
    """

    number: Annotated[str, Meta(min_length=1, max_length=20)]
    capacity: Capacity = "non-executive"
    group: Annotated[str, Meta(max_length=80)] = ""
    """The political group, where the rules ask for several."""


class CalledIn(Struct, frozen=True):
    """A call-in of some resolutions, and what became of it."""

    on: date
    """The London day on which it was received."""
    resolutions: tuple[str, ...]
    members: tuple[Requester, ...]
    grounds: str
    on_grounds: tuple[str, ...] = ()
    """Those of the constitution's grounds that it rests on."""
    received: datetime | None = None
    meets_by: Count | None = None
    """By when scrutiny has to meet."""
    outcome: CallInOutcome | None = None
    closed_on: date | None = None
    reconsidered_by: Count | None = None
    """By when the decision maker has to decide again."""
