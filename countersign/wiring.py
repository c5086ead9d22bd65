"""The composition root: settings in, the wired house out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from adapters import access, migrations
from adapters.house import House, database
from adapters.postgres import Postgres
from countersign.settings import Settings
from countersign.worker import Worker

if TYPE_CHECKING:
    from adapters.metrics import Metrics


@contextmanager
def house(
    settings: Settings, metrics: Metrics | None = None, woken: Callable[[], None] = lambda: None
) -> Iterator[House]:
    """The house, closed again at the end. With metrics its commands are counted and logged."""
    careless = settings.unsafe_database
    found = House(settings.database, woken, key_file=settings.key, careless=careless)
    if metrics:
        from adapters.watched import WatchedEngine

        found.engine = WatchedEngine(found.log, woken, metrics)
        metrics.tell_of(found)
    try:
        yield found
    finally:
        found.close()


@contextmanager
def working(settings: Settings, metrics: Metrics | None = None) -> Iterator[House]:
    """The house with a worker in this process, woken by every append."""
    worker = Worker()
    with house(settings, metrics, worker.wake) as found, worker.running(found):
        yield found


def migrate(settings: Settings) -> list[str]:
    """Brings the tables up to date, and says who may do what: which steps were taken."""
    found = database(settings.database, careless=settings.unsafe_database)
    try:
        taken = migrations.migrate(found)
        if isinstance(found, Postgres):
            access.grant(found)
        return taken
    finally:
        found.close()
