"""A decision on a page of its own: what was resolved, when it has effect, what is irregular."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response

from adapters.house import House
from domain.completing import PUBLISH
from domain.decided import DecisionTaken
from domain.decision_record import why_not_record_complete
from domain.messages import Context, Irregularity
from domain.procurement import Procurement
from domain.record import Decision
from domain.retention import kept_of_procurement
from domain.values import authority_of, procurement_id
from projections.record_told import kept_in_words, told_of_record
from web.links import before_at, proof_at
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader, sees_closed
from web.routes.procurements import opened

router = APIRouter()


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
    made = event_of_decision(house, reference, decision)
    values = {
        "title": "Decision",
        "p": p,
        "d": found,
        "report": p.reports[found.report],
        "context": context,
        "new": new,
        "closed": sees_closed(reader, context),
        "irregularities": _irregular(house, p, found),
        "lacks": list(why_not_record_complete(found, p, context)),
        "told": told_of_record(found, p, context),
        "kept": kept_in_words(kept) if (kept := kept_of_procurement(p)) else None,
        "may_complete": _may_complete(reader, context),
        "proof": proof_at(reference, made),
        "before": before_at(reference, found.on, made),
    }
    return pages_of(request).page(
        request, "decision.html", values, reader=reader, authority=authority_of(p.reference)
    )


def proof_of_decision(house: House, reference: str, decision: UUID) -> str:
    """Where the authority for a decision is proved."""
    return proof_at(reference, event_of_decision(house, reference, decision))


def event_of_decision(house: House, reference: str, decision: UUID) -> int:
    """The number of the event by which a decision is on record."""
    return next(
        one.version
        for one in house.log.history(procurement_id(reference))
        if isinstance(one.event, DecisionTaken) and one.event.decision == decision
    )


def _may_complete(reader: Reader, context: Context) -> bool:
    duty = context.constitution.duty(PUBLISH)
    return duty is not None and reader.seat(duty.posts) is not None


def _irregular(house: House, p: Procurement, decision: Decision) -> list[Irregularity]:
    """What rules say against the events of a decision and of the report that it decides."""
    about = {decision.id, decision.report}
    found = {
        one: None
        for recorded in house.log.read(procurement_id(p.reference))
        for one in recorded.stamp.irregularities
        if about
        & {getattr(recorded.event, "report", None), getattr(recorded.event, "decision", None)}
    }
    return list(found)
