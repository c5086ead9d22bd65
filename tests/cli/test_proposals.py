"""A change of rules on the command line: how it differs, and what it would have done."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.house import House
from countersign.demo.load import COUNCILS, FOLDER
from tests.cli.conftest import Run
from tests.cli.running import Said
from tests.cli.test_files import edited

LOWER = ("above = 500000\nstanding", "above = 250000\nstanding")
AWARDED_BY = (
    '[[routes]]\ngateway = "award"\ndecision_class = "significant-operational"\nabove = 100000\n'
    'up_to = 500000\ndecided_by = "leeds/director-of-adults-and-health"'
)
TO_THE_BOARD = (AWARDED_BY, AWARDED_BY.replace("director-of-adults-and-health", "executive-board"))
NAMED = ("leeds-2022", "leeds-2023")


@pytest.fixture
def proposed(tmp_path: Path) -> Path:
    """The key threshold at £250,000, and awards by the Executive Board."""
    return edited(tmp_path, "constitution.toml", NAMED, LOWER, TO_THE_BOARD)


@pytest.mark.usefixtures("unchanged")
def test_a_dry_run_tells_what_differs_what_would_have_gone_otherwise_and_whose_queue_grows(
    run: Run, proposed: Path
) -> None:
    said = run("constitution", "dry-run", proposed).out
    assert said.startswith("From leeds-2022 (in force from 1 January 2022) to leeds-2023 (in force")
    assert "who decides changes from Director of Adults and Health to leeds/executive-board" in said
    assert "above which amount changes from £500,000 to £250,000" in said
    assert "Of 6 steps of 1 procurement on record:\n  1 would have been refused" in said
    assert "Above £250,000 a decision is key, unless a reason is given." in said
    assert "On 11 November 2022:\n  Nobody's queue would change." in said
    assert "The offices have no post leeds/executive-board: adopt offices that have it" in said


@pytest.mark.usefixtures("unchanged")
def test_a_dry_run_speaks_json(run: Run, proposed: Path) -> None:
    told = run("constitution", "dry-run", proposed, "--since", "2022-11-11", "--json").json
    assert [one["aspect"] for one in told["changes"]] == ["who decides", "above which amount"]
    (one,) = told["findings"]
    assert one["unlike"]["kind"] == "barred"
    assert one["place"]["references"] == ["leeds-2022-1"]
    assert one["sentence"].startswith("The report “Community Health and Wellbeing Service")
    assert (told["version"], told["compared_with"]) == ("leeds-2023", "leeds-2022")
    assert (told["since"], told["today"]) == ("2022-11-11", "2022-11-11")
    assert told["no_such_posts"] == ["leeds/executive-board"]


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("council", COUNCILS)
def test_a_dry_run_of_the_rules_in_force_finds_nothing(run: Run, council: str) -> None:
    said = run("constitution", "dry-run", FOLDER / council / "constitution.toml").out
    for nothing in "No rule differs.", "Nothing would have gone otherwise.", "Nobody's queue would":
        assert nothing in said


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--since", "2022-11-12"), "12 November 2022 has not come yet: it is 11 November 2022"),
        (("--since", "2022-02-30"), "“2022-02-30” is no day that exists; write 2022-11-14"),
        (("--since", "0001-01-01"), "is no day that exists"),
        (("--since", ""), "“” is no day that exists"),
    ],
)
def test_a_day_to_begin_with_is_one_that_has_come(
    run: Run, proposed: Path, words: tuple[str, ...], said: str
) -> None:
    assert refused(run("constitution", "dry-run", proposed, *words), said)


@pytest.mark.usefixtures("unchanged")
def test_what_is_no_constitution_of_a_council_here_is_not_tried(run: Run, tmp_path: Path) -> None:
    broken = edited(tmp_path, "constitution.toml", ("members = 4", 'members = "four"'))
    answer = run("constitution", "dry-run", broken)
    assert refused(answer, "constitution.toml: call_in.members: should be int, not str")
    assert refused(run("constitution", "dry-run", FOLDER / "people.toml"), "people.toml: ")
    assert refused(run("constitution", "dry-run", tmp_path / "none"), "cannot be read")
    assert refused(run("constitution", "dry-run", tmp_path), "cannot be read")
    elsewhere = edited(tmp_path, "constitution.toml", ('authority = "leeds"', 'authority = "york"'))
    answer = run("constitution", "dry-run", elsewhere)
    assert refused(answer, "There are no rules of “york”; there are bromley, herefordshire")


@pytest.mark.usefixtures("unchanged")
def test_two_versions_are_compared_by_name_or_by_file(run: Run, proposed: Path) -> None:
    said = run("constitution", "compare", "leeds", "--to", proposed)
    assert said.code == 0
    assert "£500,000 to £250,000" in said.out
    told = run(
        "constitution", "compare", "leeds", "--from", "leeds-2022", "--to", proposed, "--json"
    )
    assert (told.json["from"], told.json["to"]) == ("leeds-2022", "leeds-2023")
    assert len(told.json["changes"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("leeds",), "leeds-2022: is compared with itself; there are leeds-2022"),
        (("leeds", "--to", "leeds-2022"), "leeds-2022: is compared with itself"),
        (("leeds", "--to", "leeds-1066"), "--to: “leeds-1066” is no file, and no version; there"),
        (("leeds", "--from", "leeds-1066"), "--from: “leeds-1066” is no file, and no version"),
        (("york",), "There are no rules of “york”"),
    ],
)
@pytest.mark.usefixtures("unchanged")
def test_what_cannot_be_compared_says_what_can(run: Run, words: tuple[str, ...], said: str) -> None:
    assert refused(run("constitution", "compare", *words), said)


@pytest.mark.usefixtures("unchanged")
def test_a_file_of_another_council_is_not_compared(run: Run) -> None:
    file = FOLDER / "bromley" / "constitution.toml"
    for option in "--to", "--from":
        answer = run("constitution", "compare", "leeds", option, file)
        assert refused(answer, "is of bromley, not of leeds")


def test_an_adopted_version_is_compared_with_the_one_before_it(
    run: Run, proposed: Path, demo: House
) -> None:
    adopted = run("constitution", "adopt", proposed, "--as", "leeds/monitoring-officer")
    assert adopted.code == 0, adopted.err
    said = run("constitution", "compare", "leeds").out
    assert said.startswith("From leeds-2022 (in force from 1 January 2022) to leeds-2023")
    back = run("constitution", "compare", "leeds", "--to", "leeds-2022").out
    assert "£250,000 to £500,000" in back
    assert len(demo.authority("leeds").versions) == 2


def refused(said: Said, reason: str) -> bool:
    return (said.code, said.out) == (2, "") and reason in said.err
