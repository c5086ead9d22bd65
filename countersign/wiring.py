"""The composition root: settings in, the wired house out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from adapters.house import House
from countersign.settings import Settings
from countersign.worker import Worker


@contextmanager
def house(settings: Settings) -> Iterator[House]:
    """The house, closed again at the end."""
    found = House(settings.database, key_file=settings.key_file)
    try:
        yield found
    finally:
        found.close()


@contextmanager
def working(settings: Settings) -> Iterator[House]:
    """The house with a worker in this process, woken by every append."""
    worker = Worker()
    found = House(settings.database, woken=worker.wake, key_file=settings.key_file)
    try:
        with worker.running(found):
            yield found
    finally:
        found.close()
