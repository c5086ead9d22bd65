"""The tree of the sealed log, read from its tiles; what is in none yet, from the entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from adapters.evidence.merkle import At, among, leaf_hash, root
from adapters.evidence.tables import entries, tiles

HEIGHT = 8
"""Levels of the tree in one tile, which has two to the power of so many hashes at its bottom."""
SIZE = select(func.max(entries.c.position))
LEAVES = (
    select(entries.c.entry)
    .where(entries.c.position.between(bindparam("first"), bindparam("last")))
    .order_by(entries.c.position)
)
ROOTS = (
    select(tiles.c.root)
    .where(tiles.c.level == bindparam("level"))
    .where(tiles.c.number.between(bindparam("first"), bindparam("last")))
    .order_by(tiles.c.number)
)
TILE = select(tiles.c.hashes).where(
    tiles.c.level == bindparam("level"), tiles.c.number == bindparam("number")
)


class Missing(Exception):
    """Something of the tree that has to be there is not. Says what."""


class Tree:
    """As it is at one moment. Remembers the tiles that it has read."""

    def __init__(self, db: Connection, height: int = HEIGHT) -> None:
        self._db, self._height, self._width = db, height, 2**height
        self.size: int = db.scalar(SIZE) or 0
        self._tiles: dict[tuple[int, int], At] = {}

    def at(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree. Raises Missing."""
        tier, above = divmod(level, self._height)
        number, within = divmod(index, self._width >> above)
        if (tier, number) not in self._tiles:
            self._tiles[tier, number] = self._tile(tier, number)
        return self._tiles[tier, number](above, within)

    def root(self) -> bytes:
        """Raises Missing."""
        return root(self.size, self.at)

    def with_more(self, leaves: Sequence[bytes]) -> Iterator[dict[str, Any]]:
        """The tiles that are full once these leaves have come: rows to be added. Raises Missing."""
        tier, first, news = 0, self.size, list(leaves)
        while news:
            begin = first - first % self._width
            hashes = self._along(tier, begin, first - begin) + news
            news = []
            for n in range(0, len(hashes) - self._width + 1, self._width):
                full = hashes[n : n + self._width]
                news.append(root(self._width, among(full)))
                place = {"level": tier, "number": (begin + n) // self._width}
                yield {**place, "hashes": b"".join(full), "root": news[-1]}
            tier, first = tier + 1, begin // self._width

    def _tile(self, tier: int, number: int) -> At:
        """Of a tile that is not full as much as there is."""
        found = self._db.scalar(TILE, {"level": tier, "number": number})
        if found is not None:
            return among([found[n : n + 32] for n in range(0, len(found), 32)])
        begin = number * self._width
        count = (self.size >> tier * self._height) - begin
        if not 0 < count < self._width:
            raise Missing(f"tile {number} of tier {tier} is missing")
        return among(self._along(tier, begin, count))

    def _along(self, tier: int, first: int, count: int) -> list[bytes]:
        """Hashes side by side: of entries, or of the full tiles of the tier below."""
        if tier == 0:
            where = {"first": first + 1, "last": first + count}
            found = [leaf_hash(one) for one in self._db.scalars(LEAVES, where)]
        else:
            where = {"level": tier - 1, "first": first, "last": first + count - 1}
            found = [bytes(one) for one in self._db.scalars(ROOTS, where)]
        if len(found) != count:
            raise Missing(
                f"of {count} hashes of tier {tier} from {first} on, {len(found)} are there"
            )
        return found
