"""The bank holidays of a council: those to come, and a correction after a look at its cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from msgspec.structs import replace

from adapters.house import House
from domain.authority import Rules
from domain.correcting import CorrectCalendar
from domain.deadlines import DIVISIONS, NAMED
from domain.messages import Actor
from domain.refusals import Refused
from domain.values import authority_id
from domain.wording import listed
from projections.sentences import sentence
from web.answers import Sent, answered, asked_anew
from web.forms.base import Answers, Field, said
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader
from web.refusing import act_refused
from web.routes.acts import id_of, seen_of

router = APIRouter()
DUTY = "adopt-calendar"
AHEAD = 366
FIELDS = (
    Field("day", "Which day", "day"),
    Field("where", "In which part of the UK", "radios", options=tuple(NAMED.items())),
    Field(
        "change",
        "What it is",
        "radios",
        options=(("add", "A bank holiday"), ("remove", "No bank holiday: a working day")),
    ),
    Field("name", "Name of the bank holiday", "text", "Leave it empty for a working day."),
    Field("because", "Why", "textarea", "The proclamation, or what was wrong."),
)
CHANGED = "The cases that it touches have changed since you looked: check them again"


class Desk(NamedTuple):
    """Who corrects whose calendar."""

    house: House
    reader: Reader
    rules: Rules
    seat: Actor

    @property
    def authority(self) -> str:
        return self.rules.constitution.authority


@router.get("/rules/{authority}/calendar")
def form(request: Request, house: TheHouse, reader: TheReader, authority: str) -> Response:
    return _form(request, admitted(house, reader, authority), {})


@router.post("/rules/{authority}/calendar", dependencies=[Depends(asked_anew)])
def correct(
    request: Request, house: TheHouse, reader: TheReader, authority: str, sent: Sent
) -> Response:
    """Shows what a correction touches; records it once that was confirmed."""
    desk, answers = admitted(house, reader, authority), Answers(sent)
    command = _command(authority, answers)
    if answers.mistakes or sent.get("step") == "change":
        return _form(request, desk, sent, answers.mistakes)
    seen, command_id = {authority_id(authority): seen_of(sent)}, id_of(sent)
    context = house.context(authority, desk.seat, command_id)
    shown = replace(command, touches=tuple(sent.get("touches", "").split()))
    if house.engine.on_record(shown, context, seen):
        return _done(request, authority)
    command = replace(command, touches=house.touched_by(authority, command))
    try:
        events = [one.event for one in house.engine.rehearse([(command, context)], seen)]
        told = [sentence(one) for one in events]
        if told and sent.get("step") != "confirm":
            return _check(request, desk, sent, command, told)
        if told and not _shown(command, told).items() <= sent.items():
            return _check(request, desk, sent, command, told, CHANGED)
        house.execute(command, desk.seat, command_id, seen)
    except Refused as refused:
        act_refused(request, command, desk.seat, refused.refusals, authority)
        return _form(request, desk, sent, said(refused.refusals))
    return _done(request, authority)


def _done(request: Request, authority: str) -> Response:
    return answered(request, f"/rules/{authority}/calendar")


def calendar_seat(rules: Rules, reader: Reader) -> Actor | None:
    """The reader's seat that keeps the calendar of a council, by its constitution."""
    duty = rules.constitution.duty(DUTY)
    return reader.seat(duty.posts) if duty else None


def admitted(house: House, reader: Reader, authority: str) -> Desk:
    """Raises HTTPException for whom the calendar is not to correct."""
    if authority not in house.views.authorities():
        raise HTTPException(404, "There is no such council.")
    rules = house.rules(authority)
    if seat := calendar_seat(rules, reader):
        return Desk(house, reader, rules, seat)
    duty = rules.constitution.duty(DUTY)
    posts = listed([rules.offices.title(one) for one in duty.posts], "or") if duty else "nobody"
    raise HTTPException(403, f"The calendar is corrected by {posts}. Nothing was recorded.")


def _command(authority: str, answers: Answers) -> CorrectCalendar:
    day = answers.day("day", "the day")
    where = answers.one_of("where", "a part of the UK", DIVISIONS)
    change = answers.one_of("change", "what the day is", ("add", "remove"))
    because = answers.text("because", "why: the proclamation, or what was wrong")
    name = answers.text("name", "the name of the bank holiday", needed=change == "add", most=200)
    parts = tuple(one for one in DIVISIONS if one == where)
    return CorrectCalendar(authority, day, parts, because, name if change == "add" else "")


def _shown(command: CorrectCalendar, told: list[str]) -> Mapping[str, str]:
    """What is looked at before it is confirmed, each on one line."""
    return {"touches": " ".join(command.touches), "shown": " ".join(told)}


def _form(
    request: Request, desk: Desk, sent: Mapping[str, str], mistakes: Mapping[str, str] | None = None
) -> Response:
    values = {"fields": FIELDS, "sent": sent, "mistakes": mistakes or {}, "coming": _coming(desk)}
    return _page(request, desk, values, 422 if mistakes else 200)


def _check(
    request: Request,
    desk: Desk,
    sent: Mapping[str, str],
    command: CorrectCalendar,
    told: list[str],
    wrong: str = "",
) -> Response:
    """What would be recorded. Nothing of it is yet."""
    values = {
        "kept": {
            **{key: one for key, one in sent.items() if key != "step"},
            **_shown(command, told),
        },
        "mistakes": {"rule-0": wrong} if wrong else {},
        "correction": told[:1],
        "cases": list(zip(command.touches, told[1:], strict=False)),
    }
    return _page(request, desk, values, 409 if wrong else 200)


def _coming(desk: Desk) -> list[tuple[date, str]]:
    """The bank holidays of the next twelve months, each with where it is one."""
    today, calendar = desk.house.clocks.today(desk.authority), desk.rules.calendar
    days = [today + timedelta(days=n) for n in range(AHEAD)]
    covered = [day for day in days if day.weekday() < 5 and day.year <= calendar.last]
    return [(day, name) for day in covered if (name := calendar.why_closed(day, "any"))]


def _page(request: Request, desk: Desk, values: dict[str, Any], status: int) -> Response:
    c = desk.rules.constitution
    version = desk.house.authority(desk.authority).version
    shown = {"title": f"Bank holidays of {c.title}", "seen": version, "command": uuid4()}
    return pages_of(request).page(
        request,
        "calendar.html",
        {**shown, "calendar": desk.rules.calendar, **values},
        reader=desk.reader,
        authority=desk.authority,
        status=status,
    )
