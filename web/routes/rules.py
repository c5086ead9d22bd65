"""The rules that refusals cite, and each council's own."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from fastapi import APIRouter, Request, Response

from domain.authority import Authority, Rules
from domain.constitution import Constitution
from projections.rulebook import Change, compare
from web.pages import pages_of
from web.reader import TheHouse, TheReader
from web.routes.calendars import calendar_seat
from web.routes.proposals import seat_for

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
    histories = {
        one.constitution.authority: history(house.authority(one.constitution.authority), one)
        for one in councils
    }
    mine = {one.constitution.authority for one in councils if seat_for(one, reader)}
    values = {
        "title": "Rules",
        "rules": rule_list(),
        "councils": councils,
        "histories": histories,
        "offices": {name: house.authority(name).offices[::-1] for name in histories},
        "mine": mine,
        "keeps": {one.constitution.authority for one in councils if calendar_seat(one, reader)},
    }
    return pages_of(request).page(request, "rules.html", values, reader=reader)


def history(authority: Authority, rules: Rules) -> list[tuple[Constitution, list[Change]]]:
    """The versions, latest first, each with how it differs from the one before it."""
    versions = authority.versions
    title = rules.offices.title
    pairs = pairwise(versions)
    later = [(one, compare(before, one, title)) for before, one in pairs]
    return [*reversed(later), (versions[0], [])]
