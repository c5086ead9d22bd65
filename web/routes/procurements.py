"""Procurements: the register, and one with everything about it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from msgspec.structs import replace

from adapters.house import House
from domain.acts import Act, next_acts
from domain.effects import DelegateAuthority
from domain.messages import Actor, Context
from domain.procurement import Procurement
from domain.refusals import Refusal, Refused
from domain.reported import Under
from domain.undertakings import undertakings
from domain.values import authority_of, procurement_id
from domain.wording import short_day
from projections.notices import rows
from projections.proof_then import PROVED
from projections.standing import context_at, stage
from projections.trail import row
from web.links import link_to, proof_at, replay_at
from web.pages import Pages, pages_of
from web.reader import Reader, TheHouse, TheReader, sees_closed

router = APIRouter()


@router.get("/procurements")
def register(request: Request, house: TheHouse, reader: TheReader) -> Response:
    rules = {name: house.rules(name).constitution for name in house.views.authorities()}
    duties = {name: one.duty("open-procurement") for name, one in rules.items()}
    values = {
        "title": "Procurements",
        "rows": house.views.procurements(),
        "councils": {name: one.title for name, one in rules.items()},
        "may_open": [name for name, one in duties.items() if one and reader.seat(one.posts)],
    }
    return pages_of(request).page(request, "procurements.html", values, reader=reader)


@router.get("/procurements/{reference}")
def procurement(
    request: Request, house: TheHouse, reader: TheReader, reference: str, done: int = 0
) -> Response:
    p, context = opened(house, reference)
    timeline = _timeline(house, reference, pages_of(request))
    values = {
        "title": p.title,
        "p": p,
        "context": context,
        "stage": stage(p),
        "acts": [_shown(one, reader, reference, context) for one in next_acts(p, context)],
        "timeline": timeline,
        "closed": sees_closed(reader, context),
        "undertakings": list(undertakings(p)),
        "delegations": [
            (decision, one, Under(reference, decision.id, one.label))
            for decision, one, _ in p.resolved(DelegateAuthority)
        ],
        "done": next((one["row"]["sentence"] for one in timeline if one["version"] == done), ""),
        "notices": rows(p, context),
        "sealed": house.seals.latest() is not None,
        "today": context.day,
    }
    return pages_of(request).page(
        request, "procurement.html", values, reader=reader, authority=authority_of(reference)
    )


def opened(house: House, reference: str) -> tuple[Procurement, Context]:
    """The procurement as it stands, with today's rules. Refuses where there is none."""
    p = house.procurement(reference)
    if not p.version:
        raise Refused([Refusal("C1", f"There is no procurement {reference}")])
    authority = authority_of(reference)
    today = house.clocks.today(authority)
    return p, context_at(p, house.rules(authority, today), today)


def asked_by(seat: Actor, context: Context) -> Context:
    """The context in which somebody acts."""
    return replace(context, stamp=replace(context.stamp, by=seat))


def _shown(act: Act, reader: Reader, reference: str, context: Context) -> dict[str, object]:
    seat = reader.seat(act.posts)
    return {
        "act": act,
        "who": [context.offices.title(post) for post in act.posts],
        "mine": seat,
        "link": link_to(reference, act.do, act.subject) if seat and not act.refusals else "",
        "opens": short_day(act.opens) if act.opens else "",
        "overdue": act.due is not None and act.due < context.day,
    }


def _timeline(house: House, reference: str, pages: Pages) -> list[dict[str, Any]]:
    """Every event with its sentence, latest first, and a fragment where words are not enough."""
    titles = house.rules(authority_of(reference)).offices
    found: list[dict[str, Any]] = []
    for recorded in house.log.read(procurement_id(reference)):
        told = row(recorded.version, recorded, reference)
        fragment = f"timeline/{told['event'].partition('/')[0]}.html"
        found.append(
            {
                "version": recorded.version,
                "row": told,
                "event": recorded.event,
                "stamp": recorded.stamp,
                "post": titles.title(recorded.stamp.by.post),
                "fragment": fragment if pages.has(fragment) else "",
                "proof": isinstance(recorded.event, PROVED)
                and proof_at(reference, told["version"]),
                "then": replay_at(reference, recorded.version),
            }
        )
    return found[::-1]
