"""A timetable as a picture: rows from the top, days from the left, in per cent of the width."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from domain.timetable import Step, Timetable

TOP, HEAD, ROW = 46, 30, 40
"""Heights in pixels: of the scale, of a group's name, of a step."""
LEFT, WIDTH = 2.0, 96.0
MOST_LABELS = 4
MOST_LETTERS = 36


class Bar(NamedTuple):
    x: float
    width: float


class Row(NamedTuple):
    """A step, or without one the name of a group; ``y`` is its top."""

    y: int
    text: str
    step: Step | None = None
    waits: Bar | None = None
    spare: Bar | None = None
    late: Bar | None = None
    at: float = 0
    last: float | None = None


class Tick(NamedTuple):
    x: float
    text: str


class Gantt(NamedTuple):
    height: int
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    today: float
    starts: float | None


def gantt(t: Timetable) -> Gantt:
    days = [day for one in t.steps for day in (one.since, one.day, one.last) if day]
    first, end = min([*days, t.today]), max([*days, t.today, t.starts or t.today])
    scale = _Scale(first, max(end, first + timedelta(days=14)))
    rows = tuple(_rows(t, scale))
    height = rows[-1].y + ROW if rows else TOP
    starts = scale.x(t.starts) if t.starts else None
    return Gantt(height, rows, tuple(_ticks(scale)), scale.x(t.today), starts)


class _Scale(NamedTuple):
    first: date
    end: date

    def x(self, day: date) -> float:
        return round(LEFT + WIDTH * (day - self.first).days / (self.end - self.first).days, 2)

    def bar(self, since: date, until: date) -> Bar | None:
        if since >= until:
            return None
        return Bar(self.x(since), round(self.x(until) - self.x(since), 2))


def _rows(t: Timetable, scale: _Scale) -> Iterator[Row]:
    y, group = TOP, ""
    for n, one in enumerate(t.steps, 1):
        if one.group != group:
            group = one.group
            yield Row(y, _short(group))
            y += HEAD
        last = one.last
        yield Row(
            y,
            _short(f"{n}. {one.title}"),
            one,
            scale.bar(one.since, one.day),
            scale.bar(one.day, last) if last else None,
            scale.bar(last, one.day) if last else None,
            scale.x(one.day),
            scale.x(last) if last else None,
        )
        y += ROW


def groups(t: Timetable) -> list[tuple[str, list[tuple[int, Step]]]]:
    """The steps with their numbers, by the names of the groups, in their order."""
    numbered = enumerate(t.steps, 1)
    return [(name, list(found)) for name, found in groupby(numbered, lambda one: one[1].group)]


def _short(text: str) -> str:
    """What fits on a telephone; the table has all of it."""
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1].rstrip()}…"


def _ticks(scale: _Scale) -> Iterator[Tick]:
    """Beginnings of months, so many that their names do not run into each other."""
    months = []
    day = scale.first.replace(day=1)
    while day <= scale.end:
        if day >= scale.first:
            months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    every = max(1, -(-len(months) // MOST_LABELS))
    for day in months[::every]:
        yield Tick(scale.x(day), f"{day:%b %Y}")
