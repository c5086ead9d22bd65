"""A page gone stale: what changed since it was opened, and an offer to look again."""

from __future__ import annotations

from fastapi import Request, Response

from adapters.house import House
from domain.refusals import Stale
from domain.values import authority_of, procurement_id
from projections.touched import Row
from projections.trail import row
from web.pages import pages_of
from web.reader import Reader


def stale_page(
    request: Request, house: House, reader: Reader, reference: str, seen: int, stale: Stale
) -> Response:
    """Says what has been recorded after the version that was seen."""
    values = {
        "title": "Something has happened since you looked",
        "reference": reference,
        "news": news_since(house, reference, seen),
        "said": str(stale),
    }
    return pages_of(request).page(
        request, "stale.html", values, reader=reader, authority=authority_of(reference), status=409
    )


def news_since(house: House, reference: str, seen: int) -> list[Row]:
    """What has been recorded in a procurement after the version that was seen."""
    history = house.log.read(procurement_id(reference))
    return [row(one.version, one, reference) for one in history if one.version > seen]
