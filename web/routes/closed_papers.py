"""A closed paper of a report, for who may see it."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response

from domain.closed_readers import reads_as, why_not_read
from domain.values import authority_of
from web.pages import pages_of
from web.reader import TheHouse, TheReader
from web.routes.acts import NO_SEAT
from web.routes.procurements import opened

router = APIRouter()


@router.get("/procurements/{reference}/reports/{report}/closed/{number}")
def closed_paper(
    request: Request, house: TheHouse, reader: TheReader, reference: str, report: UUID, number: int
) -> Response:
    """A closed paper. That it is read is noted before it is shown."""
    p, context = opened(house, reference)
    parts = p.reports[report].closed if report in p.reports else ()
    if not 1 <= number <= len(parts):
        raise HTTPException(404, "No report of this procurement has such a closed paper.")
    part = parts[number - 1]
    seat = reads_as(part, reader.person, context)
    if seat is None:
        mine = reader.seat_in(reference)
        against = list(why_not_read(part, mine.post, context)) if mine else []
        raise HTTPException(403, f"{against[0].reason}. (D9)" if against else f"{NO_SEAT} (D9)")
    if part.text is None or part.text.value is None:
        raise HTTPException(404, "The closed paper is not here: it was withheld or erased.")
    authority = authority_of(reference)
    house.closed_reads.add(house.clocks.now(authority), seat, reference, report, part.title)
    values = {
        "title": part.title,
        "p": p,
        "report": p.reports[report],
        "part": part,
        "post": context.offices.title(seat.post),
        "text": part.text.value,
    }
    return pages_of(request).page(
        request, "closed_paper.html", values, reader=reader, authority=authority
    )
