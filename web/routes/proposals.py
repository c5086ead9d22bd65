"""A proposed constitution: how it differs, and what it would have done. Nothing of it is kept."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, HTTPException, Request, Response, UploadFile

from adapters.house import House
from adapters.replaying import replayed
from domain.authority import Rules
from domain.constitution import Constitution
from domain.messages import Actor, Command, by_tag
from domain.reading import Mistake, Mistaken
from domain.reading_constitution import read_constitution
from domain.wording import listed
from projections.dry_run import posts_that_act
from projections.finding_sentences import summary, told, told_of_queue
from projections.rulebook import compare
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader, sees_closed

router = APIRouter()
MOST, SHOWN = 1_000_000, 200
NOBODY = UUID(int=0)


@router.get("/rules/{authority}/proposal")
def form(request: Request, house: TheHouse, reader: TheReader, authority: str) -> Response:
    """Where a proposed constitution is tried, for who adopts one and for who only reads."""
    return _page(request, reader, admitted(house, reader, authority)[0], {})


@router.post("/rules/{authority}/proposal")
def tried(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    authority: str,
    text: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """What a proposal would change, and would have done otherwise. Records and keeps nothing."""
    rules, seat = admitted(house, reader, authority)
    title = rules.offices.title
    try:
        text = _text(file) or text
        proposal = _read(text, authority)
    except Mistaken as error:
        wrong = {"mistakes": error.mistakes, "text": text}
        return _page(request, reader, rules, wrong, status=422)
    opened = sees_closed(reader, house.context(authority, seat, NOBODY))
    run = replayed(house, proposal, opened=opened)
    values = {
        "text": text,
        "proposal": proposal,
        "run": run,
        "changes": compare(rules.constitution, proposal, title),
        "summary": summary(run),
        "findings": [(one.place, told(one, title)) for one in run.findings[:SHOWN]],
        "queues": [told_of_queue(one, title) for one in run.queues],
    }
    return _page(request, reader, rules, values)


def seat_for(rules: Rules, reader: Reader) -> Actor | None:
    """The seat of who may try a proposal: who adopts constitutions, or does nothing but read."""
    c = rules.constitution
    adopts, act = c.duty("adopt-constitution"), posts_that_act(c)
    reads = tuple(one.id for one in rules.offices.posts if one.id not in act)
    return reader.seat((*(adopts.posts if adopts else ()), *reads))


def admitted(house: House, reader: Reader, authority: str) -> tuple[Rules, Actor]:
    """The council's rules of today. Raises HTTPException for whom this is not."""
    if authority not in house.views.authorities():
        raise HTTPException(404, "There is no such council.")
    rules = house.rules(authority)
    if seat := seat_for(rules, reader):
        return rules, seat
    duty = rules.constitution.duty("adopt-constitution")
    posts = listed([rules.offices.title(one) for one in duty.posts], "or") if duty else "nobody"
    raise HTTPException(403, f"A proposal is tried by {posts}, or by who only reads.")


def _text(file: UploadFile | None) -> str:
    """What is in the file that was sent, if one was. Raises Mistaken where it is no text."""
    try:
        return file.file.read().decode("utf-8") if file else ""
    except UnicodeDecodeError:
        raise Mistaken([Mistake("the file", "is not text in UTF-8")]) from None


def _read(text: str, authority: str) -> Constitution:
    """The proposal. Raises Mistaken with everything that is wrong with it, each with its place."""
    if not text.strip():
        raise Mistaken([Mistake("the text", "is empty: paste a constitution, or choose its file")])
    if len(text) > MOST:
        raise Mistaken([Mistake("the text", f"is longer than {MOST:,} characters")])
    found = read_constitution(text, frozenset(by_tag(Command)))
    if found.authority != authority:
        what = f"is {found.authority}, and this page is for {authority}"
        raise Mistaken([Mistake("authority", what)])
    return found


def _page(
    request: Request, reader: Reader, rules: Rules, values: dict[str, Any], status: int = 200
) -> Response:
    c = rules.constitution
    shown = {"title": f"Try a change of the rules of {c.title}", "council": rules, **values}
    return pages_of(request).page(
        request, "proposal.html", shown, reader=reader, authority=c.authority, status=status
    )
