"""Where things are kept: the log, read models, checkpoints, documents, sessions and clocks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, TimeoutError

metadata = MetaData()
"""The tables of the adapters. Those of the projections live with the projections."""

BUSY_SECONDS = 5
"""How long a writer waits for another."""
AWAY = (OperationalError, InterfaceError, InternalError, TimeoutError)
"""What is raised where nothing is wrong with what was asked."""


class Unavailable(Exception):
    """The store could not be read or written just now. Nothing is on record; ask again."""


class Database(ABC):
    """Connections that commit each statement by itself, unless it stands in a transaction."""

    engine: Engine
    where: str
    """For people to read: without a password."""
    busy_seconds: int
    seconds: str
    """In SQL: seconds since 1970 by the clock of the database."""

    def make(self, read_models: MetaData) -> None:
        """Makes the tables of read models that are not there yet."""
        with self.write("tables") as db:
            read_models.create_all(db)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """For one question, which sees everything committed before."""
        with self._transaction("") as db:
            yield db

    @abstractmethod
    def write(self, *alone: str) -> AbstractContextManager[Connection]:
        """All of it or nothing.

        Nobody else is meanwhile in a transaction that is to be alone with one of the same names:
        it waits for them first, ``busy_seconds`` at most.
        """

    @abstractmethod
    def view(self) -> AbstractContextManager[Connection]:
        """Several questions about one moment, whatever is written meanwhile."""

    @abstractmethod
    def shredding(self) -> AbstractContextManager[Connection]:
        """As ``write``; what is deleted cannot be found in the live files afterwards either."""

    @abstractmethod
    def insert(self, table: Table) -> Any:
        """An INSERT that can be told what to do with a row that is there already."""

    @abstractmethod
    def add(self, db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Many rows at once, each with every column."""

    @abstractmethod
    def put_in_place(self, db: Connection, anew: Table, live: Table) -> None:
        """``live`` has what was in ``anew`` with the end of the transaction, and ``anew`` is gone.

        Who reads meanwhile sees what was there before.
        """

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            with self.engine.connect() as db:
                if begin:
                    db.exec_driver_sql(begin)
                yield db
                if begin:
                    db.exec_driver_sql("COMMIT")
        except AWAY as error:
            raise Unavailable(str(getattr(error, "orig", error)).strip()) from error


def raw_of(found: object) -> bytes:
    """Whatever somebody put where bytes lie."""
    return found if isinstance(found, bytes) else str(found).encode()
