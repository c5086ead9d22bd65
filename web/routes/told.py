"""What I was told, when and where, and what I answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Row

from adapters.delivery.bodies import Bodies, Message
from adapters.house import House
from adapters.ledgers.deliveries import due_of
from adapters.ledgers.looking import moment
from domain.endpoints import Endpoint, endpoint_id
from domain.procurement import Procurement
from domain.published import CONSULTATION_ASKED
from domain.reported import Consulted
from projections.messages import words
from web.pages import pages_of
from web.reader import TheHouse, TheReader
from web.routes.endpoints import councils_of

router = APIRouter()
PAGE = 100


class Line(NamedTuple):
    """One thing that was told, or is to be."""

    row: Row[Any]
    message: Message
    what: str
    endpoint: Endpoint
    there: str
    asked: Consulted | None
    """Where the reader was asked: when, and what was answered since."""


@router.get("/told")
def told(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    mine = {
        endpoint_id(council.authority, one.name): (council.authority, one)
        for council in councils_of(house, reader)
        for one in council.endpoints.all.values()
        if one.of in {seat.post for seat in council.seats}
    }
    rows = house.deliveries.latest(mine, PAGE + 1, before) if mine else []
    values = {
        "title": "What I was told",
        "lines": list(_lines(house, mine, rows[:PAGE])),
        "mine": mine,
        "older": rows[PAGE - 1].position if len(rows) > PAGE else None,
        "moment": moment,
    }
    return pages_of(request).page(request, "told.html", values, reader=reader)


def _lines(
    house: House,
    mine: dict[UUID, tuple[str, Endpoint]],
    rows: Any,
) -> Iterator[Line]:
    bodies = Bodies(house.engine.memory, house.log, "", lambda _: "(not shown)")
    wanted = [(due_of(row), mine[row.endpoint][1].of) for row in rows]
    for row, message in zip(rows, bodies.messages(wanted) if wanted else (), strict=True):
        authority, one = mine[row.endpoint]
        heard = _heard(house, row, message, one)
        there = f"/endpoints/{authority}/{one.name}/{row.id}"
        what = words(row.kind, message.facts, one.of).what
        yield Line(row, message, what, one, there, heard)


def _heard(house: House, row: Row[Any], message: Message, one: Endpoint) -> Consulted | None:
    """What became of a consultation that a post was asked in."""
    if row.kind != CONSULTATION_ASKED or message.facts.report is None or one.of is None:
        return None
    found: Procurement = house.procurement(message.facts.reference)
    report = found.reports.get(message.facts.report)
    return report.consulted.get(one.of) if report else None
