"""All events of one store, taken to another in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from adapters.log.positions import HAND_OUT
from adapters.log.sqlite import COLUMNS, known_uuid
from adapters.log.store import Written
from adapters.postgres import cursor_of

NAMES = "originator_id, originator_version, topic, state"
INTO = f"COPY stored_events ({NAMES}) FROM STDIN"
IN_ORDER = (
    "SELECT e.originator_id, e.originator_version, e.topic, e.state FROM log_positions p "
    "JOIN stored_events e ON e.notification_id = p.n ORDER BY p.position"
)

ALL, FETCHED = 2**31 - 1, 5000


def every(here: Connection) -> Iterator[Written]:
    """Those of a SQLite file."""
    for stream, *event in here.exec_driver_sql(f"SELECT {COLUMNS} ORDER BY rowid"):
        yield Written(known_uuid(stream), *event)


def into(there: Connection, events: Iterable[Written]) -> None:
    """Adds them in PostgreSQL, and gives them positions in the same order."""
    with cursor_of(there) as cursor, cursor.copy(INTO) as copy:
        for one in events:
            copy.write_row(one)
    there.exec_driver_sql(HAND_OUT, (ALL,))


def into_file(there: Connection, events: Iterable[Written]) -> None:
    """Adds them in a SQLite file, at the same positions."""
    cursor: Any = there.connection.driver_connection
    rows = ((n, one.stream.hex, *one[1:]) for n, one in enumerate(events, 1))
    cursor.executemany(
        "INSERT INTO stored_events (rowid, " + NAMES + ") VALUES (?, ?, ?, ?, ?)", rows
    )


def placed(there: Connection) -> Iterator[Written]:
    """Those in PostgreSQL that have a position."""
    with cursor_of(there, "in_order") as cursor:
        cursor.itersize = FETCHED
        cursor.execute(IN_ORDER)
        yield from map(Written._make, cursor)
