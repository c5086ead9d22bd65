"""A read model made anew in the shade, and compared with the one that is shown."""

from __future__ import annotations

from sqlalchemy import Connection, except_, func, select

from adapters.runner import Runner, forget
from projections.touched import Projection

BATCH = 10_000
TRIES = 20
"""How often it is caught up with, where somebody writes meanwhile."""


class Busy(Exception):
    """The live one moved on each time that it was to be looked at."""


def strangers(runner: Runner) -> int:
    """How many rows are in one of the two and not in the other. Raises Busy, Unavailable."""
    other = runner.beside("shade")
    name, table = other.projection.name, other.projection.table
    try:
        for _ in range(TRIES):
            while other.catch_up(BATCH) == BATCH:
                pass
            runner.catch_up(BATCH)
            if other.position() != runner.position():
                continue
            with runner.database.view() as db:
                found = _apart(db, runner.projection, other.projection)
            if other.position() == runner.position():
                return found
        raise Busy(f"{runner.projection.name} was written to all the time")
    finally:
        with runner.database.write() as db:
            table.drop(db, checkfirst=True)
            forget(db, name)


def _apart(db: Connection, one: Projection, other: Projection) -> int:
    found = 0
    for here, there in ((one.table, other.table), (other.table, one.table)):
        only = except_(select(here), select(there)).subquery()
        found += db.scalar(select(func.count()).select_from(only)) or 0
    counts = [db.scalar(select(func.count()).select_from(x.table)) or 0 for x in (one, other)]
    return found or abs(counts[0] - counts[1])
