"""Opening a procurement. A part of a plan is opened from the plan's own page."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Depends, Request, Response

from adapters.house import House
from domain.procurement import Procurement
from projections.standing import context_at
from web.answers import Sent, asked_anew
from web.forms.base import Asked
from web.forms.opening import Open
from web.reader import TheHouse, TheReader
from web.routes.acts import form_page, recorded

router = APIRouter()


@router.get("/procurements/open/{authority}")
def ask(request: Request, house: TheHouse, reader: TheReader, authority: str) -> Response:
    return form_page(request, reader, Open, _asked(house, authority, {}))


@router.post("/procurements/open/{authority}", dependencies=[Depends(asked_anew)])
def record(
    request: Request, house: TheHouse, reader: TheReader, authority: str, sent: Sent
) -> Response:
    return recorded(request, reader, Open, _asked(house, authority, sent), sent)


def _asked(house: House, authority: str, sent: Mapping[str, str]) -> Asked:
    """A procurement that is not there yet. Refuses where there is no such council."""
    today = house.clocks.today(authority)
    context = context_at(Procurement(), house.rules(authority, today), today)
    return Asked(house, authority, Procurement(), context, "", sent)
