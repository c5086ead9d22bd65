"""The notices that a council and its procurements owe, and the form for one of its own (P8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from adapters.house import House
from domain.authority import Rules
from domain.messages import Actor
from domain.noticed import Code
from domain.owing import Owed
from domain.own_notices import REPORTED, PublishAuthorityNotice, own_owed
from domain.publishing import duty_of
from domain.refusals import Refused
from domain.values import authority_id
from domain.wording import listed
from projections.authority_notices import lines
from web.answers import Sent, answered, asked_anew
from web.forms.base import Answers, Field, said
from web.forms.public_notices import IDENTIFIER, identifier_of
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader
from web.refusing import act_refused
from web.routes.acts import id_of, seen_of

router = APIRouter()
MOST = 2_000


@router.get("/rules/{authority}/notices")
def notices(
    request: Request, house: TheHouse, reader: TheReader, authority: str, subject: str = ""
) -> Response:
    rules = _rules(house, authority)
    chosen = {one.notice.code: value(one) for one in _open(house, authority, rules)}
    return _page(request, house, reader, rules, {"notice": chosen.get(cast(Code, subject), "")})


@router.post("/rules/{authority}/notices", dependencies=[Depends(asked_anew)])
def record(
    request: Request, house: TheHouse, reader: TheReader, authority: str, sent: Sent
) -> Response:
    """Records that one of the council's own was published, or why there was nothing to publish."""
    rules = _rules(house, authority)
    seat, answers = _seat(rules, reader), Answers(sent)
    if seat is None:
        whose = rules.constitution.duty(duty_of(rules.constitution))
        titles = [rules.offices.title(one) for one in whose.posts] if whose else ["nobody"]
        posts = listed(titles, "or")
        raise HTTPException(403, f"These notices are recorded by {posts}. Nothing was recorded.")
    command = _command(authority, answers)
    if answers.mistakes:
        return _page(request, house, reader, rules, sent, answers.mistakes)
    try:
        house.execute(command, seat, id_of(sent), {authority_id(authority): seen_of(sent)})
    except Refused as refused:
        act_refused(request, command, seat, refused.refusals, authority)
        return _page(request, house, reader, rules, sent, said(refused.refusals))
    return answered(request, f"/rules/{authority}/notices")


def value(one: Owed) -> str:
    """A notice and its period, as the form sends it."""
    return f"{one.notice.code} {one.about}"


def _rules(house: House, authority: str) -> Rules:
    if authority not in house.views.authorities():
        raise HTTPException(404, "There is no such council.")
    return house.rules(authority)


def _seat(rules: Rules, reader: Reader) -> Actor | None:
    """The reader's seat that publishes notices of the council, by its constitution."""
    duty = rules.constitution.duty(duty_of(rules.constitution))
    return reader.seat(duty.posts) if duty else None


def _open(house: House, authority: str, rules: Rules) -> Iterable[Owed]:
    """Those that can be put on record today."""
    today = house.clocks.today(authority)
    found = own_owed(house.authority(authority), rules.calendar)
    return [one for one in found if one.opens and one.opens <= today]


def _command(authority: str, answers: Answers) -> PublishAuthorityNotice:
    code, _, about = answers.sent.get("notice", "").partition(" ")
    code = code if code in REPORTED else ""
    try:
        begins = date.fromisoformat(about)
    except ValueError:
        code, begins = "", date.min
    if not code:
        answers.mistakes["notice"] = "Choose a notice"
    nothing = answers.text("nothing", "why there was nothing", needed=False, most=MOST)
    nothing = "" if nothing == "-" else nothing
    identifier = identifier_of(answers)
    known = cast(Code, code or "UK1")
    return PublishAuthorityNotice(authority, known, begins, identifier, nothing)


def _fields(found: Iterable[Owed]) -> list[Field]:
    options = [(value(one), f"{one.notice.code} {one.notice.name}: {one.what}") for one in found]
    why = "Such as: no payment above £30,000 in the quarter. Leave it empty for one that is out."
    return [
        Field("notice", "Which notice", "radios", options=options),
        IDENTIFIER,
        Field("nothing", "If there was nothing to publish: why", "textarea", why),
    ]


def _page(
    request: Request,
    house: House,
    reader: Reader,
    rules: Rules,
    sent: Mapping[str, str],
    mistakes: Mapping[str, str] | None = None,
) -> Response:
    authority = rules.constitution.authority
    today, mine = house.clocks.today(authority), house.authority(authority)
    found = _open(house, authority, rules)
    values = {
        "title": f"Notices of {rules.constitution.title}",
        "lines": lines(house.cases(authority), mine, rules, today),
        "fields": _fields(found) if found and _seat(rules, reader) else [],
        "sent": sent,
        "mistakes": mistakes or {},
        "seen": mine.version,
        "command": uuid4(),
    }
    status = 422 if mistakes else 200
    return pages_of(request).page(
        request, "own_notices.html", values, reader=reader, authority=authority, status=status
    )
