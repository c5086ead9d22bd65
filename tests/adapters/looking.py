"""What lies in the store: the log byte for byte, the read models row for row."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from adapters.house import PROJECTIONS, House
from adapters.postgres import Postgres
from tests.houses import tamper


def fingerprint(house: House) -> str:
    """Of every byte in the log."""
    order = "notification_id" if isinstance(house.database, Postgres) else "rowid"
    rows = tamper(house, f"SELECT {order}, * FROM stored_events ORDER BY {order}")
    return sha256(repr(rows).encode()).hexdigest()


def dump(house: House) -> dict[str, list[str]]:
    """Every row of every read model, and how far each has come."""
    found = {}
    with house.database.read() as db:
        for one in PROJECTIONS:
            rows = sorted(repr(tuple(row)) for row in db.execute(select(one.table)))
            found[one.name] = [f"up to {house.runners[one.name].position()}", *rows]
    return found


def rebuilt(house: House, batch: int = 1000) -> dict[str, list[str]]:
    for runner in house.runners.values():
        runner.rebuild(batch)
    return dump(house)


def plant(house: House, stream: UUID, version: int, tag: str, state: bytes = b"{}") -> None:
    """An event that a newer program left behind, or a broken disk."""
    into = "stored_events (originator_id, originator_version, topic, state)"
    tamper(house, f"INSERT INTO {into} VALUES (?, ?, ?, ?)", stream, version, tag, state)
