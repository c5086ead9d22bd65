"""Events in the SQLite file, in the library's table; the row's number is the position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    InfrastructureFactory,
    IntegrityError,
    OperationalError,
    StoredEvent,
)
from eventsourcing.utils import Environment

from adapters.database import Unavailable
from adapters.log.store import MOST, Conflict, Stored, Written
from adapters.sqlite import SqliteFile

COLUMNS = "originator_id, originator_version, topic, state FROM stored_events "
OF_STREAM = (
    "WHERE originator_id = ? AND originator_version > ? AND originator_version <= ? "
    "ORDER BY originator_version"
)
COUNT = (
    "SELECT coalesce((SELECT max(rowid) FROM stored_events), 0), "
    "(SELECT count(*) FROM stored_events WHERE rowid > ? AND topic = ?)"
)
known_uuid = lru_cache(10_000)(UUID)
"""Ids are made of text once: many rows are of few streams."""


class SqliteStore:
    def __init__(self, database: SqliteFile) -> None:
        self._database = database
        settings = {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(database.file),
            "SQLITE_LOCK_TIMEOUT": str(database.busy_seconds),
        }
        self._factory: Any = InfrastructureFactory.construct(Environment("countersign", settings))
        self._recorder: ApplicationRecorder = self._factory.application_recorder()
        self._counted: dict[str, tuple[int, int]] = {}
        if self.pragma("synchronous") != 2:
            raise RuntimeError("SQLite does not sync fully: an acknowledged event could be lost")

    def insert(self, news: Sequence[Written]) -> None:
        try:
            self._recorder.insert_events([StoredEvent(*one) for one in news])
        except IntegrityError:
            raise Conflict from None
        except OperationalError as error:
            raise Unavailable(str(error)) from error

    def of_stream(self, stream: UUID, upto: int | None, after: int = 0) -> Iterator[Written]:
        last = MOST if upto is None else upto
        for _, *event in self._rows(OF_STREAM, stream.hex, after, last):
            yield Written(known_uuid(event[0]), *event[1:])

    def of_streams(self, after: Mapping[UUID, int]) -> Iterator[Written]:
        for stream, version in after.items():
            yield from self.of_stream(stream, None, version)

    def version(self, stream: UUID) -> int:
        query = "SELECT max(originator_version) FROM stored_events WHERE originator_id = ?"
        with self._database.read() as db:
            return int(db.exec_driver_sql(query, (stream.hex,)).scalar() or 0)

    def placed(self, stream: UUID, upto_position: int) -> Iterator[Stored]:
        where = "WHERE originator_id = ? AND rowid <= ? ORDER BY originator_version"
        return self._stored(where, stream.hex, upto_position)

    def of_kind(self, topic: str, upto_position: int) -> Iterator[Stored]:
        return self._stored("WHERE topic = ? AND rowid <= ? ORDER BY rowid", topic, upto_position)

    def count(self, topic: str) -> int:
        """Counts what has come since it was last asked: there is no index by kinds to keep up."""
        upto, before = self._counted.get(topic, (0, 0))
        with self._database.read() as db:
            last, more = db.exec_driver_sql(COUNT, (upto, topic)).one()
        count: int = before + more
        self._counted[topic] = (last, count)
        return count

    def tail(self, after: int, limit: int) -> Iterator[Stored]:
        return self._stored("WHERE rowid > ? ORDER BY rowid LIMIT ?", after, limit)

    def last_position(self) -> int:
        with self._database.read() as db:
            found = db.exec_driver_sql("SELECT max(rowid) FROM stored_events").scalar()
        return int(found or 0)

    def pragma(self, name: str) -> Any:
        """A setting of the connections that events are written through."""
        with self._factory.datastore.transaction(commit=False) as cursor:
            cursor.execute(f"PRAGMA {name}")
            return cursor.fetchone()[0]

    def close(self) -> None:
        self._factory.close()

    def _stored(self, where: str, *values: object) -> Iterator[Stored]:
        for position, stream, *event in self._rows(where, *values):
            yield Stored(position, known_uuid(stream), *event)

    def _rows(self, where: str, *values: object) -> Sequence[Any]:
        with self._database.read() as db:
            return db.exec_driver_sql(f"SELECT rowid, {COLUMNS}{where}", values).all()
