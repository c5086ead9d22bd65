"""What a command costs on an old case, against the same on young ones."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from uuid import UUID, uuid4

from bench.histories import again, council, one_long, write
from domain.opening import NoteOnSource
from domain.values import procurement_id
from tests.scenario import CASE, CLERK

YOUNG, OLD = 10, 1000
FIRST = 1000
"""The number of the first young case: past that of the old one."""


class Age:
    """Notes on one case of a thousand events, and on as many of ten as a turn has notes."""

    what = f"A command on a case of {OLD:,} events"
    against = f"the same on cases of {YOUNG} events"
    goal = 0.77

    def __init__(self, folder: Path, turn: int) -> None:
        self.turn = turn
        self.house = council(folder / "age.db")
        young, old = one_long(self.house, YOUNG), one_long(self.house, OLD)
        write(self.house, old)
        numbers = range(FIRST, FIRST + turn)
        for n in numbers:
            write(self.house, again(young, n))
        self._young = cycle([procurement_id(f"leeds-2022-{n}") for n in numbers])

    def ours(self) -> int:
        return self._noted(lambda: CASE)

    def theirs(self) -> int:
        return self._noted(lambda: next(self._young))

    def close(self) -> None:
        self.house.close()

    def _noted(self, case: Callable[[], UUID]) -> int:
        for _ in range(self.turn):
            command = NoteOnSource(case(), "silence", "A day", "The report does not say it")
            self.house.execute(command, CLERK, uuid4())
        return self.turn
