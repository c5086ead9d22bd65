"""Delegated authority: the register, and one with its balance and what was decided under it."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response

from domain.part_of_authority import left_of_part
from domain.reported import Under
from domain.values import authority_of
from web.balance import balance_of
from web.pages import pages_of
from web.reader import TheHouse, TheReader, sees_closed
from web.routes.procurements import opened
from web.routes.receipts import proof_of_decision

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
    _, context = opened(house, reference)
    closed = sees_closed(reader, context)
    balance = balance_of(house, Under(reference, decision, label), context, closed=closed)
    if not balance.one.version or reference not in balance.one.procurements:
        raise HTTPException(404, "No authority was delegated by such a resolution here.")
    values = {
        "title": "Delegated authority",
        "p": balance.source,
        "context": context,
        "b": balance,
        "one": balance.one,
        "granted": balance.source.decisions[decision],
        "closed": closed,
        "left_of_part": left_of_part,
        "proofs": {
            (drawn.procurement, made): proof_of_decision(house, drawn.procurement, made)
            for drawings in (balance.one.exercised, balance.one.given_back)
            for made, every in drawings.items()
            for drawn in every
        },
    }
    return pages_of(request).page(
        request, "delegation.html", values, reader=reader, authority=authority_of(reference)
    )
