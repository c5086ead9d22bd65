"""The queue made anew from the whole log, against one transaction for each event."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path

from adapters.house import House
from bench.histories import council, side_by_side, write


class Rebuild:
    """The same log in two files: one is rebuilt, in the other a loop goes on from the middle."""

    goal = 15.0

    def __init__(self, folder: Path, events: int, sample: int, under_way: int) -> None:
        self.what = f"Rebuild the queue from {events:,} events"
        self.against = f"one transaction an event, {sample:,} events from the middle on"
        self.sample = sample
        made = council(folder / "ours.db")
        write(made, islice(side_by_side(made, under_way), events))
        made.close()
        shutil.copy(folder / "ours.db", folder / "theirs.db")
        self.house, self.other = House(folder / "ours.db"), House(folder / "theirs.db")
        self.one_by_one = self.other.runners["queue"]
        self.one_by_one.catch_up(events // 2)

    def ours(self) -> int:
        return self.house.runners["queue"].rebuild()

    def theirs(self) -> int:
        return sum(self.one_by_one.catch_up(1) for _ in range(self.sample))

    def close(self) -> None:
        self.house.close()
        self.other.close()
