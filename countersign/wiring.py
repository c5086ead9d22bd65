"""The composition root: settings in, the wired house out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from adapters.house import House
from adapters.signals import APPENDED, Signals
from countersign.settings import Settings
from countersign.worker import Worker


class Wired(NamedTuple):
    """The house, and what its processes hear of each other by."""

    house: House
    signals: Signals


@contextmanager
def wired(settings: Settings) -> Iterator[Wired]:
    """All of it, closed again at the end."""
    signals = _signals(settings)
    try:
        found = House(
            settings.database,
            woken=lambda: signals.tell([APPENDED]),
            key_file=settings.key_file,
            told=signals.tell,
        )
        try:
            yield Wired(found, signals)
        finally:
            found.close()
    finally:
        signals.close()


@contextmanager
def house(settings: Settings) -> Iterator[House]:
    """The house alone."""
    with wired(settings) as found:
        yield found.house


@contextmanager
def working(settings: Settings) -> Iterator[Wired]:
    """With a worker in this process, woken by every append."""
    with wired(settings) as found, Worker().running(found.house, found.signals):
        yield found


def _signals(settings: Settings) -> Signals:
    if settings.redis_url is None:
        return Signals()
    # Imported here, so that nobody waits for the library who does without it.
    from adapters.redis import RedisSignals

    return RedisSignals(settings.redis_url)
