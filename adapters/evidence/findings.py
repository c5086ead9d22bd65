"""What a check of the sealed log is given, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from adapters.evidence.entries import Event
from adapters.evidence.notes import Checkpoint


class Kind(IntEnum):
    """What was found; the number is what the command ends with."""

    CHANGED = 11
    DELETED = 12
    INSERTED = 13
    MOVED = 14
    TRUNCATED = 15
    ENTRY = 16
    TILE = 17
    CHECKPOINT = 18
    REWRITTEN = 19
    FORKED = 20
    PAPER = 21
    READ_MODEL = 22
    STATE = 23
    CAPSULE = 24
    STAMP = 25


class Finding(NamedTuple):
    """``position`` is the first entry that it is about, 0 where it is about none."""

    position: int
    kind: Kind
    said: str


class Tile(NamedTuple):
    hashes: bytes
    root: bytes


class Evidence(NamedTuple):
    """All that is stored, in the order of positions. An event without one has position 0."""

    events: Iterable[Event]
    entries: Iterable[tuple[int, bytes]]
    tile: Callable[[int, int], Tile | None]
    """By level and number."""
    notes: Iterable[tuple[int, str]]
    """By size, as it is stored beside each."""


class Anchor(NamedTuple):
    """A checkpoint that ``who`` kept; ``elsewhere`` where neither the database nor the key of the
    log can be reached from."""

    who: str
    checkpoint: Checkpoint
    elsewhere: bool = True


class Report(NamedTuple):
    """``signed`` entries are under a signature: of those after them nothing is known yet."""

    findings: Sequence[Finding]
    events: int
    signed: int
    checkpoints: int
