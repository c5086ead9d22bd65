"""The order of the log in PostgreSQL: dense positions, handed out after the commit.

Each event has a number, drawn where it is inserted: those of transactions that are still open, or
that failed, are missing for a while or for ever. So whoever reads hands out positions first, to
all events that are committed and have none, by their numbers; one at a time, and never twice. Rows
are only ever added. Nothing waits for a transaction that is open elsewhere.

``log_settled`` says up to which number there is nothing to look for any more. That is never told
by the clock: the last number handed out is settled once all those who were writing when it was
noted are gone, and another pass has given positions to what they left.
"""

from __future__ import annotations

from time import sleep

from sqlalchemy import Connection

from adapters.postgres import Postgres

BATCH = 10_000
SETTLE_AFTER = 500
"""Positions handed out, until it is worth looking how far the numbers are settled; and at first."""
PAUSE, TRIES = 0.001, 200
HAND_OUT = "SELECT hand_out_positions(%s)"
LARGEST = "SELECT max(n) FROM log_positions"
WRITING = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
AND relation = 'stored_events'::regclass
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
SETTLED = "UPDATE log_settled SET n = %s WHERE n < %s"


class Positions:
    def __init__(self, database: Postgres) -> None:
        self._database = database
        self._noted: tuple[int, set[str]] | None = None
        self._since = SETTLE_AFTER

    def hand_out(self) -> None:
        """To all that is committed. Where another is at it, once they are done."""
        with self._database.at_once() as db:
            for _ in range(TRIES):
                if (given := _pass(db)) < 0:
                    sleep(PAUSE)
                    continue
                self._since += given
                if given < BATCH:
                    break
        if self._since >= SETTLE_AFTER:
            self.settle()

    def settle(self) -> None:
        """Moves the settled number on, where that can be told by now. Never waits."""
        with self._database.at_once() as db:
            if self._noted is None:
                largest = db.exec_driver_sql(LARGEST).scalar() or 0
                self._noted = (largest, _writing(db))
            number, open_then = self._noted
            if open_then & _writing(db):
                return
            while (given := _pass(db)) == BATCH:
                pass
            if given >= 0:
                db.exec_driver_sql(SETTLED, (number, number))
                self._noted, self._since = None, 0


def _pass(db: Connection) -> int:
    """How many got a position; -1 where another hands them out just now."""
    return int(db.exec_driver_sql(HAND_OUT, (BATCH,)).scalar_one())


def _writing(db: Connection) -> set[str]:
    """Who may have drawn numbers that are not committed."""
    return set(db.exec_driver_sql(WRITING).scalars())
