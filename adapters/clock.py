"""What time it is: London days, and for demo councils a clock of their own, moved by whole days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Column, Integer, String, Table, select
from sqlalchemy.dialects.sqlite import insert

from adapters.database import Database, metadata
from domain.london import LONDON, london_day

__all__ = ["LONDON", "Clocks", "london_day", "shifted"]

demo_clocks = Table(
    "demo_clocks",
    metadata,
    Column("authority", String, primary_key=True),
    Column("days", Integer, nullable=False),
)


def shifted(moment: datetime, days: int) -> datetime:
    """The same time of day in London so many days on, in UTC: summer time moves no day."""
    return (moment.astimezone(LONDON) + timedelta(days=days)).astimezone(UTC)


class Clocks:
    """Real time, shifted by whole days for a council whose demo clock was set."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self, authority: str) -> datetime:
        """Aware, in UTC."""
        return shifted(datetime.now(UTC), self._shift(authority) or 0)

    def today(self, authority: str) -> date:
        return london_day(self.now(authority))

    def is_demo(self, authority: str) -> bool:
        return self._shift(authority) is not None

    def start(self, authority: str, day: date) -> None:
        """Sets the clock to a day, unless it was set before."""
        days = (day - london_day(datetime.now(UTC))).days
        with self._database.write() as db:
            row = insert(demo_clocks).values(authority=authority, days=days)
            db.execute(row.on_conflict_do_nothing())

    def forward(self, authority: str, days: int) -> None:
        """Moves the clock of a demo council on. Raises ValueError for no or too many days."""
        if not 0 < days <= 3660:
            raise ValueError("A demo clock moves forward, by ten years at most")
        mine = demo_clocks.c.authority == authority
        moved = {"days": demo_clocks.c.days + days}
        with self._database.write() as db:
            db.execute(demo_clocks.update().where(mine).values(moved))

    def _shift(self, authority: str) -> int | None:
        with self._database.read() as db:
            mine = demo_clocks.c.authority == authority
            return db.scalar(select(demo_clocks.c.days).where(mine))
