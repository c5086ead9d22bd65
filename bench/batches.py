"""Read models in PostgreSQL: batches as they come, and one made anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Column, Connection, Table
from sqlalchemy.dialects import postgresql

from bench.declared import Declared, declared, settings
from bench.histories import council, one_long, side_by_side, with_leeds, write
from bench.library_projection import projected
from bench.load import TYPED, data
from tests import postgres
from tests.tools.postgres import server

BATCH = 1000
UNDER_WAY = 500
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
Rows = list[tuple[Table, Sequence[Mapping[str, Any]]]]


class Batches:
    """A house in PostgreSQL with a log that its read models have not seen, and beside it tables
    without indexes for the same rows."""

    def __init__(self, folder: Path, events: int) -> None:
        self._ending = ExitStack()
        self.server = self._ending.enter_context(server())
        key, name = folder / "countersign.key", postgres.emptied(self.server)
        opened = postgres.opened(self.server, name, key, careless=False)
        self.house = with_leeds(self._ending.enter_context(opened))
        write(self.house, islice(side_by_side(self.house, UNDER_WAY), events))
        self.rows: Rows = []
        there = self.server.address(self.server.made())
        self._there = self._ending.enter_context(psycopg.connect(there))

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Notes the rows that are written."""
        database, self.rows = self.house.database, []
        add = database.add

        def noted(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
            self.rows.append((table, rows))
            add(db, table, rows)

        database.add = noted  # type: ignore[method-assign]
        try:
            yield
        finally:
            database.add = add  # type: ignore[method-assign]

    def copied(self) -> int:
        """The rows noted last, finished as they are, by COPY and one commit: how many."""
        with self._there.transaction(), self._there.cursor() as cursor:
            for table in {one.name: one for one, _ in self.rows}.values():
                cursor.execute(f"DROP TABLE IF EXISTS {table.name}".encode())
                columns = ", ".join(f'"{one.name}" {_type(one)}' for one in table.columns)
                cursor.execute(f"CREATE TABLE {table.name} ({columns})".encode())
            for table, rows in self.rows:
                names = [one.name for one in table.columns]
                listed = ", ".join(f'"{one}"' for one in names)
                with cursor.copy(f"COPY {table.name} ({listed}) FROM STDIN".encode()) as copy:
                    for row in rows:
                        copy.write_row([row[one] for one in names])
        return sum(len(rows) for _, rows in self.rows)

    def close(self) -> None:
        self._ending.close()


def _type(column: Column[Any]) -> str:
    return column.type.compile(DIALECT)


class Live(Batches):
    """Every read model, batch after batch; the other side has rows that somebody made for it."""

    what = f"Batches of {BATCH:,} events into every read model, PostgreSQL"
    against = "the same rows, finished, by `COPY` (events against rows)"
    goal = 0.25

    def __init__(self, folder: Path, turn: int, turns: int) -> None:
        super().__init__(folder, turn * turns)
        self.turn = turn
        for one in self.house.runners.values():
            one.catch_up(1)

    def ours(self) -> int:
        done = 0
        with self.watched():
            for _ in range(self.turn // BATCH):
                done += [one.catch_up(BATCH) for one in self.house.runners.values()][-1]
        return done

    def theirs(self) -> int:
        return self.copied()


class Anew(Batches):
    """A read model made anew beside the live one, and put in its place."""

    against = "the same rows, finished, by `COPY` (events against rows)"
    goal = 0.8

    def __init__(self, folder: Path, events: int, name: str) -> None:
        super().__init__(folder, events)
        self.what = f"Rebuild the {name} from {events:,} events, PostgreSQL"
        self._runner = self.house.runners[name]

    def ours(self) -> int:
        with self.watched():
            return self._runner.rebuild()

    def theirs(self) -> int:
        return self.copied()


class LiveAgainstLibrary(Live):
    """The other side writes one row for each event and works nothing out for it."""

    against = "the library's `ProjectionRunner`, one row an event"
    goal = 20.0

    def __init__(self, folder: Path, turn: int, turns: int, sample: int) -> None:
        super().__init__(folder, turn, turns)
        with closing(council(folder / "one.db")) as other:
            history = [data((one.stamp, one.event), TYPED) for one in one_long(other, sample)]
        self.sample, self.database = sample, ""
        self._theirs = iter([self._told(history) for _ in range(turns)])

    def theirs(self) -> int:
        self.database = next(self._theirs)
        projected(settings(self.database, self.server.port), self.sample)
        return self.sample

    def _told(self, history: Sequence[tuple[Any, Any]]) -> str:
        """A database of the library's with a log that its projection has not seen."""
        name = self.server.made()
        with Declared(settings(name, self.server.port)) as app:
            app.save(declared(history))
        return name
