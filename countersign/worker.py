"""The worker: keeps the read models up to date, woken by appends and idle between them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from adapters.database import Unavailable
from adapters.house import House

POLL_SECONDS = 0.5
"""How soon an append or a rebuild of another process is noticed, by reading the positions."""

logger = logging.getLogger("countersign.worker")


class Worker:
    def __init__(self) -> None:
        self._news = threading.Event()
        self._stopped = False

    def wake(self) -> None:
        self._news.set()

    def stop(self) -> None:
        self._stopped = True
        self._news.set()

    def work(self, house: House) -> None:
        """Applies what is new until it is told to stop."""
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
    def running(self, house: House) -> Iterator[None]:
        """Works in a thread of its own meanwhile."""
        thread = threading.Thread(target=self.work, args=(house,), name="worker", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.stop()
            thread.join(timeout=10)
