"""A notice that a case owes: why, by when, and what became of it (P8)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from domain.deadlines import Calendar, Count, Period
from domain.messages import Stamp
from domain.noticed import Code, Noticed
from domain.procurement import Procurement
from domain.public_notices import NOTICES, PublicNotice
from domain.thresholds import below_threshold, estimate

NOTIFIABLE = Decimal(30_000)
"""Pounds with VAT from which a council announces what is below the threshold."""


class Owed(Struct, frozen=True):
    """One notice, and what asks for it here. Days are London days.

    ``about`` says which thing, where there may be several, and ``what`` says it in words. It is
    counted from ``since``, can first be published on ``opens``, and is due by ``due`` where the law
    says so; ``by`` are the words for that where they are not the usual ones. ``late_for`` is what
    it should have come before and that has happened, ``instead`` why the law does without it. An
    ``optional`` one is asked for by nobody.
    """

    notice: PublicNotice
    because: str
    about: str = ""
    what: str = ""
    since: date | None = None
    opens: date | None = None
    due: date | None = None
    count: Count | None = None
    done: Noticed | None = None
    late_for: str = ""
    instead: str = ""
    by: str = ""
    optional: bool = False
    unrecorded: bool = False
    """Whether a record from elsewhere went past it without a word: it may have been published."""

    @property
    def due_by(self) -> str:
        """By when it is due, in words."""
        return self.by or self.notice.due

    @property
    def waits(self) -> bool:
        """Whether it is still to be published."""
        return not (self.done or self.instead or self.unrecorded or self.optional)

    def late(self, day: date) -> int:
        """By how many days it was late, or is."""
        then = self.done.on.read_as if self.done else day
        return max((then - self.due).days, 0) if self.due else 0


def published(code: Code, procurement: Procurement, about: str = "") -> Noticed | None:
    """The latest notice of a kind about a thing."""
    found = [one for one in procurement.noticed if (one.code, one.about) == (code, about)]
    return found[-1] if found else None


def with_notice(
    procurement: Procurement, code: Code, stamp: Stamp, identifier: str = "", about: str = ""
) -> Procurement:
    """The procurement with a notice more, where it is the Act that governs it."""
    if procurement.regime != "pa2023":
        return procurement
    one = Noticed(code, stamp.on, about, identifier)
    return replace(procurement, noticed=(*procurement.noticed, one))


def notifiable(procurement: Procurement) -> bool:
    """Whether it is announced at all: below the threshold from £30,000 on, concessions never."""
    if not below_threshold(procurement):
        return True
    contract, term = procurement.contract, procurement.term
    amount = contract.original if contract else procurement.value
    term = contract.term if contract else term
    whole = estimate(amount, term.months if term else None, term.extensions if term else ())
    return procurement.subject != "concession" and (whole is None or whole >= NOTIFIABLE)


def due_from(since: date, period: Period | None, calendar: Calendar) -> tuple[date, Count] | None:
    """The last day of a period and how it was counted; None where no calendar covers it yet."""
    if period is None or not calendar.first <= since.year < calendar.last:
        return None
    count = period.count(since, calendar)
    return count.last_day, count


def owed(code: Code, because: str, procurement: Procurement, about: str = "") -> Owed:
    """A notice that is owed, and whether it has been published."""
    done = published(code, procurement, about)
    return Owed(NOTICES[code], because, about, done=done)
