"""What pages show of deliveries: how endpoints do, what was sent when, and what came back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, case, func, literal_column, select

from adapters.database import Database
from adapters.ledgers.tables import attempts, deliveries, endpoint_states, lanes


class Health(NamedTuple):
    """How an endpoint does; times are UTC."""

    waiting: int = 0
    parked: int = 0
    """Lanes that wait for somebody to look at what could not be delivered."""
    failures: int = 0
    failing_since: datetime | None = None
    answered: datetime | None = None
    opens: datetime | None = None

    @property
    def words(self) -> str:
        if self.failures:
            return "failing"
        return "needs somebody" if self.parked else "well" if self.answered else "nothing sent yet"


def moment(seconds: float | None) -> datetime | None:
    """A time as the ledgers keep it, in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


class Backlog(NamedTuple):
    """What waits at all endpoints that take something, and for how long the oldest has."""

    waiting: int
    parked: int
    seconds: float
    failing: int


class DeliveryViews:
    def __init__(self, database: Database) -> None:
        self._database = database

    def health(self, endpoints: Collection[UUID]) -> dict[UUID, Health]:
        """Of each; of one that nothing was ever kept for as well."""
        c, s = lanes.c, endpoint_states.c
        waiting = func.coalesce(func.sum(c.last - c.head + 1), 0)
        parked = func.coalesce(func.sum(case((c.parked, 1), else_=0)), 0)
        query = (
            select(s.endpoint, waiting, parked, s.failures, s.failing_since, s.answered, s.opens)
            .select_from(endpoint_states.outerjoin(lanes, s.endpoint == c.endpoint))
            .where(s.endpoint.in_(endpoints))
            .group_by(s.endpoint)
        )
        with self._database.read() as db:
            rows = {row[0]: row[1:] for row in db.execute(query)}
        found = {
            number: Health(int(row[0]), int(row[1]), row[2], *map(moment, row[3:]))
            for number, row in rows.items()
        }
        return {one: found.get(one, Health()) for one in endpoints}

    def backlog(self) -> Backlog:
        """Of all endpoints together. Raises Unavailable."""
        c, s, d = lanes.c, endpoint_states.c, deliveries.c
        now: Any = literal_column(self._database.seconds)
        used = lanes.join(endpoint_states, (s.endpoint == c.endpoint) & (s.waits == ""))
        head = (d.endpoint == c.endpoint) & (d.lane == c.lane) & (d.seq == c.head)
        query = select(
            func.coalesce(func.sum(c.last - c.head + 1), 0),
            func.coalesce(func.sum(case((c.parked, 1), else_=0)), 0),
            func.coalesce(func.max(now - d.queued), 0.0),
        ).select_from(used.join(deliveries, head))
        failing = select(func.count()).select_from(endpoint_states).where(s.failures > 0)
        with self._database.read() as db:
            waiting, parked, seconds = db.execute(query).one()
            return Backlog(int(waiting), int(parked), float(seconds), db.scalar(failing) or 0)

    def latest(
        self, endpoints: Collection[UUID], most: int, before: int | None = None
    ) -> Sequence[Row[Any]]:
        """What was kept for endpoints, latest first, before a position of the log."""
        c = deliveries.c
        query = select(deliveries).where(c.endpoint.in_(endpoints))
        if before is not None:
            query = query.where(c.position < before)
        with self._database.read() as db:
            return db.execute(query.order_by(c.position.desc(), c.id).limit(most)).all()

    def one(self, number: UUID) -> Row[Any] | None:
        with self._database.read() as db:
            return db.execute(select(deliveries).where(deliveries.c.id == number)).one_or_none()

    def attempts(self, number: UUID) -> Sequence[Row[Any]]:
        """Those of a delivery, the first one first."""
        query = select(attempts).where(attempts.c.delivery == number)
        with self._database.read() as db:
            return db.execute(query.order_by(attempts.c.number)).all()
