"""Evidence: up to where the log is sealed, who has cosigned it, and proofs to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse

from adapters.clock import LONDON
from adapters.evidence.notes import PublicKey
from adapters.evidence.packing import NotSealed, pack
from adapters.evidence.tree import Missing
from adapters.house import House
from domain.values import procurement_id
from web.pack import report
from web.pages import pages_of
from web.reader import TheHouse, TheReader
from web.routes.access import may_look
from web.routes.procurements import opened

router = APIRouter()
LogKeys = Callable[[], Sequence[PublicKey]]
SPOILT = "The sealed log is not whole here: have it checked with countersign verify."


@router.get("/evidence")
def evidence(request: Request, house: TheHouse, reader: TheReader) -> Response:
    witnessed = [(name, size, at.astimezone(LONDON)) for name, size, at in house.seals.witnessed()]
    keys = [one.text() for one in _keys(request)]
    values = {"title": "Evidence", **sealed_up_to(house), "witnessed": witnessed, "keys": keys}
    values["may_look"] = may_look(house, reader)
    return pages_of(request).page(request, "evidence.html", values, reader=reader)


@router.get("/evidence/checkpoint")
def checkpoint(house: TheHouse, _: TheReader) -> Response:
    """The latest, as text that other people’s tools read."""
    if (latest := house.seals.latest()) is None:
        raise HTTPException(404, "Nothing is sealed yet: nobody has set a key for it.")
    return _taken(latest.note, "checkpoint.txt")


@router.get("/procurements/{reference}/entries/{version}/proof")
def proof(house: TheHouse, _: TheReader, reference: str, version: int) -> Response:
    """That one event is in the sealed log. It holds nothing of what the event says."""
    opened(house, reference)
    stored = house.log.stored(procurement_id(reference), house.log.last_position())
    if not 0 < version <= len(stored):
        raise HTTPException(404, f"There is no event {version} here; the last is {len(stored)}.")
    try:
        found = house.seals.inclusion(stored[version - 1].position)
    except Missing:
        raise HTTPException(404, SPOILT) from None
    if found is None:
        raise HTTPException(404, "This is not sealed yet: look again in a second.")
    return _taken(found.text(), f"{reference}-{version}.tlog-proof")


@router.get("/procurements/{reference}/pack.zip")
def audit_pack(request: Request, house: TheHouse, _: TheReader, reference: str) -> Response:
    """Everything on record of it and what proves it. What is closed is in it as ciphertext only."""
    opened(house, reference)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "pack.zip"
        try:
            pack(house, reference, _keys(request), report, file)
        except NotSealed:
            raise HTTPException(
                409, "Not all of it is sealed yet: try again in a second."
            ) from None
        except Missing:
            raise HTTPException(404, SPOILT) from None
        body = file.read_bytes()
    attached = {"Content-Disposition": f'attachment; filename="{reference}.zip"'}
    return Response(body, media_type="application/zip", headers=attached)


def _keys(request: Request) -> Sequence[PublicKey]:
    """The public keys of the log."""
    asked: LogKeys = request.app.state.log_keys
    return asked()


def sealed_up_to(house: House) -> dict[str, Any]:
    """The latest checkpoint, its time in London, and how many events it is not about."""
    latest, last = house.seals.latest(), house.log.last_position()
    at = latest and latest.at.astimezone(LONDON)
    return {"latest": latest, "at": at, "left": last - (latest.size if latest else 0)}


def _taken(text: str, name: str) -> Response:
    attached = {"Content-Disposition": f'attachment; filename="{name}"'}
    return PlainTextResponse(text, headers=attached)
