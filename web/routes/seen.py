"""What was on the screen when a decision was taken: that page again, as its capsule kept it."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response

from domain.values import authority_of
from web.capsules import as_html
from web.pages import pages_of
from web.reader import TheHouse, TheReader, sees_closed
from web.routes.procurements import opened
from web.seen import seen_again

router = APIRouter()


@router.get("/procurements/{reference}/decisions/{decision}/seen")
def page(
    request: Request, house: TheHouse, reader: TheReader, reference: str, decision: UUID
) -> Response:
    """Open to whoever may read the decision; closed parts to whoever may see closed parts."""
    p, context = opened(house, reference)
    if (found := p.decisions.get(decision)) is None:
        raise HTTPException(404, "There is no such decision in this procurement.")
    seen = seen_again(house, pages_of(request), found, closed=sees_closed(reader, context))
    values = {
        "title": "What was on the screen",
        "p": p,
        "d": found,
        "context": context,
        "seen": seen,
        "shown": as_html(seen.shown) if seen.shown else None,
    }
    return pages_of(request).page(
        request, "seen.html", values, reader=reader, authority=authority_of(reference)
    )
