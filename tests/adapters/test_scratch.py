"""One contract for what is kept for a while, in a process, in Valkey and in Redis."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from adapters.redis import RedisScratch
from adapters.scratch import Scratch
from tests.adapters.signals import soon
from tests.tools.redis import Server, serving


@pytest.fixture(scope="module", params=["valkey", "redis"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with serving(request.param) as found:
        yield found


@pytest.fixture(params=["in process", "valkey", "redis"])
def scratch(request: pytest.FixtureRequest) -> Iterator[Scratch]:
    if request.param == "in process":
        yield Scratch()
    else:
        with serving(request.param) as server:
            found = RedisScratch(server.url)
            yield found
            found.close()


def test_what_is_put_is_found_until_something_else_is(scratch: Scratch) -> None:
    assert scratch.get("a") is None
    scratch.put("a", "first", 10)
    scratch.put("b", "£", 10)
    assert (scratch.get("a"), scratch.get("b")) == ("first", "£")
    scratch.put("a", "second", 10)
    assert scratch.get("a") == "second"


def test_what_has_to_be_new_takes_the_place_of_nothing(scratch: Scratch) -> None:
    scratch.put("a", "first", 1, new=True)
    scratch.put("a", "second", 10, new=True)
    assert scratch.get("a") == "first"
    sleep(1.1)
    scratch.put("a", "third", 10, new=True)
    assert scratch.get("a") == "third"


def test_what_is_put_for_a_second_is_gone_after_it(scratch: Scratch) -> None:
    scratch.put("a", "first", 1)
    scratch.put("b", "longer", 10)
    soon(lambda: scratch.get("a") is None)
    assert scratch.get("b") == "longer"


def test_counting_is_by_key_and_begins_anew(scratch: Scratch) -> None:
    assert [scratch.count("a", 10) for _ in range(3)] == [1, 2, 3]
    assert [scratch.count("b", 1) for _ in range(2)] == [1, 2]
    sleep(1.1)
    assert (scratch.count("b", 1), scratch.count("a", 10)) == (1, 4)


def test_many_who_count_at_once_count_each_other(scratch: Scratch) -> None:
    with ThreadPoolExecutor(8) as pool:
        counted = list(pool.map(lambda _: scratch.count("a", 10), range(200)))
    assert sorted(counted) == list(range(1, 201))


def test_a_process_keeps_so_much_and_no_more() -> None:
    scratch = Scratch(most=3)
    for n in range(5):
        scratch.put(str(n), "here", 10)
    assert [scratch.get(str(n)) for n in range(5)] == [None, None, "here", "here", "here"]


def test_two_processes_share_it(server: Server) -> None:
    here, there = RedisScratch(server.url), RedisScratch(server.url)
    here.put("shared", "first", 10)
    assert there.get("shared") == "first"
    assert [here.count("counted", 10), there.count("counted", 10)] == [1, 2]
    here.close()
    there.close()


def test_after_a_flush_nothing_is_found_and_counting_begins_anew(server: Server) -> None:
    scratch = RedisScratch(server.url)
    scratch.put("a", "first", 10)
    assert [scratch.count("n", 10) for _ in range(2)] == [1, 2]
    server.flush()
    assert scratch.get("a") is None
    assert scratch.count("n", 10) == 1
    scratch.close()


@pytest.mark.parametrize("gone", ["killed", "hung"])
def test_while_the_server_is_gone_nobody_waits_long_and_each_counts_by_itself(
    server: Server, gone: str
) -> None:
    server.flush()
    scratch = RedisScratch(server.url)
    scratch.put("a", "first", 60)
    assert scratch.count("n", 60) == 1
    server.kill() if gone == "killed" else server.hang()
    try:
        start = monotonic()
        for n in range(1, 101):
            assert scratch.get("a") is None
            scratch.put("a", "second", 60)
            assert scratch.count("n", 60) == n
        assert monotonic() - start < 1
    finally:
        server.start() if gone == "killed" else server.go_on()

    def kept() -> bool:
        scratch.put("b", "again", 60)
        return scratch.get("b") == "again"

    soon(kept)
    scratch.close()
