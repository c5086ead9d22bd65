"""Replicas: several pages and a worker, each a process of its own, on one database."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from copy import copy
from pathlib import Path
from queue import Empty, Queue
from socket import SHUT_RDWR
from threading import Thread

import httpx2

from adapters.house import House
from tests.adapters.signals import soon
from tests.cli.running import PROGRAM
from tests.tools.ports import free_port


class Listening:
    """An open page's ear: what it was told, line by line, and whether that has ended."""

    def __init__(self, response: httpx2.Response) -> None:
        self.lines: Queue[str] = Queue()
        self.ended = False
        self._response = response
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            for line in self._response.iter_lines():
                self.lines.put(line)
        except httpx2.HTTPError:
            pass
        self.ended = True

    def told(self, seconds: float = 10) -> bool:
        """Whether it is told to look again, within so many seconds."""
        try:
            while self.lines.get(timeout=seconds) != "event: news":
                pass
        except Empty:
            return False
        return True


class Replica:
    """One process that serves pages, and a browser that uses it."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = run(data, "web", COUNTERSIGN_PORT=str(self.port), **settings)
        self.client = self._browser()
        soon(self._answers, 30)

    def _browser(self) -> httpx2.Client:
        ours = {"sec-fetch-site": "same-origin"}
        return httpx2.Client(base_url=self.address, timeout=10, headers=ours)

    def again(self) -> Replica:
        """The same process, and another browser."""
        found = copy(self)
        found.client = self._browser()
        return found

    def _answers(self) -> bool:
        assert self.process.poll() is None, "the program ended"
        try:
            return self.client.get("/sign-in").status_code == 200
        except httpx2.HTTPError:
            return False

    def sign_in(self, house: House, post: str) -> None:
        holders = house.rules(post.partition("/")[0]).offices.holders
        person = next(one.person for one in holders if one.post == post)
        answer = self.client.post("/sign-in", data={"person": str(person)})
        assert answer.headers["location"] == "/queue"

    @contextmanager
    def listening(self, path: str) -> Iterator[Listening]:
        accept = {"accept": "text/event-stream"}
        with self.client.stream("GET", path, headers=accept, timeout=None) as response:
            assert response.status_code == 200, response.read()
            assert response.headers["content-type"].startswith("text/event-stream")
            socket = response.extensions["network_stream"].get_extra_info("socket")
            try:
                yield Listening(response)
            finally:
                with suppress(OSError):
                    socket.shutdown(SHUT_RDWR)


def run(data: Path, command: str, **settings: str) -> subprocess.Popen[bytes]:
    """A process of the program on a folder with a database."""
    environment = {**os.environ, "COUNTERSIGN_DATA": str(data), **settings}
    return subprocess.Popen([PROGRAM, command], env=environment, stdout=subprocess.DEVNULL)


@contextmanager
def replicas(data: Path, count: int = 1, **settings: str) -> Iterator[list[Replica]]:
    """So many pages, and one worker. All are told to end at the end, and do."""
    with ExitStack() as stack:
        worker = run(data, "worker", **settings)
        stack.callback(_end, worker)
        found = []
        for _ in range(count):
            one = Replica(data, **settings)
            stack.callback(_end, one.process)
            stack.callback(one.client.close)
            found.append(one)
        yield found


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(20)
