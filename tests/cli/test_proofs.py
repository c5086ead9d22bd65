"""Proofs of authority and traces on the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

BOARD = "joint-public-health-board"
CASE = "herefordshire-2017-1"


@pytest.mark.usefixtures("unchanged")
def test_a_proof_is_told_in_sentences(run: Run) -> None:
    said = run("proof", CASE, "--version", "4")
    assert (said.code, said.err) == (0, "")
    for line in (
        "herefordshire-2017-1, event 4: Decided the report: (a) agreed.",
        "In the post of Cabinet Member for Health and Wellbeing: the record names no person",
        "Interests, Cabinet Member for Health and Wellbeing: not in the record",
        "Irregular: D2: No notice of this key decision is on record",
        "Relied on: constitution herefordshire-2017, adopted by demo/setting-up, 22 December 2017",
    ):
        assert line in said.out


@pytest.mark.usefixtures("unchanged")
def test_a_proof_is_told_to_programs(run: Run) -> None:
    found = run("proof", CASE, "--version", "4", "--json").json
    assert (found["reference"], found["decided_by"]) == (
        CASE,
        "Cabinet Member for Health and Wellbeing",
    )
    assert found["actor"]["person"] is None


@pytest.mark.usefixtures("unchanged")
def test_what_rests_on_something_is_told_with_what_was_read(run: Run) -> None:
    said = run("trace", "appointment", f"{BOARD}/board")
    assert said.out.startswith(f"{BOARD}-2020-1 4  decision, on a day that is not on record, ")
    assert "1 step. Read for this, in the whole log: 5 openings, 3 decisions, " in said.out
    found = run("trace", "constitution", "herefordshire", "herefordshire-2017", "--json").json
    assert [(one["reference"], one["kind"]) for one in found["steps"]] == [(CASE, "award")]
    offices = run("trace", "offices", "herefordshire", "herefordshire-offices-2017", "--json").json
    assert offices["steps"] == found["steps"]
    given = run("trace", "delegation", f"{BOARD}-2020-1", "2", "--json").json
    assert (given["root"]["of"], given["steps"]) == ("delegation", [])


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("proof", "leeds-1900-1", "--version", "1"), "There is no procurement leeds-1900-1"),
        (("proof", CASE, "--version", "900"), "There is no event 900 in herefordshire-2017-1"),
        (("proof", CASE, "--version", "1"), "there is no authority to prove"),
        (("proof", CASE, "--version", "x"), "Invalid value for '--version'"),
        (("trace", "delegation", CASE, "a"), "No resolution (a) in herefordshire-2017-1 delegates"),
        (("trace", "delegation", f"{BOARD}-2020-1", "2", "--decision", "x"), "is no id"),
        (("trace", "appointment", "leeds/jester"), "There never was a post “leeds/jester”"),
        (("trace", "appointment", "leeds/legal-services", "--person", "x"), "is no id"),
        (("trace", "offices", "leeds", "x"), "leeds has adopted no offices “x”"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    answer = run(*words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_decision_that_is_named_has_to_be_one_that_delegates(run: Run) -> None:
    other = "00000000-0000-0000-0000-000000000009"
    answer = run("trace", "delegation", f"{BOARD}-2020-1", "2", "--decision", other)
    assert answer.code == 2
    assert "--decision: name one of " in answer.err
