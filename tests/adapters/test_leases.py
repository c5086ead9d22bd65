"""Leases: one holder at a time, and another soon after it falls silent."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from adapters.house import House
from adapters.leases import LASTS, Leases
from tests.adapters.leeds import note
from tests.houses import again, tamper


@pytest.fixture
def other(house: House) -> Iterator[Leases]:
    found = again(house)
    yield found.leases
    found.close()


def test_one_has_it_until_it_is_given_up(house: House, other: Leases) -> None:
    assert house.leases.take("it")
    assert house.leases.take("it")
    assert not other.take("it")
    assert other.take("another thing")
    house.leases.give_up("it")
    assert other.take("it")
    assert not house.leases.take("it")


def test_who_does_not_ask_again_loses_it_after_a_while(house: House, other: Leases) -> None:
    assert house.leases.take("it", 0.4)
    assert not other.take("it", 0.4)
    sleep(0.5)
    assert other.take("it", 0.4)
    assert not house.leases.take("it", 0.4)


def test_who_asks_again_keeps_it(house: House, other: Leases) -> None:
    until = monotonic() + 1.5
    while monotonic() < until:
        assert house.leases.take("it", 0.8)
        assert not other.take("it", 0.8)
        sleep(0.05)


def test_of_many_who_ask_at_once_one_gets_it(house: House) -> None:
    many = [Leases(house.database) for _ in range(8)]
    for name in ("first", "second", "third"):
        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(lambda one, it=name: one.take(it), many)) == 1


def test_asking_again_early_asks_nobody(house: House) -> None:
    assert house.leases.take("it")
    tamper(house, "DELETE FROM leases")
    assert house.leases.take("it")
    assert LASTS < 5


def test_who_wants_to_be_alone_waits(house: House, other: Leases) -> None:
    done: list[str] = []

    def second() -> None:
        with other.alone("it", 5):
            done.append("second")

    with ThreadPoolExecutor() as pool:
        with house.leases.alone("it", 5):
            waiting = pool.submit(second)
            sleep(0.5)
            done.append("first")
        waiting.result()
    assert done == ["first", "second"]


def test_read_models_are_kept_up_by_whoever_holds_their_leases(demo: House) -> None:
    other = again(demo)
    assert demo.leases.take("worker queue")
    note(other)
    assert other.keep_up() == 4
    assert (other.runners["queue"].position(), other.behind()) == (
        demo.log.last_position() - 1,
        True,
    )
    assert demo.keep_up() == 1
    assert not other.behind()
    note(other)
    assert demo.keep_up() == 1
    other.leases.give_all_up()
    assert demo.keep_up() == 4
    other.close()
