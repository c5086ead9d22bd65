"""The timetable of a procurement: a picture, and a table that says the same."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from domain.shortenings import quicker
from domain.timetable import timetable
from domain.values import authority_of
from projections.timetables import headline
from web.gantt import gantt, groups
from web.pages import pages_of
from web.reader import TheHouse, TheReader
from web.routes.procurements import opened

router = APIRouter()


@router.get("/procurements/{reference}/timetable")
def page(request: Request, house: TheHouse, reader: TheReader, reference: str) -> Response:
    p, context = opened(house, reference)
    found = timetable(p, context)
    values = {
        "title": f"Timetable: {p.title}",
        "p": p,
        "context": context,
        "t": found,
        "headline": headline(found),
        "gantt": gantt(found),
        "groups": groups(found),
        "quicker": quicker(p, context) if found.late else None,
    }
    authority = authority_of(reference)
    return pages_of(request).page(
        request, "timetable.html", values, reader=reader, authority=authority
    )
