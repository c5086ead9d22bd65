"""The sealer: follows the log, adds an entry for each event to the tree, and has its root signed.

It comes after the commit, and nothing that writes an event waits for it. Entries are added in one
transaction, a checkpoint in another: what ends between them is gone on with. Two sealers on one
store do no harm, since rows are only added, each in its place: one of them comes too late.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.exc import IntegrityError

from adapters.database import Database
from adapters.evidence.entries import Event, entry_of, written
from adapters.evidence.merkle import consistency, leaf_hash
from adapters.evidence.notes import Checkpoint
from adapters.evidence.signer import Refusal, Signer
from adapters.evidence.tables import checkpoints, entries, tiles
from adapters.evidence.tree import HEIGHT, SIZE, Missing, Tree
from adapters.log import Log, Stored

BATCH = 5000
SIGNED = select(func.max(checkpoints.c.size))


class Sealer:
    def __init__(self, log: Log, database: Database, signer: Signer, height: int = HEIGHT) -> None:
        self._log, self._database, self.signer = log, database, signer
        self._height = height

    def seal(self) -> int:
        """All that is new: how many entries were added. Raises Refusal, Unavailable."""
        added = 0
        while more := self._add():
            added += more
        self._sign()
        return added

    def _add(self) -> int:
        """The entries of one batch, with the tiles that are full with them. Raises Refusal."""
        with self._database.read() as db:
            size = db.scalar(SIZE) or 0
        if not (news := self._log.tail(size, BATCH)):
            if (last := self._log.last_position()) < size:
                raise Refusal(f"{size} events were sealed, and the log ends with {last}")
            return 0
        for n, one in enumerate(news, size + 1):
            if one.position != n:
                raise Refusal(f"event {n} is missing, and was not sealed yet")
        raw = [written(entry_of(event_of(one))) for one in news]
        try:
            with self._database.write() as db:
                tree = Tree(db, self._height)
                if tree.size != size:
                    return 0
                full = [*tree.with_more([leaf_hash(one) for one in raw])]
                rows = [{"position": n, "entry": one} for n, one in enumerate(raw, size + 1)]
                db.execute(entries.insert(), rows)
                if full:
                    db.execute(tiles.insert(), full)
        except IntegrityError:
            return 0
        except Missing as error:
            raise Refusal(str(error)) from None
        return len(news)

    def _sign(self) -> None:
        """What no checkpoint is about yet. Raises Refusal, Unavailable."""
        with self._database.read() as db:
            tree = Tree(db, self._height)
            if tree.size == (db.scalar(SIGNED) or 0):
                self.signer.goes_on(tree.size)
                return
            try:
                one = Checkpoint(self.signer.keys.origin, tree.size, tree.root())
                note = self.signer.sign(one, lambda old: consistency(old, tree.size, tree.at))
            except Missing as error:
                raise Refusal(str(error)) from None
        now: Any = literal_column(self._database.seconds)
        row = self._database.insert(checkpoints).values(size=tree.size, note=note, at=now)
        with self._database.write() as db:
            db.execute(row.on_conflict_do_nothing())


def event_of(one: Stored) -> Event:
    return Event(one.position, str(one.stream), one.version, one.topic, one.state)
