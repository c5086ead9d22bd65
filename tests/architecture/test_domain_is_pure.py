"""The domain computes: it knows no clock, no file, no framework and nothing of ours above it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import modules, name, nodes

ALLOWED = sys.stdlib_module_names | {"msgspec", "domain"}
IMPURE = {
    "breakpoint", "eval", "exec", "input", "open", "print",
    "now", "today", "utcnow", "uuid1", "uuid4", "localtime", "monotonic", "time",
    "read_text", "write_text", "read_bytes", "write_bytes", "getenv", "urandom",
}  # fmt: skip


def imported(path: Path) -> Iterator[str]:
    """The top of every module that is imported."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield (node.module or "").partition(".")[0]


def called(path: Path) -> Iterator[str]:
    """The last part of the name of everything that is called: ``now`` of ``datetime.now()``."""
    for node in nodes(path):
        match node:
            case ast.Call(func=ast.Name(id=last)) | ast.Call(func=ast.Attribute(attr=last)):
                yield last


@pytest.mark.parametrize("path", modules("domain"), ids=name)
def test_the_domain_imports_the_standard_library_msgspec_and_itself(path: Path) -> None:
    assert set(imported(path)) - ALLOWED == set()


@pytest.mark.parametrize("path", modules("domain"), ids=name)
def test_the_domain_asks_no_clock_and_touches_no_file(path: Path) -> None:
    assert set(called(path)) & IMPURE == set()


def test_imports_and_calls_are_found_at_all() -> None:
    found = modules("domain")
    assert {"msgspec", "domain", "datetime"} <= {one for path in found for one in imported(path)}
    assert {"replace", "Refusal"} <= {one for path in found for one in called(path)}
