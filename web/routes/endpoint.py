"""One endpoint: how it does, what was sent there and came back, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from msgspec import json
from sqlalchemy import Row

from adapters.delivery.bodies import Bodies, Message
from adapters.delivery.secrets import new_signing
from adapters.delivery.signing import public_key
from adapters.house import House
from adapters.ledgers.deliveries import due_of
from adapters.ledgers.looking import moment
from domain.keeping_endpoints import RotateSecret
from domain.refusals import Refused
from domain.registering import MoveEndpoint
from web.answers import Sent, answered, asked_anew
from web.forms.base import Answers, said
from web.forms.endpoints import choice_fields, sent_of
from web.outside import outside_of
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader
from web.refusing import act_refused
from web.routes.acts import id_of
from web.routes.endpoint_acts import Shown, command_of, shown_of
from web.routes.endpoints import secret_page

router = APIRouter()
PAGE = 50


@router.get("/endpoints/{authority}/{name}")
def page(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    authority: str,
    name: str,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    shown = shown_of(house, reader, authority, name)
    return _page(request, house, reader, shown, {}, {}, before=before)


@router.post("/endpoints/{authority}/{name}", dependencies=[Depends(asked_anew)])
def act(
    request: Request, house: TheHouse, reader: TheReader, authority: str, name: str, sent: Sent
) -> Response:
    """Does one thing about it: verify, test, pause, resume, choose, move, rotate, end it, send
    again, or pass over."""
    shown, answers = shown_of(house, reader, authority, name), Answers(sent)
    seat = shown.council.seat(shown.one.of)
    if seat is None:
        raise HTTPException(403, "You look at this endpoint, and others manage it.")
    command = command_of(request, house, shown, answers)
    if answers.mistakes:
        return _page(request, house, reader, shown, sent, answers.mistakes)
    signing = None
    try:
        context = house.context(authority, seat, id_of(sent))
        if not house.engine.rehearse([(command, context)]):
            return answered(request, shown.there)
        if isinstance(command, RotateSecret):
            signing = new_signing(asymmetric=shown.one.asymmetric)
            house.secrets.keep_signing(command.secret, shown.number, signing)
        if isinstance(command, MoveEndpoint):
            house.secrets.keep_address(command.address, shown.number, sent.get("where", "").strip())
        house.execute(command, seat, id_of(sent))
    except Refused as refused:
        act_refused(request, command, seat, refused.refusals, authority)
        return _page(request, house, reader, shown, sent, said(refused.refusals))
    leads = answered(request, shown.there)
    if signing:
        return secret_page(request, reader, shown.there, shown.one.title, signing)
    return leads


@router.get("/endpoints/{authority}/{name}/{delivery}")
def delivery(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    authority: str,
    name: str,
    delivery: UUID,
) -> Response:
    """One delivery: every attempt with its answer, and the body as it may be sent now."""
    shown = shown_of(house, reader, authority, name)
    row = house.deliveries.one(delivery)
    if row is None or row.endpoint != shown.number:
        raise HTTPException(404, "There is no such delivery to this endpoint.")
    message = _message(request, house, shown, row)
    values = {
        "title": f"Delivery {row.seq}",
        "shown": shown,
        "row": row,
        "attempts": house.deliveries.attempts(row.id),
        "message": message,
        "body": json.format(message.body(), indent=2).decode(),
        "moment": moment,
        "may": shown.council.seat(shown.one.of) is not None,
        "command": uuid4(),
    }
    return pages_of(request).page(request, "delivery.html", values, reader=reader)


def _message(request: Request, house: House, shown: Shown, row: Row[Any]) -> Message:
    """What would be sent now; a code is shown to nobody who did not get it where it went."""
    bodies = Bodies(
        house.engine.memory, house.log, outside_of(request).address, lambda _: "(not shown)"
    )
    (found,) = bodies.messages([(due_of(row), shown.one.of)])
    return found


def _page(
    request: Request,
    house: House,
    reader: Reader,
    shown: Shown,
    sent: Mapping[str, str],
    mistakes: Mapping[str, str],
    before: int | None = None,
) -> Response:
    council, one = shown.council, shown.one
    rows: Sequence[Row[Any]] = house.deliveries.latest([shown.number], PAGE + 1, before)
    choosing = sent if sent.get("do") == "choose" else sent_of(one, council.rules)
    signing = house.secrets.signing(one.secret) if one.secret and one.asymmetric else None
    values = {
        "title": one.title,
        "shown": shown,
        "health": house.deliveries.health([shown.number])[shown.number],
        "rows": rows[:PAGE],
        "older": rows[PAGE - 1].position if len(rows) > PAGE else None,
        "moment": moment,
        "may": council.seat(one.of) is not None,
        "fields": choice_fields(council.rules, mail=one.channel == "email"),
        "choosing": choosing,
        "sent": sent,
        "mistakes": mistakes,
        "public": public_key(signing[0]) if signing else "",
        "command": uuid4(),
    }
    pages, status = pages_of(request), 422 if mistakes else 200
    return pages.page(
        request,
        "endpoint.html",
        values,
        reader=reader,
        authority=council.authority,
        status=status,
    )
