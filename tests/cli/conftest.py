"""The command line, run as a person runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest

from adapters.house import House
from tests.cli.running import Said, countersign
from tests.houses import file_of

Run = Callable[..., Said]


@pytest.fixture
def run(demo: House) -> Run:
    """Runs ``countersign`` with these words on a copy of the demonstration."""
    return lambda *words, **settings: countersign(file_of(demo).parent, *words, **settings)


def digest(house: House) -> str:
    """Everything that the log holds, in one line."""
    return sha256(repr(house.log.tail(0, 10_000)).encode()).hexdigest()


@pytest.fixture
def unchanged(demo: House) -> Iterator[None]:
    """What this test does leaves the log as it was."""
    before = digest(demo)
    yield
    assert digest(demo) == before
