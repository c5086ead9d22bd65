"""A part of delegated authority that its holder passed on to another post (G1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from domain.refusals import Refusal
from domain.values import Amount, PostId, Text


class PassedOn(Struct, frozen=True, forbid_unknown_fields=True):
    """One part: to which post, up to which amount, and until when. Parts are numbered from 1."""

    to: PostId
    up_to: Amount
    reason: Text
    on: date
    taken_back: str = ""
    taken_back_on: date | None = None


def why_not_passed_on(part: int, parts: Sequence[PassedOn]) -> Iterable[Refusal]:
    """A part that a report or decision names was passed on, and not taken back."""
    if not 0 < part <= len(parts):
        yield Refusal("C1", "No such part of the authority was passed on")
    elif reason := parts[part - 1].taken_back:
        yield Refusal("G1", f"The part of the authority was taken back: {reason}")
