"""People's names, which stay out of the log, and who is signed in. Sessions keep real time."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import Column, DateTime, String, Table, Uuid, select

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

    def __init__(
        self,
        database: Database,
        kept: Scratch | None = None,
        fingerprint: Callable[[bytes], str] = lambda text: sha256(text).hexdigest(),
    ) -> None:
        """``kept`` is shared by all processes, or there is none; what is kept bears a fingerprint.

        With a keyed one, nobody who only gets at ``kept`` can say who is signed in.
        """
        self._database, self._kept, self._fingerprint = database, kept, fingerprint

    def introduce(self, names: Mapping[UUID, str]) -> None:
        """Puts names to the ids of people."""
        with self._database.write() as db:
            for person, name in names.items():
                row = self._database.insert(people).values(person=person, name=name)
                db.execute(
                    row.on_conflict_do_update(index_elements=["person"], set_={"name": name})
                )

    def names(self) -> dict[UUID, str]:
        with self._database.read() as db:
            rows = db.execute(select(people.c.person, people.c.name).order_by(people.c.name))
            return {one.person: one.name for one in rows}

    def name(self, person: UUID) -> str | None:
        """What somebody is called, if they were introduced."""
        query = select(people.c.name).where(people.c.person == person)
        with self._database.read() as db:
            return db.scalar(query)

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
        if known == SIGNED_OUT:
            return None
        person, _, mark = (known or "").partition(" ")
        if mark and compare_digest(mark, self._mark(mine, person)):
            return UUID(person)
        now = datetime.now(UTC).replace(tzinfo=None)
        query = select(sessions.c.person, sessions.c.expires)
        with self._database.read() as db:
            there = (sessions.c.token_hash == mine) & (sessions.c.expires > now)
            row = db.execute(query.where(there)).one_or_none()
        if row is None:
            return None
        if self._kept and (left := min(KEPT, int((row.expires - now).total_seconds()))) > 0:
            value = f"{row.person} {self._mark(mine, str(row.person))}"
            self._kept.put(KEY + mine, value, left, new=True)
        found: UUID = row.person
        return found

    def sign_out(self, token: str) -> None:
        mine = _hash(token)
        with self._database.write() as db:
            db.execute(sessions.delete().where(sessions.c.token_hash == mine))
        if self._kept:
            self._kept.put(KEY + mine, SIGNED_OUT, 2 * KEPT)

    def _mark(self, session: str, person: str) -> str:
        return self._fingerprint(f"session {session} {person}".encode())


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
