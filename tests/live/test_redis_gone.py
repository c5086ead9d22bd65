"""Redis is killed, flushed or hangs while people work: all goes on, and comes back by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest

from adapters.house import House
from tests.adapters.signals import soon
from tests.live.replicas import Replica, replicas
from tests.live.test_live_pages import decide, filled, folder, seen
from tests.tools.redis import Server, serving
from tests.web.journey import CASE, CLERK, DIRECTOR, OFFICER


@pytest.fixture(params=["valkey", "redis"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with serving(request.param) as found:
        yield found


@contextmanager
def gone(server: Server, how: str) -> Iterator[None]:
    {"killed": server.kill, "hung": server.hang, "flushed": server.flush}[how]()
    try:
        yield
    finally:
        if how == "killed":
            server.start()
        elif how == "hung":
            server.go_on()


def quick(replica: Replica, path: str) -> str:
    """A page that comes within a second although something is missing."""
    start = monotonic()
    answer = replica.client.get(path)
    assert (answer.status_code, monotonic() - start < 1) == (200, True)
    return answer.text


def publish(house: House, at: Replica) -> None:
    taken = next(iter(house.procurement("leeds-2022-1").decisions))
    path = f"{CASE}/do/publish-decision?subject={taken}"
    assert at.client.post(path, data=filled(at.client.get(path).text)).status_code == 303


@pytest.mark.parametrize("how", ["killed", "hung", "flushed"])
def test_commands_and_pages_go_on_nobody_is_signed_out_and_live_updates_come_back(
    demo: House, server: Server, how: str
) -> None:
    with replicas(folder(demo), 2, COUNTERSIGN_REDIS_URL=server.url) as (here, there):
        here.sign_in(demo, DIRECTOR)
        there.sign_in(demo, CLERK)
        with there.listening(seen(there)) as page:
            with gone(server, how):
                for _ in range(5):
                    assert "Decide the report" in quick(here, "/queue")
                    assert "My queue" in quick(there, "/queue")
                decide(demo, here)
                assert demo.procurement("leeds-2022-1").version == 7
                assert page.told()
                soon(lambda: "Publish the decision" in quick(there, "/queue"))
                here.sign_in(demo, OFFICER)
                quick(here, CASE)
            quick(here, CASE)
            quick(there, CASE)
            soon(lambda: server.asked("PUBSUB", "NUMSUB", "countersign").endswith(b":3\r\n"))
            while page.told(1.5):
                pass
            publish(demo, there)
            assert page.told(1.0)


def test_a_page_and_a_worker_start_without_redis_and_take_it_up_when_it_is_there(
    demo: House, server: Server
) -> None:
    server.kill()
    with replicas(folder(demo), 1, COUNTERSIGN_REDIS_URL=server.url) as (here,):
        decide(demo, here)
        here.sign_in(demo, CLERK)
        soon(lambda: "Publish the decision" in quick(here, "/queue"))
        server.start()
        soon(lambda: server.asked("PUBSUB", "NUMSUB", "countersign").endswith(b":2\r\n"))
        quick(here, "/queue")
        soon(lambda: b"session" in server.asked("KEYS", "*") or not quick(here, "/queue"))


def test_limits_are_shared_by_all_pages(demo: House, server: Server) -> None:
    few = {"COUNTERSIGN_REDIS_URL": server.url, "COUNTERSIGN_SIGN_INS_PER_MINUTE": "6"}
    with replicas(folder(demo), 2, **few) as both:
        found = [
            one.client.post("/sign-in", data={"person": "nobody"}).status_code
            for _ in range(8)
            for one in both
        ]
    assert found[:6] == [404] * 6
    assert 429 in found[6:]
