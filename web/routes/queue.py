"""My queue: what waits for the posts that the reader holds."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from adapters.house import House
from web.drawn import Drawn
from web.pages import pages_of
from web.reader import TheHouse, TheReader

router = APIRouter()
PAGE = 50
PATIENCE = 1.0
"""How many seconds the page waits for the queue to take in what was just recorded."""
LOOKS_AGAIN = "looks-again"
"""The header of an open page that was told to look again: it will be told of what comes later."""


@router.get("/queue")
def queue(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    seen, behind = _seen(house, 0 if LOOKS_AGAIN in request.headers else PATIENCE)
    days = {name: today for name, (today, _) in reader.rules.items()}
    posts = [one.post for one in reader.seats]
    waiting = house.views.queue(posts, days, (page - 1) * PAGE, PAGE)
    drawn: Drawn = request.app.state.drawn
    items = drawn.rows(waiting.rows, reader.rules)
    at = sum(not one.later for one in waiting.rows)
    values = {
        "title": "My queue" if page == 1 else f"My queue, page {page}",
        "ready": items[:at],
        "later": items[at:],
        "counts": waiting,
        "page": page,
        "pages": -(-(waiting.ready + waiting.later) // PAGE),
        "behind": behind,
        "seen": seen,
    }
    return pages_of(request).page(request, "queue.html", values, reader=reader)


def _seen(house: House, patience: float) -> tuple[int, int]:
    """How far the queue has come, and how many events it has not taken in after a while."""
    runner = house.runners["queue"]
    if not patience:
        return runner.position(), 0
    end, until = house.log.last_position(), time.monotonic() + patience
    while (position := runner.position()) < end and time.monotonic() < until:
        time.sleep(0.02)
    return position, max(0, end - position)
