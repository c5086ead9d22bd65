"""Dates counted on the command line, by the texts that say how: every day with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

import countersign.demo
from tests.cli.conftest import Run

COUNCILS = Path(countersign.demo.__file__).parent


@pytest.mark.parametrize(
    ("words", "last_day", "sign_from"),
    [
        (("pa2023", "--from", "2026-11-19"), "2026-12-01", "2026-12-02"),
        (("pa2023", "--from", "2026-12-23"), "2027-01-07", "2027-01-08"),
        (("pa2023", "--from", "2026-11-21"), "2026-12-03", "2026-12-04"),
        (("pcr2015", "--from", "2026-12-15"), "2026-12-29", "2026-12-30"),
        (("psr2023", "--from", "2026-12-14"), "2026-12-29", "2026-12-30"),
        (("pa2023", "--from", "2026-03-30T23:15Z"), "2026-04-13", "2026-04-14"),
        (("pcr2015", "--from", "2022-12-12", "--means", "other"), "2022-12-28", "2022-12-29"),
        (
            ("pcr2015", "--from", "2022-12-01", "--means", "other", "--received", "2022-12-02"),
            "2022-12-12",
            "2022-12-13",
        ),
        (
            ("pcr2015", "--from", "2022-12-01", "--means", "mixed", "--otherwise", "2022-12-01"),
            "2022-12-16",
            "2022-12-17",
        ),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else one,
)
def test_standstills(run: Run, words: tuple[str, ...], last_day: str, sign_from: str) -> None:
    found = run("deadline", "standstill", "--regime", *words, "--json").json
    assert (found["last_day"], found["sign_from"]) == (last_day, sign_from)
    assert found["days"][-1]["date"] == last_day
    assert all(one.keys() == {"date", "counted", "why"} and one["why"] for one in found["days"])


def test_a_person_reads_the_same_in_words(run: Run) -> None:
    answer = run("deadline", "standstill", "--regime", "pa2023", "--from", "2026-11-19")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "  + Thursday 19 November 2026: working day 1"
    assert "    Monday 30 November 2026: Saint Andrew's Day (Scotland)" in lines
    assert lines[-2:] == [
        "Ends with Tuesday 1 December 2026",
        "Sign from Wednesday 2 December 2026",
    ]


@pytest.mark.parametrize(
    ("constitution", "decided", "published", "last_day", "effective"),
    [
        ("herefordshire", "2017-12-15", "2017-12-15", "2017-12-21", "2017-12-22"),
        ("herefordshire", "2019-03-01", "2019-03-04", "2019-03-08", "2019-03-09"),
        ("herefordshire", "2023-12-20", "2023-12-21", "2023-12-29", "2023-12-30"),
        ("leeds", "2022-11-14", "2022-11-15", "2022-11-21", "2022-11-22"),
        ("bromley", "2021-03-30", "2021-03-31", "2021-04-09", "2021-04-10"),
    ],
)
def test_call_in_windows(
    run: Run, constitution: str, decided: str, published: str, last_day: str, effective: str
) -> None:
    days = ("--decided", decided, "--published", published, "--json")
    for named in constitution, COUNCILS / constitution / "constitution.toml":
        found = run("deadline", "call-in", "--constitution", named, *days).json
        assert (found["last_day"], found["effective"]) == (last_day, effective)


@pytest.mark.parametrize(
    ("words", "published", "last_day", "effective"),
    [
        (("forward-plan", "--from", "2026-09-01"), "2026-09-01", "2026-09-29", "2026-09-30"),
        (("forward-plan", "--before", "2026-09-30"), "2026-09-01", "2026-09-29", "2026-09-30"),
        (("general-exception", "--from", "2017-08-23"), "2017-08-23", "2017-08-31", "2017-09-01"),
        (("general-exception", "--from", "2017-08-31"), "2017-08-31", "2017-09-07", "2017-09-08"),
        (("agenda", "--before", "2026-12-01"), "2026-11-23", "2026-11-30", "2026-12-01"),
        (("private-meeting", "--from", "2026-09-01"), "2026-09-01", "2026-09-29", "2026-09-30"),
        (
            ("private-meeting-again", "--before", "2027-01-04"),
            "2026-12-22",
            "2026-12-31",
            "2027-01-01",
        ),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else one,
)
def test_clear_days_of_notices(
    run: Run, words: tuple[str, ...], published: str, last_day: str, effective: str
) -> None:
    found = run("deadline", "notice", *words, "--json").json
    assert found["published"] == published
    assert (found["last_day"], found["effective"]) == (last_day, effective)


def test_counting_back_says_when_to_publish(run: Run) -> None:
    answer = run("deadline", "notice", "agenda", "--before", "2026-12-01")
    assert answer.out.startswith("Publish by Monday 23 November 2026\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("standstill --regime pa2023 --from 2026-02-30", "'2026-02-30': is no day such as"),
        ("standstill --regime pa2023 --from 2026-02-03T10:00", "nor a time with its zone"),
        ("standstill --regime pa2023 --from 0001-01-01", "is no day such as 2026-11-19"),
        ("standstill --regime pa2023 --from 2041-02-03", "D7: 2041 is outside the calendar of"),
        ("standstill --regime pcr2015 --from 2009-02-03", "D7: 2009 is outside the calendar of"),
        ("standstill --regime pa2023 --from 2026-02-03 --means other", "only matters under"),
        ("standstill --regime pcr2015 --from 2022-02-03 --means mixed", "is needed there"),
        ("standstill --regime pcr2015 --from 2022-02-03 --received 2022-02-04", "P4: "),
        ("standstill --regime law --from 2022-02-03", "'law' is not one of"),
        ("call-in --constitution nowhere --decided 2022-02-03 --published 2022-02-03", "no rules"),
        ("call-in --constitution no.toml --decided 2022-02-03 --published 2022-02-03", "the file"),
        ("call-in --constitution leeds --decided 2022-02-03", "Missing option"),
        ("notice agenda", "--from, --before: give one of the two"),
        ("notice agenda --from 2022-02-03 --before 2022-03-03", "give one of the two"),
        ("notice party --from 2022-02-03", "is not one of"),
    ],
)
def test_what_cannot_be_counted_is_said_in_a_sentence(run: Run, words: str, says: str) -> None:
    answer = run("deadline", *words.split())
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
