"""Acts that are recorded with a form: tender, evaluation, notices, signature, phases and others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from adapters.house import House
from domain.acting import not_yours, why_not_by, why_not_in_post
from domain.acts import Act, next_acts
from domain.messages import Actor
from domain.offering import Offering
from domain.refusals import Refusal, Refused, Stale
from domain.values import authority_of
from web.answers import Sent, answered, asked_anew
from web.forms import FORMS, ActForm
from web.forms.base import Answers, Asked
from web.forms.market import rows
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader, sees_closed
from web.refusing import act_refused
from web.routes.procurements import asked_by, opened
from web.stale import stale_page

router = APIRouter()
NO_SEAT = "You hold no post in this council, so you can read here but not act."
STRANGER = Refusal("G1", NO_SEAT)
NO_MISTAKES: Mapping[str, str] = {}


@router.get("/procurements/{reference}/do/{act}")
def ask(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    reference: str,
    act: str,
    subject: str = "",
    way: str = "",
) -> Response:
    form = form_of(act)
    asked = on_its_way(form, asked_of(house, reader, reference, subject, {}, way))
    ways = form.ways(asked)
    if len(ways) > 1 and asked.way not in [key for key, _, _ in ways]:
        return _ways(request, reader, form, asked, ways)
    return form_page(request, reader, form, asked)


@router.post("/procurements/{reference}/do/{act}", dependencies=[Depends(asked_anew)])
def record(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    reference: str,
    act: str,
    sent: Sent,
    subject: str = "",
    way: str = "",
) -> Response:
    form = form_of(act)
    asked = on_its_way(form, asked_of(house, reader, reference, subject, sent, way))
    return recorded(request, reader, form, asked, sent)


def recorded(
    request: Request, reader: Reader, form: type[ActForm], asked: Asked, sent: dict[str, str]
) -> Response:
    """What a form that was sent leads to: more room in it, its mistakes, or what was recorded."""
    if sent.keys() & {"more", "add", "drop"}:
        sent["rows"] = str(rows(sent) + ("more" in sent))
        sent["with"] = f"{sent.get('with', '')} {sent.pop('add', '')}".strip()
        sent["without"] = f"{sent.get('without', '')} {sent.pop('drop', '')}".strip()
        return form_page(request, reader, form, asked)
    house, answers = asked.house, Answers(sent)
    command = form.command(asked, answers)
    if answers.mistakes:
        return form_page(request, reader, form, asked, answers.mistakes)
    seen, command_id = seen_of(sent), id_of(sent)
    versions, seat = {asked.case: seen}, _needed(seat_for(form.act, asked, reader))
    try:
        if papers := form.papers(asked, answers):
            context = house.context_of(command, seat, command_id)
            house.engine.rehearse([(command, context)], versions)
            for one in papers:
                house.documents.put(one)
        house.execute(command, seat, command_id, versions)
    except Refused as refused:
        act_refused(request, command, seat, refused.refusals, asked.reference)
        mistakes = form.refused(asked, command, refused.refusals)
        return form_page(request, reader, form, asked, mistakes)
    except Stale as stale:
        return stale_page(request, house, reader, asked.reference, seen, stale)
    return answered(request, form.done(asked, command, seen))


def form_of(act: str) -> type[ActForm]:
    if act not in FORMS:
        raise HTTPException(404, f"There is no form for “{act}”.")
    return FORMS[act]


def asked_of(
    house: House,
    reader: Reader,
    reference: str,
    subject: str,
    sent: Mapping[str, str],
    way: str = "",
) -> Asked:
    p, context = opened(house, reference)
    return Asked(house, reference, p, context, subject, sent, way, sees_closed(reader, context))


def on_its_way(form: type[ActForm], asked: Asked) -> Asked:
    """The same with the way that is usual for it, where none was chosen."""
    return asked._replace(way=asked.way or form.way(asked))


def standing_of(act: str, asked: Asked) -> Act | None:
    """The act as the record offers it now, if it does; a procurement may always be opened."""
    if not asked.p.version:
        return Offering(asked.p, asked.context).act(act, FORMS[act].title, ())
    offered = next_acts(asked.p, asked.context)
    return next((one for one in offered if (one.do, one.subject) == (act, asked.subject)), None)


def seat_for(act: str, asked: Asked, reader: Reader) -> Actor | None:
    """The reader's seat whose act it is, else any in this council: rules say what then."""
    return reader.seat(_whose(act, asked)[0]) or reader.seat_in(asked.reference)


def _whose(act: str, asked: Asked) -> tuple[tuple[str, ...], str]:
    """The posts that an act is for, and the rule that says so."""
    if standing := standing_of(act, asked):
        return standing.posts, standing.whose
    duty = asked.context.constitution.duty(act)
    return (duty.posts, duty.provenance) if duty else ((), "")


def _needed(seat: Actor | None) -> Actor:
    if seat is None:
        raise HTTPException(403, NO_SEAT)
    return seat


def _barred(act: str, asked: Asked, reader: Reader) -> list[Refusal]:
    """Why the reader is not the one to do it."""
    seat, (posts, whose) = seat_for(act, asked, reader), _whose(act, asked)
    if seat is None:
        return [STRANGER]
    context = asked_by(seat, asked.context)
    if not posts:
        return list(why_not_by(act, context)) if standing_of(act, asked) else []
    if seat.post not in posts:
        return [not_yours(posts, context, whose)]
    return list(why_not_in_post(context))


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


def _ways(
    request: Request,
    reader: Reader,
    form: type[ActForm],
    asked: Asked,
    ways: Sequence[tuple[str, str, str]],
) -> Response:
    """The first page where there are several ways to do it: which one."""
    standing = standing_of(form.act, asked)
    values = {
        "title": standing.title if standing else form.title,
        "p": asked.p,
        "ways": ways,
        "subject": asked.subject,
        "standing": standing,
        "barred": _barred(form.act, asked, reader),
    }
    authority = authority_of(asked.reference)
    pages = pages_of(request)
    return pages.page(request, "ways.html", values, reader=reader, authority=authority)


def form_page(
    request: Request,
    reader: Reader,
    form: type[ActForm],
    asked: Asked,
    mistakes: Mapping[str, str] = NO_MISTAKES,
) -> Response:
    standing = standing_of(form.act, asked)
    values: dict[str, Any] = {
        "title": standing.title if standing else form.title,
        "p": asked.p,
        "form": form,
        "intro": form.intro(asked),
        "report": form.report(asked),
        "context": asked.context,
        "closed": asked.closed,
        "fields": form.fields(asked),
        "sent": asked.sent,
        "mistakes": mistakes,
        "standing": standing,
        "barred": _barred(form.act, asked, reader),
        "seen": asked.sent.get("seen") or asked.p.version,
        "command": asked.sent.get("command") or uuid4(),
        "rows": rows(asked.sent),
        "many": form.act == "record-evaluation",
        "kept": {key: asked.sent[key] for key in ("with", "without") if asked.sent.get(key)},
        "addable": form.addable(asked),
        "removable": form.removable(asked),
        "subject": asked.subject,
        "ways": form.ways(asked),
    }
    return pages_of(request).page(
        request,
        "act.html",
        values,
        reader=reader,
        authority=authority_of(asked.reference),
        status=422 if mistakes else 200,
    )
