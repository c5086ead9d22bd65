"""Every event that lies in a store, as it lies there: for whoever checks it, and trusts nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from adapters.log.sqlite import COLUMNS
from adapters.postgres import cursor_of

FETCHED = 5000
EVENT = "e.originator_id, e.originator_version, e.topic, e.state"
AT_NO_PLACE = (
    f"SELECT 0, {EVENT} FROM stored_events e WHERE notification_id <= "
    "(SELECT max(n) FROM log_settled) AND NOT EXISTS "
    "(SELECT FROM log_positions p WHERE p.n = e.notification_id)"
)
"""What was put in behind the back of who gives positions: they look at nothing so old any more."""
PLACED = (
    f"SELECT p.position, {EVENT} FROM log_positions p "
    "JOIN stored_events e ON e.notification_id = p.n ORDER BY p.position"
)
Found = tuple[int, str, int, str, bytes]
"""Position, stream, version, kind and bytes."""


def whole(db: Connection) -> Iterator[Found]:
    """In the order of positions. Those below 1 are of no event that the program wrote."""
    if db.dialect.name == "sqlite":
        rows = db.exec_driver_sql(f"SELECT rowid, {COLUMNS} ORDER BY rowid")
        yield from map(_plain, rows.yield_per(FETCHED))
        return
    for n, query in enumerate((AT_NO_PLACE, PLACED)):
        with cursor_of(db, f"whole_{n}") as cursor:
            cursor.itersize = FETCHED
            cursor.execute(query)
            yield from map(_plain, cursor)


def _plain(row: Sequence[Any]) -> Found:
    """Whatever somebody put there has a form that can be compared."""
    position, stream, version, kind, state = row
    if not isinstance(stream, UUID):
        stream = _dashed(str(stream))
    number = version if isinstance(version, int) else -1
    raw = state if isinstance(state, bytes) else str(state).encode()
    return position, str(stream), number, str(kind), raw


def _dashed(stream: str) -> str:
    """As a UUID is written, where it is one in 32 small hexadecimal digits."""
    parts = stream[:8], stream[8:12], stream[12:16], stream[16:20], stream[20:]
    return "-".join(parts) if len(stream) == 32 else stream
