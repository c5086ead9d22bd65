"""From a commit to another replica's open queue page, on PostgreSQL, at a steady pace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from itertools import chain
from math import ceil
from pathlib import Path
from string import ascii_lowercase
from threading import Event
from time import perf_counter, sleep
from typing import NamedTuple

from adapters.house import House
from bench.councils import Waiting, adopt, clerk, waiting
from countersign.settings import Settings
from countersign.wiring import wired
from tests.live.replicas import Replica, replicas
from tests.postgres import emptied
from tests.tools.postgres import LOGIN, server
from tests.tools.redis import serving

AGAIN = {"looks-again": "1"}
"""As the script of an open page says that it has been told to look again."""
WITHIN = 0.25
"""Seconds in which 99 of 100 pages should show what was decided."""
PATIENCE = 5.0
"""Seconds after the last decision for which the pages may still catch up."""


class Shown(NamedTuple):
    """How long after its commit each decision was on the page, in seconds, shortest first."""

    seconds: Sequence[float]
    decided: int
    a_second: float
    missing: int

    def at(self, share: float) -> float:
        """What so many of them were not slower than; ``share`` of 0.99 is p99."""
        return self.seconds[max(0, ceil(share * len(self.seconds)) - 1)]

    def __str__(self) -> str:
        p50, p99 = (f"{1000 * self.at(one):.0f} ms" for one in (0.5, 0.99))
        return (
            f"From commit to the open queue page of another replica: p50 {p50}, p99 {p99} "
            f"(goal: p99 under {1000 * WITHIN:.0f} ms). {self.decided} decisions, "
            f"{self.a_second:.0f} a second; {len(self.seconds)} watched, {self.missing} not seen."
        )


class Page:
    """The queue of whoever publishes what a council decided, open in a browser of its own."""

    def __init__(self, replica: Replica, house: House, council: str) -> None:
        self.council, self.seen = council, dict[str, float]()
        self._replica = replica.again()
        self._replica.sign_in(house, clerk(council).post)
        self._mine = re.compile(rf'href="/procurements/({council}-2022-\d+)"')
        self._live = re.findall(r'data-live="([^"]+)"', self._look())[0]

    def watch(self, enough: Event) -> None:
        """Looks again whenever it is told to, as the script of the page does."""
        with closing(self._replica.client), self._replica.listening(self._live) as told:
            while not enough.is_set():
                if told.told(0.2):
                    self._look()

    def _look(self) -> str:
        html = self._replica.client.get("/queue", headers=AGAIN).text
        now = perf_counter()
        for reference in self._mine.findall(html):
            self.seen.setdefault(reference, now)
        return html


def measured(
    folder: Path, *, councils: int = 20, cases: int = 50, watched: int = 4, pace: float = 50
) -> Shown:
    """Decisions of all councils in turn; some of their pages are open at another replica."""
    names = [f"council-{letter}" for letter in ascii_lowercase[:councils]]
    with serving() as redis, server() as found, ExitStack() as ending:
        where = {
            "redis_url": redis.url,
            "database_url": found.address(emptied(found), LOGIN),
            "key_file": str(folder.absolute() / "countersign.key"),
        }
        house, *_ = ending.enter_context(wired(Settings(data=folder, **where)))
        for one in names:
            adopt(house, one)
        reports = list(chain(*zip(*(waiting(house, one, cases) for one in names), strict=True)))
        house.catch_up()
        environment = {f"COUNTERSIGN_{name.upper()}": value for name, value in where.items()}
        with replicas(folder.absolute(), 1, **environment) as (other,):
            pages = [Page(other, house, one) for one in names[:watched]]
            committed = _decided(house, reports, pace, pages)
    watching = tuple(f"{one}-" for one in names[:watched])
    mine = {reference: at for reference, at in committed.items() if reference.startswith(watching)}
    seen = dict(chain(*(one.seen.items() for one in pages)))
    seconds = sorted(max(0.0, seen[one] - at) for one, at in mine.items() if one in seen)
    took = max(committed.values()) - min(committed.values())
    rate = (len(committed) - 1) / took
    return Shown(seconds, len(committed), rate, len(mine) - len(seconds))


def _decided(
    house: House, reports: Sequence[Waiting], pace: float, pages: Sequence[Page]
) -> dict[str, float]:
    """When each decision was on record, while the pages watch."""
    enough, committed = Event(), dict[str, float]()
    with ThreadPoolExecutor(len(pages)) as pool:
        watching = [pool.submit(one.watch, enough) for one in pages]
        sleep(1)
        start = perf_counter()
        for n, one in enumerate(reports):
            sleep(max(0.0, start + n / pace - perf_counter()))
            house.execute(one.command, one.by, one.command_id, one.seen)
            committed[one.reference] = perf_counter()
        until = perf_counter() + PATIENCE
        expected = len(reports) * len(pages) // len({one.council for one in reports})
        while sum(len(one.seen) for one in pages) < expected and perf_counter() < until:
            sleep(0.05)
        enough.set()
        for each in watching:
            each.result()
    return committed
