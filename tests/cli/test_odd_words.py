"""Words that nobody would type on purpose get a sentence, like any other mistake."""

from __future__ import annotations

import os

import pytest

from tests.cli.conftest import Run


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
