"""What streams added up to when they were last asked for: only what is new is read and folded.

What is remembered is as it stands in the log, whoever wrote: each time it is asked what came since.
What closed values went into is forgotten as soon as any key has been erased.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from adapters.log import Log
from domain.messages import Aggregate, Recorded, fold

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

    def known(self, blanks: Mapping[UUID, Aggregate]) -> dict[UUID, Known[Aggregate]]:
        """Streams as they stand; the blank one where nothing happened. Raises Unavailable."""
        if not blanks:
            return {}
        before = {stream: self._before(stream, blank) for stream, blank in blanks.items()}
        news = self._log.since({one: known.aggregate.version for one, known in before.items()})
        return {one: self._after(one, known, *news[one]) for one, known in before.items()}

    def _before(self, stream: UUID, blank: Aggregate) -> Known[Aggregate]:
        """As it is remembered, unless something closed went into it and any key was erased."""
        known = self._remembered(stream)
        if known is None or (known.closed and known.erasures != self._log.erasures()):
            return Known(blank, frozenset(), closed=False, erasures=0)
        return known

    def _after(
        self, stream: UUID, known: Known[Aggregate], news: Sequence[Recorded], closed: bool
    ) -> Known[Aggregate]:
        if not news:
            return known
        erasures = known.erasures
        if closed and not known.closed:
            # Noted first and read again, so that what is erased from here on counts.
            erasures = self._log.erasures()
            news, _ = self._log.since({stream: known.aggregate.version})[stream]
        after = Known(
            fold(known.aggregate, news),
            known.commands | {one.stamp.command_id for one in news},
            closed or known.closed,
            erasures,
        )
        self._remember(stream, after)
        return after

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

    def _drop(self, stream: UUID) -> None:
        if gone := self._known.pop(stream, None):
            self._events -= gone.aggregate.version
