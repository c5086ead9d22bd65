"""What a case script may not do: read beyond its folder, or record what has yet to come."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from adapters.house import House
from countersign.case_script import Place, read_case, run_case
from countersign.demo.load import FOLDER, adopt
from domain.case_command import ProcurementCommand
from domain.messages import by_tag
from domain.reading import Mistaken
from domain.undertakings import outstanding

LEEDS = FOLDER / "leeds"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A copy of the Leeds case with its papers, in a folder of its own."""
    folder = Path(shutil.copytree(LEEDS, tmp_path / "leeds"))
    (tmp_path / "secret.md").write_text("Not for this case", "utf-8")
    return folder / "case.toml"


@pytest.mark.parametrize("leading_out", ["../secret.md", "papers/../../secret.md", "{absolute}"])
def test_a_paper_lies_beneath_the_folder_of_its_script(
    script: Path, tmp_path: Path, leading_out: str
) -> None:
    file = leading_out.format(absolute=tmp_path / "secret.md")
    _edit(script, "papers/equality.md", file)
    _refused(script, "leads out of the script's folder")


def test_a_link_does_not_lead_out_of_the_folder_either(script: Path, tmp_path: Path) -> None:
    (script.parent / "papers" / "equality.md").unlink()
    (script.parent / "papers" / "equality.md").symlink_to(tmp_path / "secret.md")
    _refused(script, "leads out of the script's folder")


def test_a_step_that_has_yet_to_come_is_a_mistake(script: Path, house: House) -> None:
    read = read_case(script)
    house.clocks.start("leeds", date(2022, 11, 10))
    adopt(house, "leeds", LEEDS)
    before = house.log.last_position()
    with pytest.raises(Mistaken) as caught:
        run_case(house, read)
    said = [f"{one.where}: {one.what}" for one in caught.value.mistakes]
    assert "steps[2]: 11 November 2022 has not come yet" in said
    assert house.log.last_position() == before


def test_a_report_names_what_it_reports_back_as_the_script_does(script: Path, house: House) -> None:
    undertaken = (
        '[[steps]]\ndo = "record-undertaking"\nby = "leeds/democratic-services"\n'
        'on = 2022-11-11\nwhere = "the minutes"\nundertaking = "the-report"\n'
        'what = "a report"\nofficer = "leeds/commissioning-officer"\n'
        'to = "leeds/director-of-adults-and-health"\n\n'
    )
    put_up = '[[steps]]\ndo = "put-up-report"\n'
    _edit(script, put_up, f'{undertaken}{put_up}reports_back = "the-report"\n')
    read = read_case(script)
    house.clocks.start("leeds", date(2022, 11, 14))
    adopt(house, "leeds", LEEDS)
    run_case(house, read)
    case = house.procurement(read.reference)
    assert len(case.undertakings) == 1
    assert outstanding(case) == []


def test_no_command_has_a_field_that_a_step_needs_for_itself() -> None:
    kinds = by_tag(ProcurementCommand).values()
    taken = {"do", *Place.__struct_fields__}
    assert [one.__name__ for one in kinds if taken & set(one.__struct_fields__)] == []


def _edit(script: Path, old: str, new: str) -> None:
    text = script.read_text("utf-8")
    assert old in text
    script.write_text(text.replace(old, new), "utf-8")


def _refused(script: Path, said: str) -> None:
    with pytest.raises(Mistaken) as caught:
        read_case(script)
    assert said in [one.what for one in caught.value.mistakes]
