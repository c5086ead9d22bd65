"""The timetable on the command line: of a case, of a plan, in words and as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.docs.pages import DOCS

PLANS = DOCS / "examples" / "plans"
LEEDS = "leeds-2022-1"


def test_a_case_has_its_timetable_in_words(run: Run) -> None:
    answer = run("timetable", LEEDS)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == f"{LEEDS}  Community Health and Wellbeing Service delivery partner"
    assert lines[1].endswith(
        "the contract can start on Thursday 29 December 2022: 4 days to spare."
    )
    assert "no working day: New Year's Day (observed)." in lines[2]
    assert "  on record Fri 11 Nov 2022  Report put up" in lines
    last = "last day 20 December 2022, 4 days to spare"
    assert f"  earliest  Fri 16 Dec 2022  Award notices sent; {last}" in lines
    assert "quicker" not in answer.out


def test_programs_read_the_same(run: Run) -> None:
    found = run("timetable", LEEDS, "--json").json
    assert (found["starts"], found["earliest"], found["slack"]) == ("2023-01-02", "2022-12-29", 4)
    assert (found["begins_by"], found["quicker"]) == ("2022-11-15", None)
    (notices,) = [one for one in found["steps"] if one["id"] == "notices"]
    assert (notices["day"], notices["last"], notices["slack"]) == ("2022-12-16", "2022-12-20", 4)
    (stood,) = [one for one in found["steps"] if one["id"] == "stood"]
    assert stood["count"]["days"][0]["why"] == "the day it is counted from"


@pytest.mark.parametrize(
    ("name", "step", "day", "last"),
    [
        ("leeds", "invited", "2022-11-08", "2022-11-15"),
        ("leeds", "notices", "2022-12-13", "2022-12-20"),
        ("bromley", "gateway-1 advice 0", "2021-06-29", "2022-05-25"),
        ("bromley", "gateway-1 decision", "2021-06-30", "2022-05-25"),
    ],
)
def test_the_plans_of_the_examples(run: Run, name: str, step: str, day: str, last: str) -> None:
    found = run("timetable", "--plan", PLANS / f"{name}.toml", "--json").json
    (one,) = [one for one in found["steps"] if one["id"] == step]
    assert (one["day"], one["last"]) == (day, last)


def test_a_plan_that_does_not_fit_is_told_what_would_help(run: Run, tmp_path: Path) -> None:
    late = (PLANS / "leeds.toml").read_text("utf-8").replace("2022-11-01", "2022-11-14")
    (tmp_path / "late.toml").write_text(late, "utf-8")
    answer = run("timetable", "--plan", tmp_path / "late.toml")
    assert answer.code == 0
    assert "at the earliest: 8 days too late." in answer.out
    assert "  P7: A shorter time to tender. Start Thursday 29 December 2022." in answer.out
    assert "  All together: start Thursday 15 December 2022." in answer.out
    found = run("timetable", "--plan", tmp_path / "late.toml", "--json").json
    assert [one["way"] for one in found["quicker"]["ways"]] == ["fewer-days", "no-standstill"]
    hopeless = late.replace("2022-11-14", "2022-12-30").replace("voluntary", "none")
    (tmp_path / "late.toml").write_text(hopeless.replace("tender_days = 21", "tender_days = 1"))
    assert "No lawful way is quicker." in run("timetable", "--plan", tmp_path / "late.toml").out


def test_a_day_without_room_is_told(run: Run, tmp_path: Path) -> None:
    plan = (PLANS / "leeds.toml").read_text("utf-8").replace("2022-11-01", "2022-11-08")
    (tmp_path / "close.toml").write_text(plan.replace("2023-01-02", "2022-12-31"), "utf-8")
    said = run("timetable", "--plan", tmp_path / "close.toml").out
    assert "no day to spare." in said
    assert "; last day 8 November 2022, 0 days to spare" in said


def test_a_queue_warns_where_the_last_day_is_near(run: Run) -> None:
    words = ("queue", "--as", "leeds/director-of-adults-and-health")
    said = "The last day is Tuesday 15 November 2022: after it the contract cannot start on"
    assert said in run(*words).out
    (row,) = run(*words, "--json").json
    assert row["last"] == "2022-11-15"
    assert row["warning"].startswith(said)
    (other,) = run("queue", "--as", "bromley/democratic-services", "--json").json[:1]
    assert (other["last"], other["warning"]) == ("2022-04-21", "")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "REF, --plan: give one of the two"),
        ((LEEDS, "--plan", "any.toml"), "give one of the two"),
        (("leeds-2022-77",), "C1: There is no procurement leeds-2022-77"),
        (("nothing",), "C1: There is no procurement nothing"),
        (("--plan", "nowhere.toml"), "the file: cannot be read"),
    ],
)
def test_what_has_no_timetable_is_said_in_a_sentence(
    run: Run, words: tuple[str, ...], says: str
) -> None:
    answer = run("timetable", *words)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ('authority = "leeds"', 'authority = "atlantis"', "C1: There are no rules of “atlantis”"),
        ('authority = "leeds"', "authority = 7", "authority: should be str"),
        ("today = 2022-11-01", "today = 2021-11-01", "was in force on 1 November 2021"),
        ("starts = 2023-01-02", "starts = 2022-10-02", "C1: The contract starts after the day"),
        ("starts = 2023-01-02", "starts = 2041-01-02", "outside the calendar"),
        ("phase = ", "phases = ", "C1: There is no gateway “phases”"),
        ("tender_days = 21", "tender_days = -1", "tender_days"),
        ("tender_days = 21", "tender = 21", "tender: is not known here"),
        ('regime = "pcr2015"', 'regime = "pa2023"', "P1: The Procurement Act 2023"),
        ("today = 2022-11-01", "today = 2040-12-30", "D7: 2041 is outside the calendar"),
    ],
)
def test_a_plan_that_makes_no_sense_is_said_to_make_none(
    run: Run, tmp_path: Path, was: str, now: str, says: str
) -> None:
    text = (PLANS / "leeds.toml").read_text("utf-8").replace(was, now)
    if "2040" in now:
        text = text.replace("starts = 2023-01-02", "starts = 2040-12-31")
        text = text.replace("2025-08-23", "2041-08-23")
    (tmp_path / "plan.toml").write_text(text, "utf-8")
    answer = run("timetable", "--plan", tmp_path / "plan.toml")
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
