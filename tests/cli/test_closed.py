"""A closed value from a case script to the screen, and a house whose key is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.house import House
from domain.values import procurement_id
from tests.adapters.closing import kept, opened, spellings
from tests.cli.conftest import Run, digest
from tests.cli.running import countersign
from tests.cli.test_files import edited
from tests.houses import file_of

FIGURE = "731946285.13"
REFERENCE = "leeds-2022-7"
ANOTHER = ("leeds-2022-1", REFERENCE)
VALUE = 'value = { basis = "up-to", pounds = "400000" }'


def closed(figure: str) -> tuple[str, str]:
    return VALUE, f'value = {{ basis = "exempt", closed = {figure} }}'


def test_a_closed_value_in_a_script_is_kept_shown_as_closed_and_erased(
    run: Run, demo: House, tmp_path: Path
) -> None:
    folder = tmp_path / "scripts"
    folder.mkdir()
    file = edited(folder, "case.toml", ANOTHER, closed(f'"{FIGURE}"'))
    for words in (("case", "check", file), ("case", "run", file), ("case", "run", file)):
        assert run(*words).code == 0
    file.unlink()
    assert f"{demo.procurement(REFERENCE).pounds}" == FIGURE
    shown = run("show", REFERENCE, "--json")
    assert (shown.json["value"]["closed"], shown.json["value"]["pounds"]) == ("closed", None)
    told = [shown.out, run("show", REFERENCE).out, run("history", REFERENCE, "--json").out]
    told += [run("procurements", "--json").out, run("rebuild").out]
    found = [*(one.encode() for one in told), kept(demo)]
    assert [one for one in spellings(FIGURE) if any(one in each for each in found)] == []
    demo.keys.erase(procurement_id(REFERENCE))
    assert run("show", REFERENCE, "--json").json["value"]["closed"] == "erased"


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ('"1250000.001"', "steps[1].value: a closed figure is an amount in pounds and pence"),
        ("1250000", "steps[1].value.closed: should be str, not int"),
    ],
)
def test_a_closed_value_that_makes_no_sense_is_named_by_its_key_alone(
    run: Run, tmp_path: Path, figure: str, said: str
) -> None:
    file = edited(tmp_path, "case.toml", ANOTHER, closed(figure))
    answer = run("case", "check", file)
    assert (answer.code, answer.out, answer.err) == (2, "", f"{file}: {said}\n")


def test_a_house_is_not_opened_without_its_key(run: Run, demo: House) -> None:
    opened(demo)
    before, secret = digest(demo), demo.keys.file.read_text()
    for change, why in (
        (demo.keys.file.unlink, "is missing, and closed values are sealed under it: put it back"),
        (lambda: demo.keys.file.write_text("0" * 64), "put the right one back"),
        (lambda: demo.keys.file.write_text("?"), "holds no key"),
    ):
        change()
        for words in (("procurements",), ("worker",), ("run",)):
            said = run(*words)
            assert (said.code, said.out) == (2, "")
            assert why in said.err
            assert len(said.err.splitlines()) == 1
    demo.keys.file.write_text(secret)
    assert run("procurements").code == 0
    assert digest(demo) == before


def test_the_key_lies_where_the_setting_says(demo: House, tmp_path: Path) -> None:
    opened(demo)
    elsewhere = tmp_path / "safe.key"
    demo.keys.file.rename(elsewhere)
    data = file_of(demo).parent
    assert countersign(data, "procurements").code == 2
    said = countersign(data, "procurements", COUNTERSIGN_KEY_FILE=str(elsewhere))
    assert (said.code, said.err) == (0, "")
    assert not demo.keys.file.exists()
