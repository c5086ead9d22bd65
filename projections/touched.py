"""What a projection is given: one stream, what is new in it, and what it adds up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Column, MetaData, Table

from domain.authority import Rules
from domain.messages import Aggregate, Recorded

metadata = MetaData()


class Touched(Struct, frozen=True):
    """A stream with its new events, each with its position in the log.

    ``after`` is the aggregate after the last of them, ``rules`` what its authority goes by then;
    None for streams that belong to no authority with rules yet.
    """

    news: tuple[tuple[int, Recorded], ...]
    after: Aggregate
    rules: Rules | None


Row = Mapping[str, Any]
Changes = Callable[[Touched], Iterable[tuple[object, Iterable[Row]]]]


class Projection(NamedTuple):
    """A read model: its table, the column by which rows are replaced, and what replaces them.

    ``changes`` yields keys with the rows that take the place of all rows under that key. Whoever
    looks at rows is told by their value of the column ``seen_by`` that some have changed.
    """

    name: str
    table: Table
    key: Column[Any]
    changes: Changes
    seen_by: Column[Any] | None = None


def check(table: Table, rows: Iterable[Row]) -> None:
    """Raises ValueError where the table would not take the rows as they are."""
    keys = set()
    for row in rows:
        for column in table.columns:
            value = row[column.name]
            missing = value is None and column.nullable
            if not missing and not isinstance(value, column.type.python_type):
                raise ValueError(f"{column.name} cannot be {value!r}")
        key = tuple(row[column.name] for column in table.primary_key.columns)
        if key in keys:
            raise ValueError(f"two rows are for {key}")
        keys.add(key)
