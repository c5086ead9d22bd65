"""How a rule says no: as data, so that a page, a report and an error can all show it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

ABSOLUTE = frozenset({"C1", "C2"})
"""Without these the record would make no sense: they refuse imported facts too."""


class Refusal(Struct, frozen=True):
    """A reason, the rule that it rests on, and the day from which time alone would cure it.

    ``provenance`` says where a council's own rule comes from, where it is one.
    """

    rule: str
    reason: str
    cured_on: date | None = None
    provenance: str = ""


class Refused(Exception):
    """Nothing was recorded. Where several commands were asked, ``command`` is the one refused."""

    command: object = None

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("; ".join(refusal.reason for refusal in self.refusals))


class Stale(Exception):
    """The sender was looking at something older or other than what is on record."""
