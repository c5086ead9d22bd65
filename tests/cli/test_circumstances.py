"""The command line where something is odd: no database, a busy one, strange settings."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapters.house import House
from domain.values import procurement_id
from tests.adapters.history import DEPUTY, DIRECTOR, adopt
from tests.adapters.looking import fingerprint, plant
from tests.cli.conftest import Run
from tests.cli.running import countersign
from tests.cli.test_files import DEMO, LEEDS, edited
from tests.houses import file_of

ANOTHER = ("leeds-2022-1", "leeds-2022-2")


def test_an_empty_house_says_so(tmp_path: Path) -> None:
    assert countersign(tmp_path, "procurements") == (0, "", "")
    for words in ("show leeds-2022-1", "history leeds-2022-1", "constitution show leeds"):
        said = countersign(tmp_path, *words.split())
        assert (said.code, said.out) == (2, "")
        assert "there are none yet" in said.err
    said = countersign(tmp_path, "case", "run", LEEDS / "case.toml")
    assert said.code == 2
    assert "leeds has not adopted a constitution, offices and a calendar yet" in said.err
    assert "queue: made anew from 0 events." in countersign(tmp_path, "rebuild").out


def test_checking_files_makes_no_database(tmp_path: Path) -> None:
    said = countersign(tmp_path, "case", "check", LEEDS / "case.toml")
    assert (said.code, said.err) == (0, "")
    assert "posts and gateways were not checked" in said.out
    for what in ("constitution", "offices"):
        assert countersign(tmp_path, what, "check", LEEDS / f"{what}.toml").code == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "eight thousand", "COUNTERSIGN_PORT: Input should be a valid integer"),
        ("PORT", "70000", "COUNTERSIGN_PORT: Input should be less than or equal to 65535"),
        ("DEMO", "perhaps", "COUNTERSIGN_DEMO: Input should be a valid boolean"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    answer = countersign(tmp_path, "procurements", **{f"COUNTERSIGN_{name}": value})
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_folder_that_holds_no_database_is_named(tmp_path: Path) -> None:
    file, folder = tmp_path / "file", tmp_path / "folder"
    folder.mkdir()
    for text in (file, folder / "countersign.db"):
        text.write_text("Dear Director, " * 100)
    for data in (file, folder):
        said = countersign(data, "procurements")
        assert (said.code, said.out) == (2, "")
        assert f"{data}/countersign.db cannot be opened" in said.err
    assert (folder / "countersign.db").read_text().startswith("Dear Director, ")


def test_while_somebody_else_writes_nothing_is_recorded(run: Run, demo: House) -> None:
    before = fingerprint(demo)
    with closing(sqlite3.connect(file_of(demo), isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        said = run("case", "run", LEEDS / "case.toml")
        writer.execute("ROLLBACK")
    assert (said.code, said.out) == (2, "")
    assert said.err == "Nothing was recorded: database is locked.\n"
    assert fingerprint(demo) == before


@pytest.mark.parametrize("at", ["9999-12-31T23:59-05:00", "0001-01-01T00:00+05:00", "0000-01-01"])
def test_a_moment_outside_the_calendar_of_this_world_is_no_moment(run: Run, at: str) -> None:
    said = run("show", "leeds-2022-1", "--at", at)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"--at: “{at}” is no moment that exists; write ")


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('gateway = "procurement"', 'gateway = "moon"', "no gateway “moon”; there are procurement"),
        ('by = "leeds/democratic-services"', 'by = "leeds/cat"', "There is no post “leeds/cat”"),
        ("on = 2022-11-11\n", "on = 2012-11-11\n", "No constitution was in force on 11 November"),
        ('do = "put-up-report"', 'do = "adopt-offices"', "steps[2].do: is no command; there are"),
    ],
)
def test_a_case_is_checked_against_the_rules_on_record(
    run: Run, tmp_path: Path, old: str, new: str, said: str
) -> None:
    file = edited(tmp_path, "case.toml", ANOTHER, (old, new))
    answer = run("case", "check", file)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"{file}: steps[")
    assert said in answer.err


@pytest.mark.usefixtures("unchanged")
def test_every_mistake_in_offices_is_named_at_once(run: Run, tmp_path: Path) -> None:
    file = edited(
        tmp_path,
        "offices.toml",
        ('person = "71cfc690-59d9-5411-8b2e-89a99667bc07"', 'person = "Ione Fairweather"'),
        ('standing = "sourced"', 'standing = "rumoured"'),
        ('version = "leeds-offices-2022"', ""),
    )
    said = run("offices", "check", file)
    assert (said.code, said.out) == (2, "")
    for where in ("holders[1].person", "posts[1].standing", "version: is missing"):
        assert f"{file}: {where}" in said.err
    file = edited(tmp_path, "offices.toml", ('post = "leeds/legal-services"', 'post = "leeds/cat"'))
    said = run("offices", "check", file)
    assert f"{file}: holders[5].post: “leeds/cat” is none of its posts" in said.err


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("limit", ["nan", "inf", "100.005", '"a lot"', "-1", "2022-01-01"])
def test_a_limit_is_an_amount_of_money(run: Run, tmp_path: Path, limit: str) -> None:
    file = edited(tmp_path, "constitution.toml", ("up_to = 500000", f"up_to = {limit}"))
    said = run("constitution", "check", file)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"{file}: routes[1]")


def test_a_case_that_is_on_record_whole_is_shown_as_of_its_council(run: Run, demo: House) -> None:
    demo.clocks.forward("herefordshire", 3)
    before = fingerprint(demo)
    said = run("case", "run", DEMO / "herefordshire" / "case.toml")
    assert said.out == (
        "herefordshire-2017-1: 8 steps on record as of 25 December 2017, with 4 irregularities.\n"
    )
    assert fingerprint(demo) == before


def test_a_parked_stream_is_listed_and_released_when_it_can_go_on(run: Run, demo: House) -> None:
    stream = procurement_id("leeds-2022-1")
    plant(demo, stream, 7, "gateway-dissolved/1")
    assert run("procurements").code == 0
    why = f"{stream}: KeyError: 'gateway-dissolved/1'"
    assert run("parked").out == "".join(f"{one} {why}\n" for one in demo.runners)
    said = run("release", "queue", stream)
    assert (said.code, said.err) == (2, "C1: It still cannot be applied: it stays parked.\n")
    with closing(sqlite3.connect(file_of(demo))) as db, db:
        db.execute("DELETE FROM stored_events WHERE topic = 'gateway-dissolved/1'")
    assert run("release", "queue", stream) == (0, "Released.\n", "")
    assert "queue" not in run("parked").out


def test_a_case_is_shown_by_the_rules_that_were_on_record_then(run: Run, demo: House) -> None:
    demo.clocks.forward("leeds", 3)
    adopt(demo, 2023, DEPUTY)

    def decider(*at: str) -> str:
        acts = run("show", "leeds-2022-1", "--json", *at).json["next"]
        (post,) = next(one["posts"] for one in acts if one["do"] == "take-decision")
        return str(post)

    assert decider() == decider("--at", "2022-11-14") == DEPUTY
    assert decider("--at", "2022-11-13") == DIRECTOR
