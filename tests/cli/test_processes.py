"""The processes: a worker among writers, and a demonstration whose loading was cut off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import sleep

import pytest

from adapters.house import House
from countersign.demo.load import COUNCILS, load, wanted
from tests.adapters.leeds import note
from tests.adapters.looking import dump, rebuilt
from tests.cli.running import PROGRAM
from tests.houses import file_of

LOADING = """
import sys
from pathlib import Path
from adapters.house import House
from countersign.demo.load import load
print("going", flush=True)
for _ in load(House(Path(sys.argv[1]))):
    pass
"""


@contextmanager
def process(
    data: Path, *command: str, told: signal.Signals = signal.SIGTERM
) -> Iterator[subprocess.Popen[str]]:
    """Another process that has said its first word. It is told to end, if it has not ended."""
    environment = {**os.environ, "COUNTERSIGN_DATA": str(data)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as found:
        assert found.stdout
        assert found.stdout.readline()
        try:
            yield found
        finally:
            found.send_signal(told)


def soon(happened: Callable[[], bool]) -> None:
    """Waits for as long as a slow machine may take."""
    for _ in range(600):
        if happened():
            return
        sleep(0.05)
    raise AssertionError("it has not happened")


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_follows_what_others_write_and_ends_when_it_is_told(
    demo: House, told: signal.Signals
) -> None:
    with process(file_of(demo).parent, PROGRAM, "worker", told=told) as worker:
        for _ in range(3):
            note(demo)
            soon(lambda: not demo.behind())
    assert worker.returncode == 0
    live = dump(demo)
    assert demo.catch_up() == 0
    assert rebuilt(demo) == live


def test_a_worker_takes_up_where_one_that_was_killed_left_off(demo: House) -> None:
    folder = file_of(demo).parent
    for _ in range(2):
        with process(folder, PROGRAM, "worker") as worker:
            note(demo)
            os.kill(worker.pid, signal.SIGKILL)
    note(demo)
    with process(folder, PROGRAM, "worker"):
        soon(lambda: not demo.behind())
    live = dump(demo)
    assert rebuilt(demo) == live


def test_loading_the_demonstration_is_finished_after_it_was_cut_off(
    tmp_path: Path, demo: House
) -> None:
    file, random = tmp_path / "cut" / "off.db", Random()
    for _ in range(6):
        with process(tmp_path, sys.executable, "-c", LOADING, str(file)) as loading:
            sleep(random.uniform(0, 0.2))
            os.kill(loading.pid, signal.SIGKILL)
    house = House(file)
    for _ in load(house):
        pass
    assert not wanted(house)
    assert list(load(house)) == []
    for reference in ("leeds-2022-1", "herefordshire-2017-1"):
        assert house.procurement(reference).version == demo.procurement(reference).version
    assert house.views.authorities() == demo.views.authorities()
    assert sorted(one.topic for one in house.log.tail(0, 100)) == sorted(
        one.topic for one in demo.log.tail(0, 100)
    )
    house.close()


def test_a_demonstration_that_was_begun_is_loaded_to_its_end(house: House) -> None:
    assert wanted(house)
    next(iter(load(house)))
    assert wanted(house)
    assert len(list(load(house))) == len(COUNCILS) - 1
    assert not wanted(house)


def test_a_house_with_records_of_its_own_gets_no_demonstration(demo: House) -> None:
    with demo.database.write() as db:
        db.exec_driver_sql("DELETE FROM demo_clocks")
        db.exec_driver_sql("DELETE FROM stored_events WHERE topic = 'procurement-opened/1'")
    assert not wanted(demo)
