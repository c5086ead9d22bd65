"""The guide to adding an event is followed to the letter, in a copy of the repository."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.docs.pages import DOCS, ROOT, blocks, text

GUIDE = DOCS / "how-to" / "add-an-event.md"
ROOMS = ("domain", "projections", "adapters", "web", "countersign", "docs", "tests")
NOT_COPIED = shutil.ignore_patterns("__pycache__", "vendor", "test_add_an_event.py", "browser")
GREEN = (
    "tests/golden",
    "tests/architecture",
    "tests/domain/test_reviews.py",
    "tests/web/test_reviews.py",
    "tests/docs/test_reference.py",
)
"""What has to pass in the end."""
Lines = list[str]


def replaced(lines: Lines, n: int, code: Lines) -> Lines:
    return [*lines[:n], *code, *lines[n + 1 :]]


def after(lines: Lines, n: int, code: Lines) -> Lines:
    return [*lines[: n + 1], *code, *lines[n + 1 :]]


def before(lines: Lines, n: int, code: Lines) -> Lines:
    return [*lines[:n], *code, *lines[n:]]


HOW: dict[str, Callable[[Lines, int, Lines], Lines]] = {
    "after": after,
    "before": before,
    "instead of": replaced,
}


class Edit(NamedTuple):
    """What the guide tells its reader to do with one block."""

    step: int
    intro: str
    code: str

    def apply(self, root: Path) -> None:
        if new := re.fullmatch(r"New file `(.+)`:", self.intro):
            file = root / new[1]
            assert not file.exists(), f"{self.intro} it is there"
            file.write_text(self.code, "utf-8")
        elif end := re.fullmatch(r"At the end of `(.+)`:", self.intro):
            file = root / end[1]
            space = "\n\n\n" if file.suffix == ".py" else "\n\n"
            file.write_text(f"{text(file).rstrip()}{space}{self.code}", "utf-8")
        else:
            self._change(root)

    def _change(self, root: Path) -> None:
        asked = re.fullmatch(r"In `(.+?)`, (after|before|instead of) the line `(.+)`:", self.intro)
        assert asked, f"nobody knows what to do with the block after “{self.intro}”"
        file, how, line = root / asked[1], HOW[asked[2]], asked[3]
        lines = text(file).splitlines()
        assert lines.count(line) == 1, f"{asked[1]} has {lines.count(line)} such lines: {line}"
        found = how(lines, lines.index(line), self.code.splitlines())
        file.write_text("\n".join(found) + "\n", "utf-8")


def edits() -> list[Edit]:
    """Every block of the guide, with the number of the step that it belongs to."""
    parts = re.findall(r"(?ms)^## (\d+)\. (.*?)(?=^## |\Z)", text(GUIDE))
    return [Edit(int(n), one.intro, one.code) for n, part in parts for one in blocks(part)]


class Copy:
    """The repository in a place of its own, where the guide is followed step by step."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for room in ROOMS:
            shutil.copytree(ROOT / room, root / room, ignore=NOT_COPIED)
        for file in ("pyproject.toml", "README.md", "CHANGELOG.md", "Makefile"):
            shutil.copy(ROOT / file, root)
        (root / "web/static/vendor").mkdir(exist_ok=True)

    def follow(self, *steps: int) -> None:
        for one in edits():
            if one.step in steps:
                one.apply(self.root)

    def run(self, *module: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *module], cwd=self.root, capture_output=True, text=True
        )

    def tests(self, *paths: str) -> tuple[bool, str]:
        """Whether they pass, and what they say."""
        done = self.run("pytest", "-q", "-x", "-p", "no:cacheprovider", *paths)
        return done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("followed"))


def test_the_guide_leads_from_complaints_to_green(copy: Copy) -> None:
    copy.follow(1, 2, 3, 4)
    passes, said = copy.tests("tests/golden")
    assert not passes
    assert "contract-reviewed/1 has no golden example contract-reviewed-1.json" in said

    copy.follow(5)
    assert "made" in copy.run("tests.golden.make").stdout
    assert "contract-reviewed/1" in text(copy.root / "tests/golden/contract-reviewed-1.json")
    passes, said = copy.tests("tests/golden")
    assert not passes
    assert "contract-reviewed/1 has no sentence in projections/sentences.py" in said

    copy.follow(6, 7, 8, 9)
    passes, said = copy.tests("tests/docs/test_reference.py")
    assert not passes
    assert "run `make docs`" in said

    assert "Wrote events.md" in copy.run("countersign.docs").stdout
    passes, said = copy.tests(*GREEN)
    assert passes, said


def test_every_block_of_the_guide_is_applied() -> None:
    steps = [one.step for one in edits()]
    assert steps == sorted(steps)
    assert {*steps} == {*range(1, 10)}
