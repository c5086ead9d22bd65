"""The papers of a report."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response

from domain.values import authority_of
from web.pages import pages_of
from web.reader import TheHouse, TheReader

router = APIRouter()


@router.get("/procurements/{reference}/papers/{digest}")
def paper(
    request: Request, house: TheHouse, reader: TheReader, reference: str, digest: str
) -> Response:
    procurement = house.procurement(reference)
    for report in procurement.reports.values():
        for document in report.documents:
            if document.digest == digest and (found := house.documents.get(digest)):
                values = {
                    "title": document.title,
                    "p": procurement,
                    "report": report,
                    "document": document,
                    "text": found.body.decode("utf-8", "replace"),
                }
                return pages_of(request).page(
                    request, "paper.html", values, reader=reader, authority=authority_of(reference)
                )
    raise HTTPException(404, "No report of this procurement has such a paper.")
