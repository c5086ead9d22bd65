"""Processes are killed and the server is stopped at once while acts are recorded: what was
confirmed is there, and nothing is there twice. ``make soak`` does it for an hour."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from signal import SIGQUIT
from threading import Event
from time import sleep

import pytest

from adapters.house import House
from domain.opening import SourceNoteMade
from tests import postgres
from tests.adapters.leeds import LEEDS
from tests.adapters.looking import dump, rebuilt
from tests.copying import copied
from tests.tools.postgres import LOGIN, Server, server

KILLS = int(os.environ.get("COUNTERSIGN_TEST_KILLS", 6))
STOPS = int(os.environ.get("COUNTERSIGN_TEST_STOPS", 2))
WRITERS = 2
MODULE = [sys.executable, "-m", "tests.adapters.confirming"]


class Writers:
    """Processes that record notes, each killed and replaced again and again."""

    def __init__(self, where: str, key: Path) -> None:
        self.line = [*MODULE, where, str(key)]
        self.asked: list[str] = []
        self.confirmed: list[str] = []
        self.killed = 0

    def kill(self, times: int, random: Random) -> None:
        """What a process was asked for and did not confirm, the next one is asked for again."""
        again: list[str] = []
        for _ in range(times):
            again = self._one(again, lambda: sleep(random.uniform(0.2, 0.6)))

    def go_on(self, until: Event) -> None:
        self._one([], until.wait)

    def _one(self, again: list[str], meanwhile: Callable[[], object]) -> list[str]:
        with (
            subprocess.Popen([*self.line, *again], stdout=subprocess.PIPE, text=True) as process,
            ThreadPoolExecutor(1) as pool,
        ):
            assert process.stdout
            first = process.stdout.readline()
            reading = pool.submit(process.stdout.readlines)
            meanwhile()
            assert process.poll() is None, "it ended of its own accord"
            process.kill()
            told = [line.split() for line in (first, *reading.result()) if line.endswith("\n")]
        self.killed += 1
        asked = [note for word, note in told if word == "asked"]
        confirmed = [note for word, note in told if word == "confirmed"]
        self.asked += asked
        self.confirmed += confirmed
        return [note for note in asked if note not in confirmed]


def check(house: House, writers: Writers) -> None:
    """Everything confirmed, once; nothing that nobody asked for; and read models follow."""
    events = [one.event for one in house.log.read(LEEDS)]
    notes = [one.about for one in events if isinstance(one, SourceNoteMade)]
    found = Counter(one for one in notes if one in writers.asked)
    print(f"{writers.killed} kills, {len(writers.confirmed)} confirmed, {len(found)} on record")
    assert len(writers.confirmed) > writers.killed
    assert set(writers.confirmed) <= found.keys()
    assert set(found.values()) == {1}
    house.catch_up()
    live = dump(house)
    assert rebuilt(house) == live


@pytest.fixture
def durable(tmp_path: Path) -> Iterator[tuple[Server, str, Path]]:
    """A server that keeps what it confirms, with the demonstration on it, and its key."""
    key = tmp_path / "countersign.key"
    with server() as found:
        name = postgres.emptied(found)
        yield found, postgres.shown(found, name, key), key


def kill_side_by_side(writers: Writers) -> None:
    share = max(1, KILLS // WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        done = [pool.submit(writers.kill, share, Random(n)) for n in range(WRITERS)]
    for one in done:
        one.result()


def test_processes_that_are_killed_lose_and_double_nothing_in_a_file(
    demo_file: Path, tmp_path: Path
) -> None:
    file = copied(demo_file, tmp_path)
    writers = Writers(str(file), file.with_suffix(".key"))
    kill_side_by_side(writers)
    house = House(file)
    check(house, writers)
    house.close()


def test_processes_that_are_killed_lose_and_double_nothing_in_postgresql(
    durable: tuple[Server, str, Path],
) -> None:
    found, name, key = durable
    writers = Writers(found.address(name, LOGIN), key)
    kill_side_by_side(writers)
    with postgres.opened(found, name, key) as house:
        check(house, writers)


def test_a_server_that_is_stopped_at_once_loses_and_doubles_nothing(
    durable: tuple[Server, str, Path],
) -> None:
    found, name, key = durable
    writers, ended = Writers(found.address(name, LOGIN), key), Event()
    with ThreadPoolExecutor(WRITERS) as pool:
        done = [pool.submit(writers.go_on, ended) for _ in range(WRITERS)]
        try:
            for _ in range(STOPS):
                sleep(1)
                found.stop(SIGQUIT)
                found.start()
            sleep(1)
        finally:
            ended.set()
    for one in done:
        one.result()
    with postgres.opened(found, name, key) as house:
        check(house, writers)


def test_a_confirmed_note_that_is_missing_would_be_found(demo_file: Path, tmp_path: Path) -> None:
    file = copied(demo_file, tmp_path)
    writers = Writers(str(file), file.with_suffix(".key"))
    writers.kill(1, Random(1))
    house, lost = House(file), shutil.copy(demo_file, tmp_path / "lost.db")
    check(house, writers)
    house.close()
    without = House(Path(lost), key_file=file.with_suffix(".key"))
    with pytest.raises(AssertionError):
        check(without, writers)
    without.close()
