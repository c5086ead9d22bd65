"""Feeds the log to the read models in batches; rows and position move in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from adapters.database import Database, metadata
from adapters.folding import Folding
from adapters.log import Log, Stored
from projections.touched import Projection, Row

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("projection", String, primary_key=True),
    Column("position", BigInteger, nullable=False),
)
parked = Table(
    "parked",
    metadata,
    Column("projection", String, primary_key=True),
    Column("stream", Uuid, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
)
CHUNK = 500


class Runner:
    """Brings one projection up to date. Two of them on one projection do no harm."""

    def __init__(self, log: Log, database: Database, projection: Projection) -> None:
        self.log, self.database, self.projection = log, database, projection
        self._folding = Folding(log)
        self._reached = -1

    def position(self) -> int:
        """How far the read model has come."""
        with self.database.read() as db:
            return _position(db, self.projection.name)

    def parked(self) -> dict[UUID, str]:
        """Streams that wait because an event of theirs failed, and how it failed."""
        with self.database.read() as db:
            mine = parked.c.projection == self.projection.name
            rows = db.execute(select(parked.c.stream, parked.c.why).where(mine)).all()
        return {one.stream: one.why for one in rows}

    def catch_up(self, batch: int = 1000) -> int:
        """One batch of what the projection has not seen: how many events, 0 without news.

        An event that fails parks its stream: later ones of that stream wait, the rest goes on.
        """
        start = self.position()
        if start != self._reached:
            self._folding.forget()
        news = self.log.tail(start, batch)
        if not news:
            return 0
        waiting = self.parked()
        end = news[-1].position
        changed, failed = self._changes([one for one in news if one.stream not in waiting], end)
        with self.database.write() as db:
            if not _advance(db, self.projection.name, start, end):
                return 0
            _replace(db, self.projection, changed)
            for stream, (position, why) in failed.items():
                db.execute(insert(parked).values(self._parking(stream, position, why)))
        self._reached = end
        return len(news)

    def release(self, stream: UUID) -> bool:
        """Tries a parked stream again, all its waiting events included: does it go on now?"""
        with self.database.write() as db:
            mine = (parked.c.projection == self.projection.name) & (parked.c.stream == stream)
            first = db.scalar(select(parked.c.position).where(mine))
            if first is None:
                return True
            end = _position(db, self.projection.name)
            waiting = [one for one in self.log.stored(stream, end) if one.position >= first]
            changed, failed = self._changes(waiting, end)
            if failed:
                return False
            _replace(db, self.projection, changed)
            db.execute(parked.delete().where(mine))
        return True

    def rebuild(self, batch: int = 1000, progress: Callable[[int], None] | None = None) -> int:
        """Makes the read model anew beside the live one and puts it in its place at once."""
        name, live = f"{self.projection.name} anew", self.projection.table
        beside = live.to_metadata(MetaData(), name=f"{live.name}_anew")
        beside.indexes.clear()
        anew = self.projection._replace(
            name=name, table=beside, key=beside.c[self.projection.key.name]
        )
        with self.database.write() as db:
            beside.drop(db, checkfirst=True)
            beside.create(db)
            _forget(db, name)
        other, count = Runner(self.log, self.database, anew), 0
        while done := other.catch_up(batch):
            count += done
            if progress:
                progress(count)
        with self.database.write() as db:
            db.execute(live.delete())
            db.execute(live.insert().from_select([c.name for c in live.c], select(beside)))
            _forget(db, self.projection.name)
            for table in checkpoints, parked:
                renamed = {"projection": self.projection.name}
                db.execute(table.update().where(table.c.projection == name).values(renamed))
            beside.drop(db)
        return count

    def _changes(
        self, news: Sequence[Stored], end: int
    ) -> tuple[dict[Any, list[Row]], dict[UUID, tuple[int, str]]]:
        """New rows by key, and the streams that failed: at which position, and how."""
        changed: dict[Any, list[Row]] = {}
        failed: dict[UUID, tuple[int, str]] = {}
        for stream, stored in self._folding.by_stream(news, end).items():
            try:
                touched = self._folding.touched(stream, stored, end)
                found = {key: list(rows) for key, rows in self.projection.changes(touched)}
            except Exception as error:
                self._folding.forget(stream)
                position = stored[0].position if stored else end
                failed[stream] = (position, f"{type(error).__name__}: {error}")
            else:
                changed |= found
        return changed, failed

    def _parking(self, stream: UUID, position: int, why: str) -> Row:
        now = datetime.now(UTC)
        where = {"projection": self.projection.name, "stream": stream, "position": position}
        return {**where, "why": why, "since": now}


def _position(db: Connection, projection: str) -> int:
    mine = checkpoints.c.projection == projection
    return db.scalar(select(checkpoints.c.position).where(mine)) or 0


def _advance(db: Connection, projection: str, old: int, new: int) -> bool:
    """Moves the checkpoint, unless somebody else has."""
    first = insert(checkpoints).values(projection=projection, position=0)
    db.execute(first.on_conflict_do_nothing())
    mine = (checkpoints.c.projection == projection) & (checkpoints.c.position == old)
    return db.execute(checkpoints.update().where(mine).values(position=new)).rowcount == 1


def _forget(db: Connection, projection: str) -> None:
    for table in checkpoints, parked:
        db.execute(table.delete().where(table.c.projection == projection))


def _replace(db: Connection, projection: Projection, changed: dict[Any, list[Row]]) -> None:
    keys = list(changed)
    for start in range(0, len(keys), CHUNK):
        chunk: Iterable[Any] = keys[start : start + CHUNK]
        db.execute(projection.table.delete().where(projection.key.in_(chunk)))
    if rows := [dict(row) for one in changed.values() for row in one]:
        db.execute(projection.table.insert(), rows)
