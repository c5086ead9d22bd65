"""Signals: news without content, told to whoever listens. Any may be lost; polling is under all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from contextlib import suppress

AGAIN = "again"
"""Told after signals may have been missed: look again at everything."""
APPENDED = "appended"
"""Something is on record that the read models have not seen."""
DELIVERIES = "deliveries"
"""Something waits to be delivered."""

Heard = Callable[[Collection[str]], None]

logger = logging.getLogger("countersign.signals")


class Signals:
    """Between the threads of one process. A topic is an id and nothing that is worth reading."""

    def __init__(self) -> None:
        self._listeners: list[Heard] = []

    def tell(self, topics: Collection[str]) -> None:
        """Returns at once and never raises. Listeners are called in a thread of any kind."""
        for heard in tuple(self._listeners):
            try:
                heard(topics)
            except Exception:
                logger.exception("a signal was not taken in")

    def listen(self, heard: Heard) -> Callable[[], None]:
        """Calls ``heard``, which must be quick, until what is returned here is called."""
        self._listeners.append(heard)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(heard)

        return stop

    def close(self) -> None:
        """Nothing is heard any more."""
        self._listeners.clear()
