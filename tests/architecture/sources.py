"""The program's own sources, read but not run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "adapters", "projections", "web", "countersign")


def modules(*rooms: str) -> list[Path]:
    """The Python files of these rooms."""
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8")))
