"""What an open page listens to: that there is news for it, and never what."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response

from adapters.house import House
from adapters.telling import topic
from domain.values import procurement_id
from web.live import Live, Stream, Told
from web.reader import TheHouse, TheReader, signed_in, token_of
from web.routes.procurements import opened

router = APIRouter()
FOR_PAGES = "This address is for a page that is open, which is told here when to look again."
ENOUGH = "Enough of your pages are open. This one shows what is new when you open it again."


@router.get("/live")
def live(
    request: Request,
    house: TheHouse,
    reader: TheReader,
    seen: int = 0,
    case: str = "",
) -> Response:
    """What an open page listens to: the queue, seen up to a position, or a case at a version."""
    if "text/event-stream" not in request.headers.get("accept", ""):
        raise HTTPException(406, FOR_PAGES)
    pages: Live = request.app.state.live
    if pages.full(session := token_of(request)):
        raise HTTPException(429, ENOUGH, {"Retry-After": "30"})
    if case:
        p, _ = opened(house, case)
        stream = Stream(
            house,
            session,
            lambda: frozenset({topic("trail", p.reference)}),
            lambda: house.log.version(procurement_id(p.reference)) > seen,
        )
    else:
        stream = Stream(
            house,
            session,
            lambda: _of_queue(request, house),
            lambda: house.runners["queue"].position() > seen,
        )
    return Told(pages, stream)


def _of_queue(request: Request, house: House) -> frozenset[str]:
    """The posts of the reader as they are now, and the councils, whose offices may change that."""
    reader = signed_in(request)
    posts = {topic("queue", one.post) for one in reader.seats}
    return frozenset(posts | {topic("trail", one) for one in house.views.authorities()})
