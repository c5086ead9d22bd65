"""One event on record, against a bare INSERT of the same bytes with the same durability."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path

from bench.histories import council, side_by_side, write
from tests.houses import file_of

UNDER_WAY = 50


class Append:
    """The log's own call on one file, sqlite3 alone on another; one transaction an event."""

    what = "Append one event"
    against = "an `INSERT` by sqlite3, same bytes, table and sync"
    goal = 0.5

    def __init__(self, folder: Path, turn: int, turns: int) -> None:
        """Events for ``turns`` turns; ``turn`` of them are written each time."""
        self.turn, self.file = turn, folder / "theirs.db"
        self.house = council(folder / "ours.db")
        news = list(islice(side_by_side(self.house, UNDER_WAY), turn * turns))
        other = council(folder / "stored.db")
        after = other.log.last_position()
        write(other, news)
        stored = other.log.tail(after, len(news))
        other.close()
        self._news = iter(news)
        self._rows = iter([(one.stream.hex, *one[2:]) for one in stored])
        self.db = self._same_table()

    def _same_table(self) -> sqlite3.Connection:
        with closing(sqlite3.connect(file_of(self.house))) as ours:
            query = "SELECT sql FROM sqlite_master WHERE tbl_name = 'stored_events' AND sql != ''"
            statements = [sql for (sql,) in ours.execute(query)]
        db = sqlite3.connect(self.file, isolation_level=None)
        for one in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", *statements):
            db.execute(one)
        return db

    def ours(self) -> int:
        news = list(islice(self._news, self.turn))
        for one in news:
            self.house.log.append([one])
        return len(news)

    def theirs(self) -> int:
        rows = list(islice(self._rows, self.turn))
        for row in rows:
            self.db.execute("INSERT INTO stored_events VALUES (?, ?, ?, ?)", row)
        return len(rows)

    def close(self) -> None:
        self.house.close()
        self.db.close()
