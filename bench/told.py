"""From a commit to the receiver's log, at a steady pace: embedded, and on the production stack."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from math import ceil
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple
from uuid import uuid4

from adapters.house import House
from countersign.demo.load import load
from countersign.settings import Settings
from countersign.wiring import wired, working
from domain.undertakings import RecordUndertaking
from tests.adapters.delivery.telling import CASE, CLERK, HOLDER, OFFICER, register
from tests.live.replicas import replicas
from tests.postgres import emptied
from tests.tools.postgres import LOGIN, server
from tests.tools.receiver import Receiver
from tests.tools.redis import serving

PATIENCE = 10.0


class Told(NamedTuple):
    """How long after its commit each event was in the receiver's log: seconds, shortest first."""

    where: str
    goal: float
    seconds: Sequence[float]
    events: int

    def at(self, share: float) -> float:
        return self.seconds[max(0, ceil(share * len(self.seconds)) - 1)]

    def __str__(self) -> str:
        p50, p95, p99 = (f"{1000 * self.at(one):.0f} ms" for one in (0.5, 0.95, 0.99))
        return (
            f"From commit to the receiver's log, {self.where}: p50 {p50}, p95 {p95}, p99 {p99} "
            f"(goal: p95 under {1000 * self.goal:.0f} ms). {len(self.seconds)} of {self.events}."
        )


def embedded(folder: Path, events: int = 400, pace: float = 20) -> Told:
    """One process, with its file."""
    with Receiver() as receiver, working(Settings(data=folder, unsafe_webhooks=True)) as found:
        _loaded(found.house)
        return Told("embedded", 0.5, _told(found.house, receiver, events, pace), events)


def production(folder: Path, events: int = 400, pace: float = 20) -> Told:
    """PostgreSQL and Valkey; what delivers is a process of its own."""
    with Receiver() as receiver, serving() as redis, server() as found, ExitStack() as ending:
        where = {
            "redis_url": redis.url,
            "database_url": found.address(emptied(found), LOGIN),
            "key_file": str(folder.absolute() / "countersign.key"),
        }
        house, *_ = ending.enter_context(wired(Settings(data=folder, **where)))
        _loaded(house)
        environment = {f"COUNTERSIGN_{name.upper()}": value for name, value in where.items()}
        with replicas(folder.absolute(), 1, COUNTERSIGN_UNSAFE_WEBHOOKS="yes", **environment):
            seconds = _told(house, receiver, events, pace)
        return Told("on PostgreSQL and Valkey", 0.25, seconds, events)


def _loaded(house: House) -> None:
    for _ in load(house):
        pass


def _told(house: House, receiver: Receiver, events: int, pace: float) -> list[float]:
    register(house, "one", receiver.url)
    sleep(2)
    committed, start = [], monotonic()
    for n in range(events):
        sleep(max(0.0, start + n / pace - monotonic()))
        owed = RecordUndertaking(CASE, uuid4(), "A report on the market", OFFICER, HOLDER)
        house.execute(owed, CLERK, uuid4())
        committed.append(monotonic())
    until = monotonic() + PATIENCE
    while len(receiver.events()) < events and monotonic() < until:
        sleep(0.05)
    # Whoever was told before the call returned was told at once.
    return sorted(max(0.0, one.at - committed[one.seq - 1]) for one in receiver.events())
