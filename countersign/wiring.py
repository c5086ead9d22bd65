"""The composition root: settings in, the wired house out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

from adapters.house import House
from adapters.scratch import Scratch
from adapters.signals import APPENDED, Signals
from countersign.settings import Settings
from countersign.worker import Worker


class Wired(NamedTuple):
    """The house, what its processes hear of each other by, and what they keep for a while."""

    house: House
    signals: Signals
    scratch: Scratch


@contextmanager
def wired(settings: Settings) -> Iterator[Wired]:
    """All of it, closed again at the end."""
    signals, scratch = _between_processes(settings)
    with closing(signals), closing(scratch):
        found = House(
            settings.database,
            woken=lambda: signals.tell([APPENDED]),
            key_file=settings.key_file,
            told=signals.tell,
            sessions=scratch if settings.redis_url else None,
        )
        with closing(found):
            yield Wired(found, signals, scratch)


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


def _between_processes(settings: Settings) -> tuple[Signals, Scratch]:
    if settings.redis_url is None:
        return Signals(), Scratch()
    # Imported here, so that nobody waits for the library who does without it.
    from adapters.redis import RedisScratch, RedisSignals

    return RedisSignals(settings.redis_url), RedisScratch(settings.redis_url)
