"""Closed parts (Part 2): stored sealed, used in rules, shown only to who may see them (D9)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from domain.values import Closed, Text


class Exemption(Struct, frozen=True, forbid_unknown_fields=True):
    """Why something is closed: a paragraph of Schedule 12A, and when that is looked at again.

    ``paragraph`` is None where the record does not name one.
    """

    reason: Text
    paragraph: Annotated[int, Meta(ge=1, le=7)] | None = None
    review: date | None = None


class ClosedPart(Struct, frozen=True, forbid_unknown_fields=True):
    """A closed paper of a report. ``text`` is None where the record withholds it from us too."""

    title: Text
    exemption: Exemption
    text: Closed | None = None
