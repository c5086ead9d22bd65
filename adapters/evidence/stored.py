"""What a check is given of a store: all of it, as it is at one moment."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from adapters.database import raw_of
from adapters.evidence.entries import Event
from adapters.evidence.findings import Evidence, Tile
from adapters.evidence.tables import checkpoints, entries, tiles
from adapters.log.whole import whole

FETCHED = 5000
AT_ONCE = 256


def evidence(db: Connection) -> Evidence:
    """Read as it is gone through, once, within a transaction that sees one moment."""
    return Evidence(map(Event._make, whole(db)), _entries(db), _Tiles(db), _notes(db))


def _entries(db: Connection) -> Iterator[tuple[int, bytes]]:
    query = select(entries.c.position, entries.c.entry)
    after, more = -1, True
    while more:
        page = query.where(entries.c.position > after).order_by(entries.c.position)
        rows = db.execute(page.limit(FETCHED)).all()
        yield from ((position, raw_of(entry)) for position, entry in rows)
        more = len(rows) == FETCHED
        after = rows[-1].position if rows else after


def _notes(db: Connection) -> Iterator[tuple[int, str]]:
    query = select(checkpoints.c.size, checkpoints.c.note).order_by(checkpoints.c.size)
    yield from ((size, str(note)) for size, note in db.execute(query))


class _Tiles:
    """Tiles by level and number, asked for in order and so read several at once."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._ahead: dict[tuple[int, int], Tile] = {}

    def __call__(self, level: int, number: int) -> Tile | None:
        if found := self._ahead.pop((level, number), None):
            return found
        c = tiles.c
        near = (c.level == level) & c.number.between(number, number + AT_ONCE - 1)
        for row in self._db.execute(select(tiles).where(near)):
            self._ahead[level, row.number] = Tile(raw_of(row.hashes), raw_of(row.root))
        return self._ahead.pop((level, number), None)
