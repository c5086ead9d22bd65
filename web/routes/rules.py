"""The rules that refusals cite, and each council's own."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request, Response

from web.pages import pages_of
from web.reader import TheHouse, TheReader

router = APIRouter()


@cache
def rule_list() -> list[dict[str, Any]]:
    """The project's own list of rules."""
    text = (files("domain") / "rules.toml").read_text("utf-8")
    rules: list[dict[str, Any]] = tomllib.loads(text)["rule"]
    return rules


@router.get("/rules")
def rules(request: Request, house: TheHouse, reader: TheReader) -> Response:
    councils = [house.rules(name) for name in house.views.authorities()]
    values = {"title": "Rules", "rules": rule_list(), "councils": councils}
    return pages_of(request).page(request, "rules.html", values, reader=reader)
