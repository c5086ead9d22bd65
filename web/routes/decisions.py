"""Deciding a report, resolution by resolution: fill in, check, receipt."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from adapters.house import House
from domain.answers import labels
from domain.consultation import objections
from domain.deciding import why_not_agree, why_not_by_decider, why_not_decide, why_not_weigh
from domain.decisions import TakeDecision
from domain.messages import Actor, Context
from domain.procurement import Procurement
from domain.refusals import Refused, Stale
from domain.reported import Report
from domain.routes import way_of, whose_decision
from domain.values import authority_of
from domain.wording import long_day
from web.answers import Sent, answered, asked_anew
from web.balance import balance_of, budgets_of, why_not_all
from web.forms.base import Answers, said
from web.forms.deciding import AMENDABLE, EMPTY_ROWS, command_of
from web.forms.meeting import meeting_field, met_of
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader, sees_closed
from web.routes.acts import NO_SEAT, STRANGER, id_of, seen_of
from web.routes.procurements import asked_by, opened
from web.stale import stale_page

router = APIRouter()


@router.get("/procurements/{reference}/reports/{report}/decide")
def ask(
    request: Request, house: TheHouse, reader: TheReader, reference: str, report: UUID
) -> Response:
    p, context, found = _report(house, reference, report)
    return _form(request, house, reader, p, context, found, {}, {})


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
    p, context, found = _report(house, reference, report)
    if sent.get("step") == "change":
        return _form(request, house, reader, p, context, found, sent, {})
    answers = Answers(sent)
    body = _body(found, p, context)
    met = met_of(found, p, context, answers) if body else None
    command = command_of(p, found, answers, body, met)
    if answers.mistakes:
        return _form(request, house, reader, p, context, found, sent, answers.mistakes, status=422)
    seat, seen = _seat(found, p, context, reader), seen_of(sent)
    moved = _moved(sent, seat, context) if p.version == seen else {}
    if sent.get("step") != "confirm" or moved:
        asked = house.context_of(command, seat, id_of(sent))
        if refusals := list(command.why_not(house.engine.record(command), asked)):
            return _form(
                request, house, reader, p, context, found, sent, said(refusals), status=422
            )
        mistakes = moved if sent.get("step") == "confirm" else {}
        return _check(request, reader, p, asked, found, sent, command, mistakes)
    try:
        house.execute(command, seat, id_of(sent), {command.procurement: seen})
    except Refused as refused:
        barred = said(refused.refusals)
        return _form(request, house, reader, p, context, found, sent, barred, status=422)
    except Stale as stale:
        return stale_page(request, house, reader, reference, seen, stale)
    there = f"/procurements/{reference}/decisions/{command.decision}?new=1"
    return answered(request, there)


def _report(house: House, reference: str, report: UUID) -> tuple[Procurement, Context, Report]:
    p, context = opened(house, reference)
    if report not in p.reports:
        raise HTTPException(404, "There is no such report in this procurement.")
    return p, context, p.reports[report]


def _seat(report: Report, p: Procurement, context: Context, reader: Reader) -> Actor:
    """The reader's seat that decides, else any in this council: the rules say what then."""
    posts, _ = whose_decision(report, p, context)
    seat = reader.seat(posts) or reader.seat_in(p.reference)
    if seat is None:
        raise HTTPException(403, NO_SEAT)
    return seat


def _body(report: Report, p: Procurement, context: Context) -> str | None:
    """The body whose resolution is recorded, where one decides."""
    way = way_of(report, p, context)
    return way.decided_by if way and context.offices.is_body(way.decided_by) else None


def _moved(sent: Mapping[str, str], seat: Actor, context: Context) -> dict[str, str]:
    """What is no longer so of that which the decision was checked with: its day and its post."""
    found = {}
    if sent.get("day") != context.day.isoformat():
        found["rule-day"] = f"It is now {long_day(context.day)}: check your decision again"
    if sent.get("as") != seat.post:
        title = context.offices.title(seat.post)
        found["rule-as"] = f"You now decide as {title}: check your decision again"
    return found


def _form(
    request: Request,
    house: House,
    reader: Reader,
    p: Procurement,
    context: Context,
    report: Report,
    sent: Mapping[str, str],
    mistakes: Mapping[str, str],
    status: int = 200,
) -> Response:
    seat, body = reader.seat_in(p.reference), _body(report, p, context)
    barred = [STRANGER]
    if seat:
        seat = _seat(report, p, context, reader)
        barred = list(why_not_by_decider(report.id, p, asked_by(seat, context), body))
    closed = sees_closed(reader, context)
    balance = balance_of(house, report.under, context, closed=closed) if report.under else None
    behind = budgets_of(house, report, p)
    weighed = [p, *behind.values(), *([balance.one, balance.source] if balance else [])]
    unseen = list(why_not_weigh(report, weighed, asked_by(seat, context) if seat else context))
    values = {
        "title": report.title,
        "p": p,
        "report": report,
        "context": context,
        "seat": seat,
        "body": body,
        "meeting": meeting_field(context),
        "to_answer": labels(report, p),
        "objections": objections(report),
        "closed": closed,
        "balance": balance,
        "against_all": [] if unseen else why_not_all(report, p, balance, behind, context),
        "barred": barred or unseen,
        "refusals": list(why_not_decide(report.id, p, context)),
        "against": {} if unseen else why_not_agree(report, p, context),
        "sent": sent,
        "mistakes": mistakes,
        "seen": sent.get("seen") or p.version,
        "command": sent.get("command") or uuid4(),
        "empty_rows": range(1, EMPTY_ROWS + 1) if not report.alternatives else (),
        "amendable": [
            one.label for one in report.recommendations if isinstance(one.effect, AMENDABLE)
        ],
    }
    return pages_of(request).page(
        request,
        "decide.html",
        values,
        reader=reader,
        authority=authority_of(p.reference),
        status=status,
    )


def _check(
    request: Request,
    reader: Reader,
    p: Procurement,
    context: Context,
    report: Report,
    sent: Mapping[str, str],
    command: TakeDecision,
    mistakes: Mapping[str, str],
) -> Response:
    seat = context.stamp.by
    kept = {key: value for key, value in sent.items() if key != "step"}
    kept |= {"day": context.acting.day.isoformat(), "as": seat.post}
    kind = context.constitution.decision_class(report.decision_class)
    body = _body(report, p, context)
    resolved = f"Check what the {context.offices.title(body)} resolved" if body else ""
    values = {
        "title": resolved or "Check your decision",
        "p": p,
        "report": report,
        "context": context,
        "decision": command,
        "asked": {one.label: one for one in report.recommendations},
        "kind": kind,
        "kept": kept,
        "seat": seat,
        "body": body,
        "closed": sees_closed(reader, context),
        "mistakes": mistakes,
    }
    status = 409 if mistakes else 200
    return pages_of(request).page(
        request,
        "check.html",
        values,
        reader=reader,
        authority=authority_of(p.reference),
        status=status,
    )
