"""Steps that wait for one another: their earliest days forwards, their last days backwards.

A wait never ends earlier for having begun later, and neither does the day that a step falls on. So
the last day of a step is exact: from it the end is reached in time, from any later day it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from domain.deadlines import ONE, Calendar, Count, Period

Wait = Callable[[date], tuple[date, Count | None]]
"""The first day on which something may happen after this one, and how its days were counted."""


class Days(NamedTuple):
    """The days that a step may fall on: any, working days, or a body's meetings.

    Of a body's meetings only those between the first and the last known one are on record: before
    and after them any working day may be one.
    """

    calendar: Calendar
    working: bool = False
    meetings: tuple[date, ...] = ()

    def known(self, day: date) -> bool:
        """Whether the body's meetings around this day are on record."""
        return bool(self.meetings) and self.meetings[0] <= day <= self.meetings[-1]

    def next(self, day: date) -> date:
        """The day itself, or the first one after it that will do."""
        if self.known(day):
            return next(one for one in self.meetings if one >= day)
        found = self.calendar.working_day(day) if self.working else day
        early = bool(self.meetings) and day < self.meetings[0]
        return min(found, self.meetings[0]) if early else found

    def last(self, day: date) -> date:
        """The day itself, or the last one before it that will do."""
        while self.next(day) != day:
            day -= ONE
        return day


class Link(NamedTuple):
    """What a step waits for, and how long from then."""

    after: str
    wait: Wait


class Node(NamedTuple):
    """A step: what it waits for, and the days that it may fall on; ``at`` where it is on record."""

    id: str
    group: str
    title: str
    rule: str
    why: str
    days: Days
    after: tuple[Link, ...] = ()
    at: date | None = None
    counting: Count | None = None
    """How the days to one that is on record were counted."""
    acts: tuple[tuple[str, str], ...] = ()
    """The acts that carry it out: each command, and what it is about."""
    assumed: tuple[str, ...] = ()


class Reached(NamedTuple):
    """When a step is reached, since when it waited, and how those days were counted."""

    day: date
    since: date
    counting: Count | None


def at_once(day: date) -> tuple[date, None]:
    return day, None


def within(period: Period | None, calendar: Calendar) -> Wait:
    """Done at the end of a period, on its last day; at once without one."""
    if period is None:
        return at_once

    def wait(day: date) -> tuple[date, Count]:
        count = period.count(day, calendar)
        return count.last_day, count

    return wait


def clear(period: Period, calendar: Calendar) -> Wait:
    """On the day after a period."""

    def wait(day: date) -> tuple[date, Count]:
        count = period.count(day, calendar)
        return count.day_after, count

    return wait


def forwards(nodes: Iterable[Node], today: date) -> Mapping[str, Reached]:
    """The earliest day of every step, if nothing to come happens before today."""
    found: dict[str, Reached] = {}
    for one in nodes:
        waits = [(found[link.after].day, *link.wait(found[link.after].day)) for link in one.after]
        binding: Any = max(waits, key=lambda wait: wait[1], default=(today, today, None))
        since, day, count = binding
        if one.at:
            found[one.id] = Reached(one.at, min(since, one.at) if waits else one.at, one.counting)
            continue
        day = one.days.next(max(today, day))
        found[one.id] = Reached(day, since if waits else day, count)
    return found


def backwards(nodes: Sequence[Node], end: str, by: date) -> Mapping[str, date]:
    """The last day of every step that is to come, so that the end is reached by a day.

    What the end does not wait for has none.
    """
    found = {end: by}
    for one in reversed(nodes):
        if one.at or one.id == end:
            continue
        limits = [
            latest(link.wait, found[later.id])
            for later in nodes
            if later.id in found
            for link in later.after
            if link.after == one.id
        ]
        if limits:
            found[one.id] = one.days.last(min(limits))
    return found


def latest(wait: Wait, by: date) -> date:
    """The last day from which a wait is over by another."""
    too_late, step = by + ONE, ONE
    while wait(too_late - step)[0] > by:
        too_late, step = too_late - step, step * 2
    fine = too_late - step
    while too_late - fine > ONE:
        middle = fine + (too_late - fine) // 2
        if wait(middle)[0] > by:
            too_late = middle
        else:
            fine = middle
    return fine
