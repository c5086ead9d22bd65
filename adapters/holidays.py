"""Bank holidays as a calendar to adopt, from the maintained ``holidays`` package."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from domain.deadlines import DIVISIONS, Calendar, Division

SUBDIVISIONS: dict[Division, str] = {
    "england-and-wales": "ENG",
    "scotland": "SCT",
    "northern-ireland": "NIR",
}


@cache
def calendar(first: int = 2010, last: int = 2040) -> Calendar:
    """The bank holidays of each part of the UK in these years, both included."""
    import holidays

    years = range(first, last + 1)
    days = {
        part: {
            day.isoformat(): name
            for day, name in sorted(
                holidays.country_holidays("GB", SUBDIVISIONS[part], years).items()
            )
        }
        for part in DIVISIONS
    }
    return Calendar(f"holidays {version('holidays')}", first, last, days)
