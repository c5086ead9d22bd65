"""How far a ledger has come in the log, and what of it could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, select

from adapters.database import Database
from adapters.ledgers.tables import reached, unread


class Unread(NamedTuple):
    """The first event of a stream that waits, and why."""

    position: int
    why: str


def position_of(db: Connection, ledger: str) -> int:
    return db.scalar(select(reached.c.position).where(reached.c.ledger == ledger)) or 0


def gone_on(database: Database, db: Connection, ledger: str, old: int, new: int) -> bool:
    """Moves on in the log, unless somebody else has."""
    first = database.insert(reached).values(ledger=ledger, position=0)
    db.execute(first.on_conflict_do_nothing())
    mine = (reached.c.ledger == ledger) & (reached.c.position == old)
    return db.execute(reached.update().where(mine).values(position=new)).rowcount == 1


def unread_of(db: Connection, ledger: str) -> dict[UUID, Unread]:
    rows = db.execute(select(unread).where(unread.c.ledger == ledger))
    return {one.stream: Unread(one.position, one.why) for one in rows}


def put_aside(db: Connection, ledger: str, failed: Mapping[UUID, Unread], now: float) -> None:
    """These streams wait from here on."""
    for stream, (position, why) in failed.items():
        row = {"ledger": ledger, "stream": stream, "position": position, "why": why}
        db.execute(unread.insert().values(**row, since=now))


def taken_up(db: Connection, ledger: str, stream: UUID) -> None:
    db.execute(unread.delete().where((unread.c.ledger == ledger) & (unread.c.stream == stream)))
