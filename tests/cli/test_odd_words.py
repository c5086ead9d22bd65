"""Words that nobody would type on purpose get a sentence, like any other mistake."""

from __future__ import annotations

import os
from time import monotonic

import pytest

from adapters.house import House
from tests.cli.conftest import Run
from tests.cli.running import countersign
from tests.houses import file_of


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "leeds-2022-1", "--at", "9999-12-31"), "no moment that exists"),
        (("show", "leeds-2022-1", "--at", "0001-01-01T00:00+14:00"), "no moment that exists"),
        (("show", os.fsdecode(b"leeds\xff")), "There is no procurement"),
        (("history", "Leeds 1"), "There is no procurement Leeds 1; there are"),
        (("calendar", "adopt", "LEEDS 1", "--as", "x/y"), "is not the name of an authority"),
    ],
)
def test_odd_words_are_refused_with_a_sentence(run: Run, words: tuple[str, ...], said: str) -> None:
    answer = run(*words)
    assert answer.code == 2
    assert said in answer.err


@pytest.mark.parametrize("url", ["nonsense", "redis://127.0.0.1:port", "http://127.0.0.1"])
def test_an_address_of_redis_that_is_none_is_refused_with_a_sentence(demo: House, url: str) -> None:
    folder = file_of(demo).parent
    answer = countersign(folder, "procurements", COUNTERSIGN_REDIS_URL=url)
    assert answer.code == 2
    assert "the address of Redis cannot be read" in answer.err


def test_a_command_does_its_work_without_the_redis_that_it_was_told_of(demo: House) -> None:
    folder, nobody = file_of(demo).parent, "redis://127.0.0.1:1/0"
    before = monotonic()
    answer = countersign(folder, "procurements", COUNTERSIGN_REDIS_URL=nobody)
    assert (answer.code, "leeds-2022-1" in answer.out) == (0, True)
    assert monotonic() - before < 10
