"""The same procurement read back, with both stores in PostgreSQL."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from adapters.house import House
from bench.declared import Declared, settings
from bench.histories import with_leeds
from bench.load import Load, Values
from tests import postgres
from tests.tools.postgres import server


class LoadPostgres(Load):
    """Databases of their own on one server."""

    goal = 12.0

    def __init__(self, folder: Path, events: int, times: int, values: Values) -> None:
        self._ending = ExitStack()
        super().__init__(folder, events, times, values)
        self.what += ", PostgreSQL"

    def _stores(self, folder: Path) -> tuple[House, Declared]:
        found = self._ending.enter_context(server())
        key = folder / "countersign.key"
        opened = postgres.opened(found, postgres.emptied(found), key, careless=False)
        app = Declared(settings(found.made(), found.port))
        return with_leeds(self._ending.enter_context(opened)), app

    def close(self) -> None:
        self.app.close()
        self._ending.close()
