"""The log: recorded events in and out of the library's store. No other file knows the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from adapters.database import Database
from adapters.keys import Keys
from adapters.log.postgres import PostgresStore
from adapters.log.sqlite import SqliteStore
from adapters.log.store import Conflict, Store, Stored, Written
from adapters.postgres import Postgres
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
from adapters.sqlite import SqliteFile
from domain.closed import owned
from domain.messages import Event, Recorded, Stamp, by_tag, tag_of
from domain.values import procurement_id

__all__ = ["Conflict", "Log", "Stored", "Written"]


class Log:
    """Readable JSON but for what is closed, checked against its types in both directions."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._keys, self.store = keys, _store(database)
        self._kinds: dict[str, Any] = by_tag(Event, r"[a-z0-9-]+/\d+")
        nothing = put_back(Found({}, erased=False))
        self._decoders: dict[str, msgspec.json.Decoder[tuple[Stamp, Event]]] = {
            tag: msgspec.json.Decoder(tuple[Stamp, kind], dec_hook=nothing)  # type: ignore[valid-type]
            for tag, kind in self._kinds.items()
        }

    def append(self, news: Sequence[Recorded]) -> None:
        """All of it or nothing, in one transaction. Raises Conflict, or Unavailable."""
        self.store.insert([self._written(one) for one in news])

    def read(self, stream: UUID, upto: int | None = None) -> list[Recorded]:
        """A stream's events in their order, up to a version."""
        return list(self.history(stream, upto))

    def history(self, stream: UUID, upto: int | None = None) -> Iterator[Recorded]:
        """The same one by one, so that those folded already need no room."""
        yield from map(self.recorded, self.store.of_stream(stream, upto))

    def since(self, versions: Mapping[UUID, int]) -> dict[UUID, tuple[list[Recorded], bool]]:
        """Events of streams, each after a version, and whether anything closed is in them."""
        found: dict[UUID, tuple[list[Recorded], bool]] = {one: ([], False) for one in versions}
        for one in self.store.of_streams(versions):
            news, closed = found[one.stream]
            news.append(self.recorded(one))
            found[one.stream] = news, closed or is_sealed(one.state)
        return found

    def erasures(self) -> int:
        """How many keys were erased: what was read before another may hold what is gone."""
        return self._keys.erasures()

    def version(self, stream: UUID) -> int:
        """How many events a stream has."""
        return self.store.version(stream)

    def stored(self, stream: UUID, upto_position: int) -> list[Stored]:
        """A stream's events as stored, up to a position in the log."""
        return list(self.store.placed(stream, upto_position))

    def of_kind(self, tag: str, upto_position: int) -> list[Stored]:
        """All events of one kind, up to a position in the log."""
        return list(self.store.of_kind(tag, upto_position))

    def count(self, tag: str) -> int:
        """How many events of one kind there are."""
        return self.store.count(tag)

    def tail(self, after: int, limit: int) -> list[Stored]:
        """Events of all streams in the order of the log, as stored."""
        return list(self.store.tail(after, limit))

    def last_position(self) -> int:
        return self.store.last_position()

    def recorded(self, one: Written | Stored, *, opened: bool = True) -> Recorded:
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

    def close(self) -> None:
        self.store.close()

    def _written(self, one: Recorded) -> Written:
        topic, written = tag_of(type(one.event)), (one.stamp, one.event)
        try:
            state = encode(written)
            read = self._decoders[topic].decode(state)
        except TypeError:
            state, read = self._sealed(Place(one.stream, one.version, topic), written)
        if read != written:
            raise ValueError(f"{topic} would not be read back as it was written")
        return Written(one.stream, one.version, topic, state)

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


def _store(database: Database) -> Store:
    match database:
        case Postgres():
            return PostgresStore(database)
        case SqliteFile():
            return SqliteStore(database)
    raise TypeError(f"no log is kept in {database}")
