"""What is remembered of streams is what the log holds, whoever wrote, and whatever was erased."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from adapters import memory
from adapters.house import House
from adapters.log import Log
from domain.messages import fold
from domain.procurement import Procurement
from tests.adapters.closing import FIGURE, ONE, OTHER, opened
from tests.adapters.leeds import HEREFORDSHIRE, LEEDS, REFERENCE, note
from tests.houses import again


@pytest.fixture
def other(demo: House) -> Iterator[House]:
    found = again(demo)
    yield found
    found.close()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many events each question to the log brought."""
    found: list[int] = []
    since = Log.since

    def counted(self: Log, asked: Mapping[UUID, int]) -> object:
        told = since(self, asked)
        found.append(sum(len(news) for news, _ in told.values()))
        return told

    monkeypatch.setattr(Log, "since", counted)
    return found


def test_only_what_is_new_is_read_again(demo: House, reads: list[int]) -> None:
    first = demo.procurement(REFERENCE)
    assert demo.procurement(REFERENCE) == first
    note(demo)
    reads.clear()
    assert demo.procurement(REFERENCE).version == first.version + 1
    assert demo.procurement(REFERENCE).version == first.version + 1
    assert reads == [1, 0]


def test_several_are_read_at_once_each_from_where_it_is_known(
    demo: House, reads: list[int]
) -> None:
    demo.engine.memory.forget()
    first = demo.procurement(REFERENCE)
    note(demo)
    nothing, reads[:] = uuid4(), []
    blanks = {nothing: Procurement(), LEEDS: Procurement(), HEREFORDSHIRE: Procurement()}
    found = demo.engine.memory.known(blanks)
    assert reads == [1 + 8]
    assert list(found) == list(blanks)
    assert found[nothing].aggregate == Procurement()
    assert found[LEEDS].aggregate == fold(first, demo.log.read(LEEDS)[first.version :])
    assert found[HEREFORDSHIRE].aggregate.version == 8
    assert demo.engine.memory.known({}) == {}


def test_what_another_wrote_is_seen_at_once(demo: House, other: House) -> None:
    for n in range(3):
        assert demo.procurement(REFERENCE).version == 6 + n
        note(other)
    assert demo.procurement(REFERENCE) == other.procurement(REFERENCE)
    cold = fold(Procurement(), demo.log.history(LEEDS))
    assert demo.procurement(REFERENCE) == cold


def test_a_command_that_was_sent_before_is_known_without_reading_all_again(
    demo: House, other: House, reads: list[int]
) -> None:
    note(demo)
    assert other.procurement(REFERENCE).version == 7
    reads.clear()
    commands = {one.stamp.command_id for one in demo.log.read(LEEDS)}
    known = other.engine.memory.known({LEEDS: Procurement()})
    assert known[LEEDS].commands == commands
    assert reads == [0]


def test_what_was_erased_elsewhere_is_forgotten_here(demo: House, other: House) -> None:
    stream = opened(demo)
    opened(demo, "5", OTHER)
    assert other.procurement(ONE).pounds == Decimal(FIGURE)
    assert other.procurement(OTHER).pounds == 5
    demo.keys.erase(stream)
    assert other.procurement(ONE).pounds is None
    assert other.procurement(OTHER).pounds == 5


def test_an_erasure_while_a_stream_is_read_is_not_overlooked(
    demo: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = opened(demo)
    demo.engine.memory.forget()
    since = Log.since

    def meanwhile(self: Log, asked: Mapping[UUID, int]) -> object:
        found = since(self, asked)
        demo.keys.erase(stream)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Log, "since", meanwhile)
        demo.procurement(ONE)
    assert demo.procurement(ONE).pounds is None


def test_what_was_asked_for_longest_ago_is_forgotten_first(
    demo: House, reads: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "EVENTS", 10)
    demo.engine.memory.forget()
    for stream in (LEEDS, HEREFORDSHIRE, LEEDS):
        demo.engine.load(stream, Procurement())
    assert reads == [6, 8, 6]
