"""One contract for signals in a process, over Valkey and over Redis; and a server that goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic, sleep

import pytest

from adapters.redis import RedisSignals
from adapters.signals import AGAIN, Signals
from tests.adapters.signals import Ear, soon
from tests.tools.redis import Server, serving

Pair = tuple[Signals, Signals]


@pytest.fixture(scope="module", params=["valkey", "redis"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with serving(request.param) as found:
        yield found


def connected(server: Server) -> RedisSignals:
    found = RedisSignals(server.url)
    assert found.connected.wait(10)
    return found


@pytest.fixture(params=["in process", "valkey", "redis"])
def pair(request: pytest.FixtureRequest) -> Iterator[Pair]:
    """Who tells, and who listens: the same, or two that only a server connects."""
    if request.param == "in process":
        signals = Signals()
        yield signals, signals
        signals.close()
    else:
        with serving(request.param) as server:
            one, other = connected(server), connected(server)
            yield one, other
            one.close()
            other.close()


@pytest.fixture
def two(server: Server) -> Iterator[Pair]:
    one, other = connected(server), connected(server)
    yield one, other
    one.close()
    other.close()


def test_everybody_hears_what_is_told(pair: Pair) -> None:
    here, there = pair
    ears = [Ear(there), Ear(there), Ear(here)]
    here.tell(["queue:a", "trail:b"])
    soon(lambda: all(set(ear.heard) >= {"queue:a", "trail:b"} for ear in ears))


def test_whoever_has_stopped_listening_hears_nothing(pair: Pair) -> None:
    here, there = pair
    ear, other = Ear(there), Ear(there)
    ear.stop()
    ear.stop()
    here.tell(["queue:a"])
    soon(lambda: "queue:a" in other.heard)
    assert ear.heard == []


def test_a_listener_that_fails_does_not_silence_the_others(pair: Pair) -> None:
    here, there = pair

    def fail(_: object) -> None:
        raise RuntimeError("on purpose")

    there.listen(fail)
    ear = Ear(there)
    here.tell(["queue:a"])
    here.tell(["queue:b"])
    soon(lambda: set(ear.heard) >= {"queue:a", "queue:b"})


def test_the_last_of_many_is_heard(pair: Pair) -> None:
    here, there = pair
    ear = Ear(there)
    for n in range(2000):
        here.tell([f"queue:{n % 10}"])
    here.tell(["the last"])
    soon(lambda: "the last" in ear.heard)


def test_what_is_told_often_is_sent_seldom(two: Pair) -> None:
    here, there = two
    ear, start = Ear(there), monotonic()
    for _ in range(5000):
        here.tell(["queue:a"])
    here.tell(["the last"])
    soon(lambda: "the last" in ear.heard)
    assert ear.calls <= 2 + (monotonic() - start) / 0.005


def test_nobody_hears_twice_what_they_told_themselves(two: Pair) -> None:
    here, there = two
    mine, ear = Ear(here), Ear(there)
    here.tell(["queue:a"])
    soon(lambda: ear.heard)
    there.tell(["queue:b"])
    soon(lambda: "queue:b" in mine.heard)
    assert mine.heard == ["queue:a", "queue:b"]


def test_more_than_can_wait_becomes_a_second_look(server: Server) -> None:
    server.kill()
    here = RedisSignals(server.url)
    for n in range(5000):
        here.tell([f"queue:{n}"])
    there = RedisSignals(server.url)
    ear = Ear(there)
    server.start()
    soon(lambda: AGAIN in ear.heard)
    assert len(ear.heard) < 1500
    here.close()
    there.close()


def killed(server: Server) -> Callable[[], None]:
    server.kill()
    return server.start


def hung(server: Server) -> Callable[[], None]:
    server.hang()
    return server.go_on


@pytest.mark.parametrize("gone", [killed, hung])
def test_while_the_server_is_gone_telling_is_quick_and_is_heard_in_the_same_process(
    server: Server, two: Pair, gone: Callable[[Server], Callable[[], None]]
) -> None:
    here, there = two
    mine, ear = Ear(here), Ear(there)
    come_back = gone(server)
    try:
        start = monotonic()
        for _ in range(1000):
            here.tell(["queue:a"])
        assert monotonic() - start < 1
        assert mine.heard == ["queue:a"] * 1000
        assert isinstance(there, RedisSignals)
        soon(lambda: not there.connected.is_set())
    finally:
        come_back()
    soon(lambda: AGAIN in ear.heard)
    here.tell(["queue:b"])
    soon(lambda: "queue:b" in ear.heard)


def test_what_could_not_be_sent_is_sent_again(server: Server, two: Pair) -> None:
    here, there = two
    ear = Ear(there)
    assert server.asked("ACL", "SETUSER", "default", "-publish") == b"+OK\r\n"
    for n in range(5):
        here.tell([f"queue:{n}"])
        sleep(0.05)
    assert ear.heard == []
    assert server.asked("ACL", "SETUSER", "default", "+publish") == b"+OK\r\n"
    soon(lambda: len(ear.heard) == 5)
    assert sorted(ear.heard) == [f"queue:{n}" for n in range(5)]


def test_flushing_the_server_changes_nothing(server: Server, two: Pair) -> None:
    here, there = two
    ear = Ear(there)
    server.flush()
    here.tell(["queue:a"])
    soon(lambda: "queue:a" in ear.heard)


def test_words_of_others_on_the_channel_are_passed_over(server: Server, two: Pair) -> None:
    here, there = two
    ear = Ear(there)
    for words in ("nonsense", "[]", '{"a": 1}', '["x", 3]'):
        assert server.asked("PUBLISH", "countersign", words) == b":2\r\n"
    here.tell(["queue:a"])
    soon(lambda: "queue:a" in ear.heard)
    assert ear.heard == ["queue:a"]
