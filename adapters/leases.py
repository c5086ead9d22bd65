"""Leases: of many processes one does a thing, and another takes over soon after its death."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, Double, String, Table, Uuid, literal_column

from adapters.database import Database, metadata

LASTS = 4.0
"""Seconds. Who works longer has to ask for the lease again, which is for free until half time."""
PAUSE = 0.2

leases = Table(
    "leases",
    metadata,
    Column("name", String, primary_key=True),
    Column("holder", Uuid, nullable=False),
    Column("until", Double, nullable=False),
)
"""``until`` is in seconds since 1970 by the clock of the database, which is one for all."""


class Leases:
    """Those that one process holds, or would like to."""

    def __init__(self, database: Database, holder: UUID | None = None) -> None:
        self._database, self.holder = database, holder or uuid4()
        self._half: dict[str, float] = {}

    def take(self, name: str, seconds: float = LASTS) -> bool:
        """Whether it is ours from now on, or still is. Raises Unavailable."""
        asked = monotonic()
        if asked < self._half.get(name, 0):
            return True
        now: Any = literal_column(self._database.seconds)
        values = {"holder": self.holder, "until": now + seconds}
        row = self._database.insert(leases).values(name=name, **values)
        free = (leases.c.until < now) | (leases.c.holder == self.holder)
        ours = row.on_conflict_do_update(index_elements=["name"], set_=values, where=free)
        with self._database.write() as db:
            taken = db.scalar(ours.returning(leases.c.name)) is not None
        self._half[name] = asked + seconds / 2 if taken else 0
        return taken

    def give_up(self, name: str) -> None:
        """Lets another have it at once. Raises Unavailable."""
        self._half.pop(name, None)
        mine = (leases.c.name == name) & (leases.c.holder == self.holder)
        with self._database.write() as db:
            db.execute(leases.delete().where(mine))

    def give_all_up(self) -> None:
        """At the end of a process, so that nobody has to wait. Raises Unavailable."""
        for name in [*self._half]:
            self.give_up(name)

    @contextmanager
    def alone(self, name: str, seconds: float) -> Iterator[None]:
        """Waits until it is ours, for so long at most as it was taken for. Raises Unavailable."""
        while not self.take(name, seconds):
            sleep(PAUSE)
        try:
            yield
        finally:
            self.give_up(name)
