"""Told to end, a process answers what it has begun, loses nothing of that, and ends in time."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from random import Random
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from adapters.house import House
from tests.adapters.leeds import note
from tests.adapters.looking import dump, rebuilt
from tests.houses import file_of
from tests.ops.served import Served, served, soon
from tests.web.test_opening import EMPTY, LEEDS_FORM, OWN

OFFICER = "leeds/commissioning-officer"
CLIENTS, IN_TIME = 12, 10
OURS = {"sec-fetch-site": "same-origin"}
Sent = dict[str, str]


@contextmanager
def signed_in(house: House, found: Served) -> Iterator[httpx2.Client]:
    holders = house.rules("leeds").offices.holders
    person = next(one.person for one in holders if one.post == OFFICER)
    with httpx2.Client(base_url=found.page, headers=OURS, timeout=30) as client:
        assert client.post("/sign-in", data={"person": str(person)}).status_code == 303
        yield client


def forms(client: int) -> Iterator[Sent]:
    """One procurement after the other to be opened, each with a reference of its own."""
    for n in range(1000):
        reference = f"leeds-2022-{(client + 1) * 1000 + n}"
        yield {**EMPTY, **OWN, "command": str(uuid4()), "reference": reference}


def posting(client: httpx2.Client, number: int) -> tuple[list[Sent], Sent | None]:
    """Sends forms until the server is gone: those acknowledged, and the one left unanswered."""
    acknowledged: list[Sent] = []
    for form in forms(number):
        try:
            answer = client.post(LEEDS_FORM, data=form)
            while answer.status_code == 503:  # Nothing was recorded: another was writing for long.
                answer = client.post(LEEDS_FORM, data=form)
        except httpx2.TransportError:
            return acknowledged, form
        assert answer.status_code == 303, answer.text
        acknowledged.append(form)
    return acknowledged, None


def _ended(working: list[Future[Any]]) -> bool:
    """Raises what went wrong with a client that has ended early."""
    return any(one.done() and one.result() for one in working)


def times(house: House, form: Sent) -> int:
    """How often what a form asks for is on record."""
    return house.procurement(form["reference"]).version


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_server_told_to_end_among_many_clients_loses_nothing_and_does_nothing_twice(
    quiet: House, told: signal.Signals
) -> None:
    folder = file_of(quiet).parent
    before = quiet.log.last_position()
    with served(folder) as found, ThreadPoolExecutor(CLIENTS) as pool, ExitStack() as stack:
        clients = [stack.enter_context(signed_in(quiet, found)) for _ in range(CLIENTS)]
        working = [pool.submit(posting, one, n) for n, one in enumerate(clients)]
        soon(lambda: _ended(working) or quiet.log.last_position() - before > 2 * CLIENTS)
        time.sleep(Random().random())
        began = time.monotonic()
        found.process.send_signal(told)
        assert found.process.wait(IN_TIME) == 0
        assert time.monotonic() - began < IN_TIME
        done = [one.result() for one in working]
    acknowledged = [form for forms, _ in done for form in forms]
    unanswered = [form for _, form in done if form]
    assert len(acknowledged) > CLIENTS
    assert len(unanswered) == CLIENTS
    assert {times(quiet, one) for one in acknowledged} == {1}
    begun = sum(times(quiet, one) for one in unanswered)
    assert quiet.log.last_position() - before == len(acknowledged) + begun
    with served(folder) as found, signed_in(quiet, found) as client:
        for form in [*unanswered, *acknowledged[:5]]:
            assert client.post(LEEDS_FORM, data=form).status_code == 303
    assert {times(quiet, one) for one in [*unanswered, *acknowledged]} == {1}


@pytest.mark.parametrize("command", ["web", "run"])
def test_a_request_that_has_begun_is_answered_after_the_signal(quiet: House, command: str) -> None:
    """Another writer holds the file, so that the request is under way when the signal comes."""
    form = next(forms(0))
    with (
        served(file_of(quiet).parent, command) as found,
        ThreadPoolExecutor(1) as pool,
        signed_in(quiet, found) as client,
    ):
        with quiet.database.write():
            answer = pool.submit(client.post, LEEDS_FORM, data=form)
            time.sleep(0.5)
            assert not answer.done()
            found.process.terminate()
            time.sleep(0.5)
        assert answer.result().status_code == 303
        assert found.process.wait(IN_TIME) == 0
    assert times(quiet, form) == 1


def test_a_server_whose_store_hangs_ends_in_time_all_the_same(quiet: House) -> None:
    form = next(forms(0))
    with (
        served(file_of(quiet).parent) as found,
        ThreadPoolExecutor(1) as pool,
        signed_in(quiet, found) as client,
    ):
        with quiet.database.write():
            answer = pool.submit(client.post, LEEDS_FORM, data=form)
            time.sleep(0.3)
            found.process.terminate()
            found.process.wait(IN_TIME)
        with suppress(httpx2.TransportError):
            assert answer.result().status_code in (500, 503)
    assert times(quiet, form) == 0


def test_a_worker_told_to_end_amid_its_work_ends_in_time_and_leaves_it_whole(
    quiet: House,
) -> None:
    folder = file_of(quiet).parent
    for _ in range(300):
        note(quiet)
    with served(folder, "worker") as found:
        found.process.terminate()
        assert found.process.wait(IN_TIME) == 0
    quiet.catch_up()
    assert {one[0] for one in dump(quiet).values()} == {f"up to {quiet.log.last_position()}"}
    live = dump(quiet)
    assert rebuilt(quiet) == live


STUCK = """
import signal, time
from countersign.ending import until_told
with until_told(lambda: None):
    print("going", flush=True)
    while True:
        time.sleep(1)
"""


def test_a_process_that_is_stuck_is_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout
        assert one.stdout.readline()
        one.terminate()
        assert one.wait(IN_TIME) == 1
