"""What came of attempts, written: for the delivery, its lane and its endpoint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, select, tuple_

from adapters.database import Database
from adapters.ledgers.schedule import Schedule
from adapters.ledgers.tables import attempts, deliveries, endpoint_states, lanes


class Due(NamedTuple):
    """What is to be sent next in a lane; ``tried`` is how often it was, in this run of attempts."""

    id: UUID
    endpoint: UUID
    lane: UUID
    seq: int
    stream: UUID
    version: int
    kind: str
    event: str
    previous: str
    chain: str
    attempts: int
    tried: int

    @property
    def at(self) -> tuple[UUID, UUID]:
        return self.endpoint, self.lane


class Result(NamedTuple):
    """What came of one attempt: ``error`` is nothing where it was taken."""

    due: tuple[Due, ...]
    seconds: float
    status: int | None
    error: str
    answer: str
    body: str
    wait: float = 0.0
    """For how many seconds the receiver wants to be left alone."""


def _changes(table: Table, *names: str) -> Any:
    """Sets these columns of the row with the key of ``b_`` names."""
    keys = [one == bindparam(f"b_{one.name}") for one in table.primary_key]
    return table.update().where(*keys).values({one: bindparam(f"b_{one}") for one in names})


GONE = 410
"""What says that nothing is taken there any more: nothing is sent before somebody resumes it."""
OF_DELIVERY = ("state", "attempts", "done")
OF_LANE = ("head", "due", "attempts", "parked")
OF_ENDPOINT = ("failures", "failing_since", "opens", "answered")
DELIVERY, LANE = _changes(deliveries, *OF_DELIVERY), _changes(lanes, *OF_LANE)
ENDPOINT = _changes(endpoint_states, *OF_ENDPOINT)
LANE_READ = ("endpoint", "lane", "last", *OF_LANE)
AT = lanes.c.endpoint, lanes.c.lane
LOCKED = (
    select(*(lanes.c[name] for name in LANE_READ))
    .where(tuple_(*AT).in_(bindparam("places", expanding=True)))
    .order_by(*AT)
    .with_for_update()
)
STATES = (
    select(endpoint_states)
    .where(endpoint_states.c.endpoint.in_(bindparam("endpoints", expanding=True)))
    .order_by(endpoint_states.c.endpoint)
)


class Recording:
    """In one transaction, at one moment by the clock of the database."""

    def __init__(self, database: Database, db: Connection, schedule: Schedule, now: float) -> None:
        self._database, self._db = database, db
        self._schedule, self._now = schedule, now

    def add(self, results: Sequence[Result]) -> list[dict[str, Any]]:
        """How the endpoints do now."""
        at = self._locked({one.due[0].at for one in results})
        states = self._states({one.due[0].endpoint for one in results})
        for one in results:
            first = one.due[0]
            if one.error:
                self._failed(one, at[first.at], states[first.endpoint])
            else:
                self._taken(one, at[first.at], states[first.endpoint])
        rows = [row for one in results for row in self._rows(one, at[one.due[0].at]["parked"])]
        insert = self._database.insert(attempts).on_conflict_do_nothing()
        self._db.execute(insert, [tried for tried, _ in rows])
        self._db.execute(DELIVERY, [done for _, done in rows])
        of_lane = ("endpoint", "lane", *OF_LANE)
        self._db.execute(LANE, [{f"b_{key}": one[key] for key in of_lane} for one in at.values()])
        of_endpoint = ("endpoint", *OF_ENDPOINT)
        changed = [{f"b_{key}": one[key] for key in of_endpoint} for one in states.values()]
        self._db.execute(ENDPOINT, changed)
        return [*states.values()]

    def _locked(self, places: set[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], Any]:
        """The lanes, to which nobody adds anything before this is done."""
        rows = self._db.execute(LOCKED, {"places": [*places]})
        found = (dict(zip(LANE_READ, one, strict=True)) for one in rows)
        return {(one["endpoint"], one["lane"]): one for one in found}

    def _states(self, endpoints: set[UUID]) -> dict[UUID, Any]:
        rows = self._db.execute(STATES, {"endpoints": [*endpoints]})
        return {one.endpoint: dict(one._mapping) for one in rows}

    def _taken(self, result: Result, lane: dict[str, Any], state: dict[str, Any]) -> None:
        first, last = result.due[0], result.due[-1]
        # A replay that began meanwhile goes on from where it began.
        if lane["head"] is not None and first.seq <= lane["head"] <= last.seq:
            lane["head"] = last.seq + 1 if last.seq < lane["last"] else None
        lane |= {"attempts": 0, "due": self._now}
        state |= {"failures": 0, "failing_since": None, "opens": 0.0, "answered": self._now}

    def _failed(self, result: Result, lane: dict[str, Any], state: dict[str, Any]) -> None:
        schedule, tried = self._schedule, lane["attempts"] + 1
        wait = schedule.longest if result.status == GONE else min(result.wait, schedule.longest)
        lane["attempts"] = tried
        if schedule.is_over(tried):
            lane["parked"] = True
        else:
            lane["due"] = self._now + max(wait, schedule.after(tried))
        state["failures"] += 1
        state["failing_since"] = state["failing_since"] or self._now
        if schedule.breaks(state["failures"]):
            wait = max(wait, schedule.probe(state["failures"]))
        state["opens"] = max(state["opens"], self._now + wait)

    def _rows(self, result: Result, over: bool) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """What is added of the attempt, and what changes for the delivery."""
        taken = not result.error
        state = "delivered" if taken else "dead" if over else "waiting"
        for due in result.due:
            number = due.attempts + 1
            yield (
                {
                    "delivery": due.id,
                    "number": number,
                    "at": self._now - result.seconds,
                    "seconds": result.seconds,
                    "status": result.status,
                    "error": result.error,
                    "answer": result.answer,
                    "body": result.body,
                },
                {
                    "b_id": due.id,
                    "b_state": state,
                    "b_attempts": number,
                    "b_done": self._now if taken else None,
                },
            )
