"""What rests on a delegation, an appointment, or a version of rules or offices."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response

from adapters.house import House
from adapters.tracing import titles, traced
from domain.values import authority_of
from domain.wording import lettered
from projections.tracing import OfAppointment, OfDelegation, OfVersion, Root, what_was_read
from web.links import proof_at, register_of
from web.pages import pages_of
from web.reader import Reader, TheHouse, TheReader

router = APIRouter()
MOST = 500


@router.get("/trace/delegations/{reference}/{decision}/{label}")
def of_delegation(
    request: Request, house: TheHouse, reader: TheReader, reference: str, decision: UUID, label: str
) -> Response:
    title = f"Resolution {lettered(label)} in {reference}"
    back = title, register_of(reference, decision, label)
    root = OfDelegation(reference, decision, label)
    return _page(request, house, reader, root, authority_of(reference), title, back)


@router.get("/trace/posts/{authority}/{post}")
def of_post(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    authority: str,
    post: str,
    person: UUID | None = None,
) -> Response:
    root = OfAppointment(f"{authority}/{post}", person)
    title = titles(house, authority).get(root.post, root.post)
    if person:
        title = f"{house.identity.name(person) or person} as {title}"
    return _page(request, house, reader, root, authority, title, ("Rules", f"/rules#{authority}"))


@router.get("/trace/{what}/{authority}/{version:path}")
def of_version(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    what: Literal["constitution", "offices"],
    authority: str,
    version: str,
) -> Response:
    root, title = OfVersion(authority, what, version), f"{what.capitalize()} {version}"
    return _page(request, house, reader, root, authority, title, ("Rules", f"/rules#{authority}"))


def _page(
    request: Request,
    house: House,
    reader: Reader,
    root: Root,
    authority: str,
    title: str,
    back: tuple[str, str],
) -> Response:
    found = traced(house, root)
    shown = found.steps[:MOST]
    values = {
        "title": f"What rests on {title}",
        "named": title,
        "back": back,
        "trace": found,
        "shown": shown,
        "titles": titles(house, authority),
        "proof_at": proof_at,
        "read": what_was_read(found),
    }
    return pages_of(request).page(request, "trace.html", values, reader=reader, authority=authority)
