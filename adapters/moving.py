"""Moves a house between its SQLite file and PostgreSQL: all that is kept, in one transaction.

Read models are not moved: they are made anew from the log. Nobody stays signed in.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from adapters.clock import demo_clocks
from adapters.closed_reads import closed_reads
from adapters.database import Unavailable
from adapters.documents import documents
from adapters.identity import people
from adapters.keys import erased_keys, stream_keys
from adapters.log.moving import every, into, into_file, placed
from adapters.log.positions import Positions
from adapters.postgres import Postgres
from adapters.sqlite import SqliteFile

KEPT = (documents, people, stream_keys, erased_keys, closed_reads, demo_clocks)
"""In the order in which they are moved; ``closed_reads`` get their numbers anew, in their order."""


class Moved(NamedTuple):
    events: int
    digest: str
    """SHA-256 of all events in their order, as they were read back on the other side."""


def move(source: SqliteFile, target: Postgres) -> Moved:
    """All of it or nothing. Raises Unavailable, also where the target is not empty, and where what
    is read back there is not what was written here."""
    with source.write() as here, target.write("migrations", "master key") as there:
        _check_empty(there)
        for table in KEPT:
            _check_same(table.name, *_moved(here, there, table))
        into(there, every(here))
        before, after = _digest(every(here)), _digest(placed(there))
        _check_same("events", before, after)
        return Moved(*after)


def take_out(source: Postgres, target: SqliteFile) -> Moved:
    """The same the other way, as it is at one moment, into a new file. Raises Unavailable."""
    Positions(source).hand_out()
    with source.view() as here, target.write() as there:
        for table in KEPT:
            _check_same(table.name, *_moved(here, there, table))
        into_file(there, placed(here))
        before, after = _digest(placed(here)), _digest(every(there))
        _check_same("events", before, after)
        return Moved(*after)


def _check_empty(there: Connection) -> None:
    for name in ("stored_events", *(one.name for one in KEPT)):
        if there.exec_driver_sql(f"SELECT EXISTS (SELECT FROM {name})").scalar():
            raise Unavailable(f"{name} is not empty there: move to a database that has only tables")


def _moved(here: Connection, there: Connection, table: Any) -> tuple[int, int]:
    columns = [one for one in table.columns if one.name != "number"]
    rows = [
        dict(one._mapping) for one in here.execute(select(*columns).order_by(*table.primary_key))
    ]
    if rows:
        there.execute(table.insert(), rows)
    return len(rows), int(there.scalar(select(func.count()).select_from(table)) or 0)


def _digest(events: Iterable[tuple[Any, ...]]) -> tuple[int, str]:
    count, found = 0, sha256()
    for stream, version, topic, state in events:
        count += 1
        found.update(b"%b %d %b %d " % (stream.bytes, version, topic.encode(), len(state)) + state)
    return count, found.hexdigest()


def _check_same(what: str, before: object, after: object) -> None:
    if before != after:
        raise Unavailable(f"the {what} there are not those that were moved: nothing was kept there")
