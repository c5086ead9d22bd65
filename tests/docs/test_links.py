"""What the documentation points at is there, and what it tells people to type works."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import typer

from countersign.cli import app
from countersign.settings import Settings
from tests.docs.pages import PAGES, ROOT, code, in_language, name, prose, text

LINK = re.compile(r"\]\(([^)\s]+)\)")
TARGETS = set(re.findall(r"(?m)^([a-z]+):", text(ROOT / "Makefile")))
ROOMS = ("domain/", "projections/", "adapters/", "web/", "countersign/", "docs/", "tests/")
MADE = ("web/static/vendor",)
WRITTEN = ROOT / "docs/how-to/add-an-event.md"
"""The guide whose paths are made by following it: its own test does."""
NEVER = (
    "immutable",
    "tamper-proof",
    "tamperproof",
    "exactly once",
    "blockchain",
    "/work",
    "../shared",
)

every_page = pytest.mark.parametrize("document", PAGES, ids=name)


def anchors(page: Path) -> set[str]:
    """The places in a page that a link may lead to."""
    headings = re.findall(r"(?m)^#+ (.+)$", text(page))
    plain = [re.sub(r"[^\w\- ]", "", one.lower()) for one in headings]
    return {one.replace(" ", "-") for one in plain}


@every_page
def test_a_link_leads_somewhere(document: Path) -> None:
    for link in LINK.findall(prose(document)):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), f"{link}: there is no such file"
        assert not anchor or anchor in anchors(target), f"{link}: there is no such heading"


@every_page
def test_what_make_is_asked_for_is_a_target(document: Path) -> None:
    asked = [one.split()[1] for one in code(document) if re.match(r"make [a-z]", one)]
    assert [one for one in asked if one not in TARGETS] == []


@every_page
def test_a_command_line_is_one_that_the_program_takes(document: Path) -> None:
    for line in code(document):
        if not line.startswith("countersign "):
            continue
        words, command = line.split()[1:], typer.main.get_command(app)
        while words and isinstance(command, typer.core.TyperGroup):
            assert words[0] in command.commands, f"{line}: there is no such command"
            command = command.commands[words.pop(0)]
        known = {option for one in command.params for option in one.opts}
        assert [one for one in words if one.startswith("--") and one not in known] == [], line


@every_page
def test_a_setting_is_one_of_the_settings(document: Path) -> None:
    known = {f"COUNTERSIGN_{one.upper()}" for one in Settings.model_fields}
    assert set(re.findall(r"COUNTERSIGN_[A-Z_]+", text(document))) <= known


@every_page
def test_a_path_of_the_repository_exists(document: Path) -> None:
    paths = [one for one in code(document) if one.startswith(ROOMS) and " " not in one]
    if document != WRITTEN:
        assert [
            one for one in paths if not one.startswith(MADE) and not (ROOT / one).exists()
        ] == []


@every_page
def test_toml_can_be_read(document: Path) -> None:
    for block in in_language(document, "toml"):
        tomllib.loads(block)


@every_page
def test_nothing_is_said_that_no_program_can_promise(document: Path) -> None:
    said = text(document).lower()
    assert [one for one in NEVER if one in said] == []
