"""Saved questions on the command line."""

from __future__ import annotations

import pytest

from projections.questions import QUESTIONS
from tests.cli.conftest import Run


@pytest.mark.usefixtures("unchanged")
def test_without_a_name_the_questions_are_told(run: Run) -> None:
    said = run("questions")
    assert (said.code, said.err) == (0, "")
    for one in QUESTIONS.values():
        assert f"{one.name}  {one.title}\n    {one.asks}\n" in said.out
    assert [one["name"] for one in run("questions", "--json").json] == [*QUESTIONS]


@pytest.mark.usefixtures("unchanged")
def test_an_answer_is_told_with_what_was_looked_at(run: Run) -> None:
    assert run("questions", "waivers").out == (
        "herefordshire-2017-1 4  15 December 2017  [imported, irregular]\n"
        "    Resolution (a) awards the contract to Imosphere without competition, and names no "
        "legal ground. (L2)\n"
        f"1 entry. Looked at: {QUESTIONS['waivers'].reads}.\n"
    )
    assert run("questions", "waivers", "--council", "leeds").out.startswith("0 entries.")


@pytest.mark.usefixtures("unchanged")
def test_an_answer_is_told_to_programs(run: Run) -> None:
    found = run("questions", "own-report", "--json").json
    assert [(one["reference"], one["version"], one["on"], one["rule"]) for one in found] == [
        ("joint-public-health-board-2020-1", 4, None, "G6"),
        ("nottingham-2017-1", 3, None, "G6"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("why",), "C1: There is no question “why”; there are in-retrospect, late-publications"),
        (("waivers", "--council", "york"), "C1: There is no council “york”; there are bromley"),
    ],
)
def test_what_there_is_not_is_said(run: Run, words: tuple[str, ...], said: str) -> None:
    answer = run("questions", *words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(said)
