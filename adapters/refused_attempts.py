"""What was tried and refused, apart from the log: who, as whom, which act, where, by which rules.

It holds nothing that anybody typed. The same within a minute of the clock is counted, not added,
and of what somebody tries in an hour no more than so much is told apart: so nobody fills it up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    DateTime,
    Index,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    func,
    select,
)

from adapters.database import Database, metadata

refused_attempts = Table(
    "refused_attempts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("same", String(64), nullable=False, unique=True),
    Column("at", DateTime, nullable=False),
    Column("last", DateTime, nullable=False),
    Column("times", BigInteger, nullable=False),
    Column("authority", String, nullable=False),
    Column("person", Uuid, nullable=False),
    Column("post", String, nullable=False),
    Column("deputising", Boolean, nullable=False),
    Column("what", String, nullable=False),
    Column("reference", String, nullable=False),
    Column("rules", String, nullable=False),
)
"""``at`` and ``last`` are the first and the latest time, in UTC by the authority's clock. ``what``
is the tag of a command, or the pattern of a page's address. ``same`` is by what one is known."""
Index("refused_attempts_of", refused_attempts.c.authority, refused_attempts.c.number)
Index("refused_attempts_by", refused_attempts.c.person, refused_attempts.c.at)
MOST = 60
"""Of one person in an hour: more are counted together."""
HOUR = timedelta(hours=1)
OTHERS = "others"
"""What stands for attempts that are no longer told apart."""


class Attempt(NamedTuple):
    """What was tried. ``reference`` and ``rules`` may be empty; so is ``post`` without a seat."""

    authority: str
    person: UUID
    post: str
    deputising: bool
    what: str
    reference: str = ""
    rules: str = ""


class RefusedAttempts:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, at: datetime, one: Attempt) -> None:
        """Notes or counts an attempt. Raises Unavailable."""
        now = at.replace(tzinfo=None)
        with self._database.write("refused attempts") as db:
            if not self._counted(db, now, one, f"{now:%Y-%m-%d %H:%M}"):
                self._note(db, now, one)

    def latest(self, authority: str, most: int, before: int | None = None) -> Sequence[Row[Any]]:
        """The latest of an authority, latest first."""
        table = refused_attempts.c
        query = select(refused_attempts).where(table.authority == authority)
        if before is not None:
            query = query.where(table.number < before)
        with self._database.read() as db:
            return db.execute(query.order_by(table.number.desc()).limit(most)).all()

    def _note(self, db: Connection, now: datetime, one: Attempt) -> None:
        table = refused_attempts.c
        mine = (table.person == one.person) & (table.at > now - HOUR)
        within = f"{now:%Y-%m-%d %H:%M}"
        if (db.scalar(select(func.count()).where(mine)) or 0) >= MOST:
            one = one._replace(post="", deputising=False, what=OTHERS, reference="", rules="")
            within = f"{now:%Y-%m-%d %H}"
            if self._counted(db, now, one, within):
                return
        row = {**one._asdict(), "same": _same(one, within), "at": now, "last": now, "times": 1}
        db.execute(refused_attempts.insert().values(row))

    def _counted(self, db: Connection, now: datetime, one: Attempt, within: str) -> bool:
        """Whether it is one more of what was noted already."""
        table = refused_attempts.c
        more = {"times": table.times + 1, "last": now}
        again = refused_attempts.update().where(table.same == _same(one, within)).values(more)
        return db.execute(again).rowcount == 1


def _same(one: Attempt, within: str) -> str:
    return sha256("\n".join(map(str, (*one, within))).encode()).hexdigest()
