"""What can be done about an endpoint, made of what was filled in on its page."""

from __future__ import annotations

from hmac import compare_digest
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from fastapi import HTTPException, Request
from msgspec.structs import replace

from adapters.house import House
from domain.endpoints import Endpoint, EndpointCommand, endpoint_id
from domain.keeping_endpoints import (
    EndEndpoint,
    PauseEndpoint,
    ResumeEndpoint,
    RotateSecret,
    TestEndpoint,
    VerifyEndpoint,
)
from domain.registering import ChooseEvents, MoveEndpoint
from domain.resending import ReplayDeliveries, SkipDelivery
from web.forms.base import Answers
from web.forms.endpoints import choice_of, gateways_of
from web.outside import outside_of
from web.reader import Reader
from web.routes.acts import id_of
from web.routes.endpoints import Council, council_of, where_of

GUESSES, GUESS_SECONDS = 10, 3600
"""How often a code may be tried at one address, in an hour."""
NOT_IT = "This is not the code that was sent to its address"


class Shown(NamedTuple):
    """An endpoint that the reader may see."""

    council: Council
    one: Endpoint
    number: UUID

    @property
    def there(self) -> str:
        return f"/endpoints/{self.council.authority}/{self.one.name}"

    @property
    def about(self) -> tuple[str, str]:
        return self.council.authority, self.one.name


def shown_of(house: House, reader: Reader, authority: str, name: str) -> Shown:
    """Raises HTTPException where there is none, or none that the reader may see."""
    council = council_of(house, reader, authority)
    one = council.endpoints.all.get(name)
    if one is None or not council.sees(one):
        raise HTTPException(404, "There is no such endpoint among those that you may see.")
    return Shown(council, one, endpoint_id(authority, name))


def command_of(request: Request, house: House, shown: Shown, answers: Answers) -> EndpointCommand:
    """What was asked for. Worth nothing where ``answers`` has mistakes."""
    about, one, command_id = shown.about, shown.one, id_of(answers.sent)
    match answers.sent.get("do", ""):
        case "verify":
            _check_code(request, house, one, answers)
            return VerifyEndpoint(*about, one.address)
        case "test":
            return TestEndpoint(*about)
        case "pause":
            return PauseEndpoint(*about, answers.text("why_pause", "why it is paused", most=2000))
        case "resume":
            return ResumeEndpoint(*about)
        case "rotate":
            return RotateSecret(*about, uuid5(command_id, "secret"))
        case "move":
            _, host = where_of(outside_of(request), answers, one.channel)
            return MoveEndpoint(*about, host, uuid5(command_id, "address"))
        case "choose":
            choice = choice_of(answers, shown.council.authority)
            gateways = gateways_of(answers, shown.council.rules)
            others = one.choice.authorities
            return ChooseEvents(*about, replace(choice, gateways=gateways, authorities=others))
        case "end":
            return EndEndpoint(*about, answers.text("why_end", "why it is given up", most=2000))
        case "replay":
            return ReplayDeliveries(*about, *_lane(house, shown, answers, last=True))
        case "skip":
            return SkipDelivery(*about, *_lane(house, shown, answers, last=False))
    raise HTTPException(422, "The form does not say what to do: open the page again.")


def _check_code(request: Request, house: House, one: Endpoint, answers: Answers) -> None:
    """A person gives back the code that was sent; it is not tried out."""
    tried = request.app.state.scratch.count(f"code:{one.address}", GUESS_SECONDS)
    code = house.secrets.code(one.address)
    given = answers.text("code", "the code", most=20).replace(" ", "").upper()
    if tried > GUESSES:
        answers.mistakes["code"] = "The code was tried too often: try again in an hour"
    elif "code" not in answers.mistakes and not compare_digest(given.encode(), code.encode()):
        answers.mistakes["code"] = NOT_IT


def _lane(house: House, shown: Shown, answers: Answers, *, last: bool) -> tuple[Any, ...]:
    """The lane, the numbers and the reason; what is not there is a mistake."""
    try:
        row = house.deliveries.one(UUID(answers.sent.get("delivery", "")))
    except ValueError:
        row = None
    if row is None or row.endpoint != shown.number:
        raise HTTPException(422, "The form does not say which delivery: open its page again.")
    if not last:
        reason = answers.text("why_skip", "why it is passed over", most=2000)
        if row.state not in ("dead", "waiting"):
            answers.mistakes["why_skip"] = f"It is {row.state}: there is nothing to pass over"
        return row.lane, row.seq, reason
    reason, until = answers.text("reason", "why it is sent again", most=2000), row.seq
    if answers.sent.get("last"):
        until = answers.whole("last", "the last number to send again", row.seq, 10**9)
    return row.lane, row.seq, until, reason
