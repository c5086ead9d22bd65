"""What streams added up to when they were last asked for: only what is new is read and folded.

What is remembered is as it stands in the log, whoever wrote: each time it is asked what came since.
What closed values went into is forgotten as soon as any key has been erased.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, NamedTuple, TypeVar, cast
from uuid import UUID

from adapters.log import Log
from domain.messages import Aggregate, fold

A = TypeVar("A", bound=Aggregate)
EVENTS = 50_000
"""How many events what is remembered may add up to."""


class Known(NamedTuple, Generic[A]):
    """A stream as it stands, and which commands are on record there."""

    aggregate: A
    commands: frozenset[UUID]
    closed: bool
    """Whether something closed went into it."""
    erasures: int


class Memory:
    def __init__(self, log: Log) -> None:
        self._log = log
        self._known: OrderedDict[UUID, Known[Aggregate]] = OrderedDict()
        self._events, self._lock = 0, Lock()

    def known(self, stream: UUID, blank: A) -> Known[A]:
        """A stream as it stands; ``blank`` if nothing happened. Raises Unavailable."""
        before = self._remembered(stream)
        erasures = before.erasures if before and not before.closed else self._log.erasures()
        if before is None or (before.closed and before.erasures != erasures):
            before = Known(blank, frozenset(), closed=False, erasures=erasures)
        news, closed = self._log.since(stream, before.aggregate.version)
        if not news:
            return cast(Known[A], before)
        if closed and before.aggregate.version and not before.closed:
            self._forget(stream)
            return self.known(stream, blank)
        after = Known(
            fold(before.aggregate, news),
            before.commands | {one.stamp.command_id for one in news},
            closed or before.closed,
            erasures,
        )
        self._remember(stream, after)
        return cast(Known[A], after)

    def forget(self) -> None:
        with self._lock:
            self._known.clear()
            self._events = 0

    def _remembered(self, stream: UUID) -> Known[Aggregate] | None:
        with self._lock:
            if found := self._known.get(stream):
                self._known.move_to_end(stream)
            return found

    def _remember(self, stream: UUID, one: Known[Aggregate]) -> None:
        with self._lock:
            self._drop(stream)
            self._known[stream] = one
            self._events += one.aggregate.version
            while self._events > EVENTS and len(self._known) > 1:
                self._drop(next(iter(self._known)))

    def _forget(self, stream: UUID) -> None:
        with self._lock:
            self._drop(stream)

    def _drop(self, stream: UUID) -> None:
        if gone := self._known.pop(stream, None):
            self._events -= gone.aggregate.version
