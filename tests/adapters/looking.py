"""What lies in the file: the log byte for byte, the read models row for row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from adapters.house import PROJECTIONS, House


def fingerprint(house: House) -> str:
    """Of every byte in the log."""
    with closing(sqlite3.connect(house.database.file)) as db:
        rows = db.execute("SELECT rowid, * FROM stored_events ORDER BY rowid").fetchall()
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
    with closing(sqlite3.connect(house.database.file)) as db, db:
        values = (stream.hex, version, tag, state)
        db.execute("INSERT INTO stored_events VALUES (?, ?, ?, ?)", values)
