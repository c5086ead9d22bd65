"""By what authority a step was taken: a page to read and to print, and the same as JSON."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from adapters.house import House
from adapters.proving import proof_of
from domain.values import authority_of
from projections.case_file import plain
from web.pages import pages_of
from web.printed import pdf
from web.reader import Reader, TheHouse, TheReader, sees_closed
from web.routes.procurements import opened

router = APIRouter()


@router.get("/procurements/{reference}/proof/{version}.json")
def as_json(house: TheHouse, reader: TheReader, reference: str, version: int) -> Response:
    """The proof of a step's authority for programs; closed values are left out for everybody."""
    text = msgspec.json.format(msgspec.json.encode(plain(proof_of(house, reference, version))))
    return Response(text, media_type="application/json")


@router.get("/procurements/{reference}/proof/{version}.pdf")
def as_pdf(
    request: Request, house: TheHouse, reader: TheReader, reference: str, version: int
) -> Response:
    """The page for paper and for files, with what its reader may see."""
    values = _values(house, reader, reference, version)
    html = pages_of(request).whole("proof.html", values)
    name = f"{reference}-proof-{version}.pdf"
    return Response(
        pdf(html, f"Proof of authority: {reference}, event {version}"),
        media_type="application/pdf",
        headers={"content-disposition": f'inline; filename="{name}"'},
    )


@router.get("/procurements/{reference}/proof/{version}")
def page(
    request: Request, house: TheHouse, reader: TheReader, reference: str, version: int
) -> Response:
    """What its reader may see of it."""
    values, authority = _values(house, reader, reference, version), authority_of(reference)
    return pages_of(request).page(request, "proof.html", values, reader=reader, authority=authority)


def _values(house: House, reader: Reader, reference: str, version: int) -> dict[str, Any]:
    p, context = opened(house, reference)
    return {
        "title": "Proof of authority",
        "p": p,
        "proof": proof_of(house, reference, version),
        "closed": sees_closed(reader, context),
    }
