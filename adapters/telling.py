"""Which rows of a read model a batch really changes, and who looks at such rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import Connection, select

from projections.touched import Projection, Row

CHUNK = 500
SPAN = re.compile(r"(\w+)@(\d+)-(\d+)", re.ASCII)
Changed = dict[Any, list[Row]]
"""New rows by the key whose rows they replace."""
Told = Callable[[Collection[str]], None]


def nobody(_: Collection[str]) -> None:
    """Where nobody listens."""


def topic(projection: str, seen_by: str) -> str:
    """What those are told by who look at the rows of a read model under a value."""
    return f"{projection}:{seen_by}"


def topics_of(db: Connection, projection: Projection, changed: Changed) -> set[str]:
    """The topics of the rows that will be gone, new or different. Asked before they change."""
    if (column := projection.seen_by) is None:
        return set()
    table, keys, old = projection.table, list(changed), set()
    for start in range(0, len(keys), CHUNK):
        query = select(table).where(projection.key.in_(keys[start : start + CHUNK]))
        old |= {tuple(row) for row in db.execute(query)}
    new = {tuple(row[one.name] for one in table.c) for rows in changed.values() for row in rows}
    at = list(table.c).index(column)
    return {topic(projection.name, row[at]) for row in old ^ new}


def span(projection: str, start: int, end: int) -> str:
    """Tells that a read model has moved on in the log, so that who misses it can tell."""
    return f"{projection}@{start}-{end}"


def spans(topics: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Which read models moved on, from where and to where."""
    for one in topics:
        if found := SPAN.fullmatch(one):
            yield found[1], int(found[2]), int(found[3])
