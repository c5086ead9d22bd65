"""Somebody who listens to signals, and a wait for what must come."""

from __future__ import annotations

from collections.abc import Callable, Collection
from time import monotonic, sleep

from adapters.signals import Signals


class Ear:
    """Everything heard since it began to listen."""

    def __init__(self, signals: Signals) -> None:
        self.heard: list[str] = []
        self.calls = 0
        self.stop = signals.listen(self._take_in)

    def _take_in(self, topics: Collection[str]) -> None:
        self.calls += 1
        self.heard += topics


def soon(happened: Callable[[], object], seconds: float = 30) -> None:
    """Waits for as long as a slow machine may take."""
    until = monotonic() + seconds
    while not happened():
        assert monotonic() < until, "it has not happened"
        sleep(0.005)
