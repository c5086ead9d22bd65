"""The trail: every event of every council in a sentence, adoptions of rules included."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from web.pages import pages_of
from web.reader import TheHouse, TheReader

router = APIRouter()
PAGE = 100


@router.get("/trail")
def trail(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    rows = house.views.latest(PAGE + 1, before)
    names = house.views.authorities()
    titles = {post.id: post.title for name in names for post in house.rules(name).offices.posts}
    values = {
        "title": "Trail",
        "rows": rows[:PAGE],
        "older": rows[PAGE - 1].position if len(rows) > PAGE else None,
        "titles": titles,
        "councils": {name: house.rules(name).constitution.title for name in names},
    }
    return pages_of(request).page(request, "trail.html", values, reader=reader)
