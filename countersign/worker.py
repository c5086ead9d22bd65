"""The worker: keeps the read models up to date, woken by appends and idle between them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

from adapters.database import Unavailable
from adapters.house import House
from adapters.signals import AGAIN, APPENDED, Signals

POLL_SECONDS = 0.5
"""How soon an append or a rebuild of another process is noticed, by reading the positions."""

logger = logging.getLogger("countersign.worker")


class Worker:
    def __init__(self) -> None:
        self._news = threading.Event()
        self._stopped = False

    def hear(self, topics: Collection[str]) -> None:
        """Wakes up where something was appended, or may have been."""
        if not {APPENDED, AGAIN}.isdisjoint(topics):
            self._news.set()

    def stop(self) -> None:
        self._stopped = True
        self._news.set()

    def work(self, house: House, signals: Signals) -> None:
        """Applies what is new until it is told to stop."""
        signals.listen(self.hear)
        while not self._stopped:
            try:
                house.keep_up(stopped=lambda: self._stopped)
            except Unavailable as error:
                logger.warning("the read models wait for the store: %s", error)
            except Exception:
                logger.exception("the read models could not be brought up to date: trying again")
            self._news.wait(POLL_SECONDS)
            self._news.clear()
        with suppress(Unavailable):
            house.leases.give_all_up()

    @contextmanager
    def running(self, house: House, signals: Signals) -> Iterator[None]:
        """Works in a thread of its own meanwhile."""
        work = threading.Thread(target=self.work, args=(house, signals), name="worker", daemon=True)
        work.start()
        try:
            yield
        finally:
            self.stop()
            work.join(timeout=10)
