"""A procurement replayed: as it stood at an event or a moment, and what had changed since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response

from adapters.house import House
from adapters.looking_back import Then, at_moment, at_version, compared
from domain.moments import end_of, read_moment
from domain.values import authority_of
from domain.wording import short_day
from projections.fact import Fact
from projections.looking_back import entry
from web.links import replay_at
from web.pages import clocked, pages_of
from web.reader import TheHouse, TheReader

router = APIRouter()
Number = Annotated[int | None, Query(ge=0, le=2**31)]
Written = Annotated[str, Query(max_length=40)]


@router.get("/procurements/{reference}/replay")
def replay(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    reference: str,
    version: Number = None,
    at: Written = "",
    time: Written = "",
    since: Number = None,
) -> Response:
    """A procurement as it stood at an event or a moment, and what had changed since an earlier."""
    asked = _moment(at, time) if at or time else None
    then = _then(house, reference, version, asked)
    values = {
        "title": f"Replay: {reference}",
        "asked_at": (at, time),
        "to_come": asked is not None and asked > then.moment,
        "point": _point(then, asked),
        "then": then,
        "event": entry(then.history[-1], reference) if then.history else None,
        "since": compared(house, then, since),
        "parts": _in_parts(then.facts),
        "entries": [entry(one, reference) for one in then.history[::-1]],
        "replay_at": replay_at,
        "p": then.procurement,
        "reference": reference,
        "rules": house.rules(authority_of(reference)),
    }
    authority = authority_of(reference)
    pages = pages_of(request)
    return pages.page(request, "replay.html", values, reader=reader, authority=authority)


def _moment(at: str, time: str) -> datetime:
    try:
        return read_moment(at, time)
    except ValueError as error:
        raise HTTPException(422, f"{error}.") from None


def _then(house: House, reference: str, version: int | None, asked: datetime | None) -> Then:
    if asked:
        return at_moment(house, reference, asked)
    return at_version(house, reference, version)


def _point(then: Then, asked: datetime | None) -> str:
    """Which point it is, in words."""
    if asked is None:
        return f"event {then.version} of {then.last}" if then.version else "before the first event"
    ended = then.moment == end_of(then.day)
    return f"as known {f'at the end of {short_day(then.day)}' if ended else clocked(then.moment)}"


def _in_parts(facts: Iterable[Fact]) -> list[tuple[str, list[tuple[str, list[Fact]]]]]:
    """In the order of a case; in each part by what they are facts of."""
    return [
        (part, [(of, list(same)) for of, same in groupby(each, lambda one: one.of)])
        for part, each in groupby(facts, lambda one: one.part)
    ]
