"""Acts that are recorded with a form: tender, evaluation, notices, signature, phases and others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from adapters.house import House
from domain.acting import why_not_by
from domain.acts import next_acts
from domain.messages import Actor
from domain.refusals import Refusal, Refused, Stale
from domain.values import authority_of, procurement_id
from web.forms import FORMS, ActForm
from web.forms.base import Answers, Asked, said
from web.forms.market import rows
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader
from web.routes.procurements import asked_by, opened
from web.stale import stale_page

router = APIRouter()
NO_SEAT = "You hold no post in this council, so you can read here but not act."
STRANGER = Refusal("G1", NO_SEAT)


async def sent_form(request: Request) -> dict[str, str]:
    """The form's answers; of a name sent twice, the last."""
    async with request.form(max_fields=500) as form:
        return {key: value for key, value in form.items() if isinstance(value, str)}


Sent = Annotated[dict[str, str], Depends(sent_form)]


@router.get("/procurements/{reference}/do/{act}")
def ask(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    reference: str,
    act: str,
    subject: str = "",
) -> Response:
    form = form_of(act)
    asked = asked_of(house, reference, subject, {})
    return _page(request, reader, form, asked, {})


@router.post("/procurements/{reference}/do/{act}")
def record(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    reference: str,
    act: str,
    sent: Sent,
    subject: str = "",
) -> Response:
    form = form_of(act)
    if "more" in sent:
        sent["rows"] = str(rows(sent) + 1)
        return _page(request, reader, form, asked_of(house, reference, subject, sent), {})
    asked = asked_of(house, reference, subject, sent)
    answers = Answers(sent)
    command = form.command(asked, answers)
    if answers.mistakes:
        return _page(request, reader, form, asked, answers.mistakes, status=422)
    seen, command_id = seen_of(sent), id_of(sent)
    versions, seat = {procurement_id(reference): seen}, _needed(seat_for(act, asked, reader))
    try:
        if papers := form.papers(asked, answers):
            context = house.context(authority_of(reference), seat, command_id)
            house.engine.rehearse([(command, context)], versions)
            for one in papers:
                house.documents.put(one)
        house.execute(command, seat, command_id, versions)
    except Refused as refused:
        return _page(request, reader, form, asked, said(refused.refusals), status=422)
    except Stale as stale:
        return stale_page(request, house, reader, reference, seen, stale)
    return RedirectResponse(f"/procurements/{reference}?done={seen + 1}", status_code=303)


def form_of(act: str) -> type[ActForm]:
    if act not in FORMS:
        raise HTTPException(404, f"There is no form for “{act}”.")
    return FORMS[act]


def asked_of(house: House, reference: str, subject: str, sent: Mapping[str, str]) -> Asked:
    p, context = opened(house, reference)
    return Asked(house, reference, p, context, subject, sent)


def seat_for(act: str, asked: Asked, reader: Reader) -> Actor | None:
    """The reader's seat whose duty it is, else any in this council: rules say what then."""
    duty = asked.context.constitution.duty(act)
    return (reader.seat(duty.posts) if duty else None) or reader.seat_in(asked.reference)


def _needed(seat: Actor | None) -> Actor:
    if seat is None:
        raise HTTPException(403, NO_SEAT)
    return seat


def _barred(act: str, asked: Asked, reader: Reader) -> list[Refusal]:
    """Why the reader is not the one to do it."""
    seat = seat_for(act, asked, reader)
    return list(why_not_by(act, asked_by(seat, asked.context))) if seat else [STRANGER]


def seen_of(sent: Mapping[str, str]) -> int:
    """The version of the case that the form was made from."""
    version = sent.get("seen", "")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise HTTPException(
            422, "The form does not say which state it was made from: open it again."
        )
    return int(version)


def id_of(sent: Mapping[str, str]) -> UUID:
    """The form's own id, by which what is sent twice happens once."""
    try:
        return UUID(sent.get("command", ""))
    except ValueError:
        raise HTTPException(422, "The form has lost its id: open it again.") from None


def _page(
    request: Request,
    reader: Reader,
    form: type[ActForm],
    asked: Asked,
    mistakes: Mapping[str, str],
    status: int = 200,
) -> Response:
    acts = [
        one
        for one in next_acts(asked.p, asked.context)
        if one.do == form.act and one.subject == asked.subject
    ]
    values: dict[str, Any] = {
        "title": acts[0].title if acts else form.title,
        "p": asked.p,
        "form": form,
        "intro": form.intro(asked),
        "fields": form.fields(asked),
        "sent": asked.sent,
        "mistakes": mistakes,
        "standing": acts[0] if acts else None,
        "barred": _barred(form.act, asked, reader),
        "seen": asked.sent.get("seen") or asked.p.version,
        "command": asked.sent.get("command") or uuid4(),
        "rows": rows(asked.sent),
        "many": form.act == "record-evaluation",
        "subject": asked.subject,
    }
    return pages_of(request).page(
        request,
        "act.html",
        values,
        reader=reader,
        authority=authority_of(asked.reference),
        status=status,
    )
