"""People's names, which stay out of the log, and who is signed in. Sessions keep real time."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Column, DateTime, String, Table, Uuid, select

from adapters.database import Database, metadata

LASTS = timedelta(hours=12)

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
    def __init__(self, database: Database) -> None:
        self._database = database

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
        now = datetime.now(UTC).replace(tzinfo=None)
        mine = (sessions.c.token_hash == _hash(token)) & (sessions.c.expires > now)
        with self._database.read() as db:
            return db.scalar(select(sessions.c.person).where(mine))

    def sign_out(self, token: str) -> None:
        with self._database.write() as db:
            db.execute(sessions.delete().where(sessions.c.token_hash == _hash(token)))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
