"""The queue page of a service in which a million items wait, under signed-in readers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from math import ceil
from pathlib import Path
from time import perf_counter

import httpx2
import psycopg

from bench.clients import asked
from bench.councils import adopt, seat, waiting
from bench.shard import ITEMS, SIZED
from tests import postgres
from tests.ops.served import served, soon
from tests.scenario import DIRECTOR
from tests.tools.ports import free_port
from tests.tools.postgres import LOGIN, server

COUNCIL, MINE = "shire", 334


class Crowded:
    """A PostgreSQL database with so many open items, of which one person has 334, and the page."""

    def __init__(self, folder: Path, items: int) -> None:
        self._ending, self.items = ExitStack(), items
        found = self._ending.enter_context(server(**SIZED))
        key, name = (folder / "countersign.key").absolute(), postgres.emptied(found)
        opened = postgres.opened(found, name, key, careless=False)
        self.house = self._ending.enter_context(opened)
        adopt(self.house, COUNCIL)
        for _ in waiting(self.house, COUNCIL, MINE):
            pass
        self.house.catch_up()
        self.owner = found.address(name)
        with psycopg.connect(self.owner, autocommit=True) as db:
            (rows,) = db.execute("SELECT count(*) FROM read_models.queue").fetchone() or (1,)
            db.execute(ITEMS, (ceil(items / rows),))
            db.execute("ANALYZE")
        self.reader = seat(DIRECTOR, COUNCIL)
        assert self.reader.person
        self.cookie = {"Cookie": f"countersign={self.house.identity.sign_in(self.reader.person)}"}
        settings = {"DATABASE_URL": found.address(name, LOGIN), "KEY_FILE": str(key)}
        settings |= {"DEMO": "false", "LOG_LEVEL": "warning"}
        environment = {f"COUNTERSIGN_{one}": value for one, value in settings.items()}
        page = self._ending.enter_context(served(folder, **environment)).page
        self.port = int(page.rpartition(":")[2])

    def questions(self, times: int) -> Sequence[float]:
        """How long the database's part in a page took, in seconds, shortest first."""
        days = self.house.clocks.days([COUNCIL])
        took = []
        for _ in range(times):
            began = perf_counter()
            self.house.views.queue([self.reader.post], days, 0, 50)
            took.append(perf_counter() - began)
        return sorted(took)

    def told(self, times: int = 2000) -> str:
        """That in a sentence."""
        took = self.questions(times)
        p50, p99 = (1000 * took[ceil(share * times) - 1] for share in (0.5, 0.99))
        return (
            f"The database's part in the queue page: p50 {p50:.2f} ms, p99 {p99:.2f} ms, "
            f"{p99 / p50:.1f} times as long (goal: at most 3). {times:,} pages one by one."
        )

    def close(self) -> None:
        self._ending.close()


class QueuePage:
    """Clients ask for the page as fast as one process answers, and the other side for a hello."""

    against = "a FastAPI that says hello"
    goal = 0.12
    more = 20
    """How many hellos are asked for while one page is: a turn should take about as long."""

    def __init__(self, crowded: Crowded, times: int) -> None:
        self.what = f"The queue page, 50 of {MINE} among {crowded.items:,} open items"
        self._crowded, self._times, self._ending = crowded, times, ExitStack()
        self._port = free_port()
        command, self._path, self._headers = self._peer()
        at = f"http://127.0.0.1:{self._port}/"
        self._ending.enter_context(answering(command, at, PEER_DATABASE=crowded.owner))

    def ours(self) -> int:
        return len(asked(self._crowded.port, "/queue", self._crowded.cookie, self._times))

    def theirs(self) -> int:
        return len(asked(self._port, self._path, self._headers, self.more * self._times))

    def close(self) -> None:
        self._ending.close()

    def _peer(self) -> tuple[list[str], str, dict[str, str]]:
        """How it is started, and what is asked of it."""
        return [sys.executable, "-m", "bench.hello", str(self._port)], "/", {}


class QueuePageDjango(QueuePage):
    """Django shows the same rows of the same table to somebody whose session it looks up."""

    against = "Django, the same rows and a session, one thread"
    goal = 8.0
    more = 1

    def _peer(self) -> tuple[list[str], str, dict[str, str]]:
        peer = "bench.peers.django_queue"
        environment = {**os.environ, "PEER_DATABASE": self._crowded.owner}
        command = [sys.executable, "-m", peer]
        said = subprocess.run(command, env=environment, check=True, capture_output=True).stdout
        served_by = f"granian --interface wsgi --blocking-threads 1 --no-ws --port {self._port}"
        program, *rest = served_by.split()
        start = [str(Path(sys.executable).with_name(program)), *rest, f"{peer}:application"]
        return start, f"/queue?post={self._crowded.reader.post}", json.loads(said)


@contextmanager
def answering(command: Sequence[str], address: str, **environment: str) -> Iterator[None]:
    """A process that answers there, if only that it has nothing."""
    around = {**os.environ, **environment}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=around, stdout=quiet, stderr=quiet) as one:
        try:
            soon(lambda: _is_there(address))
            yield
        finally:
            one.terminate()


def _is_there(address: str) -> bool:
    try:
        return bool(httpx2.get(address).status_code)
    except httpx2.TransportError:
        return False
