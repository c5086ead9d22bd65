"""One event on record in PostgreSQL, against a bare INSERT of the same bytes by the same driver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TypeVar

import psycopg

from bench.histories import council, side_by_side, with_leeds, write
from bench.rounds import Work, shared
from domain.messages import Recorded
from tests import postgres
from tests.tools.postgres import LOGIN, server

T = TypeVar("T")
UNDER_WAY = 50
INSERT = (
    "INSERT INTO stored_events (originator_id, originator_version, topic, state) "
    "VALUES (%s, %s, %s, %s)"
)


class AppendPostgres:
    """The log's own call by several clients at once, and psycopg alone with as many connections;
    each into a database of its own on one server that keeps what it confirms."""

    against = "an `INSERT` by psycopg, same bytes, table, server and clients"
    goal = 0.5

    def __init__(self, folder: Path, turn: int, turns: int, clients: int = 8) -> None:
        """Events for ``turns`` turns; ``turn`` of them are written each time."""
        self.what = f"Append one event, PostgreSQL, {clients} clients"
        self.turn, self.clients, self._ending = turn, clients, ExitStack()
        found = self._ending.enter_context(server())
        ours, theirs = postgres.emptied(found), postgres.emptied(found)
        opened = postgres.opened(found, ours, folder / "countersign.key", careless=False)
        self.house = with_leeds(self._ending.enter_context(opened))
        news = list(islice(side_by_side(self.house, UNDER_WAY), turn * turns))
        self._news, self._rows = iter(news), iter(_stored(folder, news))
        self._connections = [
            self._ending.enter_context(psycopg.connect(found.address(theirs, LOGIN)))
            for _ in range(clients)
        ]
        for one in self._connections:
            one.autocommit = True
        self._pool = self._ending.enter_context(ThreadPoolExecutor(clients))

    def ours(self) -> int:
        def append(_: int, some: Sequence[Recorded]) -> None:
            for one in some:
                self.house.log.append([one])

        return self._shared(self._news, append)

    def theirs(self) -> int:
        def insert(client: int, some: Sequence[tuple[object, ...]]) -> None:
            for row in some:
                self._connections[client].execute(INSERT, row)

        return self._shared(self._rows, insert)

    def on_the_other_side(self) -> set[tuple[object, ...]]:
        """What psycopg has written."""
        query = "SELECT originator_id, originator_version, topic, state FROM stored_events"
        return set(self._connections[0].execute(query).fetchall())

    def close(self) -> None:
        self._ending.close()

    def _shared(self, left: Iterator[T], work: Work[T]) -> int:
        return shared(self._pool, self.clients, list(islice(left, self.turn)), work)


def _stored(folder: Path, news: Sequence[Recorded]) -> list[tuple[object, ...]]:
    """The same events as they are stored."""
    other = council(folder / "stored.db")
    after = other.log.last_position()
    write(other, news)
    stored = other.log.tail(after, len(news))
    other.close()
    return [one[1:] for one in stored]
