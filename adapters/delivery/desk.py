"""The desk: says what is to be sent next, and puts on record what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import NamedTuple
from uuid import UUID

from adapters.database import Unavailable
from adapters.delivery.bodies import Bodies, Message
from adapters.delivery.outlets import Outlet, Outlets
from adapters.leases import Leases
from adapters.ledgers.deliveries import Deliveries, State, lease_of
from adapters.ledgers.recording import Due, Result
from adapters.ledgers.schedule import Schedule

logger = logging.getLogger("countersign.delivery")


class Limits(NamedTuple):
    """How much is on its way at once, and for how many seconds an endpoint is one’s own."""

    in_all: int = 64
    per_endpoint: int = 4
    lease: float = 20.0
    ahead: int = 32
    """How many lanes are looked up at once, and how many deliveries of each."""
    depth: int = 8


class Job(NamedTuple):
    """One message, or several of one day in one; none where they cannot be read."""

    outlet: Outlet
    due: tuple[Due, ...]
    messages: Sequence[Message]


Run = list[Due]
"""What waits in a lane, from its head on."""


class Flight(NamedTuple):
    """What follows in a lane, and what was known of its endpoint when it was looked up."""

    rest: Run
    epoch: int


class Desk:
    """Of one process. What two of them do is kept apart by the leases of endpoints."""

    def __init__(
        self,
        deliveries: Deliveries,
        leases: Leases,
        bodies: Bodies,
        outlets: Outlets,
        schedule: Schedule,
        limits: Limits,
        noticed: Callable[[State, Result], None],
    ) -> None:
        """``noticed`` is told of each result on record, with how its endpoint does."""
        self._deliveries, self._leases, self._bodies = deliveries, leases, bodies
        self._outlets, self._schedule, self._limits = outlets, schedule, limits
        self._noticed = noticed
        self._queues: dict[UUID, list[Run]] = {}
        self._epochs: dict[UUID, int] = {}
        self._flying: dict[UUID, dict[UUID, Flight]] = {}
        """By endpoint and lane what is on its way."""

    def record(self, results: Sequence[Result]) -> None:
        """Puts on record what came back. Raises Unavailable: it has to be given again then."""
        recorded = self._deliveries.record(results, self._leases.holder)
        states = {one.endpoint: one for one in recorded.states}
        for one in results:
            self._landed(one.due[0], taken=not one.error)
        for endpoint in recorded.lost:
            logger.warning("somebody else delivers for an endpoint: its lease was lost")
            self._queues.pop(endpoint, None)
        for one in results:
            if state := states.get(one.due[0].endpoint):
                self._notice(state, one)

    def _notice(self, state: State, one: Result) -> None:
        try:
            self._noticed(state, one)
        except Unavailable as error:
            logger.warning("what follows from an answer has to wait for the next: %s", error)

    def jobs(self) -> list[Job]:
        """What is to be sent now: one for each endpoint in turn, so that none comes short.

        Raises Unavailable: nothing is on its way then that was not before.
        """
        for endpoint in self._flying:
            self._leases.take(lease_of(endpoint), self._limits.lease)
        room = self._limits.in_all - sum(map(len, self._flying.values()))
        if room <= 0:
            return []
        found = [(one, self._free(one)) for one in self._deliveries.ready(self._queues)]
        mine = [(one, free) for one, free in found if free > 0 and self._is_mine(one)]
        heads = [[(self._outlets.of(one), run) for run in self._runs(one, n)] for one, n in mine]
        in_turn = [one for some in zip_longest(*heads) for one in some if one]
        return self._taken_up(in_turn[:room])

    def leave(self) -> None:
        """Lets others deliver at once. Raises Unavailable."""
        self._leases.give_all_up()

    def _taken_up(self, in_turn: Sequence[tuple[Outlet, Run]]) -> list[Job]:
        chosen = [(outlet, self._taken(run)) for outlet, run in in_turn]
        try:
            return self._with_messages(chosen)
        except Unavailable:
            for _, (first, *_) in chosen:
                self._landed(first, taken=False)
                self._queues.pop(first.endpoint, None)
            raise

    def _free(self, one: State) -> int:
        """How much more may be on its way there: while nothing is taken, one at a time."""
        most = 1 if self._schedule.breaks(one.failures) else self._limits.per_endpoint
        return most - len(self._flying.get(one.endpoint, ()))

    def _is_mine(self, one: State) -> bool:
        if not self._leases.take(lease_of(one.endpoint), self._limits.lease):
            self._queues.pop(one.endpoint, None)
            return False
        if self._epochs.get(one.endpoint) != one.epoch:
            self._queues.pop(one.endpoint, None)
            self._epochs[one.endpoint] = one.epoch
        return True

    def _runs(self, one: State, free: int) -> list[Run]:
        """So many of the lanes that are due, from what was looked up or is now."""
        queue = self._queues.setdefault(one.endpoint, [])
        if len(queue) < free:
            lanes = {*self._flying.get(one.endpoint, ()), *(run[0].lane for run in queue)}
            limits = self._limits
            queue += self._deliveries.next(one.endpoint, limits.ahead, limits.depth, lanes)
        return queue[:free]

    def _taken(self, run: Run) -> tuple[Due, ...]:
        """Off the queue and on its way: all of a day where it is one message."""
        due, *rest = run
        self._queues[due.endpoint].remove(run)
        flight = Flight(rest, self._epochs[due.endpoint])
        self._flying.setdefault(due.endpoint, {})[due.lane] = flight
        return self._deliveries.together(due) if due.lane == due.endpoint else (due,)

    def _landed(self, due: Due, *, taken: bool) -> None:
        """What follows it is next in its lane, unless something was recorded about its endpoint."""
        lanes = self._flying[due.endpoint]
        rest, epoch = lanes.pop(due.lane)
        if not lanes:
            del self._flying[due.endpoint]
        as_it_was = self._epochs.get(due.endpoint) == epoch
        if taken and rest and as_it_was and due.lane != due.endpoint:
            self._queues.setdefault(due.endpoint, []).append(rest)

    def _with_messages(self, chosen: Sequence[tuple[Outlet, tuple[Due, ...]]]) -> list[Job]:
        wanted = [(due, outlet.endpoint.of) for outlet, every in chosen for due in every]
        try:
            made = iter(self._bodies.messages(wanted))
        except Unavailable:
            raise
        except Exception:
            return [self._alone(outlet, every) for outlet, every in chosen]
        return [Job(outlet, every, [next(made) for _ in every]) for outlet, every in chosen]

    def _alone(self, outlet: Outlet, every: tuple[Due, ...]) -> Job:
        """Where one of many cannot be read, the others are sent all the same."""
        try:
            made = self._bodies.messages([(due, outlet.endpoint.of) for due in every])
        except Unavailable:
            raise
        except Exception:
            logger.exception("what is to be told cannot be read")
            made = []
        return Job(outlet, every, made)
