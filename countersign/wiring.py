"""The composition root: settings in, the wired house out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from adapters import access, migrations
from adapters.house import House, database
from adapters.postgres import Postgres
from countersign.settings import Settings
from countersign.worker import Worker


@contextmanager
def house(settings: Settings) -> Iterator[House]:
    """The house, closed again at the end."""
    found = _house(settings, lambda: None)
    try:
        yield found
    finally:
        found.close()


@contextmanager
def working(settings: Settings) -> Iterator[House]:
    """The house with a worker in this process, woken by every append."""
    worker = Worker()
    found = _house(settings, worker.wake)
    try:
        with worker.running(found):
            yield found
    finally:
        found.close()


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


def _house(settings: Settings, woken: Callable[[], None]) -> House:
    careless = settings.unsafe_database
    return House(settings.database, woken, key_file=settings.key, careless=careless)
