"""The embedded store: one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Table, create_engine, event, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from adapters.database import BUSY_SECONDS, Database, Unavailable


class SqliteFile(Database):
    """Connections to the file: readers see a snapshot, writers take their turn at once."""

    seconds = "(julianday('now') - 2440587.5) * 86400.0"

    def __init__(self, file: Path, busy_seconds: int = BUSY_SECONDS) -> None:
        """Opens the file, and makes it where there is none. Raises Unavailable."""
        self.file, self.where, self.busy_seconds = file, str(file), busy_seconds
        url = f"sqlite:///{file}"
        self.engine = create_engine(url, poolclass=QueuePool, pool_size=20, max_overflow=40)
        event.listen(self.engine, "connect", self._prepare)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._keep_a_wal()
        except (OSError, DatabaseError) as error:
            self.close()
            why = getattr(error, "strerror", None) or getattr(error, "orig", error)
            raise Unavailable(f"{file} cannot be opened: {why}") from error

    @contextmanager
    def write(self, *_: str) -> Iterator[Connection]:
        """One at a time, whatever they do."""
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    def view(self) -> AbstractContextManager[Connection]:
        return self._transaction("BEGIN")

    @contextmanager
    def shredding(self) -> Iterator[Connection]:
        with self.write() as db:
            db.exec_driver_sql("PRAGMA secure_delete=ON")
            yield db
        self._empty_wal()

    def insert(self, table: Table) -> Any:
        return insert(table)

    def add(self, db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        db.execute(table.insert(), rows)

    def put_in_place(self, db: Connection, anew: Table, live: Table) -> None:
        db.execute(live.delete())
        db.execute(live.insert().from_select([c.name for c in live.c], select(anew)))
        anew.drop(db)

    def _empty_wal(self) -> None:
        """Leaves in the file, and nowhere else, what is committed; as far as no reader is busy."""
        with self.engine.connect() as db:
            db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _keep_a_wal(self) -> None:
        """Turns the write-ahead log on, for good.

        SQLite does not wait here where others open the same new file at the same time.
        """
        until = monotonic() + self.busy_seconds
        while True:
            try:
                with self.engine.connect() as db:
                    db.exec_driver_sql("PRAGMA journal_mode=WAL")
                return
            except OperationalError as error:
                code = getattr(error.orig, "sqlite_errorcode", None)
                if code != sqlite3.SQLITE_BUSY or monotonic() >= until:
                    raise
            sleep(0.01)

    def _prepare(self, connection: Any, _: object) -> None:
        """Our own BEGIN and COMMIT, and a wait where another writer is at work."""
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={self.busy_seconds * 1000}")
        connection.execute("PRAGMA synchronous=FULL")
