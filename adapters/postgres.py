"""The store in production: a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from operator import itemgetter
from typing import Any

from psycopg.errors import UndefinedTable
from sqlalchemy import Connection, Table, create_engine, make_url
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import ArgumentError, ProgrammingError

from adapters.database import BUSY_SECONDS, Database, Unavailable

POOL, MORE = 10, 20
SESSION = {
    "search_path": "read_models,public",
    "timezone": "UTC",
    "idle_in_transaction_session_timeout": "60s",
}
SAFE = {"fsync": {"on"}, "full_page_writes": {"on"}, "server_encoding": {"UTF8"}}
UNSAFE = {"synchronous_commit": {"off"}}
UNORDERED = """
SELECT oid::regprocedure::text FROM pg_proc
WHERE proname LIKE 'es_insert_events%%' AND pg_function_is_visible(oid) LIMIT 1
"""
"""Functions by which the event store's library writes without any order that others could read."""


class Postgres(Database):
    """Connections to the database; what does not have to be alone goes on side by side."""

    seconds = "extract(epoch FROM clock_timestamp())::double precision"

    def __init__(
        self, url: str, busy_seconds: int = BUSY_SECONDS, *, careless: bool = False
    ) -> None:
        """Raises Unavailable, also where the server is set so that it could lose what it confirmed;
        unless one is ``careless``, as tests are."""
        self.busy_seconds = busy_seconds
        settings = {**SESSION, "lock_timeout": f"{busy_seconds * 1000}"}
        try:
            self.engine = create_engine(
                make_url(url).set(drivername="postgresql+psycopg"),
                isolation_level="AUTOCOMMIT",
                pool_size=POOL,
                max_overflow=MORE,
                pool_timeout=max(1, busy_seconds),
                connect_args={
                    "connect_timeout": max(2, busy_seconds),
                    "application_name": "countersign",
                    "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
                },
            )
        except ArgumentError:
            raise Unavailable("the address of the database is not one: see the settings") from None
        self.where = make_url(url).render_as_string(hide_password=True)
        try:
            self._check(careless)
        except Unavailable as error:
            self.close()
            why = str(error).partition("\n")[0]
            raise Unavailable(f"{self.where} cannot be used: {why}") from error

    @contextmanager
    def write(self, *alone: str) -> Iterator[Connection]:
        """Side by side, but for those with the same name."""
        with self._transaction("BEGIN") as db:
            for name in sorted(alone):
                lock = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
                db.exec_driver_sql(lock, (f"countersign {name}",))
            yield db

    def at_once(self) -> AbstractContextManager[Connection]:
        """For one statement, which commits by itself."""
        return self._transaction("")

    def view(self) -> AbstractContextManager[Connection]:
        """Several questions about one moment, whatever is written meanwhile."""
        return self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    @contextmanager
    def shredding(self) -> Iterator[Connection]:
        """Gone from the table, and from the disk with the next vacuum and the recycled WAL."""
        with self.write() as db:
            yield db

    def insert(self, table: Table) -> Any:
        return insert(table)

    def add(self, db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        columns = [one.name for one in table.columns]
        names = ", ".join(f'"{one}"' for one in columns)
        values = itemgetter(*columns)
        with (
            cursor_of(db) as cursor,
            cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(values(row))

    def put_in_place(self, db: Connection, anew: Table, live: Table) -> None:
        """Under the live one's name, with the same indexes by the same names."""
        for index in live.indexes:
            columns = ", ".join(f'"{one.name}"' for one in index.columns)
            db.exec_driver_sql(f"CREATE INDEX {index.name}_anew ON {anew.name} ({columns})")
        live.drop(db)
        db.exec_driver_sql(f"ALTER TABLE {anew.name} RENAME TO {live.name}")
        for index in live.indexes:
            db.exec_driver_sql(f"ALTER INDEX {index.name}_anew RENAME TO {index.name}")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            with super()._transaction(begin) as db:
                yield db
        except ProgrammingError as error:
            # A read model that is being put in its place, or another's rebuild that made way.
            if isinstance(error.orig, UndefinedTable):
                raise Unavailable(str(error.orig).strip()) from error
            raise

    def _check(self, careless: bool) -> None:
        with self.read() as db:
            for name in (*SAFE, *UNSAFE) if not careless else ():
                value = str(db.exec_driver_sql(f"SHOW {name}").scalar())
                if value not in SAFE.get(name, {value}) or value in UNSAFE.get(name, ()):
                    raise Unavailable(f"its {name} is {value}: it could lose what it confirmed")
            if found := db.exec_driver_sql(UNORDERED).scalar():
                what = f"the function {found} writes events without their order"
                raise Unavailable(f"{what}: drop it")


def cursor_of(db: Connection, name: str = "") -> Any:
    """The driver's own, in the connection's transaction; with a name, of rows that are fetched as
    they are needed."""
    connection: Any = db.connection.driver_connection
    return connection.cursor(name) if name else connection.cursor()
