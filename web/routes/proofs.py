"""By what authority a step was taken: a page to read and to print, and the same as JSON."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request, Response

from adapters.proving import proof_of
from domain.values import authority_of
from projections.case_file import plain
from web.pages import pages_of
from web.reader import TheHouse, TheReader, sees_closed
from web.routes.procurements import opened

router = APIRouter()


@router.get("/procurements/{reference}/proof/{version}.json")
def as_json(house: TheHouse, reader: TheReader, reference: str, version: int) -> Response:
    """The proof of a step's authority for programs; closed values are left out for everybody."""
    text = msgspec.json.format(msgspec.json.encode(plain(proof_of(house, reference, version))))
    return Response(text, media_type="application/json")


@router.get("/procurements/{reference}/proof/{version}")
def page(
    request: Request, house: TheHouse, reader: TheReader, reference: str, version: int
) -> Response:
    p, context = opened(house, reference)
    values = {
        "title": "Proof of authority",
        "p": p,
        "proof": proof_of(house, reference, version),
        "closed": sees_closed(reader, context),
    }
    authority = authority_of(reference)
    return pages_of(request).page(request, "proof.html", values, reader=reader, authority=authority)
