"""The log: recorded events in and out of the library's store. No other file knows the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.persistence import (
    ApplicationRecorder,
    InfrastructureFactory,
    IntegrityError,
    OperationalError,
    StoredEvent,
)
from eventsourcing.utils import Environment

from adapters.database import Database, Unavailable
from adapters.keys import Keys
from adapters.sealing import (
    Found,
    Place,
    encode,
    is_sealed,
    listed,
    put_back,
    seal,
    taken_out,
    unseal,
)
from domain.closed import owned
from domain.messages import Event, Recorded, Stamp, by_tag, tag_of
from domain.values import procurement_id

SELECT = "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
known_uuid = lru_cache(10_000)(UUID)
"""Ids are made of text once: many rows are of few streams."""


class Conflict(Exception):
    """Another event took one of these places. Nothing of this append is on record."""


class Stored(NamedTuple):
    """An event as it lies in the store, at its position in the order of the log."""

    position: int
    stream: UUID
    version: int
    topic: str
    state: bytes


class Log:
    """Readable JSON but for what is closed, checked against its types in both directions."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database, self._keys = database, keys
        settings = {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(database.file),
            "SQLITE_LOCK_TIMEOUT": str(database.busy_seconds),
        }
        self._factory: Any = InfrastructureFactory.construct(Environment("countersign", settings))
        self._recorder: ApplicationRecorder = self._factory.application_recorder()
        if self.pragma("synchronous") != 2:
            raise RuntimeError("SQLite does not sync fully: an acknowledged event could be lost")
        self._kinds: dict[str, Any] = by_tag(Event, r"[a-z0-9-]+/\d+")
        nothing = put_back(Found({}, erased=False))
        self._decoders: dict[str, msgspec.json.Decoder[tuple[Stamp, Event]]] = {
            tag: msgspec.json.Decoder(tuple[Stamp, kind], dec_hook=nothing)  # type: ignore[valid-type]
            for tag, kind in self._kinds.items()
        }

    def append(self, news: Sequence[Recorded]) -> None:
        """All of it or nothing, in one transaction. Raises Conflict, or Unavailable."""
        try:
            self._recorder.insert_events([self._stored(one) for one in news])
        except IntegrityError:
            raise Conflict from None
        except OperationalError as error:
            raise Unavailable(str(error)) from error

    def read(self, stream: UUID, upto: int | None = None) -> list[Recorded]:
        """A stream's events in their order, up to a version."""
        return list(self.history(stream, upto))

    def history(self, stream: UUID, upto: int | None = None) -> Iterator[Recorded]:
        """The same one by one, so that those folded already need no room."""
        where: str = "WHERE originator_id = ? "
        values: list[object] = [stream.hex]
        if upto is not None:
            where, values = where + "AND originator_version <= ? ", [*values, upto]
        yield from map(self.recorded, self._select(where, values, "originator_version"))

    def version(self, stream: UUID) -> int:
        """How many events a stream has."""
        query = "SELECT max(originator_version) FROM stored_events WHERE originator_id = ?"
        with self._database.read() as db:
            return int(db.exec_driver_sql(query, (stream.hex,)).scalar() or 0)

    def stored(self, stream: UUID, upto_position: int) -> list[Stored]:
        """A stream's events as stored, up to a position in the log."""
        where = "WHERE originator_id = ? AND rowid <= ? "
        return list(self._select(where, [stream.hex, upto_position], "originator_version"))

    def of_kind(self, tag: str, upto_position: int) -> list[Stored]:
        """All events of one kind, up to a position in the log."""
        return list(self._select("WHERE topic = ? AND rowid <= ? ", [tag, upto_position], "rowid"))

    def tail(self, after: int, limit: int) -> list[Stored]:
        """Events of all streams in the order of the log, as stored."""
        return list(self._select("WHERE rowid > ? ", [after], "rowid", limit))

    def last_position(self) -> int:
        with self._database.read() as db:
            found = db.exec_driver_sql("SELECT max(rowid) FROM stored_events").scalar()
        return int(found or 0)

    def recorded(self, one: Stored, *, opened: bool = True) -> Recorded:
        """Raises what the decoder raises, KeyError for a kind that is not known.

        Unless it is ``opened``, what is sealed is left so, and reads as if it were erased.
        """
        if is_sealed(one.state):
            place = Place(one.stream, one.version, one.topic)
            left = Found({}, erased=True)
            found = unseal(one.state, place, self._keys.find) if opened else left
            stamp, event = self._opened(place, one.state, found)
        else:
            stamp, event = self._decoders[one.topic].decode(one.state)
        return Recorded(one.stream, one.version, stamp, event)

    def fingerprint(self, asked: object) -> str:
        """Of all that was asked; keyed where part of it is closed, so that nobody can guess it."""
        try:
            return sha256(encode(asked)).hexdigest()
        except TypeError:
            open_part, values = taken_out(asked)
            return self._keys.fingerprint(open_part + listed(values))

    def pragma(self, name: str) -> Any:
        """A setting of the connections that events are written through."""
        with self._factory.datastore.transaction(commit=False) as cursor:
            cursor.execute(f"PRAGMA {name}")
            return cursor.fetchone()[0]

    def close(self) -> None:
        self._factory.close()

    def _select(
        self, where: str, values: Sequence[object], order: str, limit: int = -1
    ) -> Iterator[Stored]:
        statement = f"{SELECT}{where}ORDER BY {order} LIMIT {limit}"
        with self._database.read() as db:
            rows = db.exec_driver_sql(statement, tuple(values)).all()
        for position, stream, version, topic, state in rows:
            yield Stored(position, known_uuid(stream), version, topic, state)

    def _stored(self, one: Recorded) -> StoredEvent:
        topic, written = tag_of(type(one.event)), (one.stamp, one.event)
        try:
            state = encode(written)
            read = self._decoders[topic].decode(state)
        except TypeError:
            state, read = self._sealed(Place(one.stream, one.version, topic), written)
        if read != written:
            raise ValueError(f"{topic} would not be read back as it was written")
        return StoredEvent(one.stream, one.version, topic, state)

    def _sealed(self, place: Place, written: object) -> tuple[bytes, tuple[Stamp, Event]]:
        """The stored form of what something closed is in, and how that is read."""
        state, values = taken_out(written)
        parts: dict[UUID, dict[int, str]] = {}
        for n, (one, (same, owner)) in enumerate(zip(values, owned(written), strict=True)):
            if one is not same:
                raise ValueError(f"it is not told whose the closed values of {place.topic} are")
            if one.value is not None:
                stream = procurement_id(owner) if owner else place.stream
                parts.setdefault(stream, {})[n] = one.value
        if not parts:
            return state, self._decoders[place.topic].decode(state)
        keys = {stream: self._keys.of(stream) for stream in parts}
        state = seal(state, [(keys[stream], one) for stream, one in parts.items()], place)
        by_id = {key.id: key for key in keys.values()}
        return state, self._opened(place, state, unseal(state, place, by_id.get))

    def _opened(self, place: Place, state: bytes, found: Found) -> tuple[Stamp, Event]:
        kind = tuple[Stamp, self._kinds[place.topic], msgspec.Raw]  # type: ignore[name-defined]
        stamp, event, _ = msgspec.json.decode(state, type=kind, dec_hook=put_back(found))
        return stamp, event
