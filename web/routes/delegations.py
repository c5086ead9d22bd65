"""Delegated authority: the register, and one with its balance and what was decided under it."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response

from domain.delegation import cap_of, stream_of, why_not_live
from domain.record import Under
from domain.values import authority_of
from projections.delegations import drawn
from web.pages import pages_of
from web.reader import TheHouse, TheReader, sees_closed
from web.routes.procurements import opened

router = APIRouter()


@router.get("/delegations")
def register(request: Request, house: TheHouse, reader: TheReader) -> Response:
    rules = {name: house.rules(name) for name in house.views.authorities()}
    rows = house.views.delegations()
    values = {"title": "Delegated authority", "rows": rows, "rules": rules}
    return pages_of(request).page(request, "delegations.html", values, reader=reader)


@router.get("/delegations/{reference}/{decision}/{label}")
def delegation(
    request: Request, house: TheHouse, reader: TheReader, reference: str, decision: UUID, label: str
) -> Response:
    source, context = opened(house, reference)
    under = Under(reference, decision, label)
    found = house.delegation(stream_of(under))
    if not found.version or reference not in found.procurements:
        raise HTTPException(404, "No authority was delegated by such a resolution here.")
    cap, closed = cap_of(found, source, context.day), sees_closed(reader, context)
    limit = cap.in_total(found.terms.months) if cap else None
    open_ = (
        cap is not None
        and cap.basis != "exempt"
        and not any(one.basis == "exempt" for one in found.amounts)
    )
    known = limit is not None and found.drawn is not None and (open_ or closed)
    values = {
        "title": "Delegated authority",
        "p": source,
        "context": context,
        "one": found,
        "granted": source.decisions[decision],
        "refusals": list(why_not_live(found, source, context)),
        "cap": cap,
        "drawn": drawn(found),
        "left": limit - found.drawn if known and limit and found.drawn is not None else None,
        "closed": closed,
    }
    return pages_of(request).page(
        request, "delegation.html", values, reader=reader, authority=authority_of(reference)
    )
