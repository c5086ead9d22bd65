"""The guides are true: what they show is read, run and followed here."""

from __future__ import annotations

import html
import re
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.house import House
from countersign.case_script import read_case, run_case
from countersign.cli import app
from countersign.commands.rulebooks import read_rules
from countersign.docs import run_example
from domain.acts import next_acts
from domain.agenda import Agenda
from domain.call_in_rule import CallIn, Requesters, Urgency
from domain.clearance_rule import ClearanceRule
from domain.constitution import (
    Constitution,
    DecisionClass,
    Duty,
    Gateway,
    KeyThreshold,
    Planning,
    Route,
    Separation,
)
from domain.offices import Meetings
from domain.plan import Plan
from domain.reading import read
from projections.rulebook import compare
from projections.standing import context_at, stage
from tests.copying import copied
from tests.docs.pages import DOCS, ROOT, in_language, text
from tests.scenario import texts
from tests.web.conftest import Browser
from tests.web.journey import answers
from web.forms import FORMS
from web.links import link_to

HOW_TO = DOCS / "how-to"
EXAMPLES = sorted((DOCS / "examples").glob("*.toml"))
RULES = (
    Agenda,
    Constitution,
    Gateway,
    DecisionClass,
    Route,
    KeyThreshold,
    CallIn,
    Requesters,
    Urgency,
    ClearanceRule,
    Planning,
    Separation,
    Duty,
)
LEEDS = "leeds-2022-1"
FILLED = {
    "take-decision": answers(),
    "record-evaluation": {
        "panel": "The team",
        "tenderer-1": "Northmoor",
        "price-1": "380000",
        "score-1-1": "80",
        "score-1-2": "70",
    },
    "send-award-notices": {"means": "electronic"},
    "put-up-report": {"body": "It is time.", "option-1": "Stop", "why-1": "It would be lost."},
}
"""What the guide leaves to the reader to make up."""


def test_the_constitution_of_the_guide_passes_the_check() -> None:
    whole = "\n".join(in_language(HOW_TO / "write-a-constitution.md", "toml"))
    found = read_rules(whole)
    assert found.title == "Eastmere Borough Council"
    assert found.route("gateway-1", "key", None).decided_by == "eastmere/cabinet"
    keys = {field for kind in RULES for field in kind.__struct_fields__}
    said = ("{key} =", "[{key}]", ".{key}]")
    assert [key for key in keys if not any(one.format(key=key) in whole for one in said)] == []


def test_the_case_of_the_guide_runs_with_the_irregularity_that_it_announces(
    demo: House, tmp_path: Path
) -> None:
    script = read_case(_case(tmp_path))
    run_case(demo, script)
    (noted,) = demo.procurement(script.reference).irregularities
    assert noted.irregularity.rule == "P7"
    assert "more than the procurement's value" in noted.irregularity.reason


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda one: one.stem)
def test_an_example_case_runs_without_any_irregularity(demo: House, file: Path) -> None:
    script = read_case(file)
    run_example(demo, script)
    case = demo.procurement(script.reference)
    assert case.version == len(script.steps)
    assert case.irregularities == ()


def test_the_demonstration_goes_as_its_table_says(web: Browser) -> None:
    table = re.findall(r"(?m)^\| (\d.+?) \| (.+?) \| (.+?) \|$", text(HOW_TO / "try-the-demo.md"))
    assert len(table) == 12
    for day, who, choose in table:
        _turn_to(web.house, day)
        _do(web, who, choose)
    assert stage(web.house.procurement(LEEDS)) == "Contract signed, phase 2 under way"


def _turn_to(house: House, day: str) -> None:
    """Moves the clock as the button does that leads to the next date."""
    wanted = datetime.strptime(day, "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone
    today = house.clocks.today("leeds")
    if wanted != today:
        assert house.views.next_date("leeds", today) == wanted
        house.clocks.forward("leeds", (wanted - today).days)


def _do(web: Browser, who: str, choose: str) -> None:
    rules, case = web.house.rules("leeds"), web.house.procurement(LEEDS)
    (post,) = [one.id for one in rules.offices.posts if one.title == who]
    context = context_at(case, rules, web.house.clocks.today("leeds"))
    (act,) = [
        one for one in next_acts(case, context) if one.title.startswith(choose) and one.awaited
    ]
    assert act.refusals == ()
    assert post in act.posts
    answer = web.sign_in(post).fill(link_to(LEEDS, act.do, act.subject), **FILLED.get(act.do, {}))
    assert answer.status_code == 200, html.unescape(answer.text)
    assert web.house.procurement(LEEDS).version == case.version + 1


def test_the_page_of_2017_has_what_the_guide_names(web: Browser) -> None:
    page = html.unescape(web.sign_in("leeds/visiting-auditor").get(PAGE_OF_2017).text)
    for heading in re.findall(r"(?m)^- \*\*(.+?)\*\*", _herefordshire()):
        assert f">{heading}</h2>" in page
    for said in "No notice of this key decision", "legal ground", "£154,203", "22 December 2017":
        assert said in page
    assert len(web.house.procurement("herefordshire-2017-1").irregularities) == 4


PAGE_OF_2017 = "/procurements/herefordshire-2017-1"


def _herefordshire() -> str:
    return text(HOW_TO / "try-the-demo.md").partition("## Herefordshire")[2]


def test_every_line_that_the_guides_tell_people_to_type_works(
    demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "var").mkdir()
    copied(demo_file, tmp_path / "var")
    _case(tmp_path)
    rules = "\n".join(in_language(HOW_TO / "write-a-constitution.md", "toml"))
    (tmp_path / "eastmere.toml").write_text(rules, "utf-8")
    _plan(tmp_path)
    (tmp_path / "proposal.toml").write_text(_proposal(), "utf-8")
    lines = [
        line.partition("#")[0].split()[1:]
        for page in sorted(HOW_TO.glob("*.md"))
        for block in in_language(page, "sh")
        for line in block.splitlines()
        if line.startswith("countersign ")
    ]
    assert len(lines) >= 10
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERSIGN_DATA", raising=False)
    for words in lines:
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, f"{words}: {done.exception}"


def test_the_guide_to_a_change_shows_what_the_comparison_says() -> None:
    (shown,) = re.findall(r"(?m)^> (.+?)…", text(HOW_TO / "change-the-constitution.md"))
    before, after = read_rules(_proposal(old=True)), read_rules(_proposal())
    (said,) = [one.sentence for one in compare(before, after, str)]
    assert said.startswith(shown)


def _proposal(*, old: bool = False) -> str:
    """The rules of Herefordshire, with the day of publication no longer counted itself."""
    rules, _ = texts("herefordshire")
    if old:
        return rules
    counted = rules.replace("first_day_counts = true", "first_day_counts = false")
    return counted.replace('version = "herefordshire-2017"', 'version = "herefordshire-2018"')


def _case(folder: Path) -> Path:
    """The case of the guide, saved as the guide says."""
    (folder / "paper.md").write_text("Any text", "utf-8")
    file = folder / "case.toml"
    file.write_text("\n".join(in_language(HOW_TO / "write-a-case.md", "toml")), "utf-8")
    return file


def _plan(folder: Path) -> Path:
    """The plan of the guide, saved as the guide says."""
    file = folder / "plan.toml"
    file.write_text("\n".join(in_language(HOW_TO / "plan-from-the-end-date.md", "toml")), "utf-8")
    return file


def test_the_timetables_of_the_guide_are_told_as_it_shows_them(
    demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERSIGN_DATA", str(copied(demo_file, tmp_path).parent))
    guide = HOW_TO / "plan-from-the-end-date.md"
    case, late = in_language(guide, "text")
    told = CliRunner().invoke(app, ["timetable", LEEDS]).output
    assert case in told
    said = CliRunner().invoke(app, ["timetable", "--plan", str(_plan(tmp_path))]).output
    assert [line for line in late.splitlines() if line not in said] == []


def test_the_guide_explains_every_key_of_a_plan() -> None:
    table = text(HOW_TO / "plan-from-the-end-date.md").partition("| Key |")[2]
    assert [one for one in Plan.__struct_fields__ if f"`{one}`" not in table] == []


def test_the_meetings_of_the_guide_can_be_read() -> None:
    (said,) = in_language(HOW_TO / "write-a-constitution.md", "text")
    (meetings,) = tomllib.loads(said)["meetings"]
    assert read(meetings, Meetings).body == "eastmere/cabinet"


def test_what_the_readme_calls_missing_is_missing() -> None:
    missing = text(ROOT / "README.md").partition("## Not yet")[2]
    assert ("opening a procurement from the page" in missing) == ("open-procurement" not in FORMS)
    groups = {one.name for one in app.registered_groups}
    assert ("adopting a calendar" in missing) == ("calendar" not in groups)
