"""The outbox: reads the log in its order, and keeps for each endpoint what it is to be told.

Deliveries and how far it has come are one transaction, so that each event is kept once for each
endpoint, whatever ends when. Which endpoints there were is read off the log too. No rebuild of
a read model comes near it.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlalchemy import Connection

from adapters.database import Database, Unavailable
from adapters.folding import Folding
from adapters.ledgers.keeping import Keeping
from adapters.ledgers.kept import Kept
from adapters.ledgers.positions import (
    Unread,
    gone_on,
    position_of,
    put_aside,
    taken_up,
    unread_of,
)
from adapters.ledgers.registry import TAGS, Registry, told
from adapters.log import Log, Stored
from adapters.signals import DELIVERIES
from adapters.telling import Told, nobody
from domain.procurement import Procurement
from domain.published import TYPES
from projections.told import addressed, gateway_of

NAME = "outbox"
BATCH = 200
ALONE = "ledger outbox"

logger = logging.getLogger("countersign.outbox")


class Outbox:
    """Two of them on one database do no harm: one of them goes on."""

    def __init__(self, log: Log, database: Database, told: Told = nobody) -> None:
        """``told`` is given a topic once there is something to deliver."""
        self._log, self._database, self._told = log, database, told
        self._folding, self._registry = Folding(log), Registry(log)
        self._reached = -1

    def position(self) -> int:
        """How far it has come in the log."""
        with self._database.read() as db:
            return position_of(db, NAME)

    def unread(self) -> dict[UUID, str]:
        """Streams that wait because an event of theirs could not be read, and why."""
        with self._database.read() as db:
            return {stream: one.why for stream, one in unread_of(db, NAME).items()}

    def catch_up(self, batch: int = BATCH) -> int:
        """One batch of what is new in the log: how many events, 0 without news.

        An event that cannot be read keeps its stream waiting; the rest goes on.
        """
        start = self.position()
        if not (news := self._log.tail(start, batch)):
            return 0
        if start != self._reached:
            self._begin_at(start)
        self._reached = -1
        with self._database.read() as db:
            waiting = unread_of(db, NAME)
        (kept, failed), end = self._kept(news, waiting), news[-1].position
        with self._database.write(ALONE) as db:
            ours = unread_of(db, NAME) == waiting and gone_on(self._database, db, NAME, start, end)
            if ours:
                self._record(db, kept, failed)
        if not ours:
            return self.catch_up(batch)
        self._reached = end
        if kept:
            self._told([DELIVERIES])
        return len(news)

    def release(self, stream: UUID) -> bool:
        """Reads a stream that waits again, all its waiting events included: does it go on now?"""
        with self._database.write(ALONE) as db:
            if (first := unread_of(db, NAME).get(stream)) is None:
                return True
            end = position_of(db, NAME)
            self._begin_at(end)
            self._reached = -1
            waiting = [o for o in self._log.stored(stream, end) if o.position >= first.position]
            kept, failed = self._kept(waiting, ())
            if failed:
                return False
            taken_up(db, NAME, stream)
            self._record(db, kept, {})
        self._told([DELIVERIES])
        return True

    def _begin_at(self, position: int) -> None:
        self._folding.forget()
        self._registry.read(position)

    def _record(self, db: Connection, kept: Sequence[Kept], failed: dict[UUID, Unread]) -> None:
        keeping = Keeping(self._database, db)
        keeping.keep(kept)
        put_aside(db, NAME, failed, keeping.now)

    def _kept(
        self, news: Sequence[Stored], waiting: Collection[UUID]
    ) -> tuple[list[Kept], dict[UUID, Unread]]:
        """What is to be kept, in order; and the streams that could not be read."""
        kept: list[Kept] = []
        failed: dict[UUID, Unread] = {}
        for one in news:
            if one.stream in waiting or one.stream in failed:
                continue
            try:
                kept += self._of(one)
            except Unavailable:
                raise
            except Exception as error:
                why = f"{type(error).__name__}: {error}"
                logger.error("what is told of a stream waits at position %s: %s", one.position, why)
                failed[one.stream] = Unread(one.position, why)
        return kept, failed

    def _of(self, one: Stored) -> Iterator[Kept]:
        kind = TYPES.get(one.topic.partition("/")[0])
        if one.topic in TAGS:
            yield from self._registry.moved_on(one)
        elif kind and self._registry.anybody:
            touched = self._folding.touched(one.stream, [one], one.position)
            (_, recorded), p = touched.news[0], touched.after
            if isinstance(p, Procurement):
                to = addressed(recorded.event)
                about = kind, p.authority, gateway_of(recorded.event, p), to
                for number, endpoint in self._registry.hearing(*about):
                    yield told(one, kind, number, endpoint)
