"""Looking back on the command line: a procurement and a queue as they were on record."""

from __future__ import annotations

import json

import pytest

from adapters.house import House
from tests.cli.conftest import Run

CASE = "herefordshire-2017-1"
LEEDS = "leeds-2022-1"


@pytest.mark.usefixtures("unchanged")
def test_a_version_is_told_with_what_changed_and_what_was_known_only_later(run: Run) -> None:
    said = run("replay", CASE, "--version", "4")
    assert (said.code, said.err) == (0, "")
    for line in (
        "herefordshire-2017-1, event 4 of 8: as known at 2017-12-22 09:",
        "Where it stands | Stage: Awarded",
        "Since event 3:",
        "4. 15 December 2017, herefordshire/cabinet-member-health-and-wellbeing: Decided the "
        "report: (a) agreed. (late: recorded 7 days after it happened)",
        "    Where it stands | Stage: was “Report waits for a decision”; is now “Awarded”",
        "Known only later:",
        "5. 15 December 2017, herefordshire/democratic-services: Published the decision.",
    ):
        assert line in said.out


@pytest.mark.usefixtures("unchanged")
def test_the_day_before_it_was_taken_over_nothing_was_on_record(run: Run) -> None:
    said = run("replay", CASE, "--at", "2017-12-14")
    assert (said.code, said.err) == (0, "")
    assert "event 0 of 8: as known at 2017-12-14 23:59:59, London time" in said.out
    assert "Nothing of it was on record by then." in said.out
    assert (
        "3. 8 December 2017, herefordshire/democratic-services: Published the report." in said.out
    )
    assert "Decided the report" not in said.out


@pytest.mark.usefixtures("unchanged")
def test_a_replay_is_told_to_programs_with_the_whole_record(run: Run) -> None:
    found = run("replay", CASE, "--version", "5", "--since", "2", "--json").json
    assert (found["version"], found["of"], found["since"]) == (5, 8, 2)
    assert [one["version"] for one in found["entries"]] == [3, 4, 5]
    assert found["entries"][1]["late"] == "recorded 7 days after it happened"
    assert found["record"]["stage"] == "Awarded"
    assert found["moment"].startswith("2017-12-22T09:")
    changed = {one["name"]: one for one in found["difference"]["changed"]}
    assert changed["Stage"]["now"] == "Awarded"
    assert {one["part"] for one in found["difference"]["added"]} >= {"Decisions", "What waits"}
    nothing = run("replay", CASE, "--at", "2017-12-14", "--json").json
    assert (nothing["version"], nothing["record"], nothing["facts"]) == (0, None, [])


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((CASE,), "--at, --version: give one of the two"),
        ((CASE, "--at", "2022-11-14", "--version", "1"), "give one of the two"),
        ((CASE, "--version", "9"), f"There is no event 9 in {CASE}; the last event is 8"),
        ((CASE, "--version", "-1"), "There is no event -1 in"),
        ((CASE, "--version", "3", "--since", "4"), "Compare event 3 with an earlier one"),
        ((CASE, "--version", "3", "--since", "-1"), "from 0 on, not with -1"),
        ((CASE, "--version", "x"), "Invalid value for '--version'"),
        ((CASE, "--at", "yesterday"), "--at: “yesterday” is no moment that exists"),
        ((CASE, "--at", "2017-12-22T12:00"), "has no time zone; write 2017-12-22T12:00Z"),
        (("leeds-1900-1", "--version", "1"), "There is no procurement leeds-1900-1; there are"),
    ],
)
def test_a_point_that_is_not_there_is_said_in_a_sentence(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    answer = run("replay", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_queue_is_told_as_it_stood_then(run: Run, demo: House) -> None:
    director = "leeds/director-of-adults-and-health"
    today = demo.clocks.today("leeds")
    live = json.loads(run("queue", "--as", director, "--json").out)
    demo.clocks.forward("leeds", 30)
    then = json.loads(run("queue", "--as", director, "--at", str(today), "--json").out)
    assert [one["act"] for one in then] == [one["act"] for one in live]
    assert [one["due"] for one in then] == [one["due"] for one in live]
    before = run("queue", "--as", director, "--at", "2022-11-10").out
    assert before == f"10 November 2022: 0 items for {director}\n"
    said = run("queue", "--as", director, "--at", "yesterday")
    assert (said.code, said.out) == (2, "")
    assert "is no moment that exists" in said.err
    assert LEEDS in run("queue", "--as", director, "--at", str(today)).out
