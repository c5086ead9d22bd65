"""Questions to the read models."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, or_, select

from adapters.database import Database
from domain.authority import CalendarAdopted, ConstitutionAdopted, OfficesAdopted
from domain.messages import tag_of
from projections import delegations, procurements, queue, trail

ADOPTIONS = [tag_of(one) for one in (ConstitutionAdopted, OfficesAdopted, CalendarAdopted)]


class Views:
    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(self, posts: Collection[str]) -> Sequence[Row[Any]]:
        """All rows of the posts, what is due first at the top. ``House.queue`` is what is shown."""
        table = queue.table
        query = (
            select(table)
            .where(table.c.post.in_(posts))
            .order_by(table.c.due.is_(None), table.c.due, table.c.since, table.c.reference)
        )
        with self._database.read() as db:
            return db.execute(query).all()

    def waiting(self, reference: str) -> Sequence[Row[Any]]:
        table = queue.table
        with self._database.read() as db:
            return db.execute(select(table).where(table.c.reference == reference)).all()

    def procurements(self) -> Sequence[Row[Any]]:
        table = procurements.table
        with self._database.read() as db:
            return db.execute(select(table).order_by(table.c.reference)).all()

    def delegations(self) -> Sequence[Row[Any]]:
        """The register of delegated authority, latest first."""
        table = delegations.table
        order = (table.c.authority, table.c.granted.desc(), table.c.label)
        with self._database.read() as db:
            return db.execute(select(table).order_by(*order)).all()

    def trail(self, reference: str) -> Sequence[Row[Any]]:
        """Every event of a procurement, or of an authority by its name, oldest first."""
        table = trail.table
        query = select(table).where(table.c.reference == reference).order_by(table.c.position)
        with self._database.read() as db:
            return db.execute(query).all()

    def latest(self, most: int, before: int | None = None) -> Sequence[Row[Any]]:
        """The latest events of all authorities and procurements, before a position in the log."""
        table = trail.table
        query = select(table).order_by(table.c.position.desc()).limit(most)
        if before is not None:
            query = query.where(table.c.position < before)
        with self._database.read() as db:
            return db.execute(query).all()

    def next_date(self, authority: str, after: date) -> date | None:
        """The next day on which something in an authority's queue falls due or opens, as far as it
        is in sight."""
        table = queue.table
        first = [
            select(column)
            .where(
                table.c.authority == authority,
                column > after,
                or_(table.c.reference != table.c.authority, table.c.opens <= after + queue.SIGHT),
            )
            .order_by(column)
            .limit(1)
            for column in (table.c.opens, table.c.due)
        ]
        with self._database.read() as db:
            days: list[date | None] = [db.scalar(one) for one in first]
        return min((one for one in days if one), default=None)

    def authorities(self) -> list[str]:
        """The names of the authorities that have adopted all that it takes to act."""
        name, event = trail.table.c.reference, trail.table.c.event
        query = (
            select(name)
            .where(event.in_(ADOPTIONS))
            .group_by(name)
            .having(func.count(event.distinct()) == len(ADOPTIONS))
            .order_by(name)
        )
        with self._database.read() as db:
            return list(db.scalars(query))
