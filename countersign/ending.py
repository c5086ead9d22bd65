"""The end of a process: when it is told to, in order, and in time whatever hangs."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

END_SECONDS = 9
"""After this a process ends where it stands. What is recorded is whole at every moment."""
TOLD = (signal.SIGINT, signal.SIGTERM)

logger = logging.getLogger("countersign.ending")


@contextmanager
def until_told(stop: Callable[[], None]) -> Iterator[None]:
    """Calls ``stop`` on the signals that end a process, instead of ending it at once."""

    def told(_number: int, _frame: FrameType | None) -> None:
        end_in_time()
        stop()

    kept = {number: signal.signal(number, told) for number in TOLD}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def end_in_time() -> None:
    """Ends the process after a while, unless it has ended by itself."""
    timer = threading.Timer(END_SECONDS, _end)
    timer.daemon = True
    timer.start()


def _end() -> None:
    logger.error("something hangs: ended without waiting for it")
    os._exit(1)
