"""Many who write at once, and readers who follow: what each of them saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from threading import Event
from time import sleep
from uuid import UUID

import psycopg

from adapters.database import Unavailable
from adapters.log.store import Conflict, Store, Stored, Written

WRITERS = 8
INSERT = "INSERT INTO stored_events (originator_id, originator_version, topic, state) "


@dataclass
class Writer:
    """Appends to streams of its own, one or a few events at a time; notes what was confirmed."""

    store: Store
    seed: int
    confirmed: Counter[UUID] = field(default_factory=Counter)
    asked_twice: int = 0

    def write(self, stopped: Event) -> None:
        random = Random(self.seed)
        streams = [UUID(int=random.getrandbits(128)) for _ in range(3)]
        while not stopped.is_set():
            stream, several = random.choice(streams), random.choice((1, 1, 3))
            first = self.confirmed[stream] + 1
            news = [Written(stream, first + n, "noted/1", b"{}") for n in range(several)]
            self._until_confirmed(news, stopped)
            self.confirmed[stream] += several

    def _until_confirmed(self, news: list[Written], stopped: Event) -> None:
        """As the engine does: where an answer was lost, whoever asks again finds it on record."""
        while True:
            try:
                return self.store.insert(news)
            except Conflict:
                self.asked_twice += 1
                return None
            except Unavailable:
                sleep(0.02)
                if stopped.is_set():
                    self.confirmed[news[0].stream] -= len(news)
                    return None


@contextmanager
def writing(store: Store) -> Iterator[list[Writer]]:
    """Writers at work meanwhile."""
    writers, stopped = [Writer(store, seed) for seed in range(WRITERS)], Event()
    with ThreadPoolExecutor(WRITERS) as pool:
        done = [pool.submit(one.write, stopped) for one in writers]
        try:
            yield writers
        finally:
            stopped.set()
    for one in done:
        one.result()


@contextmanager
def slow_writers(address: str, seed: int = 99) -> Iterator[None]:
    """Transactions that draw numbers early and commit late, or never."""
    stopped = Event()

    def write(seed: int) -> None:
        random = Random(seed)
        with psycopg.connect(address) as db:
            while not stopped.is_set():
                stream = UUID(int=random.getrandbits(128))
                db.execute(INSERT + "VALUES (%s, 1, 'noted/1', '{}')", (stream,))
                sleep(random.uniform(0, 0.05))
                db.rollback() if random.random() < 0.3 else db.commit()

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(write, seed + n) for n in range(2)]
        try:
            yield
        finally:
            stopped.set()
    for one in done:
        one.result()


@contextmanager
def following(tail: Callable[[int, int], list[Stored]]) -> Iterator[list[Stored]]:
    """A reader that asks for what comes after the last it saw; at the end it reads to the end."""
    seen: list[Stored] = []
    stopped = Event()

    def follow() -> None:
        ended = False
        while not ended:
            ended = stopped.is_set()
            while news := _asked(tail, seen[-1].position if seen else 0, ended):
                seen.extend(news)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(follow)
        try:
            yield seen
        finally:
            stopped.set()
    done.result()


def _asked(tail: Callable[[int, int], list[Stored]], after: int, ended: bool) -> list[Stored]:
    if ended:
        return tail(after, 1000)
    with suppress(Unavailable):
        return tail(after, 1000)
    return []
