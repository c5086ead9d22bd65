"""Moments as people write them: a day in London, with a time of day or without."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from domain.london import LONDON
from domain.values import check_day


def end_of(day: date) -> datetime:
    """The last moment of a London day, in UTC."""
    return datetime.combine(day, time.max, LONDON).astimezone(UTC)


def read_moment(text: str, clock: str = "") -> datetime:
    """An aware moment in UTC: of a day its end, or the time of day that London's clocks showed.

    Raises ValueError, with how to write it, for what is no moment and for a time without its zone.
    """
    try:
        if clock:
            return _on(_day(text), time.fromisoformat(clock))
        if len(text) <= len("2022-11-14"):
            return end_of(_day(text))
        moment = datetime.fromisoformat(text)
        check_day(moment.date())
        if moment.tzinfo:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        written = f"{text} {clock}".strip()
        example = "2022-11-14 and 12:00" if clock else "2022-11-14 or 2022-11-14T12:00Z"
        raise ValueError(f"“{written}” is no moment that exists; write {example}") from None
    raise ValueError(f"“{text}” has no time zone; write {text}Z for UTC")


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    check_day(day)
    return day


def _on(day: date, clock: time) -> datetime:
    """A time with a zone of its own is none that London's clocks showed."""
    if clock.tzinfo:
        raise ValueError("a time of day has no zone")
    moment = datetime.combine(day, clock, LONDON).astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != datetime.combine(day, clock):
        raise ValueError("no clock showed this: it was put on past it")
    return moment
