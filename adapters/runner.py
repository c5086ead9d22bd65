"""Feeds the log to the read models in batches; rows and position move in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import TypeVar
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

from adapters.database import Database, Unavailable, metadata
from adapters.folding import Folding
from adapters.log import Log, Stored
from adapters.telling import CHUNK, Changed, Told, nobody, span, topics_of
from projections.touched import Projection, check

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

S = TypeVar("S")


class Runner:
    """Brings one projection up to date. Two of them on one projection do no harm."""

    def __init__(
        self, log: Log, database: Database, projection: Projection, told: Told = nobody
    ) -> None:
        """``told`` is given the topics of what has changed, once that is committed."""
        self.log, self.database, self.projection = log, database, projection
        self._told = told
        self._folding = Folding(log)
        self._reached = -1

    def position(self) -> int:
        """How far the read model has come."""
        with self.database.read() as db:
            return _position(db, self.projection.name)

    def parked(self) -> dict[UUID, str]:
        """Streams that wait because an event of theirs failed, and how it failed."""
        with self.database.read() as db:
            return _parked(db, self.projection.name)

    def catch_up(self, batch: int = 1000) -> int:
        """One batch of what the projection has not seen: how many events, 0 without news.

        An event that fails parks its stream: later ones of that stream wait, the rest goes on.
        """
        start = self.position()
        if start != self._reached:
            self._folding.forget()
        self._reached = -1
        news = self.log.tail(start, batch)
        end = news[-1].position if news else start
        if news and not self._applied(news, start, end):
            return self.catch_up(batch)
        self._reached = end
        return len(news)

    def _applied(self, news: Sequence[Stored], start: int, end: int) -> bool:
        """Moves on with what is new, unless another has moved on or released a stream meanwhile."""
        waiting = self.parked()
        streams = self._folding.by_stream(news, end)
        changed, failed = self._changes(_without(waiting, streams), end)
        topics, name = set[str](), self.projection.name
        with self.database.write(_alone(name)) as db:
            ours = _parked(db, name) == waiting and self._advance(db, start, end)
            if ours:
                topics = self._record(db, changed, failed)
        if ours and self.projection.seen_by is not None:
            self._told({*topics, span(name, start, end)})
        return ours

    def release(self, stream: UUID) -> bool:
        """Tries a parked stream again, all its waiting events included: does it go on now?"""
        with self.database.write(_alone(self.projection.name)) as db:
            mine = (parked.c.projection == self.projection.name) & (parked.c.stream == stream)
            first = db.scalar(select(parked.c.position).where(mine))
            if first is None:
                return True
            end = _position(db, self.projection.name)
            waiting = [one for one in self.log.stored(stream, end) if one.position >= first]
            self._folding.forget()
            streams = {stream: [], **self._folding.by_stream(waiting, end)}
            others = _parked(db, self.projection.name).keys() - {stream}
            changed, failed = self._changes(_without(others, streams), end)
            if stream in failed:
                return False
            db.execute(parked.delete().where(mine))
            topics = self._record(db, changed, failed)
        self._told(topics)
        return True

    def rebuild(self, batch: int = 10_000, progress: Callable[[int], None] | None = None) -> int:
        """Makes the read model anew beside the live one and puts it in its place at once.

        Batches are large, since nobody waits for one: a stream is worked out once in each.
        Raises Unavailable where another rebuild of it got in the way: the live one stays then.
        """
        other = self.beside("anew")
        name, live, beside = other.projection.name, self.projection.table, other.projection.table
        count, done = 0, batch
        while done == batch:
            count += (done := other.catch_up(batch))
            if progress and done:
                progress(count)
        with self.database.write(_alone(name), _alone(self.projection.name)) as db:
            if _position(db, name) != other._reached:
                raise Unavailable(f"another rebuild of {self.projection.name} is under way")
            self.database.put_in_place(db, beside, live)
            forget(db, self.projection.name)
            for table in checkpoints, parked:
                renamed = {"projection": self.projection.name}
                db.execute(table.update().where(table.c.projection == name).values(renamed))
        while self.catch_up(batch) == batch:
            pass
        return count

    def beside(self, word: str) -> Runner:
        """Of the same read model in an empty table, which has this word in its name."""
        name, live = f"{self.projection.name} {word}", self.projection.table
        table = live.to_metadata(MetaData(), name=f"{live.name}_{word}")
        table.indexes.clear()
        key = table.c[self.projection.key.name]
        anew = self.projection._replace(name=name, table=table, key=key, seen_by=None)
        with self.database.write(_alone(name)) as db:
            table.drop(db, checkfirst=True)
            table.create(db)
            forget(db, name)
        return Runner(self.log, self.database, anew)

    def _changes(
        self, streams: Mapping[UUID, Sequence[Stored]], end: int
    ) -> tuple[Changed, dict[UUID, tuple[int, str]]]:
        """New rows by key, and the streams that failed: at which position, and how."""
        changed: Changed = {}
        failed: dict[UUID, tuple[int, str]] = {}
        for stream, stored in streams.items():
            try:
                changed |= self._rows(stream, stored, end)
            except Unavailable:
                raise
            except Exception as error:
                before, position = self._before_it_fails(stream, stored, end)
                changed |= before
                failed[stream] = (position, f"{type(error).__name__}: {error}")
        return changed, failed

    def _rows(self, stream: UUID, stored: Sequence[Stored], end: int) -> Changed:
        touched = self._folding.touched(stream, stored, end)
        found = {key: list(rows) for key, rows in self.projection.changes(touched)}
        check(self.projection.table, chain.from_iterable(found.values()))
        return found

    def _before_it_fails(
        self, stream: UUID, stored: Sequence[Stored], end: int
    ) -> tuple[Changed, int]:
        """The rows of the events before the one that fails, wherever a batch ends; its position."""
        changed: Changed = {}
        ends = [*(one.position - 1 for one in stored[1:]), end]
        for n, one in enumerate(stored):
            self._folding.forget()
            try:
                changed = self._rows(stream, stored[: n + 1], ends[n])
            except Unavailable:
                raise
            except Exception:
                end = one.position
                break
        self._folding.forget()
        return changed, end

    def _record(
        self, db: Connection, changed: Changed, failed: Mapping[UUID, tuple[int, str]]
    ) -> set[str]:
        """The topics of what has changed."""
        heard = self._told is not nobody
        topics = topics_of(db, self.projection, changed) if heard else set()
        table, key, keys = self.projection.table, self.projection.key, list(changed)
        for start in range(0, len(keys), CHUNK):
            db.execute(table.delete().where(key.in_(keys[start : start + CHUNK])))
        if rows := [row for one in changed.values() for row in one]:
            self.database.add(db, table, rows)
        for stream, (position, why) in failed.items():
            row = {"projection": self.projection.name, "stream": stream, "position": position}
            values = {**row, "why": why, "since": datetime.now(UTC)}
            db.execute(self.database.insert(parked).values(values).on_conflict_do_nothing())
        return topics

    def _advance(self, db: Connection, old: int, new: int) -> bool:
        """Moves the checkpoint, unless somebody else has."""
        name = self.projection.name
        first = self.database.insert(checkpoints).values(projection=name, position=0)
        db.execute(first.on_conflict_do_nothing())
        mine = (checkpoints.c.projection == name) & (checkpoints.c.position == old)
        return db.execute(checkpoints.update().where(mine).values(position=new)).rowcount == 1


def _without(waiting: Collection[UUID], streams: Mapping[UUID, S]) -> dict[UUID, S]:
    return {one: stored for one, stored in streams.items() if one not in waiting}


def _position(db: Connection, projection: str) -> int:
    mine = checkpoints.c.projection == projection
    return db.scalar(select(checkpoints.c.position).where(mine)) or 0


def _parked(db: Connection, projection: str) -> dict[UUID, str]:
    mine = parked.c.projection == projection
    rows = db.execute(select(parked.c.stream, parked.c.why).where(mine))
    return {one.stream: one.why for one in rows}


def _alone(projection: str) -> str:
    """Under this name one transaction at a time changes a read model."""
    return f"read model {projection}"


def forget(db: Connection, projection: str) -> None:
    """How far it has come, and what is parked."""
    for table in checkpoints, parked:
        db.execute(table.delete().where(table.c.projection == projection))
