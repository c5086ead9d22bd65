"""The reference pages say what the code says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from domain.endpoints import EndpointEvent
from domain.messages import Event, by_tag
from domain.published import ABOUT_ENDPOINTS, PUBLISHED
from tests.docs.pages import DOCS, ROOT, text
from web.forms import FORMS

AUTHORITY = {
    "constitution-adopted/1",
    "offices-adopted/1",
    "calendar-adopted/1",
    "calendar-corrected/1",
    "authority-notice-published/1",
    "periods-recounted/1",
}
"""Recorded by what an authority adopts, not by a step of a case."""
BALANCES = {
    "authority-delegated/1",
    "authority-exercised/1",
    "budget-drawn/1",
    "drawing-given-back/1",
}
"""Recorded in streams of their own only: beside them the procurement has what was decided."""
NAMES = ("commands", "events", "parts", "routes", "rules", "settings", "states", "webhooks")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as they are made now, in a process that has seen no test's own events."""
    folder = tmp_path_factory.mktemp("reference")
    subprocess.run([sys.executable, "-m", "countersign.docs", folder], check=True, cwd=ROOT)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_a_reference_page_is_what_the_code_says(made: Path, name: str) -> None:
    kept, now = DOCS / "reference" / f"{name}.md", made / f"{name}.md"
    assert text(kept) == text(now), f"{name}.md is out of date: run `make docs`"


def test_no_reference_page_is_left_over(made: Path) -> None:
    kept = {one.name for one in (DOCS / "reference").iterdir()}
    pages = {f"{name}.md" for name in NAMES}
    assert kept == {one.name for one in made.iterdir()} == {*pages, "schemas"}


def test_what_is_told_has_a_schema_for_each_type(made: Path) -> None:
    kept = {one.name: text(one) for one in (DOCS / "reference" / "schemas").iterdir()}
    assert kept == {one.name: text(one) for one in (made / "schemas").iterdir()}
    assert kept.keys() == {f"{name}.json" for name in (*PUBLISHED, *ABOUT_ENDPOINTS)}


def test_every_event_of_a_procurement_is_in_the_example_cases() -> None:
    told = text(DOCS / "reference" / "states.md")
    ours = {tag for tag, one in by_tag(Event).items() if one.__module__.startswith("domain.")}
    of_cases = ours - AUTHORITY - BALANCES - {*by_tag(EndpointEvent)}
    assert [one for one in sorted(of_cases) if one not in told] == []


def test_every_form_makes_a_command_of_the_reference() -> None:
    told = text(DOCS / "reference" / "commands.md")
    assert [act for act in FORMS if f"## `{act}`" not in told] == []
