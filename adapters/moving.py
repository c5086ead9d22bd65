"""Moves a house between its SQLite file and PostgreSQL: all that is kept, in one transaction.

Read models are not moved: they are made anew from the log. Nobody stays signed in.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from adapters.clock import demo_clocks
from adapters.closed_reads import closed_reads
from adapters.database import Unavailable
from adapters.documents import documents
from adapters.evidence import tables as sealed
from adapters.evidence.checking import WIDTH
from adapters.evidence.copies import Copies
from adapters.evidence.stored import evidence
from adapters.identity import people
from adapters.keys import erased_keys, stream_keys
from adapters.ledgers.capsules import capsules
from adapters.ledgers.tables import (
    attempts,
    deliveries,
    endpoint_states,
    lanes,
    reached,
    secrets,
    unread,
)
from adapters.log.moving import every, into, into_file, placed
from adapters.log.positions import Positions
from adapters.log.store import Written
from adapters.postgres import Postgres
from adapters.refused_attempts import refused_attempts
from adapters.sqlite import SqliteFile

LEDGERS = (reached, unread, endpoint_states, lanes, deliveries, attempts, secrets)
SEALED = (sealed.entries, sealed.tiles, sealed.checkpoints, sealed.cosignatures, sealed.stamps)
KEYS, LISTS = (stream_keys, erased_keys), (closed_reads, refused_attempts)
KEPT = (documents, capsules, people, *KEYS, *LISTS, demo_clocks, *LEDGERS, *SEALED)
"""In the order in which they are moved; what is in ``LISTS`` gets numbers anew, in its order."""


class Moved(NamedTuple):
    events: int
    digest: str
    """SHA-256 of all events in their order, as they were read back on the other side."""


def move(source: SqliteFile, target: Postgres) -> Moved:
    """All of it or nothing. Raises Unavailable, also where the target is not empty, and where what
    is read back there is not what was written here."""
    with source.write() as here, target.write("migrations", "master key") as there:
        _check_empty(there)
        _move_tables(here, there)
        into(there, every(here))
        _check_sealed(there)
        return _compared(every(here), placed(there))


def take_out(source: Postgres, target: SqliteFile) -> Moved:
    """The same the other way, as it is at one moment, into a new file. Raises Unavailable."""
    Positions(source).hand_out()
    with source.view() as here, target.write() as there:
        _move_tables(here, there)
        into_file(there, placed(here))
        _check_sealed(there)
        return _compared(placed(here), every(there))


def _check_empty(there: Connection) -> None:
    for name in ("stored_events", *(one.name for one in KEPT)):
        if there.exec_driver_sql(f"SELECT EXISTS (SELECT FROM {name})").scalar():
            raise Unavailable(f"{name} is not empty there: move to a database that has only tables")


def _move_tables(here: Connection, there: Connection) -> None:
    for table in KEPT:
        anew = "number" if table in LISTS else ""
        columns = [one for one in table.columns if one.name != anew]
        every_row = select(*columns).order_by(*table.primary_key)
        rows = [dict(one._mapping) for one in here.execute(every_row)]
        if rows:
            there.execute(table.insert(), rows)
        count = there.scalar(select(func.count()).select_from(table)) or 0
        _check_same(table.name, len(rows), count)


def _check_sealed(there: Connection) -> None:
    """Events, entries and tiles still say the same; who holds the keys can check signatures."""
    copies = Copies(evidence(there), (), WIDTH)
    if copies.findings or copies.differing:
        raise Unavailable("the sealed log does not fit the events there: nothing was kept there")


def _compared(before: Iterable[Written], after: Iterable[Written]) -> Moved:
    """Raises Unavailable where they are not the same."""
    written, read_back = _digest(before), _digest(after)
    _check_same("events", written, read_back)
    return read_back


def _digest(events: Iterable[Written]) -> Moved:
    count, found = 0, sha256()
    for stream, version, topic, state in events:
        count += 1
        found.update(b"%b %d %b %d " % (stream.bytes, version, topic.encode(), len(state)) + state)
    return Moved(count, found.hexdigest())


def _check_same(what: str, before: object, after: object) -> None:
    if before != after:
        raise Unavailable(f"the {what} there are not those that were moved: nothing was kept there")
