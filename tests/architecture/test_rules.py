"""Every rule that the domain cites is written down."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.refusals import ABSOLUTE
from tests.architecture.sources import ROOT, modules, name, nodes

RULES = tomllib.loads((ROOT / "domain" / "rules.toml").read_text("utf-8"))["rule"]
IDS = [rule["id"] for rule in RULES]
DOMAIN = modules("domain")
CITATION = re.compile(r"\b[A-Z]\d{1,2}\b")


def refusals(path: Path) -> Iterator[ast.expr]:
    """What stands where a refusal names its rule."""
    for node in nodes(path):
        match node:
            case ast.Call(func=ast.Name(id="Refusal"), args=[rule, *_]):
                yield rule


def prose(path: Path) -> Iterator[str]:
    """Docstrings, also those of fields, and comments."""
    for node in nodes(path):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield text
    yield from re.findall(r"(?m)(?:^|\s)# .*$", path.read_text("utf-8"))


def test_a_rule_has_an_id_of_its_own() -> None:
    assert len(set(IDS)) == len(IDS)
    assert all(re.fullmatch(r"[A-Z]\d{1,2}", one) for one in IDS)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_says_what_it_is_and_where_it_comes_from(rule: dict[str, object]) -> None:
    assert rule.keys() == {"id", "title", "says", "source", "standing", "verified"}
    assert all(value != "" for value in rule.values())
    assert rule["standing"] in ("law", "practice", "policy", "product")
    assert isinstance(rule["verified"], bool)


def test_the_rules_that_stop_imports_are_the_products_own() -> None:
    assert {rule["id"] for rule in RULES if rule["id"] in ABSOLUTE} == ABSOLUTE
    assert {rule["standing"] for rule in RULES if rule["id"] in ABSOLUTE} == {"product"}


@pytest.mark.parametrize("path", DOMAIN, ids=name)
def test_a_refusal_names_a_rule_that_is_written_down(path: Path) -> None:
    cited = [one.value if isinstance(one, ast.Constant) else one for one in refusals(path)]
    assert [one for one in cited if one not in IDS] == []


@pytest.mark.parametrize("path", DOMAIN, ids=name)
def test_a_docstring_cites_rules_that_are_written_down(path: Path) -> None:
    cited = {rule for text in prose(path) for rule in CITATION.findall(text)}
    assert cited - set(IDS) == set()


def test_refusals_and_citations_are_found_at_all() -> None:
    assert sum(len(list(refusals(path))) for path in DOMAIN) > 80
    assert {"D2", "D10", "P4", "E4"} < {
        rule for path in DOMAIN for text in prose(path) for rule in CITATION.findall(text)
    }
