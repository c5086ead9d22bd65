"""What many threads read at once is known to the library from the start."""

from __future__ import annotations

import ast

from tests.architecture.sources import modules, nodes

ROOMS = ("domain", "adapters", "projections", "web")
ITSELF = "domain/reading.py"


def read_as() -> set[str]:
    """What is read in the page's processes, by the names that stand in the calls."""
    found = set()
    for path in modules(*ROOMS):
        if path.match(ITSELF):
            continue
        for node in nodes(path):
            match node:
                case (
                    ast.Call(func=ast.Name(id="read" | "converted"), args=[_, kind, *_])
                    | ast.Call(func=ast.Attribute(attr="convert"), args=[_, kind, *_])
                ):
                    found.add(ast.unparse(kind))
    return found


def learned() -> set[str]:
    """The names of what the library learns when a module is imported."""
    found = set()
    for path in modules(*ROOMS):
        for node in ast.parse(path.read_text("utf-8")).body:
            match node:
                case ast.Assign(
                    targets=[ast.Name(id=one)], value=ast.Call(func=ast.Name("learned"))
                ):
                    found.add(one)
    return found


def test_every_kind_that_threads_may_read_at_once_was_learned_before() -> None:
    assert {"CONSTITUTION", "OFFICES"} <= read_as() <= learned()
