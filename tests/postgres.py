"""Houses in PostgreSQL: copies of one that is empty, or of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters import access, migrations
from adapters.house import House
from adapters.postgres import Postgres
from countersign.demo.load import load
from tests.tools.postgres import LOGIN, Server


def emptied(server: Server) -> str:
    """A new database with its tables, and with the program's login in its role."""
    name = server.made()
    database = Postgres(server.address(name), careless=True)
    migrations.migrate(database)
    access.grant(database)
    database.close()
    server.tell(name, f"GRANT {access.ROLE} TO {LOGIN}")
    return name


def shown(server: Server, template: str, key_file: Path) -> str:
    """A database with the demonstration in it."""
    name = server.made(template)
    with opened(server, name, key_file) as house:
        for _ in load(house):
            pass
    return name


@contextmanager
def opened(server: Server, name: str, key_file: Path, *, careless: bool = True) -> Iterator[House]:
    found = House(server.address(name, LOGIN), key_file=key_file, careless=careless)
    try:
        yield found
    finally:
        found.close()
