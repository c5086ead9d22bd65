"""Working days and calendar days. Every answer explains each day that it counted or skipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from domain.refusals import Refusal, Refused
from domain.values import months_later
from domain.wording import long_day

Division = Literal["england-and-wales", "scotland", "northern-ireland"]
DIVISIONS: tuple[Division, ...] = ("england-and-wales", "scotland", "northern-ireland")
NAMED: Mapping[str, str] = {
    "england-and-wales": "England and Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}
Where = Literal["england-and-wales", "scotland", "northern-ireland", "any"]
"""Whose bank holidays are no working days: one part's, or those of any part of the UK."""
Unit = Literal["working-days", "days", "weeks", "months"]
ONE = timedelta(days=1)
FROM, BEGINS = "the day it is counted from", "it begins: the days after this one count"
RUNS_ON = "runs on to the end of the next working day"


class Calendar(Struct, frozen=True, forbid_unknown_fields=True):
    """Bank holidays by part of the UK, complete for the years ``first`` to ``last``."""

    version: str
    first: int
    last: int
    holidays: Mapping[Division, Mapping[str, str]]
    """The name of each by its day, written 2026-12-25."""

    def why_closed(self, day: date, where: Where = "england-and-wales") -> str:
        """Why the day is no working day, or nothing. Refuses a year that it does not cover."""
        if not self.first <= day.year <= self.last:
            years = f"{self.first} to {self.last}"
            raise Refused([Refusal("D7", f"{day.year} is outside the calendar of {years}")])
        if day.weekday() > 4:
            return "Saturday" if day.weekday() == 5 else "Sunday"
        if where != "any":
            return self.holidays[where].get(day.isoformat(), "")
        found = {one: name for one in DIVISIONS if (name := self.why_closed(day, one))}
        names = sorted(set(found.values()))
        everywhere = len(found) == len(DIVISIONS)
        return ", ".join(names) + ("" if everywhere or not found else f" ({_named(found)})")

    def working_day(self, day: date, where: Where = "england-and-wales") -> date:
        """The day itself if it is a working day, else the first one after it."""
        while self.why_closed(day, where):
            day += ONE
        return day


def _named(parts: Iterable[str]) -> str:
    return ", ".join(NAMED[one] for one in parts)


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


class Period(Struct, frozen=True, forbid_unknown_fields=True):
    """How long something takes, and how its days are counted from the one that starts it (D7).

    The first day counts itself or does not. Of clear days neither end counts: what they come
    before may happen on the day after the last. An end that is no working day may roll on to the
    end of the next one. Months end on the day of the same number, or on the month's last day.
    """

    number: Annotated[int, Meta(ge=1, le=600)]
    unit: Unit = "working-days"
    first_day_counts: bool = False
    where: Where = "england-and-wales"
    rolls: bool = False
    begins_day_after: bool = False
    """Whether it begins on the day after the one that starts it (P5)."""

    def count(self, start: date, calendar: Calendar) -> Count:
        """From a London day. Refuses a year that the calendar does not cover."""
        days, day = [], start
        if self.begins_day_after:
            days, day = [Day(start, False, FROM)], start + ONE
        if not self.first_day_counts:
            days.append(Day(day, False, BEGINS if self.begins_day_after else FROM))
            day += ONE
        days += self._working(day, calendar) if self.unit == "working-days" else self._all(day)
        if self.rolls:
            _roll(days, calendar, self.where)
        calendar.why_closed(days[-1].date)
        return Count(days[-1].date, tuple(days), self)

    def last_start(self, before: date, calendar: Calendar) -> date:
        """The latest day from which it can be counted and be over when ``before`` begins.

        To begin later never ends earlier, so it is looked for between a day that is early enough
        and one that is not.
        """
        back = 1
        while self.count(before - back * ONE, calendar).last_day >= before:
            back *= 2
        enough, too_few = back, back // 2
        while enough - too_few > 1:
            middle = (enough + too_few) // 2
            if self.count(before - middle * ONE, calendar).last_day < before:
                enough = middle
            else:
                too_few = middle
        return before - enough * ONE

    def _working(self, day: date, calendar: Calendar) -> Iterable[Day]:
        left = self.number
        while left:
            closed = calendar.why_closed(day, self.where)
            left -= not closed
            yield Day(day, not closed, closed or f"working day {self.number - left}")
            day += ONE

    def _all(self, first: date) -> Iterable[Day]:
        until = first + timedelta(days=self.number * (7 if self.unit == "weeks" else 1))
        if self.unit == "months":
            # The day of the same number is the last where the first day does not count.
            until = months_later(first - ONE * (not self.first_day_counts), self.number)
            until += ONE * (not self.first_day_counts)
        for n in range((until - first).days):
            yield Day(first + ONE * n, True, f"day {n + 1}")


class Count(Struct, frozen=True):
    """A period: its last day, to the midnight that ends it, and every day on the way there."""

    last_day: date
    days: tuple[Day, ...]
    period: Period

    def again(self, calendar: Calendar) -> Count:
        """The same period, counted by another calendar."""
        return self.period.count(self.days[0].date, calendar)

    @property
    def day_after(self) -> date:
        return self.last_day + ONE

    @property
    def notable(self) -> tuple[Day, ...]:
        """Bank holidays on the way, and days that moved the end: what people overlook."""
        return tuple(one for one in self.days if ", but " in one.why or _holiday(one))


def _holiday(day: Day) -> bool:
    return not day.counted and day.date.weekday() < 5 and day.why not in (FROM, BEGINS, RUNS_ON)


def _roll(days: list[Day], calendar: Calendar, where: Where) -> None:
    while closed := calendar.why_closed(days[-1].date, where):
        last = days.pop()
        days.append(replace(last, why=f"{last.why}, but {closed}"))
        days.append(Day(last.date + ONE, False, RUNS_ON))
