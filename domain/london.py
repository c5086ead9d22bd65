"""London time: the days and hours by which councils count."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(moment: datetime) -> date:
    """The London day of an aware moment."""
    return moment.astimezone(LONDON).date()


def london_clock(moment: datetime) -> str:
    """The time of day in London, to the second: 17:30:00."""
    return f"{moment.astimezone(LONDON):%H:%M:%S}"
