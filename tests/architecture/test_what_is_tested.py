"""Every rule and every scenario that the rules were written for has a test that names it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT

RULES = tomllib.loads((ROOT / "domain" / "rules.toml").read_text("utf-8"))["rule"]
IDS = [rule["id"] for rule in RULES]
GROUPS = {"L": 3, "D": 11, "G": 6, "P": 9, "E": 4, "T": 4}
"""How many rules there are of each kind, besides the product's own two."""
SCENARIOS = range(1, 26)
TESTS = [one for one in (ROOT / "tests").rglob("*.py") if one != Path(__file__)]


def names() -> Iterator[str]:
    for path in TESTS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield node.name


def asserted() -> Iterator[str]:
    """Texts that stand in the code of a test: what a refusal is held against."""
    for path in TESTS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


NUMBERED = {
    number
    for name in names()
    for first, last in re.findall(r"test_scenarios?_(\d+)(?:_to_(\d+))?_", name)
    for number in range(int(first), int(last or first) + 1)
}
CITED = {one for text in asserted() for one in re.findall(r"\b[A-Z]\d{1,2}\b", text)}


def test_the_list_of_rules_is_whole() -> None:
    expected = {f"{kind}{n}" for kind, most in GROUPS.items() for n in range(1, most + 1)}
    assert set(IDS) == expected | {"C1", "C2", "C3"}


def test_every_rule_is_cited_by_a_test() -> None:
    assert set(IDS) - CITED == set()


def test_every_scenario_is_a_test_by_its_number() -> None:
    assert set(SCENARIOS) - NUMBERED == set()
