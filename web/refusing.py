"""Notes what was refused: an act that rules stood against, and a page that is not for the reader.

An answer never waits for more than that, nor fails by it: what cannot be noted is logged.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from fastapi import Request
from msgspec.structs import replace
from sqlalchemy.exc import SQLAlchemyError

from adapters.database import Unavailable
from adapters.house import House
from adapters.refused_attempts import Attempt
from domain.case_command import ProcurementCommand
from domain.closed import why_not_compare
from domain.messages import Actor, Command, tag_of
from domain.refusals import Refusal, Refused
from domain.values import authority_of
from web.reader import Reader, house_of

logger = logging.getLogger("countersign.refused")


def act_refused(
    request: Request, command: Command, by: Actor, refusals: Sequence[Refusal], where: str
) -> None:
    """Notes that rules refused an act ``where``: in a procurement, or a council by its name."""
    assert by.person
    house = house_of(request)
    authority = by.post.partition("/")[0]
    reference = where if where != authority else ""
    try:
        rules = _told(house, command, by, refusals)
        one = Attempt(authority, by.person, by.post, by.deputising, tag_of(type(command)))
        _note(house, one._replace(reference=reference, rules=rules))
    except (Unavailable, SQLAlchemyError):
        logger.exception("a refused act could not be noted")


def page_refused(request: Request, reader: Reader | None) -> None:
    """Notes that a page was not for the reader: of the council or procurement in its address."""
    if reader is None:
        return
    house, route = house_of(request), request.scope.get("route")
    try:
        authority, reference = _where(house, request)
        if authority:
            seat = next((s for s in reader.seats if s.post.startswith(f"{authority}/")), None)
            what = f"{request.method} {getattr(route, 'path', '')}"
            post, deputy = (seat.post, seat.deputising) if seat else ("", False)
            _note(house, Attempt(authority, reader.person, post, deputy, what, reference))
    except (Unavailable, SQLAlchemyError, Refused):
        logger.exception("a refused page could not be noted")


def _note(house: House, one: Attempt) -> None:
    house.refused_attempts.add(house.clocks.now(one.authority), one)


def _where(house: House, request: Request) -> tuple[str, str]:
    """The council and the procurement, where there are such: anything can be typed there."""
    reference = str(request.path_params.get("reference", ""))
    authority = str(request.path_params.get("authority", "")) or authority_of(reference)
    if authority not in house.views.authorities():
        return "", ""
    return authority, reference if reference and house.procurement(reference).version else ""


def _told(house: House, command: Command, by: Actor, refusals: Iterable[Refusal]) -> str:
    """The ids of the rules. What was compared with closed figures says no more than that: by which
    rule it was refused could tell the figure (D9)."""
    if isinstance(command, ProcurementCommand):
        record = house.engine.record(command)
        context = house.context_of(command, by, command.procurement)
        anybody = replace(context, stamp=replace(context.stamp, by=replace(by, person=None)))
        compared = record.values() if command.compares(record) else ()
        if any(why_not_compare(compared, anybody)):
            return "D9"
    return " ".join(sorted({one.rule for one in refusals}))
