"""What was on the screen when a decision was taken: that page again, as its capsule kept it."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response

from adapters.house import House
from domain.closed import sees_as
from domain.decided import DecisionTaken
from domain.messages import Stamp
from domain.procurement import Procurement
from domain.record import Decision
from domain.values import authority_of, procurement_id
from web.capsules import as_html
from web.pages import pages_of
from web.reader import TheHouse, TheReader
from web.routes.procurements import opened
from web.seen import seen_again

router = APIRouter()
ON_SCREEN = "What was on the screen when it was decided"


@router.get("/procurements/{reference}/decisions/{decision}/seen")
def page(
    request: Request, house: TheHouse, reader: TheReader, reference: str, decision: UUID
) -> Response:
    """Open to whoever may read the decision; closed parts to whoever may see closed parts."""
    p, context = opened(house, reference)
    found, stamp = _decision(house, p, decision)
    reads = sees_as(reader.person, context)
    seen = seen_again(house, pages_of(request), found, closed=reads is not None)
    if reads and seen.closed_too:
        now = house.clocks.now(authority_of(reference))
        house.closed_reads.add(now, reads, reference, found.report, ON_SCREEN)
    values = {
        "title": "What was on the screen",
        "p": p,
        "d": found,
        "stamp": stamp,
        "context": context,
        "seen": seen,
        "shown": as_html(seen.shown) if seen.shown else None,
    }
    return pages_of(request).page(
        request, "seen.html", values, reader=reader, authority=authority_of(reference)
    )


@router.get("/procurements/{reference}/decisions/{decision}/seen.json")
def as_kept(house: TheHouse, _: TheReader, reference: str, decision: UUID) -> Response:
    """The capsule as it is kept. Closed parts are in it as a fingerprint only."""
    found, _stamp = _decision(house, opened(house, reference)[0], decision)
    kept = house.capsules.raw(found.capsule) if found.capsule else None
    if kept is None:
        raise HTTPException(404, "No page is kept of this decision, or it was changed.")
    attached = {"Content-Disposition": f'attachment; filename="{found.capsule}.json"'}
    return Response(kept, media_type="application/json", headers=attached)


def _decision(house: House, p: Procurement, decision: UUID) -> tuple[Decision, Stamp]:
    """With the stamp that it was recorded with."""
    if (found := p.decisions.get(decision)) is None:
        raise HTTPException(404, "There is no such decision in this procurement.")
    return next(
        (found, one.stamp)
        for one in house.log.history(procurement_id(p.reference))
        if isinstance(one.event, DecisionTaken) and one.event.decision == decision
    )
