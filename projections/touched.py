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

    ``changes`` yields keys with the rows that take the place of all rows under that key.
    """

    name: str
    table: Table
    key: Column[Any]
    changes: Changes
