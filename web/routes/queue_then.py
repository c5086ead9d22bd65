"""The queue as it stood at the end of a day: of the reader's posts, or of one in the council."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response

from adapters.house import House
from adapters.queue_then import TooMany, queue_then
from adapters.views import Waiting
from domain.moments import end_of
from domain.values import check_day
from domain.wording import counted, short_day
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader

router = APIRouter()
MOST = 5000
"""Cases that are read for one page: some seconds' work."""


@router.get("/queue/then")
def page(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    at: Annotated[str, Query(max_length=40)] = "",
    post: Annotated[str, Query(max_length=120)] = "",
) -> Response:
    """The queue as it stood at the end of a day, by what had been recorded by then."""
    posts = _posts(reader)
    day = _day(at, reader) if at else None
    if post and post not in posts:
        raise HTTPException(403, "You hold no post in the council of which that would be a post.")
    mine = [one.post for one in reader.seats]
    waiting = _waiting(house, [post] if post else mine, day) if day else None
    values = {
        "title": "The queue on an earlier day",
        "at": at,
        "day": day,
        "post": post,
        "posts": posts,
        "waiting": waiting,
        "ready": waiting.rows[: waiting.ready] if waiting else [],
        "later": waiting.rows[waiting.ready :] if waiting else [],
    }
    return pages_of(request).page(request, "queue_then.html", values, reader=reader)


def _posts(reader: Reader) -> Mapping[str, str]:
    """All posts of the councils in which the reader has a seat, and what they are called."""
    mine = {one.post.partition("/")[0] for one in reader.seats}
    found = [rules for name, (_, rules) in reader.rules.items() if name in mine]
    return {
        post.id: f"{post.title}, {rules.constitution.title}"
        for rules in found
        for post in rules.offices.acting
    }


def _day(at: str, reader: Reader) -> date:
    """A day that is over or going on in all of the reader's councils."""
    try:
        day = date.fromisoformat(at)
        check_day(day)
    except ValueError:
        said = f"“{at}” is no day that exists; write 2022-11-14."
        raise HTTPException(422, said) from None
    today = max((one for one, _ in reader.rules.values()), default=day)
    if day > today:
        said = f"{short_day(day)} is still to come: nothing is known of it yet."
        raise HTTPException(422, said)
    return day


def _waiting(house: House, posts: list[str], day: date) -> Waiting:
    try:
        return queue_then(house, posts, end_of(day), MOST)
    except TooMany:
        said = f"More than {counted(MOST, 'case')} would have to be read for this page. "
        said += "The command line has no such limit: countersign queue --as POST --at DAY."
        raise HTTPException(422, said) from None
