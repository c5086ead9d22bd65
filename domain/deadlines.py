"""Working days and calendar days. Every answer explains each day that it counted or skipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from domain.refusals import Refusal, Refused
from domain.wording import long_day

Division = Literal["england-and-wales", "scotland", "northern-ireland"]
DIVISIONS: tuple[Division, ...] = ("england-and-wales", "scotland", "northern-ireland")
ONE = timedelta(days=1)


class Calendar(Struct, frozen=True, forbid_unknown_fields=True):
    """Bank holidays by part of the UK, complete for the years ``first`` to ``last``."""

    version: str
    first: int
    last: int
    holidays: Mapping[Division, Mapping[str, str]]
    """The name of each by its day, written 2026-12-25."""

    def why_closed(self, day: date, where: Division = "england-and-wales") -> str:
        """Why the day is no working day, or nothing. Refuses a year that it does not cover."""
        if not self.first <= day.year <= self.last:
            years = f"{self.first} to {self.last}"
            raise Refused([Refusal("D7", f"{day.year} is outside the calendar of {years}")])
        if day.weekday() > 4:
            return "Saturday" if day.weekday() == 5 else "Sunday"
        return self.holidays[where].get(day.isoformat(), "")


def why_not_covered(day: date, calendar: Calendar) -> Iterable[Refusal]:
    """A day that people type lies in the years that the calendar covers."""
    if not calendar.first <= day.year <= calendar.last:
        years = f"{calendar.first} to {calendar.last}"
        yield Refusal("C1", f"{long_day(day)} is outside the calendar, which covers {years}")


class Day(Struct, frozen=True):
    """One day of a count: whether it counted, and why."""

    date: date
    counted: bool
    why: str


class Count(Struct, frozen=True):
    """A period: its last day, and every day on the way there."""

    last_day: date
    days: tuple[Day, ...]

    @property
    def day_after(self) -> date:
        return self.last_day + ONE


def working_days(start: date, number: int, calendar: Calendar, *, start_counts: bool) -> Count:
    """So many working days from ``start``, which counts itself or does not (D7, D11)."""
    days: list[Day] = []
    if not start_counts:
        days.append(Day(start, False, "the day it is counted from"))
    day, left = start if start_counts else start + ONE, number
    while left:
        closed = calendar.why_closed(day)
        left -= not closed
        days.append(Day(day, not closed, closed or f"working day {number - left}"))
        day += ONE
    return Count(days[-1].date, tuple(days))


def days_after(start: date, number: int, calendar: Calendar, *, roll: bool = False) -> Count:
    """So many days of any kind after ``start``; an end on a closed day may roll on (P4)."""
    days = [Day(start, False, "the day it is counted from")]
    days += [Day(start + ONE * n, True, f"day {n}") for n in range(1, number + 1)]
    while roll and (closed := calendar.why_closed(days[-1].date)):
        last = days.pop()
        days.append(Day(last.date, last.counted, f"{last.why}, but {closed}"))
        days.append(Day(last.date + ONE, False, "runs on to the end of the next working day"))
    return Count(days[-1].date, tuple(days))
