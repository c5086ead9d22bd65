"""Commands that read files: every mistake at once, exit code 2, and nothing recorded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import countersign.demo
from adapters.house import House
from tests.cli.conftest import Run, digest

DEMO = Path(countersign.demo.__file__).parent
LEEDS = DEMO / "leeds"


def edited(tmp_path: Path, name: str, *changes: tuple[str, str]) -> Path:
    """A demo file with some of its text replaced, beside its papers."""
    text = (LEEDS / name).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    for paper in (LEEDS / "papers").iterdir():
        (tmp_path / "papers").mkdir(exist_ok=True)
        (tmp_path / "papers" / paper.name).write_bytes(paper.read_bytes())
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return file


@pytest.mark.usefixtures("unchanged")
def test_the_demo_files_are_in_order(run: Run) -> None:
    for council in "leeds", "herefordshire":
        for what in "constitution", "offices", "case":
            assert "is in order" in run(what, "check", DEMO / council / f"{what}.toml").out
    assert "inferred" in run("constitution", "check", LEEDS / "constitution.toml").out


@pytest.mark.usefixtures("unchanged")
def test_every_mistake_in_a_constitution_is_named_at_once(run: Run, tmp_path: Path) -> None:
    file = edited(
        tmp_path,
        "constitution.toml",
        ('version = "leeds-2022"', 'colour = "blue"'),
        ("in_force = 2022-01-01", "in_force = 2022-01-41x"),
    )
    answer = run("constitution", "check", file)
    assert (answer.code, answer.out) == (2, "")
    assert re.search(r"constitution\.toml: line 7, column \d+", answer.err)
    file = edited(
        tmp_path,
        "constitution.toml",
        ('version = "leeds-2022"', 'colour = "blue"'),
        ('standing = "inferred"', 'standing = "guessed"'),
        ('asks_for = "award-contract"', 'asks_for = "cake"'),
        ("working_days = 5", "working_days = 0"),
        ("above = 100000", "above = 0.001"),
    )
    answer = run("constitution", "check", file)
    assert answer.code == 2
    for said in (
        "colour: is not known here; there are agenda, authority, budget_setting, call_in, classes",
        "version: is missing",
        "gateways[1].standing:",
        "gateways[2].asks_for:",
        "call_in.working_days:",
        "routes[1]",
    ):
        assert said in answer.err
    file = edited(
        tmp_path,
        "constitution.toml",
        ('after = ["procurement"]', 'after = ["nowhere"]'),
        ('gateway = "phase"', 'gateway = "moon"'),
        ('act = "sign-contract"', 'act = "dance"'),
    )
    answer = run("constitution", "check", file)
    assert "“nowhere” is not one of this file's: procurement" in answer.err
    assert "“moon” is not one of this file's: procurement, award, phase" in answer.err
    assert "“dance” is not one of" in answer.err


def test_what_is_in_force_is_shown_whole(run: Run) -> None:
    said = run("constitution", "show", "leeds")
    assert said.out.strip() == (LEEDS / "constitution.toml").read_text("utf-8").strip()
    said = run("offices", "show", "leeds")
    assert said.out.strip() == (LEEDS / "offices.toml").read_text("utf-8").strip()
    assert run("constitution", "show", "nowhere").code == 2


def test_a_new_version_is_adopted_by_who_may(run: Run, tmp_path: Path, demo: House) -> None:
    before = digest(demo)
    keeper = ("--as", "leeds/monitoring-officer")
    same = run("constitution", "adopt", LEEDS / "constitution.toml", *keeper)
    assert (same.code, "Version leeds-2022 has been adopted" in same.err) == (2, True)
    file = edited(tmp_path, "constitution.toml", ("leeds-2022", "leeds-2022b"))
    answer = run("constitution", "adopt", file, "--as", "leeds/legal-services")
    assert (answer.code, "This is for Monitoring Officer to do" in answer.err) == (2, True)
    assert digest(demo) == before
    assert run("constitution", "adopt", file, *keeper).code == 0
    assert demo.rules("leeds").constitution.version == "leeds-2022b"


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('do = "put-up-report"', 'do = "put-up-shelf"', "steps[2].do: is no command; there are"),
        ('pounds = "400000"', 'pounds = "NaN"', "steps[1].value: NaN is not an amount in pounds"),
        ('pounds = "400000"', 'pounds = "1.005"', "1.005 is not an amount in pounds and pence"),
        ("starts = 2023-01-02", "starts = 2023-02-30", "line 22"),
        ("starts = 2023-01-02", "starts = 2023-01-02T10:00:00", "steps[1].term.starts"),
        ("on = 2022-11-11\n", "on = 2022-11-11T10:00:00\n", "steps[2].on"),
        ("months = 24", "months = 0", "steps[1].term.months"),
        ("papers/equality.md", "papers/none.md", "there is no such file beside the script"),
        ('regime = "pcr2015"', 'regime = "none"', "steps[1].regime"),
        ('title = "Community', 'tytle = "Community', "steps[1].tytle: is not known here"),
        ('reference = "leeds-2022-1"', 'reference = "Leeds 1"', "reference:"),
        ("[clock]", "[clock", "line 7"),
    ],
)
def test_mistakes_in_a_case_are_named_by_step_and_key(
    run: Run, tmp_path: Path, old: str, new: str, said: str
) -> None:
    file = edited(tmp_path, "case.toml", (old, new))
    for command in "check", "run":
        answer = run("case", command, file)
        assert (answer.code, answer.out) == (2, "")
        assert said in answer.err


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('gateway = "procurement"', 'gateway = "moon"', "steps[2]: There is no gateway “moon”"),
        ('by = "leeds/democratic-services"', 'by = "leeds/cat"', "There is no post “leeds/cat”"),
        ('reference = "leeds-2022-2"', 'reference = "york-2022-2"', "york has not adopted"),
    ],
)
def test_a_step_that_makes_no_sense_leaves_no_step_on_record(
    run: Run, tmp_path: Path, old: str, new: str, said: str
) -> None:
    another = ('reference = "leeds-2022-1"', 'reference = "leeds-2022-2"')
    answer = run("case", "run", edited(tmp_path, "case.toml", another, (old, new)))
    assert answer.code == 2
    assert said in answer.err


@pytest.mark.usefixtures("unchanged")
def test_a_case_run_again_changes_nothing(run: Run) -> None:
    answer = run("case", "run", LEEDS / "case.toml")
    assert answer.code == 0
    assert "leeds-2022-1: 6 steps on record as of 11 November 2022" in answer.out


@pytest.mark.usefixtures("unchanged")
def test_a_file_that_cannot_be_read_is_named(run: Run, tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    for words in "constitution check", "offices check", "case check", "case run":
        for file in tmp_path / "none.toml", tmp_path, binary:
            answer = run(*words.split(), file)
            assert answer.code == 2
            assert str(file) in answer.err


def test_a_council_of_its_own_is_set_up_from_files(run: Run, tmp_path: Path, demo: House) -> None:
    """A third council: calendar, constitution and offices, then its first case."""
    for name in "constitution.toml", "offices.toml", "case.toml":
        file = edited(tmp_path, name)
        file.write_text(file.read_text("utf-8").replace("leeds", "eastmere"), "utf-8")
    setting_up = ("--as", "eastmere/setting-up")
    assert run("calendar", "adopt", "eastmere", *setting_up).code == 0
    assert run("constitution", "adopt", tmp_path / "constitution.toml", *setting_up).code == 0
    assert run("offices", "adopt", tmp_path / "offices.toml", *setting_up).code == 0
    assert run("calendar", "adopt", "eastmere", *setting_up).code == 2
    assert run("case", "run", tmp_path / "case.toml").code == 0
    (row,) = demo.queue(["eastmere/director-of-adults-and-health"]).rows
    assert row.do == "take-decision"


def test_what_is_not_parked_is_not_released(run: Run) -> None:
    answer = run("release", "queue", "7a52b4d5-0d6e-4b5e-9a4b-3d2f3c1a0b1c")
    assert answer.code == 2
    assert "is not parked in queue" in answer.err
