"""A case looked back at: what changed between two points, and what was recorded late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from domain.london import london_day
from domain.messages import Recorded, Stamp
from domain.wording import counted
from projections.fact import Fact
from projections.touched import Row
from projections.trail import row


class Changed(Struct, frozen=True):
    """A fact that says something else than it said."""

    part: str
    name: str
    was: str
    now: str
    of: str = ""


class Difference(Struct, frozen=True):
    """What came to be so between two points, what is so no longer, and what says something else."""

    added: tuple[Fact, ...]
    removed: tuple[Fact, ...]
    changed: tuple[Changed, ...]

    @property
    def nothing(self) -> bool:
        return not (self.added or self.removed or self.changed)


class Entry(Struct, frozen=True):
    """An event as it is told, and how late it was recorded; nothing where it was in time."""

    row: Row
    late: str

    @property
    def version(self) -> int:
        return int(self.row["version"])


def difference(before: Iterable[Fact], after: Iterable[Fact]) -> Difference:
    """Facts are the same by their part and key."""
    was = {(one.part, one.key): one for one in before}
    now = {(one.part, one.key): one for one in after}
    both = [(was[key], one) for key, one in now.items() if key in was]
    return Difference(
        added=tuple(one for key, one in now.items() if key not in was),
        removed=tuple(one for key, one in was.items() if key not in now),
        changed=tuple(
            Changed(new.part, new.name, old.says, new.says, new.of)
            for old, new in both
            if old.says != new.says
        ),
    )


def entry(recorded: Recorded, reference: str) -> Entry:
    return Entry(row(recorded.version, recorded, reference), lateness(recorded.stamp))


def known_later(later: Iterable[Recorded], day: date) -> Sequence[Recorded]:
    """What had happened by the end of a London day, of that which was recorded later.

    What was recorded on the day on which it happened is not among it: it came after.
    """
    return [one for one in later if one.stamp.on.read_as <= day and lateness(one.stamp)]


def lateness(stamp: Stamp) -> str:
    """How long after it happened something was recorded, as exactly as that is known."""
    days = (london_day(stamp.now) - stamp.on.read_as).days
    if days <= 0:
        return ""
    match stamp.on.precision:
        case "day":
            return f"recorded {counted(days, 'day')} after it happened"
        case "after":
            return f"recorded {counted(days, 'day')} after it happened, at most"
        case "unknown":
            return "by how much is not known: on which day it happened is not on record"
    return f"recorded {counted(days, 'day')} after it happened, at least"
