"""The trail: every event of every council in a sentence, and what is found in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Row

from adapters.house import House
from adapters.searching import COUNTED, Search
from domain.endpoints import DELIVERY
from domain.messages import tag_of
from domain.values import procurement_id
from domain.wording import counted
from projections.proof_then import PROVED
from web.forms.searching import Offered, asked_again, search_of
from web.links import proof_at, register_of
from web.pages import pages_of
from web.reader import TheHouse, TheReader
from web.routes.access import may_look
from web.routes.evidence import sealed_up_to
from web.taken import as_csv, as_json

router = APIRouter()
PAGE = 100
WITH_PROOF = frozenset(map(tag_of, PROVED))
COLUMNS = (
    *("position", "council", "reference", "version", "happened", "happened_text", "recorded"),
    *("kind", "sentence", "post", "post_title", "person", "person_name", "deputising"),
    *("decides", "gateway", "imported_from", "irregularities", "page"),
)
Before = Annotated[int | None, Query(ge=1, le=2**62)]


@router.get("/trail")
def trail(request: Request, house: TheHouse, reader: TheReader, before: Before = None) -> Response:
    """Everything on record, or what fits the questions in the address."""
    sent, offered = _sent(request), Offered(house)
    search, mistakes = search_of(sent, offered)
    rows = [] if mistakes else house.searching.page(search, PAGE + 1, before)
    shown, registers = rows[:PAGE], _registers(house)
    values = {
        "title": "Trail",
        "rows": shown,
        "older": shown[-1].position if len(rows) > PAGE else None,
        "titles": {**offered.titles, DELIVERY.post: "Countersign itself"},
        "names": offered.people,
        "links": {row.position: _link(row, registers) for row in shown},
        "sealed": sealed_up_to(house),
        "proofs": {row.position: _proof(row) for row in shown},
        "councils": offered.councils,
        "fields": offered.fields(),
        "sent": sent,
        # Without a word of it, checkboxes would be ticked.
        "ticked": {"asked": "yes", **sent},
        "mistakes": mistakes,
        "may_look": may_look(house, reader),
        "asked": asked_again(sent),
        "found": "" if mistakes else _found(house, search),
        "behind": house.log.last_position() - house.runners["facets"].position(),
    }
    status = 422 if mistakes else 200
    return pages_of(request).page(request, "trail.html", values, reader=reader, status=status)


@router.get("/trail.{form}")
def taken(
    request: Request, house: TheHouse, reader: TheReader, form: Literal["csv", "json"]
) -> Response:
    """All that fits, as a spreadsheet or for programs, as far as the trail is read by now."""
    sent, offered = _sent(request), Offered(house)
    search, mistakes = search_of(sent, offered)
    if mistakes:
        values = {"title": "That could not be read", "said": f"{'. '.join(mistakes.values())}."}
        return pages_of(request).page(request, "error.html", values, reader=reader, status=422)
    upto = house.runners["trail"].position()
    lines = _lines(house, search, upto, offered)
    if form == "csv":
        return as_csv("trail", COLUMNS, lines)
    return as_json("trail", {"asked": sent, "read_up_to": upto}, lines)


def _sent(request: Request) -> Mapping[str, str]:
    """What the address asks, without what is left empty."""
    return {name: value for name, value in request.query_params.items() if value.strip()}


def _found(house: House, search: Search) -> str:
    number = house.searching.count(search)
    if number > COUNTED:
        return f"More than {COUNTED:,} entries"
    return counted(number, "entry", "entries")


def _lines(
    house: House, search: Search, upto: int, offered: Offered
) -> Iterator[Mapping[str, Any]]:
    registers = _registers(house)
    for row in house.searching.every(search, upto):
        yield {
            "position": row.position,
            "council": row.authority,
            "reference": row.reference,
            "version": row.version,
            "happened": row.on,
            "happened_text": row.on_text,
            "recorded": row.recorded.replace(tzinfo=UTC),
            "kind": row.event,
            "sentence": row.sentence,
            "post": row.post,
            "post_title": offered.titles.get(row.post, ""),
            "person": row.person,
            "person_name": offered.people.get(row.person, ""),
            "deputising": row.deputising,
            "decides": row.body,
            "gateway": row.gateway,
            "imported_from": row.source,
            "irregularities": row.irregularities.splitlines(),
            "page": "" if row.reference in offered.councils else _link(row, registers),
        }


def _registers(house: House) -> Mapping[UUID, Row[Any]]:
    return {one.delegation: one for one in house.views.delegations()}


def _link(row: Row[Any], registers: Mapping[UUID, Row[Any]]) -> str:
    """Where an event is told: in its procurement, or with the delegated authority it is about."""
    if one := registers.get(row.stream):
        return register_of(one.granted_in, one.decision, one.label)
    there = f"/procurements/{row.reference}"
    # What is drawn on its budget has numbers of its own.
    return f"{there}#event-{row.version}" if row.stream == procurement_id(row.reference) else there


def _proof(row: Row[Any]) -> str:
    """Where the authority for a step is proved; nothing for steps of other kinds."""
    return proof_at(row.reference, row.version) if row.event in WITH_PROOF else ""
