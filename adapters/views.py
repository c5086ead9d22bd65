"""Questions to the read models."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, func, or_, select

from adapters.database import Database
from domain.authority import CalendarAdopted, ConstitutionAdopted, OfficesAdopted
from domain.messages import tag_of
from projections import delegations, procurements, queue, trail

ADOPTIONS = [tag_of(one) for one in (ConstitutionAdopted, OfficesAdopted, CalendarAdopted)]
EVERY = 2**31
"""More than any queue holds."""
Item = namedtuple("Item", [*queue.table.columns.keys(), "later", "events"])  # type: ignore[misc]
"""A row of the queue; ``later`` says that it cannot be done today, ``events`` how many its case had
when the register was last brought up to date."""


class Waiting(NamedTuple):
    """A page of a queue: what can be done comes first, and in either part what is due first."""

    rows: Sequence[Any]
    """Items."""
    ready: int
    """How many can be done, on every page together."""
    later: int


@lru_cache(100)
def _of_queue(days: tuple[tuple[str, date], ...]) -> tuple[Any, Any]:
    """How a page of a queue is asked for, and how what is on all of them is counted."""
    c, register = queue.table.c, procurements.table.c
    mine = c.post.in_(bindparam("posts", expanding=True)) & queue.in_sight(dict(days))
    later = queue.later(dict(days))
    ready, not_ready = func.count().filter(~later), func.count().filter(later)
    page = (
        select(
            queue.table,
            later.label("later"),
            register.events,
            ready.over().label("all_ready"),
            not_ready.over().label("all_later"),
        )
        .outerjoin(procurements.table, c.procurement == register.procurement)
        .where(mine)
        .order_by(later, c.due.is_(None), c.due, c.since, c.reference, c.do, c.subject, c.post)
        .offset(bindparam("first"))
        .limit(bindparam("most"))
    )
    return page, select(ready, not_ready).where(mine)


class Views:
    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(
        self,
        posts: Collection[str],
        days: Mapping[str, date],
        first: int = 0,
        most: int | None = None,
    ) -> Waiting:
        """What waits for any of the posts, by the day it is in each council that they are of."""
        page, count = _of_queue(tuple(sorted(days.items())))
        values = {"posts": list(posts), "first": first, "most": EVERY if most is None else most}
        with self._database.read() as db:
            rows = db.execute(page, values).all()
            counts = rows[0][-2:] if rows else db.execute(count, values).one()
        return Waiting([Item._make(one[:-2]) for one in rows], *counts)

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
