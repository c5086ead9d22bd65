"""Deciding a report, resolution by resolution: fill in, check, receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from msgspec.structs import replace

from adapters.house import House
from domain.decisions import Answer, TakeDecision, why_not_by_decider, why_not_decide
from domain.effects import AuthoriseProcurement, AwardContract
from domain.messages import Actor, Context
from domain.procurement import Procurement
from domain.record import Alternative, Interests, Outcome, Recommendation, Report
from domain.refusals import Refusal, Refused, Stale
from domain.reports import route_of
from domain.values import procurement_id
from projections.sentences import OUTCOMES
from web.forms.base import Answers, said
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader
from web.routes.acts import NO_SEAT, Sent, id_of, seen_of
from web.routes.procurements import opened
from web.stale import stale_page

router = APIRouter()
INTERESTS = ("none-declared", "declared")
EMPTY_ROWS = 2


@router.get("/procurements/{reference}/reports/{report}/decide")
def ask(
    request: Request, house: TheHouse, reader: TheReader, reference: str, report: UUID
) -> Response:
    p, context, found = _report(house, reference, report)
    return _form(request, reader, p, context, found, {}, {})


@router.post("/procurements/{reference}/reports/{report}/decide")
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
        return _form(request, reader, p, context, found, sent, {})
    answers = Answers(sent)
    command = _command(reference, found, answers)
    if answers.mistakes:
        return _form(request, reader, p, context, found, sent, answers.mistakes, status=422)
    seat, seen = _seat(found, p, context, reader), seen_of(sent)
    if sent.get("step") != "confirm":
        asked = _asked_by(context, seat)
        if refusals := list(command.why_not({command.procurement: p}, asked)):
            return _form(request, reader, p, context, found, sent, said(refusals), status=422)
        return _check(request, reader, p, context, found, sent, command)
    try:
        house.execute(command, seat, id_of(sent), {command.procurement: seen})
    except Refused as refused:
        barred = said(refused.refusals)
        return _form(request, reader, p, context, found, sent, barred, status=422)
    except Stale as stale:
        return stale_page(request, house, reader, reference, seen, stale)
    there = f"/procurements/{reference}/decisions/{command.decision}?new=1"
    return RedirectResponse(there, status_code=303)


@router.get("/procurements/{reference}/decisions/{decision}")
def receipt(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    reference: str,
    decision: UUID,
    new: bool = False,
) -> Response:
    p, context = opened(house, reference)
    if (found := p.decisions.get(decision)) is None:
        raise HTTPException(404, "There is no such decision in this procurement.")
    values = {
        "title": "Decision",
        "p": p,
        "d": found,
        "report": p.reports[found.report],
        "context": context,
        "new": new,
        "irregularities": dict.fromkeys(one.irregularity for one in p.irregularities),
    }
    return pages_of(request).page(request, "decision.html", values, reader=reader)


def _report(house: House, reference: str, report: UUID) -> tuple[Procurement, Context, Report]:
    p, context = opened(house, reference)
    if report not in p.reports:
        raise HTTPException(404, "There is no such report in this procurement.")
    return p, context, p.reports[report]


def _seat(report: Report, p: Procurement, context: Context, reader: Reader) -> Actor:
    """The reader's seat that decides, else any in this council: the rules say what then."""
    route = route_of(report.gateway, report.decision_class, p, context)
    seat = (reader.seat((route.decided_by,)) if route else None) or reader.seat_in(p.reference)
    if seat is None:
        raise HTTPException(403, NO_SEAT)
    return seat


def _asked_by(context: Context, seat: Actor) -> Context:
    return replace(context, stamp=replace(context.stamp, by=seat))


def _command(reference: str, report: Report, answers: Answers) -> TakeDecision:
    interests = answers.one_of("interests", "whether an interest was declared", INTERESTS)
    note = answers.optional("interests_note")
    if interests == "declared" and not note:
        answers.mistakes["interests_note"] = "Say which interest, and what follows from it"
    case = procurement_id(reference)
    return TakeDecision(
        procurement=case,
        report=report.id,
        decision=uuid5(case, answers.sent.get("command", "")),
        answers=tuple(_answer(one, answers) for one in report.recommendations),
        reasons=answers.text("reasons", "the reasons for the decision"),
        alternatives=report.alternatives or _alternatives(answers),
        implications=report.implications,
        interests=cast(Interests, interests),
        interests_note=note,
    )


def _answer(asked: Recommendation, answers: Answers) -> Answer:
    label = asked.label
    chosen = answers.one_of(f"outcome-{label}", f"an answer to ({label})", list(OUTCOMES))
    reason = answers.optional(f"reason-{label}")
    if chosen not in ("agreed", "noted") and not reason:
        answers.mistakes[f"reason-{label}"] = f"Give a reason: ({label}) is not agreed as it stands"
    if chosen != "agreed-as-amended":
        return Answer(label, cast(Outcome, chosen), reason)
    wording = answers.text(f"wording-{label}", f"the wording of ({label}) as amended")
    effect = asked.effect
    if isinstance(effect, AuthoriseProcurement | AwardContract) and answers.optional(
        f"amount-{label}"
    ):
        pounds = answers.pounds(f"amount-{label}", "the amount as amended")
        if isinstance(effect, AuthoriseProcurement):
            effect = replace(effect, up_to=replace(effect.up_to, pounds=pounds))
        else:
            effect = replace(effect, amount=replace(effect.amount, pounds=pounds))
    return Answer(label, "agreed-as-amended", reason, wording, effect)


def _alternatives(answers: Answers) -> tuple[Alternative, ...]:
    """Alternatives that the decision maker adds where the report has none."""
    return tuple(
        Alternative(
            answers.text(f"option-{n}", f"alternative {n}"),
            answers.text(f"why-{n}", f"why alternative {n} was rejected"),
        )
        for n in range(1, EMPTY_ROWS + 1)
        if n == 1 or answers.optional(f"option-{n}")
    )


def _form(
    request: Request,
    reader: Reader,
    p: Procurement,
    context: Context,
    report: Report,
    sent: Mapping[str, str],
    mistakes: Mapping[str, str],
    status: int = 200,
) -> Response:
    seat = reader.seat_in(p.reference)
    if seat:
        seat = _seat(report, p, context, reader)
        barred = list(why_not_by_decider(report.id, p, _asked_by(context, seat)))
    else:
        barred = [Refusal("G1", NO_SEAT)]
    values = {
        "title": report.title,
        "p": p,
        "report": report,
        "context": context,
        "seat": seat,
        "barred": barred,
        "refusals": list(why_not_decide(report.id, p, context)),
        "sent": sent,
        "mistakes": mistakes,
        "seen": sent.get("seen") or p.version,
        "command": sent.get("command") or uuid4(),
        "empty_rows": range(1, EMPTY_ROWS + 1) if not report.alternatives else (),
        "amendable": [
            one.label
            for one in report.recommendations
            if isinstance(one.effect, AuthoriseProcurement | AwardContract)
        ],
    }
    return pages_of(request).page(request, "decide.html", values, reader=reader, status=status)


def _check(
    request: Request,
    reader: Reader,
    p: Procurement,
    context: Context,
    report: Report,
    sent: Mapping[str, str],
    command: TakeDecision,
) -> Response:
    kept = {key: value for key, value in sent.items() if key != "step"}
    texts = {one.label: one.text for one in report.recommendations}
    kind = context.constitution.decision_class(report.decision_class)
    values = {
        "title": "Check your decision",
        "p": p,
        "report": report,
        "context": context,
        "decision": command,
        "texts": texts,
        "kind": kind,
        "kept": kept,
    }
    return pages_of(request).page(request, "check.html", values, reader=reader)
