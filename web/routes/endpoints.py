"""Who is told: the endpoints of the reader's councils, and registering one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import uuid4, uuid5

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from msgspec.structs import replace

from adapters.delivery.guard import Forbidden
from adapters.delivery.secrets import Signing, new_signing
from adapters.delivery.signing import public_key
from adapters.house import House
from domain.authority import Rules
from domain.endpoints import MANAGE, Endpoint, Endpoints, endpoint_id, endpoints_id
from domain.messages import Actor
from domain.refusals import Refused
from domain.registering import RegisterEndpoint
from web.answers import Sent, answered, asked_anew
from web.forms.base import Answers, said
from web.forms.endpoints import (
    MAIL,
    SYSTEM,
    channel_of,
    choice_of,
    gateways_of,
    named,
    register_fields,
)
from web.outside import Outside, outside_of
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader
from web.refusing import act_refused
from web.routes.acts import id_of

router = APIRouter()


class Council(NamedTuple):
    """Endpoints of a council as far as they are the reader's to see."""

    rules: Rules
    endpoints: Endpoints
    seats: tuple[Actor, ...]
    """The reader's seats in it."""

    @property
    def authority(self) -> str:
        return self.rules.constitution.authority

    @property
    def clerk(self) -> Actor | None:
        """The seat whose duty endpoints are."""
        duty = self.rules.constitution.duty(MANAGE)
        return next((one for one in self.seats if duty and one.post in duty.posts), None)

    @property
    def posts(self) -> dict[str, str]:
        """The posts that the reader may register for, with their titles."""
        every = self.rules.offices.acting
        mine = {one.post for one in self.seats}
        return {one.id: one.title for one in every if self.clerk or one.id in mine}

    def sees(self, one: Endpoint) -> bool:
        """Whether the reader manages it, looks on, or hears by it."""
        looks_on = {post.id for post in self.rules.offices.posts if post.reads_only}
        mine = {seat.post for seat in self.seats}
        return bool(self.clerk or mine & looks_on or one.of in mine)

    def seat(self, of: str | None) -> Actor | None:
        """The seat in which the reader manages what is of a post."""
        return self.clerk or next((one for one in self.seats if one.post == of), None)


def council_of(house: House, reader: Reader, authority: str) -> Council:
    """Raises HTTPException where the reader has no part in it."""
    seats = tuple(one for one in reader.seats if one.post.partition("/")[0] == authority)
    if authority not in reader.rules or not seats:
        raise HTTPException(404, "There is no such council among those in which you have a post.")
    _, rules = reader.rules[authority]
    found = house.engine.load(endpoints_id(authority), Endpoints())
    return Council(rules, found, seats)


def councils_of(house: House, reader: Reader) -> list[Council]:
    names = dict.fromkeys(one.post.partition("/")[0] for one in reader.seats)
    return [council_of(house, reader, name) for name in names]


@router.get("/endpoints")
def endpoints(request: Request, house: TheHouse, reader: TheReader) -> Response:
    councils = councils_of(house, reader)
    shown = [
        (council, [one for one in council.endpoints.all.values() if council.sees(one)])
        for council in councils
    ]
    numbers = [endpoint_id(c.authority, one.name) for c, found in shown for one in found]
    values = {
        "title": "Who is told",
        "councils": shown,
        "health": house.deliveries.health(numbers),
        "number": endpoint_id,
    }
    return pages_of(request).page(request, "endpoints.html", values, reader=reader)


@router.get("/endpoints/{authority}")
def form(request: Request, house: TheHouse, reader: TheReader, authority: str) -> Response:
    return _form(request, reader, council_of(house, reader, authority), {}, {})


@router.post("/endpoints/{authority}", dependencies=[Depends(asked_anew)])
def register(
    request: Request, house: TheHouse, reader: TheReader, authority: str, sent: Sent
) -> Response:
    """Registers an endpoint. Its secret is in the answer, once, and nowhere afterwards."""
    council, answers = council_of(house, reader, authority), Answers(sent)
    command, where = _command(request, council, answers)
    seat = council.seat(command.of)
    if seat is None:
        raise HTTPException(403, "You register for posts of your own. Nothing was recorded.")
    if answers.mistakes:
        return _form(request, reader, council, sent, answers.mistakes)
    number, signing = endpoint_id(authority, command.name), None
    there = f"/endpoints/{authority}/{command.name}"
    try:
        if not house.engine.rehearse([(command, house.context(authority, seat, id_of(sent)))]):
            return answered(request, there)
        house.secrets.keep_address(command.address, number, where)
        if command.secret:
            signing = new_signing(asymmetric=command.asymmetric)
            house.secrets.keep_signing(command.secret, number, signing)
        house.execute(command, seat, id_of(sent))
    except Refused as refused:
        act_refused(request, command, seat, refused.refusals, authority)
        return _form(request, reader, council, sent, said(refused.refusals))
    leads = answered(request, there)
    return secret_page(request, reader, there, command.title, signing) if signing else leads


def secret_page(
    request: Request, reader: Reader, there: str, title: str, signing: Signing
) -> Response:
    """The one page that shows a secret."""
    public = public_key(signing) if signing.ed25519 else ""
    values = {"title": "Keep this secret", "there": there, "endpoint": title}
    shown = {**values, "secret": signing.hmac, "public": public}
    return pages_of(request).page(request, "secret.html", shown, reader=reader)


def where_of(outside: Outside, answers: Answers, channel: str) -> tuple[str, str]:
    """An address that was given, and what everybody may know of it."""
    where = answers.text("where", "where it is told", most=2000)
    if "where" in answers.mistakes:
        return where, ""
    if channel == "email":
        if not MAIL.fullmatch(where):
            answers.mistakes["where"] = "Enter an e-mail address, such as name@council.example"
        return where, ""
    try:
        return where, outside.host_of(where)
    except Forbidden as error:
        answers.mistakes["where"] = str(error)
        return where, ""


def _command(request: Request, council: Council, answers: Answers) -> tuple[RegisterEndpoint, str]:
    outside = outside_of(request)
    channel = channel_of(answers, mail=outside.mail)
    of = answers.one_of("of", "who hears by it", [*council.posts, *_system(council)])
    where, host = where_of(outside, answers, channel)
    choice = choice_of(answers, council.authority)
    choice = replace(choice, gateways=gateways_of(answers, council.rules))
    command_id, webhook = id_of(answers.sent), channel == "webhook"
    command = RegisterEndpoint(
        council.authority,
        named(answers),
        answers.text("title", "what it is", most=200),
        None if of == SYSTEM else of,
        channel,
        host,
        uuid5(command_id, "address"),
        choice,
        uuid5(command_id, "secret") if webhook else None,
        webhook and answers.sent.get("signed") == "v1a",
        answers.sent.get("fallback") == "yes",
    )
    return command, where


def _system(council: Council) -> list[str]:
    return [SYSTEM] if council.clerk else []


def _form(
    request: Request,
    reader: Reader,
    council: Council,
    sent: Mapping[str, str],
    mistakes: Mapping[str, str],
) -> Response:
    clerk = council.clerk is not None
    mail = outside_of(request).mail
    values: dict[str, Any] = {
        "title": "Register an endpoint",
        "council": council.rules.constitution.title,
        "fields": register_fields(council.rules, council.posts, mail=mail, clerk=clerk),
        "sent": sent,
        "mistakes": mistakes,
        "command": sent.get("command") or uuid4(),
    }
    pages, status = pages_of(request), 422 if mistakes else 200
    return pages.page(
        request,
        "endpoint_new.html",
        values,
        reader=reader,
        authority=council.authority,
        status=status,
    )
