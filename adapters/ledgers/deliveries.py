"""Deliveries, as whoever sends them needs them: what is due, and what came of it.

Who sends for an endpoint holds its lease, so that nobody else moves its lanes meanwhile. What is
recorded after the lease was lost changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Row, bindparam, exists, func, literal_column, or_, select

from adapters.database import Database
from adapters.leases import leases
from adapters.ledgers.recording import Due, Recording, Result
from adapters.ledgers.schedule import Schedule
from adapters.ledgers.tables import deliveries, endpoint_states, lanes, waiting

MOST_TOGETHER = 100
"""How much one message of a day holds; the rest is in another."""
FIELDS = Due._fields[:-1]
READ = attrgetter(*FIELDS)


class State(NamedTuple):
    """How an endpoint does."""

    endpoint: UUID
    authority: str
    name: str
    epoch: int
    failures: int
    failing: float
    """For how many seconds nothing was taken."""


class Recorded(NamedTuple):
    """What was put on record: how endpoints do now, and of which the lease was lost before."""

    states: Sequence[State]
    lost: Collection[UUID]


def lease_of(endpoint: UUID) -> str:
    return f"delivery {endpoint}"


class Deliveries:
    def __init__(self, database: Database, schedule: Schedule) -> None:
        self._database, self._schedule = database, schedule
        self._now: Any = literal_column(database.seconds)
        s = endpoint_states.c
        failing = func.coalesce(self._now - s.failing_since, 0.0)
        self._state = select(s.endpoint, s.authority, s.name, s.epoch, s.failures, failing)
        self._ready, self._heads = self._ready_of(), self._heads_of()
        held = leases.c.name.in_(bindparam("names", expanding=True)), leases.c.until > self._now
        mine = leases.c.holder == bindparam("holder")
        self._held = select(leases.c.name, self._now).where(*held, mine)

    def ready(self, busy: Collection[UUID] = ()) -> list[State]:
        """Endpoints for which something is due, and those that one is ``busy`` with."""
        with self._database.read() as db:
            return [State(*one) for one in db.execute(self._ready, {"busy": [*busy]})]

    def next(
        self, endpoint: UUID, lanes_: int, depth: int, without: Collection[UUID] = ()
    ) -> list[list[Due]]:
        """Lanes that are due, those that have waited longest first: of each what waits, in order
        from its head on."""
        with self._database.read() as db:
            asked = {"endpoint": endpoint, "lanes": lanes_, "depth": depth, "without": [*without]}
            rows = db.execute(self._heads, asked).all()
        runs: dict[UUID, list[Row[Any]]] = {}
        for one in rows:
            runs.setdefault(one.lane, []).append(one)
        if stuck := [lane for lane, run in runs.items() if run[0].state != "waiting"]:
            self._step_on(endpoint, stuck)
        whole = (takewhile(lambda one: one.state == "waiting", run) for run in runs.values())
        found = ([due_of(one, one.tried if one.seq == one.head else 0) for one in o] for o in whole)
        return [run for run in found if run]

    def together(self, first: Due) -> tuple[Due, ...]:
        """All of a lane that waits, from its head on, as far as one message holds it."""
        c = deliveries.c
        mine = (c.endpoint == first.endpoint) & (c.lane == first.lane) & (c.seq > first.seq)
        query = select(deliveries).where(mine, c.state == "waiting").order_by(c.seq)
        with self._database.read() as db:
            rows = db.execute(query.limit(MOST_TOGETHER - 1)).all()
        return first, *(due_of(one, first.tried) for one in rows)

    def record(self, results: Sequence[Result], holder: UUID) -> Recorded:
        """Puts on record what came of attempts, as far as ``holder`` still holds the leases."""
        endpoints = {due.endpoint for one in results for due in one.due}
        wanted = {lease_of(one): one for one in endpoints}
        states: list[State] = []
        with self._database.write() as db:
            asked = {"names": [*wanted], "holder": holder}
            held = {name: now for name, now in db.execute(self._held, asked)}  # noqa: C416
            if kept := [one for one in results if lease_of(one.due[0].endpoint) in held]:
                now = max(held.values())
                done = Recording(self._database, db, self._schedule, now).add(kept)
                states = [_state(one, now) for one in done]
        return Recorded(states, [wanted[one] for one in wanted.keys() - held])

    def _ready_of(self) -> Any:
        s, now = endpoint_states.c, self._now
        verified = or_(s.waits == "", lanes.c.lane == s.address)
        due = exists().where(lanes.c.endpoint == s.endpoint, waiting, lanes.c.due <= now, verified)
        busy = s.endpoint.in_(bindparam("busy", expanding=True))
        open_ = s.waits.in_(["", "unverified"]), s.opens <= now
        return self._state.where(or_(busy, due), *open_)

    def _heads_of(self) -> Any:
        s, d = endpoint_states.c, deliveries.c
        due = (
            select(lanes.c.lane, lanes.c.head, lanes.c.due, lanes.c.attempts.label("tried"))
            .select_from(lanes.join(endpoint_states, s.endpoint == lanes.c.endpoint))
            .where(
                lanes.c.endpoint == bindparam("endpoint"),
                waiting,
                lanes.c.due <= self._now,
                lanes.c.lane.not_in(bindparam("without", expanding=True)),
                or_(s.waits == "", lanes.c.lane == s.address),
            )
            .order_by(lanes.c.due)
            .limit(bindparam("lanes"))
            .subquery()
        )
        columns = [d[name] for name in FIELDS]
        there = (d.endpoint == bindparam("endpoint")) & (d.lane == due.c.lane)
        within = d.seq.between(due.c.head, due.c.head + bindparam("depth", type_=Integer) - 1)
        return (
            select(*columns, due.c.tried, due.c.head, d.state)
            .where(there, within)
            .order_by(due.c.due, d.lane, d.seq)
        )

    def _step_on(self, endpoint: UUID, stuck: Sequence[UUID]) -> None:
        """These lanes go on with what really waits: after a replay it was delivered before."""
        with self._database.write() as db:
            mine = (lanes.c.endpoint == endpoint) & lanes.c.lane.in_(stuck)
            for one in db.execute(select(lanes).where(mine).with_for_update()).all():
                c = deliveries.c
                there = (c.endpoint == endpoint) & (c.lane == one.lane) & (c.seq >= one.head)
                query = select(c.seq, c.state).where(there, c.state.in_(["waiting", "dead"]))
                first = db.execute(query.order_by(c.seq).limit(1)).one_or_none()
                fresh = {
                    "head": first and first.seq,
                    "parked": bool(first and first.state == "dead"),
                }
                at = (lanes.c.endpoint == endpoint) & (lanes.c.lane == one.lane)
                db.execute(lanes.update().where(at).values(**fresh))


def _state(one: Mapping[str, Any], now: float) -> State:
    known = (one["endpoint"], one["authority"], one["name"], one["epoch"], one["failures"])
    return State(*known, now - one["failing_since"] if one["failing_since"] else 0.0)


def due_of(row: Any, tried: int = 0) -> Due:
    """A row of deliveries, with how often it was tried in this run."""
    return Due._make((*READ(row), tried))
