"""Events in PostgreSQL, in the library's table but by one statement of our own.

The library locks the table for each append, and tells its readers within it: either makes commits
wait for one another. Here they share the disk's work; positions are given afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from adapters.log.positions import Positions
from adapters.log.store import MOST, Conflict, Stored, Written
from adapters.postgres import Postgres

INTO = "INSERT INTO stored_events (originator_id, originator_version, topic, state) "
ONE = INTO + "VALUES (%s, %s, %s, %s)"
SEVERAL = (
    INTO + "SELECT stream, version, topic, state FROM "
    "unnest(%s::uuid[], %s::bigint[], %s::text[], %s::bytea[]) "
    "WITH ORDINALITY AS news(stream, version, topic, state, nth) ORDER BY nth"
)
EVENT = "e.originator_id, e.originator_version, e.topic, e.state "
OF_STREAM = (
    f"SELECT {EVENT} FROM stored_events e WHERE originator_id = %s AND originator_version > %s "
    "AND originator_version <= %s ORDER BY originator_version"
)
OF_STREAMS = (
    f"SELECT {EVENT} FROM unnest(%s::uuid[], %s::bigint[]) "
    "WITH ORDINALITY AS wanted(stream, after, nth) CROSS JOIN LATERAL "
    "(SELECT * FROM stored_events WHERE originator_id = stream AND originator_version > after "
    "ORDER BY originator_version OFFSET 0) e ORDER BY nth, originator_version"
)
"""Each through the index, however many the database believes that there are."""
PLACED = (
    f"SELECT p.position, {EVENT} FROM log_positions p "
    "JOIN stored_events e ON e.notification_id = p.n "
)


class PostgresStore:
    def __init__(self, database: Postgres) -> None:
        self._database = database
        self.positions = Positions(database)

    def insert(self, news: Sequence[Written]) -> None:
        statement, values = (ONE, news[0]) if len(news) == 1 else (SEVERAL, _columns(news))
        try:
            with self._database.at_once() as db:
                db.exec_driver_sql(statement, tuple(values))
        except IntegrityError:
            raise Conflict from None

    def of_stream(self, stream: UUID, upto: int | None, after: int = 0) -> Iterator[Written]:
        last = MOST if upto is None else upto
        yield from map(Written._make, self._rows(OF_STREAM, stream, after, last))

    def of_streams(self, after: Mapping[UUID, int]) -> Iterator[Written]:
        rows = self._rows(OF_STREAMS, list(after), list(after.values()))
        return map(Written._make, rows)

    def version(self, stream: UUID) -> int:
        query = "SELECT max(originator_version) FROM stored_events WHERE originator_id = %s"
        return self._rows(query, stream)[0][0] or 0

    def placed(self, stream: UUID, upto_position: int) -> Iterator[Stored]:
        where = "WHERE e.originator_id = %s AND p.position <= %s ORDER BY e.originator_version"
        return map(Stored._make, self._rows(PLACED + where, stream, upto_position))

    def of_kind(self, topic: str, upto_position: int) -> Iterator[Stored]:
        where = "WHERE e.topic = %s AND p.position <= %s ORDER BY p.position"
        return map(Stored._make, self._rows(PLACED + where, topic, upto_position))

    def count(self, topic: str) -> int:
        return int(self._rows("SELECT count(*) FROM stored_events WHERE topic = %s", topic)[0][0])

    def tail(self, after: int, limit: int) -> Iterator[Stored]:
        self.positions.hand_out()
        where = "WHERE p.position > %s ORDER BY p.position LIMIT %s"
        return map(Stored._make, self._rows(PLACED + where, after, limit))

    def last_position(self) -> int:
        self.positions.hand_out()
        return self._rows("SELECT max(position) FROM log_positions")[0][0] or 0

    def close(self) -> None: ...

    def _rows(self, query: str, *values: object) -> Sequence[Any]:
        with self._database.read() as db:
            return db.exec_driver_sql(query, values).all()


def _columns(news: Sequence[Written]) -> list[list[Any]]:
    return [list(column) for column in zip(*news, strict=True)]
