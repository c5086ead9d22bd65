"""How far a process has heard what happened, and whether it missed something."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from adapters.telling import spans

MOST = 1000
"""So many spans beyond a gap are kept."""


class Following:
    """One read model, told of in spans of the log, each from where the one before it ended."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._heard, self._seen = -1, -1
        self._beyond: dict[int, int] = {}

    def hear(self, topics: Collection[str]) -> None:
        self._beyond |= {start: end for name, start, end in spans(topics) if name == self.name}
        while (end := self._beyond.pop(self._heard, None)) is not None:
            self._heard = end
        if len(self._beyond) > MOST:
            self._beyond.clear()

    def missed(self, positions: Mapping[str, int]) -> bool:
        """Whether something that was there when this was asked before is not heard of to this day.

        It counts as known from now on. What has only just happened may still be on its way.
        """
        position = positions[self.name]
        missed = 0 <= self._heard < self._seen
        if missed or self._heard < 0 or position < self._heard:
            self._heard = position
            self._beyond = {start: end for start, end in self._beyond.items() if start >= position}
            self.hear(())
        self._seen = position
        return missed
