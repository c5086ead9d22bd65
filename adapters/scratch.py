"""Scratch: what saves work as long as it is there. It may be gone at any moment, all of it."""

from __future__ import annotations

import threading
from time import monotonic

MOST = 10_000
"""So many are kept in a process; then the oldest go."""


class Scratch:
    """Kept in one process."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, threading.Lock()
        self._kept: dict[str, tuple[float, str]] = {}

    def get(self, key: str) -> str | None:
        """What was put there last, unless it is gone."""
        with self._lock:
            return self._get(key)

    def put(self, key: str, value: str, seconds: int, *, new: bool = False) -> None:
        """Keeps it for so long at most; where it has to be ``new``, unless there is something."""
        with self._lock:
            if not (new and self._get(key) is not None):
                self._put(key, value, seconds)

    def count(self, key: str, seconds: int) -> int:
        """How often this was asked, this time included. After so long it may begin anew."""
        with self._lock:
            found = int(self._get(key) or 0) + 1
            self._put(key, str(found), seconds)
        return found

    def close(self) -> None:
        self._kept.clear()

    def _get(self, key: str) -> str | None:
        until, value = self._kept.get(key, (0.0, ""))
        return value if until > monotonic() else None

    def _put(self, key: str, value: str, seconds: int) -> None:
        self._kept.pop(key, None)
        self._kept[key] = monotonic() + seconds, value
        while len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]
