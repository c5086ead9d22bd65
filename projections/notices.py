"""The notices of the Procurement Act 2023 that a case owes: why, by when, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.deadlines import Count
from domain.messages import Context
from domain.owed import all_owed
from domain.owing import Owed
from domain.procurement import Procurement
from domain.wording import counted, short_day, when


class Row(NamedTuple):
    """One notice. Days are London days; ``state`` says in words how it stands on the day asked."""

    code: str
    name: str
    section: str
    about: str
    because: str
    due: date | None
    due_text: str
    state: str
    standing: str
    """published, instead, silent, late, waits or to-come."""
    published: date | None
    identifier: str
    days: Count | None


def rows(procurement: Procurement, context: Context) -> list[Row]:
    """Those that are owed or were published, in the order of a case; none that nobody asks for."""
    found = all_owed(procurement, context)
    return [row(one, context.day) for one in found if not one.optional]


def row(one: Owed, today: date) -> Row:
    """How one stands on a day."""
    notice, done = one.notice, one.done
    standing, state = _state(one, today)
    return Row(
        code=notice.code.replace("-", " "),
        name=notice.name,
        section=notice.section,
        about=one.what,
        because=one.because,
        due=one.due,
        due_text=one.due_by,
        state=state,
        standing=standing,
        published=done.on.read_as if done else None,
        identifier=done.identifier if done else "",
        days=one.count,
    )


def _state(one: Owed, today: date) -> tuple[str, str]:
    late = one.late(today)
    days = counted(late, "day")
    if one.done:
        said = f"published {when(one.done.on)}"
        return "published", f"{said}, {days} late" if late else said
    if one.instead:
        return "instead", f"not published: {one.instead}"
    if one.unrecorded:
        return "silent", "not in the record"
    if late:
        return "late", f"{days} late"
    if one.opens and one.opens > today:
        return "to-come", f"from {short_day(one.opens)}"
    return "waits", "not published yet"
