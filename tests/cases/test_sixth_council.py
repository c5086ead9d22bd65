"""A sixth council that works like one of the five needs data only."""

from __future__ import annotations

import ast
import shutil
from datetime import date
from pathlib import Path
from uuid import uuid4, uuid5

import pytest

from adapters.house import House
from countersign.demo.load import COUNCILS, FOLDER
from domain.completing import CompleteDecisionRecord, OfPaper
from domain.messages import Actor
from domain.publication import PublishDecision
from domain.values import procurement_id
from tests.architecture.sources import modules, name
from tests.cli.running import countersign

NEW = "wyvern"
REFERENCE = "wyvern-2017-1"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Nottingham's constitution, offices and case under another name, and nothing else."""
    folder = Path(shutil.copytree(FOLDER / "nottingham", tmp_path / NEW))
    for file in folder.glob("*.toml"):
        text = file.read_text("utf-8")
        file.write_text(text.replace("nottingham", NEW).replace("Nottingham", "Wyvern"), "utf-8")
    return folder


def test_five_councils_are_in_the_demonstration() -> None:
    assert len(COUNCILS) == 5


def test_its_rules_and_its_case_are_taken_in_from_files(files: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    setting_up = ("--as", f"{NEW}/setting-up")
    for words in (
        ("calendar", "adopt", NEW, *setting_up),
        ("constitution", "adopt", files / "constitution.toml", *setting_up),
        ("offices", "adopt", files / "offices.toml", *setting_up),
        ("case", "check", files / "case.toml"),
        ("case", "run", files / "case.toml"),
    ):
        said = countersign(data, *words)
        assert (said.code, said.err) == (0, ""), said.err
    (row,) = countersign(data, "procurements", "--json").json
    assert (row["reference"], row["authority"], row["stage"]) == (REFERENCE, NEW, "Decided")
    (authority,) = countersign(data, "delegations", "--json").json
    assert authority["delegate"] == f"{NEW}/director-of-public-health"
    queue = countersign(data, "queue", "--as", f"{NEW}/democratic-services", "--json").json
    assert "complete-decision-record" in [one["do"] for one in queue]
    house = House(data / "countersign.db")
    clerk = house.rules(NEW).offices.holder(f"{NEW}/democratic-services", date(2017, 6, 14))
    assert clerk
    case = procurement_id(REFERENCE)
    decision = uuid5(case, "decision resolved")
    by = Actor(clerk, f"{NEW}/democratic-services")
    complete = CompleteDecisionRecord(
        case, decision, date(2017, 6, 13), interests="none-declared", papers=(OfPaper(1, 3),)
    )
    for command in complete, PublishDecision(case, decision):
        house.execute(command, by, uuid4())
    published = house.procurement(REFERENCE).decisions[decision]
    house.close()
    assert published.window
    assert published.effective == published.window.day_after


@pytest.mark.parametrize("path", modules("domain", "projections", "adapters", "web"), ids=name)
def test_no_code_knows_a_council(path: Path) -> None:
    """Texts in the code name no council, but for the example of a reference."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = node.value.replace("leeds-2022-1", "").casefold()
            assert not [one for one in COUNCILS if one in said], node.value
