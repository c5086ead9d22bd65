"""Where a house lies, and how it is opened once more."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import make_url

from adapters.house import House
from adapters.postgres import Postgres
from adapters.sqlite import SqliteFile
from adapters.telling import Told, nobody
from tests.tools.postgres import OWNER


def file_of(house: House) -> Path:
    """The file of a house that has one."""
    assert isinstance(house.database, SqliteFile)
    return house.database.file


def address_of(house: House) -> Path | str:
    """The file of a house, or its address with the password."""
    if isinstance(house.database, Postgres):
        return house.database.engine.url.render_as_string(hide_password=False)
    return file_of(house)


def again(
    house: House, *, busy_seconds: int = 5, key_file: Path | None = None, told: Told = nobody
) -> House:
    """The same database, opened once more; to be closed."""
    key = key_file or house.keys.file
    return House(
        address_of(house), busy_seconds=busy_seconds, key_file=key, careless=True, told=told
    )


def as_owner(house: House) -> str:
    """The address of a PostgreSQL database for whoever may do anything there."""
    url = make_url(str(address_of(house))).set(drivername="postgresql", username=OWNER)
    return url.render_as_string(hide_password=False)


def tamper(house: House, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """What somebody could do, or see, who has the database itself; ``?`` stands for a value."""
    if isinstance(house.database, Postgres):
        with psycopg.connect(as_owner(house), autocommit=True) as db:
            found = db.execute(statement.replace("?", "%s").encode(), values)
            return found.fetchall() if found.description else []
    plain = [one.hex if isinstance(one, UUID) else one for one in values]
    with closing(sqlite3.connect(file_of(house))) as file, file:
        return file.execute(statement, plain).fetchall()
