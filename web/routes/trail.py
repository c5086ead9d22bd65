"""The trail: every event of every council in a sentence, adoptions of rules included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Row

from domain.endpoints import DELIVERY
from domain.messages import tag_of
from domain.values import procurement_id
from projections.proof_then import PROVED
from web.links import proof_at, register_of
from web.pages import pages_of
from web.reader import TheHouse, TheReader
from web.routes.evidence import sealed_up_to

router = APIRouter()
PAGE = 100
WITH_PROOF = frozenset(map(tag_of, PROVED))


@router.get("/trail")
def trail(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    rows = house.views.latest(PAGE + 1, before)
    names = house.views.authorities()
    registers = {one.delegation: one for one in house.views.delegations()}
    titles = {post.id: post.title for name in names for post in house.rules(name).offices.posts}
    titles[DELIVERY.post] = "Countersign itself"
    values = {
        "title": "Trail",
        "rows": rows[:PAGE],
        "older": rows[PAGE - 1].position if len(rows) > PAGE else None,
        "titles": titles,
        "links": {row.position: _link(row, registers) for row in rows[:PAGE]},
        "sealed": sealed_up_to(house),
        "proofs": {row.position: _proof(row) for row in rows[:PAGE]},
        "councils": {name: house.rules(name).constitution.title for name in names},
    }
    return pages_of(request).page(request, "trail.html", values, reader=reader)


def _link(row: Row[Any], registers: Mapping[UUID, Row[Any]]) -> str:
    """Where an event is told: in its procurement, or with the delegated authority it is about."""
    if one := registers.get(row.stream):
        return register_of(one.granted_in, one.decision, one.label)
    there = f"/procurements/{row.reference}"
    # What is drawn on its budget has numbers of its own.
    return f"{there}#event-{row.version}" if row.stream == procurement_id(row.reference) else there


def _proof(row: Row[Any]) -> str:
    """Where the authority for a step is proved; nothing for steps of other kinds."""
    return proof_at(row.reference, row.version) if row.event in WITH_PROOF else ""
