"""Commands that look: what they say, and how they say no."""

from __future__ import annotations

import json

import pytest

from adapters.house import House
from countersign.case_script import read_case
from countersign.demo.load import COUNCILS, FOLDER
from tests.cli.conftest import Run

REFERENCES = sorted(read_case(FOLDER / one / "case.toml").reference for one in COUNCILS)
RULES = ", ".join(sorted(COUNCILS))

pytestmark = pytest.mark.usefixtures("unchanged")


def test_procurements_are_listed_with_value_and_stage(run: Run) -> None:
    said = run("procurements")
    assert said.code == 0
    assert "leeds-2022-1  Community Health and Wellbeing Service delivery partner" in said.out
    assert "£154,203. Awarded  [4 irregularities]" in said.out
    rows = json.loads(run("procurements", "--json").out)
    assert [one["reference"] for one in rows] == REFERENCES


def test_a_queue_says_what_waits_and_why(run: Run) -> None:
    said = run("queue", "--as", "leeds/director-of-adults-and-health")
    assert said.out.startswith("11 November 2022: 1 item for leeds/director")
    assert "since 11 November 2022, due 14 November 2022 (the report plans" in said.out
    assert run("queue", "--as", "leeds/visiting-auditor").out.endswith("visiting-auditor\n")


@pytest.mark.parametrize(
    ("post", "said"),
    [
        ("leeds/nobody", "There is no post “leeds/nobody”; there are leeds/director"),
        ("nowhere/nobody", f"There are no rules of “nowhere”; there are {RULES}"),
        ("", f"There are no rules of “”; there are {RULES}"),
    ],
)
def test_a_queue_of_no_post_says_which_there_are(run: Run, post: str, said: str) -> None:
    answer = run("queue", "--as", post)
    assert answer.code == 2
    assert said in answer.err


def test_show_says_where_a_case_stands(run: Run) -> None:
    said = run("show", "herefordshire-2017-1").out
    assert "(a) agreed, 15 December 2017, in effect from 2017-12-22" in said
    assert "Irregular, event 4: D2: No notice of this key decision is on record" in said
    assert "Next: Sign the contract (Legal Services)" in said


def test_a_day_that_is_not_on_record_is_not_shown_as_the_day_of_effect(run: Run) -> None:
    said = run("show", "joint-public-health-board-2020-1").out
    assert "(2) agreed, on a day that is not on record, in effect at once" in said
    assert "21 July 2020" not in run("history", "joint-public-health-board-2020-1").out


def test_show_tells_what_was_on_record_by_then(run: Run) -> None:
    for at in (
        "2022-11-11",
        "2099-01-01",
        "2022-11-11T23:59:59.999Z",
        "2022-11-12T00:59:59.999+01:00",
    ):
        assert run("show", "leeds-2022-1", "--at", at).code == 0


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2022-11-10", "Nothing of leeds-2022-1 was on record by then"),
        ("2022-11-14T12:00", "has no time zone; write 2022-11-14T12:00Z"),
        ("2022-02-30", "is no moment that exists"),
        ("yesterday", "is no moment that exists"),
    ],
)
def test_a_moment_exists_and_has_a_zone(run: Run, at: str, said: str) -> None:
    answer = run("show", "leeds-2022-1", "--at", at)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


@pytest.mark.parametrize("command", ["show", "history"])
@pytest.mark.parametrize("reference", ["leeds-2022-99", "x", "", "%", "leeds"])
def test_an_unknown_reference_says_which_are_known(run: Run, command: str, reference: str) -> None:
    answer = run(command, reference)
    assert answer.code == 2
    assert f"there are {', '.join(REFERENCES)}" in answer.err


def test_history_tells_every_event(run: Run) -> None:
    said = run("history", "leeds-2022-1").out
    assert "1. 11 November 2022, leeds/deputy-director-integrated-commissioning: Opened" in said
    assert "imported; Leeds City Council, report of 11 November 2022: the whole report" in said
    rows = json.loads(run("history", "herefordshire-2017-1", "--json").out)
    assert [one["version"] for one in rows] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert "D8" in rows[3]["irregularities"]


def test_read_models_are_made_anew(run: Run, demo: House) -> None:
    said = run("rebuild").out
    for name in "queue", "trail", "procurements":
        assert f"{name}: made anew from {demo.log.last_position()} events." in said
    assert "trail: made anew" in run("rebuild", "trail").out
    answer = run("rebuild", "nothing")
    assert answer.code == 2
    there = "there are queue, trail, facets, procurements"
    assert f"There is no read model “nothing”; {there}" in answer.err
    assert run("parked") == (0, "", "")
    assert run("release", "queue", "x").code == 2


def test_words_that_are_no_command_end_with_2(run: Run) -> None:
    for words in ("fly",), ("show",), ("queue",), ("rebuild", "a", "b"), ("show", "x", "--jsn"):
        assert run(*words).code == 2
