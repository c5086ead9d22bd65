"""What time it is: London days; for a demo council a day that lasts until it is moved on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Column, Date, DateTime, Row, String, Table, select

from adapters.database import Database, metadata
from domain.london import LONDON, london_day

__all__ = ["LONDON", "Clocks", "london_day", "within"]

OPENS = time(9)

demo_clocks = Table(
    "demo_clocks",
    metadata,
    Column("authority", String, primary_key=True),
    Column("day", Date, nullable=False),
    Column("since", DateTime, nullable=False),
)
"""The day of each, and the real moment in UTC at which that day was begun."""


def within(day: date, elapsed: timedelta) -> datetime:
    """So long after nine o'clock on a London day, in UTC: its last moment at the latest."""
    opens = datetime.combine(day, OPENS, LONDON).astimezone(UTC)
    ends = datetime.combine(day, time.max, LONDON).astimezone(UTC)
    return min(opens + max(elapsed, timedelta()), ends)


class Clocks:
    """Real time; for a demo council the time in a day of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self, authority: str) -> datetime:
        """Aware, in UTC."""
        now = datetime.now(UTC)
        found = self._found(authority)
        return within(found.day, now - found.since.replace(tzinfo=UTC)) if found else now

    def today(self, authority: str) -> date:
        return london_day(self.now(authority))

    def is_demo(self, authority: str) -> bool:
        return self._found(authority) is not None

    def start(self, authority: str, day: date) -> None:
        """Sets the clock to nine o'clock on a day, unless it was set before."""
        row = self._database.insert(demo_clocks).values(authority=authority, **_begun(day))
        with self._database.write() as db:
            db.execute(row.on_conflict_do_nothing())

    def forward(self, authority: str, days: int) -> None:
        """Moves the clock of a demo council on. Raises ValueError for no or too many days."""
        if not 0 < days <= 3660:
            raise ValueError("A demo clock moves forward, by ten years at most")
        mine = demo_clocks.c.authority == authority
        with self._database.write("demo clocks") as db:
            if day := db.scalar(select(demo_clocks.c.day).where(mine)):
                moved = _begun(day + timedelta(days))
                db.execute(demo_clocks.update().where(mine).values(**moved))

    def _found(self, authority: str) -> Row[tuple[str, date, datetime]] | None:
        with self._database.read() as db:
            return db.execute(
                select(demo_clocks).where(demo_clocks.c.authority == authority)
            ).one_or_none()


def _begun(day: date) -> dict[str, date | datetime]:
    return {"day": day, "since": datetime.now(UTC).replace(tzinfo=None)}
