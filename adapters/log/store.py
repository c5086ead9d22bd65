"""What an event log needs of the place where its bytes lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

MOST = 2**62
"""More versions than a stream will have."""


class Conflict(Exception):
    """Another event took one of these places. Nothing of this append is on record."""


class Written(NamedTuple):
    """An event as its bytes are stored, at its place in its stream."""

    stream: UUID
    version: int
    topic: str
    state: bytes


class Stored(NamedTuple):
    """An event as it lies in the store, at its position in the order of the log."""

    position: int
    stream: UUID
    version: int
    topic: str
    state: bytes


class Store(Protocol):
    """Events in one dense order from 1, in which every reader sees each exactly once.

    All of them raise Unavailable.
    """

    def insert(self, news: Sequence[Written]) -> None:
        """All of it or nothing, on the disk afterwards. Raises Conflict."""

    def of_stream(self, stream: UUID, upto: int | None, after: int = 0) -> Iterator[Written]:
        """In the order of versions, after one of them and up to another."""

    def of_streams(self, after: Mapping[UUID, int]) -> Iterator[Written]:
        """Of several streams, each in the order of its versions and after one of them."""

    def version(self, stream: UUID) -> int:
        """How many events a stream has."""

    def placed(self, stream: UUID, upto_position: int) -> Iterator[Stored]:
        """A stream's events in the order of versions, up to a position."""

    def of_kind(self, topic: str, upto_position: int) -> Iterator[Stored]:
        """In the order of the log."""

    def count(self, topic: str) -> int:
        """How many of this kind there are, in the order of the log or not yet."""

    def tail(self, after: int, limit: int) -> Iterator[Stored]:
        """In the order of the log, after a position."""

    def last_position(self) -> int:
        """0 where there is nothing."""

    def close(self) -> None: ...
