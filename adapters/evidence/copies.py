"""The three copies that give the leaves of the tree, side by side: events, entries and tiles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from adapters.evidence.entries import Entry, Event, entry_of, read, written
from adapters.evidence.findings import Evidence, Finding, Kind, Tile
from adapters.evidence.merkle import EMPTY, Frontier, among, leaf_hash, root

MOST = 10_000
"""Places at which copies differ, of which each is named."""


class Place(NamedTuple):
    """One position, with the hashes of the leaf that each copy gives."""

    position: int
    event: Event | None
    raw: bytes | None
    made: bytes | None
    kept: bytes | None
    tiled: bytes | None


class Copy:
    """The root of one copy's tree at each of some sizes."""

    def __init__(self, sizes: Collection[int]) -> None:
        self._sizes, self._frontier, self._whole = sizes, Frontier(), True
        self.roots = {0: EMPTY}

    def add(self, leaf: bytes | None) -> None:
        """Once one is missing, nothing after it is at its place."""
        self._whole = self._whole and leaf is not None
        if self._whole and leaf is not None:
            self._frontier.add(leaf)
            if self._frontier.size in self._sizes:
                self.roots[self._frontier.size] = self._frontier.root()


class Copies:
    """Reads all of it once."""

    def __init__(self, evidence: Evidence, sizes: Collection[int], width: int) -> None:
        self._width = width
        self.made, self.kept, self.tiled = Copy(sizes), Copy(sizes), Copy(sizes)
        self.differing: list[Place] = []
        self.findings: list[Finding] = []
        self.events = self.last_event = self.last_entry = 0
        self._tile, self._versions = evidence.tile, dict[str, int]()
        self._under: list[list[tuple[bytes, bytes]]] = []
        """Of each level: the roots of full tiles, by their hashes and by the entries."""
        self._upto = max(sizes, default=0)
        block: list[Place] = []
        for position, event, raw in _merged(evidence.events, evidence.entries, self._upto):
            kept, made = raw and leaf_hash(raw), event and leaf_hash(written(entry_of(event)))
            self._count(position, event, raw)
            self._follow(position, event if made == kept or raw is None else read(raw) or event)
            if not position:
                continue
            block.append(Place(position, event, raw, made, kept, kept))
            if len(block) == self._width:
                self._add(block)
                block = []
        self._add(block)
        last = max(self.last_entry, self._upto)
        self.differing = [one for one in self.differing if one.position <= last]

    def _count(self, position: int, event: Event | None, raw: bytes | None) -> None:
        if raw is not None:
            self.last_entry = position
        if event is not None:
            self.events += 1
            self.last_event = max(position, self.last_event)

    def _follow(self, position: int, one: Event | Entry | None) -> None:
        """Versions of a stream come one after the other, by what was sealed where it tells."""
        if one is None:
            return
        if not position:
            said = f"version {one.version} of {one.stream} lies at no place of the log"
            self.findings.append(Finding(0, Kind.INSERTED, said))
            return
        before = self._versions.get(one.stream, 0)
        self._versions[one.stream] = one.version
        if one.version != before + 1:
            said = f"version {one.version} of {one.stream} comes after its version {before}"
            self.findings.append(Finding(position, Kind.MOVED, said))

    def _add(self, block: Sequence[Place]) -> None:
        """A whole tile of places, or the rest."""
        tile = None
        if len(block) == self._width and block[-1].position <= max(self._upto, self.last_entry):
            number = (block[0].position - 1) // self._width
            tile = self._full_tile(0, number, [one.kept or b"" for one in block])
        for n, one in enumerate(block):
            place = one._replace(tiled=tile.hashes[n * 32 : n * 32 + 32]) if tile else one
            self.made.add(place.made)
            self.kept.add(place.kept)
            self.tiled.add(place.tiled)
            same = place.made == place.kept == place.tiled is not None
            if not same and len(self.differing) < MOST:
                self.differing.append(place)

    def _full_tile(self, level: int, number: int, kept: Sequence[bytes]) -> Tile | None:
        """A tile that has to be there, and fits itself and those under it."""
        tile = self._tile(level, number)
        by_entries = root(self._width, among(kept)) if all(kept) else b""
        name, first = f"tile {number} of level {level}", (number * self._width ** (level + 1)) + 1
        if tile is None or len(tile.hashes) != self._width * 32:
            why = "is missing" if tile is None else "is not whole"
            self.findings.append(Finding(first, Kind.TILE, f"{name} {why}"))
            self._over(level, by_entries, by_entries)
            return None
        hashes = [tile.hashes[n : n + 32] for n in range(0, self._width * 32, 32)]
        by_itself = root(self._width, among(hashes))
        if tile.root != by_itself:
            self.findings.append(Finding(first, Kind.TILE, f"the root of {name} was changed"))
        self._over(level, by_itself, by_entries)
        return tile

    def _over(self, level: int, by_itself: bytes, by_entries: bytes) -> None:
        """Once the tile above is full, it has to be there with the hashes of those under it."""
        if level == len(self._under):
            self._under.append([])
        self._under[level].append((by_itself, by_entries))
        count = len(self._under[level])
        if count % self._width:
            return
        under, number = self._under[level][-self._width :], count // self._width - 1
        tile = self._full_tile(level + 1, number, [one for _, one in under])
        for n, pair in enumerate(under if tile else ()):
            if tile and tile.hashes[n * 32 : n * 32 + 32] not in pair:
                first = (number * self._width + n) * self._width ** (level + 1) + 1
                said = f"tile {number} of level {level + 1} does not fit what is under it"
                self.findings.append(Finding(first, Kind.TILE, said))


def _merged(
    events: Iterable[Event], entries: Iterable[tuple[int, bytes]], upto: int
) -> Iterator[tuple[int, Event | None, bytes | None]]:
    """Every position from 1 on, up to the last that anything lies at or that was signed.

    Events that are at none, or that share one, come first of all, at 0.
    """
    rest, sealed = iter(events), iter(entries)
    event, entry = next(rest, None), next(sealed, None)
    at = 0
    while event or entry or at < upto:
        while event and event.position <= at:
            yield 0, event, None
            event = next(rest, None)
        while entry and entry[0] <= at:
            entry = next(sealed, None)
        at += 1
        yield (
            at,
            event if event and event.position == at else None,
            entry[1] if entry and entry[0] == at else None,
        )
        if event and event.position == at:
            event = next(rest, None)
        if entry and entry[0] == at:
            entry = next(sealed, None)
