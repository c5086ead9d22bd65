"""Deciding a report, resolution by resolution: fill in, check, receipt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from msgspec.structs import replace

from adapters.house import House
from domain.answers import labels
from domain.consultation import objections
from domain.deciding import why_not_decide
from domain.decisions import TakeDecision
from domain.messages import Actor, Context
from domain.procurement import Procurement
from domain.refusals import Refused, Stale
from domain.reported import Report
from domain.values import authority_of, procurement_id
from projections.capsule import Footing
from web.answers import Sent, answered, asked_anew
from web.capsules import Case, Drawn, as_html, drawn
from web.changed import Changes, changes_since, footing_of
from web.forms.base import Answers, said
from web.forms.deciding import AMENDABLE, EMPTY_ROWS, command_of
from web.forms.meeting import meeting_field, met_of
from web.matter import body_of, deciding_posts
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader, sees_closed
from web.refusing import act_refused
from web.routes.acts import NO_MISTAKES, NO_SEAT, STRANGER, id_of, seen_of
from web.routes.procurements import opened

router = APIRouter()
DIGEST = re.compile(r"[0-9a-f]{64}")


@router.get("/procurements/{reference}/reports/{report}/decide")
def ask(
    request: Request, house: TheHouse, reader: TheReader, reference: str, report: UUID
) -> Response:
    case = _case(house, reference, report)
    return _form(request, house, reader, case, _page(request, house, reader, case), {}, {})


@router.post(
    "/procurements/{reference}/reports/{report}/decide", dependencies=[Depends(asked_anew)]
)
def decide(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    reference: str,
    report: UUID,
    sent: Sent,
) -> Response:
    case = p, context, found = _case(house, reference, report)
    page = _page(request, house, reader, case)
    if sent.get("step") == "change":
        return _form(request, house, reader, case, page, sent, {})
    answers = Answers(sent)
    body = body_of(found, p, context)
    met = met_of(found, p, context, answers) if body else None
    command = command_of(p, found, answers, body, met)
    if answers.mistakes:
        return _stale(request, house, reader, case, page, sent, answers.mistakes)
    seat, seen = _seat(found, p, context, reader), seen_of(sent)
    command = replace(command, capsule=_digest(sent))
    asked = house.context_of(command, seat, id_of(sent))
    there = f"/procurements/{reference}/decisions/{command.decision}?new=1"
    confirmed = sent.get("step") == "confirm"
    looked_at = _seen(footing_of(sent, reader), seen, p)
    sent_again = confirmed and house.engine.on_record(command, asked, looked_at)
    true = sent_again or _is_true(page, command, asked)
    if command.capsule and not true and not page.matter.barred:
        return _stale(request, house, reader, case, page, sent)
    try:
        if not (confirmed and true):
            if refusals := list(command.why_not(house.engine.record(command), asked)):
                raise Refused(refusals)
            if not true:
                return _stale(request, house, reader, case, page, sent)
            return _check(request, reader, p, asked, found, sent, command)
        if not sent_again:
            looked_at = _seen(page.capsule.footing, seen, p)
            house.capsules.put(page.capsule, page.shown)
        house.engine.execute(command, asked, looked_at)
    except Refused as refused:
        act_refused(request, command, seat, refused.refusals, reference)
        return _form(request, house, reader, case, page, sent, said(refused.refusals))
    except Stale:
        case = _case(house, reference, report)
        page = _page(request, house, reader, case)
        return _stale(request, house, reader, case, page, sent)
    return answered(request, there)


def _case(house: House, reference: str, report: UUID) -> Case:
    p, context = opened(house, reference)
    if report not in p.reports:
        raise HTTPException(404, "There is no such report in this procurement.")
    return p, context, p.reports[report]


def _page(request: Request, house: House, reader: Reader, case: Case) -> Drawn:
    """What is shown to the reader, with its capsule."""
    p, context, report = case
    seat = _seat(report, p, context, reader) if reader.seat_in(p.reference) else None
    closed = sees_closed(reader, context)
    return drawn(house, pages_of(request), house, case, seat, closed=closed)


def _seat(report: Report, p: Procurement, context: Context, reader: Reader) -> Actor:
    """The reader's seat that decides, else any in this council: the rules say what then."""
    seat = reader.seat(deciding_posts(report, p, context)) or reader.seat_in(p.reference)
    if seat is None:
        raise HTTPException(403, NO_SEAT)
    return seat


def _digest(sent: Mapping[str, str]) -> str | None:
    """Of the page that the form was sent from, as it says."""
    digest = sent.get("capsule", "")
    return digest if DIGEST.fullmatch(digest) else None


def _is_true(page: Drawn, command: TakeDecision, asked: Context) -> bool:
    """Whether what was looked at is what is there, on the day and by the rules of the decision."""
    now, footing = asked.acting, page.capsule.footing
    same = (footing.day, footing.versions) == (now.day, now.stamp.versions)
    return same and command.capsule == page.digest


def _seen(footing: Footing | None, seen: int, p: Procurement) -> dict[UUID, int]:
    """The versions of everything that was looked at."""
    stood = {one.stream: one.version for one in footing.stood} if footing else {}
    return {**stood, procurement_id(p.reference): seen}


def _stale(
    request: Request,
    house: House,
    reader: Reader,
    case: Case,
    page: Drawn,
    sent: Mapping[str, str],
    mistakes: Mapping[str, str] = NO_MISTAKES,
) -> Response:
    """The form once more, with its mistakes and with what has changed since it was opened."""
    changed = None
    if not mistakes or _digest(sent) not in (None, page.digest):
        changed = changes_since(house, pages_of(request), sent, reader, page)
    return _form(request, house, reader, case, page, sent, mistakes, changed)


def _form(
    request: Request,
    house: House,
    reader: Reader,
    case: Case,
    page: Drawn,
    sent: Mapping[str, str],
    mistakes: Mapping[str, str],
    changed: Changes | None = None,
) -> Response:
    """Nothing changed: it is the page that it was, also where something has happened since."""
    (p, context, report), seat = case, page.matter.seat
    values = {
        "title": report.title,
        "p": p,
        "report": report,
        "context": context,
        "seat": seat,
        "body": page.matter.body,
        "meeting": meeting_field(context),
        "to_answer": labels(report, p),
        "objections": objections(report),
        "shown": as_html(page.shown),
        "barred": page.matter.barred if reader.seat_in(p.reference) else [STRANGER],
        "refusals": list(why_not_decide(report.id, p, context)),
        "sent": sent,
        "mistakes": mistakes,
        "changed": changed,
        **_kept(page, {} if changed else sent, p),
        "empty_rows": range(1, EMPTY_ROWS + 1) if not report.alternatives else (),
        "amendable": [
            one.label for one in report.recommendations if isinstance(one.effect, AMENDABLE)
        ],
    }
    status = 409 if changed else 422 if mistakes else 200
    return _answer(request, reader, p, "decide.html", values, status)


def _kept(page: Drawn, sent: Mapping[str, str], p: Procurement) -> dict[str, object]:
    """What the form says of the page that it is on."""
    return {
        "seen": sent.get("seen") or p.version,
        "command": sent.get("command") or uuid4(),
        "capsule": sent.get("capsule") or page.digest,
        "footing": sent.get("footing") or msgspec.json.encode(page.capsule.footing).decode(),
    }


def _check(
    request: Request,
    reader: Reader,
    p: Procurement,
    context: Context,
    report: Report,
    sent: Mapping[str, str],
    command: TakeDecision,
) -> Response:
    body = command.body
    resolved = f"Check what the {context.offices.title(body)} resolved" if body else ""
    values = {
        "title": resolved or "Check your decision",
        "p": p,
        "report": report,
        "context": context,
        "decision": command,
        "asked": {one.label: one for one in report.recommendations},
        "kind": context.constitution.decision_class(report.decision_class),
        "kept": {key: value for key, value in sent.items() if key != "step"},
        "seat": context.stamp.by,
        "body": body,
        "closed": sees_closed(reader, context),
        "mistakes": {},
    }
    return _answer(request, reader, p, "check.html", values)


def _answer(
    request: Request,
    reader: Reader,
    p: Procurement,
    template: str,
    values: Mapping[str, Any],
    status: int = 200,
) -> Response:
    authority = authority_of(p.reference)
    return pages_of(request).page(
        request, template, values, reader=reader, authority=authority, status=status
    )
