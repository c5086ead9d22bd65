"""Dispatchers are killed while they send: nothing is lost, nothing out of its order, and what comes
twice was on its way when a kill fell. ``make soak`` sends a hundred thousand."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from subprocess import PIPE
from time import monotonic, sleep
from typing import NamedTuple

from adapters.house import House
from countersign.demo.load import load
from tests import postgres
from tests.adapters.delivery.telling import open_more, register, undertake, waits
from tests.adapters.signals import soon
from tests.copying import copied
from tests.tools.postgres import LOGIN
from tests.tools.postgres import Server as PostgresServer
from tests.tools.receiver import Received, Receiver, Reply
from tests.tools.redis import Server, serving

DELIVERIES = int(os.environ.get("COUNTERSIGN_TEST_DELIVERIES", 240))
ENDPOINTS = int(os.environ.get("COUNTERSIGN_TEST_ENDPOINTS", 6))
KILLS = int(os.environ.get("COUNTERSIGN_TEST_DISPATCHER_KILLS", 3))
CASES = 4
FLUSHES = 10
IN_FLIGHT = 64
LATE = 1.0
"""Seconds after a kill within which a busy machine may notice what was sent before it."""
PAUSE = 0.1 if DELIVERIES < 1000 else 0.0
"""How long a receiver takes, so that a kill finds something on its way also where it is little."""
MODULE = [sys.executable, "-m", "tests.adapters.delivery.dispatching"]


class Taken(NamedTuple):
    at: float
    id: str
    lane: tuple[str, str]
    seq: int


class Fifth:
    """Refuses every fifth message at first, and notes what it takes and when."""

    def __init__(self) -> None:
        self.refused: set[str] = set()
        self.taken: list[Taken] = []

    def __call__(self, one: Received) -> Reply:
        if one.type.startswith("endpoint."):
            return Reply()
        if int(one.id[:8], 16) % 5 == 0 and one.id not in self.refused:
            self.refused.add(one.id)
            return Reply(503, after=PAUSE)
        self.taken.append(Taken(monotonic(), one.id, one.lane, one.seq))
        return Reply(after=PAUSE)


@contextmanager
def dispatching(where: str, key: Path, redis: str = "") -> Iterator[None]:
    with subprocess.Popen([*MODULE, where, str(key), redis], stdout=PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        try:
            yield
            assert process.poll() is None, "it ended of its own accord"
        finally:
            process.kill()


def filled(house: House, receiver: Receiver) -> None:
    """Deliveries wait at every endpoint, in the lanes of several cases."""
    for n in range(ENDPOINTS):
        register(house, f"e-{chr(97 + n // 26)}{chr(97 + n % 26)}", receiver.url)
    each = DELIVERIES // ENDPOINTS // CASES
    for case in open_more(house, CASES):
        undertake(house, each, case)


def killed(
    where: str, key: Path, house: House, random: Random, redis: Server | None = None
) -> list[float]:
    """Kills one dispatcher after the other while there is something to send; then one ends it."""
    kills: list[float] = []
    url = redis.url if redis else ""
    while len(kills) < KILLS and waits(house):
        with dispatching(where, key, url):
            sleep(random.uniform(0.05, 0.4))
            if redis and len(kills) % max(1, KILLS // FLUSHES) == 0:
                redis.flush()
            kills.append(monotonic())
    with dispatching(where, key, url):
        soon(lambda: not waits(house), 900)
    return kills


def check(fifth: Fifth, house: House, kills: list[float]) -> None:
    """Everything, in order; twice only where a kill fell between."""
    first: dict[tuple[str, str], list[int]] = defaultdict(list)
    last: dict[str, float] = {}
    twice = 0
    for one in fifth.taken:
        if (before := last.get(one.id)) is None:
            first[one.lane].append(one.seq)
        else:
            twice += 1
            assert any(before <= kill + LATE and kill <= one.at for kill in kills)
        last[one.id] = one.at
    each = DELIVERIES // ENDPOINTS // CASES
    print(f"{len(last)} delivered, {len(fifth.refused)} refused at first", end="; ")
    print(f"{len(kills)} kills, {twice} twice")
    assert len(first) == ENDPOINTS * CASES
    assert all(found == [*range(1, each + 1)] for found in first.values())
    assert twice <= len(kills) * IN_FLIGHT
    assert fifth.refused
    assert not waits(house)


def test_dispatchers_that_are_killed_lose_nothing_in_a_file(
    demo_file: Path, tmp_path: Path
) -> None:
    file, fifth = copied(demo_file, tmp_path), Fifth()
    house = House(file)
    with Receiver(fifth) as receiver:
        filled(house, receiver)
        kills = killed(str(file), file.with_suffix(".key"), house, Random(1))
    check(fifth, house, kills)
    house.close()


def test_dispatchers_that_are_killed_lose_nothing_in_postgresql_while_redis_is_emptied(
    quick: PostgresServer, empty_database: str, tmp_path: Path
) -> None:
    name, key, fifth = quick.made(empty_database), tmp_path / "countersign.key", Fifth()
    with (
        postgres.opened(quick, name, key) as house,
        Receiver(fifth) as receiver,
        serving() as redis,
    ):
        for _ in load(house):
            pass
        filled(house, receiver)
        where = quick.address(name, LOGIN)
        check(fifth, house, killed(where, key, house, Random(2), redis))


def test_without_a_kill_nothing_comes_twice(demo_file: Path, tmp_path: Path) -> None:
    file, fifth = copied(demo_file, tmp_path), Fifth()
    house = House(file)
    with Receiver(fifth) as receiver:
        filled(house, receiver)
        with dispatching(str(file), file.with_suffix(".key")):
            soon(lambda: not waits(house), 600)
    check(fifth, house, [])
    house.close()
