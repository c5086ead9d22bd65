"""The one SQLite file: read models, checkpoints, documents, sessions and clocks beside the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError, TimeoutError
from sqlalchemy.pool import QueuePool

metadata = MetaData()
"""The tables of the adapters. Those of the projections live with the projections."""

BUSY_SECONDS = 5
"""How long a writer waits for another."""


class Unavailable(Exception):
    """The store could not be read or written just now. Nothing is on record; ask again."""


class Database:
    """Connections to the file: readers see a snapshot, writers take their turn at once."""

    def __init__(self, file: Path, busy_seconds: int = BUSY_SECONDS) -> None:
        """Opens the file, and makes it where there is none. Raises Unavailable."""
        self.file, self.busy_seconds = file, busy_seconds
        url = f"sqlite:///{file}"
        self._engine = create_engine(url, poolclass=QueuePool, pool_size=20, max_overflow=40)
        event.listen(self._engine, "connect", self._prepare)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._keep_a_wal()
        except (OSError, DatabaseError) as error:
            self.close()
            why = getattr(error, "strerror", None) or getattr(error, "orig", error)
            raise Unavailable(f"{file} cannot be opened: {why}") from error

    def _keep_a_wal(self) -> None:
        """Turns the write-ahead log on, for good.

        SQLite does not wait here where others open the same new file at the same time.
        """
        until = monotonic() + self.busy_seconds
        while True:
            try:
                with self._engine.connect() as db:
                    db.exec_driver_sql("PRAGMA journal_mode=WAL")
                return
            except OperationalError as error:
                code = getattr(error.orig, "sqlite_errorcode", None)
                if code != sqlite3.SQLITE_BUSY or monotonic() >= until:
                    raise
            sleep(0.01)

    def create(self, *tables: MetaData) -> None:
        with self.write() as db:
            for one in tables:
                one.create_all(db)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One unchanging view of everything committed before."""
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """All of it or nothing. Waits for other writers first, ``busy_seconds`` at most."""
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    def empty_wal(self) -> None:
        """Leaves in the file, and nowhere else, what is committed; as far as no reader is busy."""
        with self._engine.connect() as db:
            db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            with self._engine.connect() as db:
                db.exec_driver_sql(begin)
                yield db
                db.exec_driver_sql("COMMIT")
        except (OperationalError, TimeoutError) as error:
            raise Unavailable(str(getattr(error, "orig", error))) from error

    @property
    def engine(self) -> Engine:
        return self._engine

    def close(self) -> None:
        self._engine.dispose()

    def _prepare(self, connection: Any, _: object) -> None:
        """Our own BEGIN and COMMIT, and a wait where another writer is at work."""
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={self.busy_seconds * 1000}")
        connection.execute("PRAGMA synchronous=FULL")
