"""The project's documentation, read as the tests need it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
HOW_TOS = sorted((DOCS / "how-to").glob("*.md"))


class Block(NamedTuple):
    """A fenced block, with the last line of prose before it."""

    intro: str
    language: str
    code: str


def text(page: Path) -> str:
    return page.read_text("utf-8")


def name(page: Path) -> str:
    """What a test calls a page."""
    return str(page.relative_to(ROOT))


def blocks(markdown: str) -> list[Block]:
    found = re.findall(r"(?ms)^([^\n]*)\n+```(\w*)\n(.*?)^```$", markdown)
    return [Block(*one) for one in found]


def in_language(page: Path, language: str) -> list[str]:
    return [one.code for one in blocks(text(page)) if one.language == language]


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return re.sub(r"(?ms)^```.*?^```$", "", text(page))


def code(page: Path) -> list[str]:
    """Everything that the page sets as code: spans of a line, and lines of shell blocks."""
    spans: list[str] = re.findall(r"`([^`\n]+)`", prose(page))
    shell = "".join(in_language(page, "sh"))
    lines = [one.partition("#")[0].strip() for one in shell.splitlines()]
    return [*spans, *filter(None, lines)]
