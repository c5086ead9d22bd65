"""My queue: what waits for the posts that the reader holds."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import Row

from adapters.house import House
from domain.authority import Rules
from domain.refusals import Refused
from domain.shortenings import warning
from domain.timetable import pressing
from web.links import home_of, link_to
from web.pages import pages_of
from web.reader import TheHouse, TheReader
from web.routes.procurements import opened

router = APIRouter()
PATIENCE = 1.0
"""How many seconds the page waits for the queue to take in what was just recorded."""
LOOKS_AGAIN = "looks-again"
"""The header of an open page that was told to look again: it will be told of what comes later."""


@router.get("/queue")
def queue(request: Request, house: TheHouse, reader: TheReader) -> Response:
    behind = 0 if LOOKS_AGAIN in request.headers else _behind(house)
    seen = house.runners["queue"].position()
    rows = house.queue([one.post for one in reader.seats])
    today = house.clocks.days({one.authority for one in rows})
    rules = {name: house.rules(name, day) for name, day in today.items()}
    items = [_shown(house, one, rules[one.authority], today[one.authority]) for one in rows]
    values = {
        "title": "My queue",
        "ready": [one for one in items if not one["later"]],
        "later": [one for one in items if one["later"]],
        "behind": behind,
        "seen": seen,
    }
    return pages_of(request).page(request, "queue.html", values, reader=reader)


def _shown(house: House, row: Row[Any], rules: Rules, today: date) -> dict[str, Any]:
    return {
        "row": row,
        "id": re.sub(r"\W+", "-", "-".join(map(str, ("row", *row[:4])))),
        "link": link_to(row.reference, row.do, row.subject),
        "home": home_of(row.reference, row.do),
        "later": not ready(row, today),
        "overdue": row.due is not None and row.due < today,
        "today": row.due == today,
        "warning": warned(house, row, rules, today),
        "post": rules.offices.title(row.post),
    }


def ready(row: Row[Any], today: date) -> bool:
    """Whether what waits can be done today."""
    return not row.waits_for and (row.opens is None or row.opens <= today)


def warned(house: House, row: Any, rules: Rules, today: date) -> str:
    """What is said where the last day for a start in time has passed or is close, else nothing."""
    if row.last is None or not pressing(row.last, today, rules.calendar):
        return ""
    with suppress(Refused):
        return warning(row.last, *opened(house, row.reference))
    return ""


def _behind(house: House) -> int:
    """How many events the queue has not taken in yet, after waiting for it a moment."""
    end, until = house.log.last_position(), time.monotonic() + PATIENCE
    while (position := house.runners["queue"].position()) < end and time.monotonic() < until:
        time.sleep(0.02)
    return max(0, end - position)
