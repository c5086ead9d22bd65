"""People's names, which stay out of the log, and who is signed in. Sessions keep real time."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Column, DateTime, String, Table, Uuid, select
from sqlalchemy.dialects.sqlite import insert

from adapters.database import Database, metadata
from adapters.scratch import Scratch

LASTS = timedelta(hours=12)
KEPT = 30
"""Seconds for which somebody found in the database is not looked up again. Nobody who signs out
while nobody can be told is known for longer."""
KEY, SIGNED_OUT = "session:", "signed out"

people = Table(
    "people",
    metadata,
    Column("person", Uuid, primary_key=True),
    Column("name", String, nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person", Uuid, nullable=False),
    Column("expires", DateTime, nullable=False),
)


class Identity:
    """The database knows who is signed in. Who was found there is found sooner for a while."""

    def __init__(self, database: Database, kept: Scratch | None = None) -> None:
        """``kept`` is shared by all processes, or there is none."""
        self._database, self._kept = database, kept

    def introduce(self, names: Mapping[UUID, str]) -> None:
        """Puts names to the ids of people."""
        with self._database.write() as db:
            for person, name in names.items():
                row = insert(people).values(person=person, name=name)
                db.execute(row.on_conflict_do_update(["person"], set_={"name": name}))

    def names(self) -> dict[UUID, str]:
        with self._database.read() as db:
            rows = db.execute(select(people.c.person, people.c.name).order_by(people.c.name))
            return {one.person: one.name for one in rows}

    def sign_in(self, person: UUID) -> str:
        """A new session's secret, which only the browser keeps."""
        token, now = secrets.token_urlsafe(32), datetime.now(UTC).replace(tzinfo=None)
        row = {"token_hash": _hash(token), "person": person, "expires": now + LASTS}
        with self._database.write() as db:
            db.execute(sessions.delete().where(sessions.c.expires <= now))
            db.execute(sessions.insert().values(row))
        return token

    def who(self, token: str) -> UUID | None:
        """The person signed in with this secret, while the session lasts."""
        mine = _hash(token)
        known = self._kept.get(KEY + mine) if self._kept else None
        if known is not None:
            return UUID(known) if known != SIGNED_OUT else None
        now = datetime.now(UTC).replace(tzinfo=None)
        query = select(sessions.c.person, sessions.c.expires)
        with self._database.read() as db:
            there = (sessions.c.token_hash == mine) & (sessions.c.expires > now)
            row = db.execute(query.where(there)).one_or_none()
        if row is None:
            return None
        if self._kept and (left := min(KEPT, int((row.expires - now).total_seconds()))) > 0:
            self._kept.put(KEY + mine, str(row.person), left, new=True)
        person: UUID = row.person
        return person

    def sign_out(self, token: str) -> None:
        mine = _hash(token)
        with self._database.write() as db:
            db.execute(sessions.delete().where(sessions.c.token_hash == mine))
        if self._kept:
            self._kept.put(KEY + mine, SIGNED_OUT, 2 * KEPT)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
