"""A procurement read back from its events, against an aggregate declared the library's way."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from adapters.house import House
from bench.declared import Declared, declared
from bench.histories import council, one_long, write
from tests.scenario import REFERENCE

Values = tuple[type, ...]
TYPED: Values = (UUID, Decimal, date, datetime)
PLAIN: Values = ()


class Load:
    """The same history in both stores; the library's values are ``TYPED`` like ours, or ``PLAIN``.

    Plain texts cost the library least, but leave to the caller what ours has done.
    """

    goal = 8.0

    def __init__(self, folder: Path, events: int, times: int, values: Values) -> None:
        how = "typed" if values else "plain"
        self.what = f"Load {events:,} events"
        self.against = f"the library's `repository.get`, {how} values"
        self.events, self.times = events, times
        self.house, self.app = self._stores(folder)
        history = one_long(self.house, events)
        write(self.house, history)
        found = declared([data((one.stamp, one.event), values) for one in history])
        self.app.save(found)
        self.id = found.id

    def _stores(self, folder: Path) -> tuple[House, Declared]:
        """Both empty, but for the rules of Leeds in ours."""
        settings = {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(folder / "theirs.db"),
        }
        return council(folder / "ours.db"), Declared(settings)

    def ours(self) -> int:
        done = 0
        for _ in range(self.times):
            self.house.engine.memory.forget()
            done += self.house.procurement(REFERENCE).version
        return done

    def theirs(self) -> int:
        get = self.app.repository.get
        return sum(get(self.id).version for _ in range(self.times))

    def close(self) -> None:
        self.house.close()
        self.app.close()


def data(one: object, values: Values) -> Any:
    """As the library's side holds it."""
    return msgspec.to_builtins(one, builtin_types=values, enc_hook=str)
