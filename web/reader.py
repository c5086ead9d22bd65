"""Who looks at a page: the person signed in, and the posts they may act in today."""

from __future__ import annotations

from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends, Request

from adapters.database import Unavailable
from adapters.house import House
from domain.closed import may_see
from domain.messages import Actor, Context
from domain.refusals import Refused
from domain.values import authority_of

COOKIE = "countersign"
SECURE_COOKIE = "__Host-countersign"


class SignInFirst(Exception):
    """Nobody is signed in."""


class Reader(NamedTuple):
    """A person with a name, and the seats they may act in, own posts before deputies'."""

    person: UUID
    name: str
    seats: tuple[Actor, ...]

    def seat(self, posts: tuple[str, ...]) -> Actor | None:
        """The seat in which the reader may act as one of these posts."""
        return next((one for one in self.seats if one.post in posts), None)

    def seat_in(self, reference: str) -> Actor | None:
        """Some seat of the reader's in the authority of a procurement."""
        name = authority_of(reference)
        return next((one for one in self.seats if one.post.partition("/")[0] == name), None)


def sees_closed(reader: Reader, context: Context) -> bool:
    """Whether the reader may see closed figures and names: the same rule as for who acts (D9)."""
    return may_see(reader.person, context)


def cookie_name(secure: bool) -> str:
    return SECURE_COOKIE if secure else COOKIE


def house_of(request: Request) -> House:
    found: House = request.app.state.house
    return found


def token_of(request: Request) -> str:
    return request.cookies.get(cookie_name(request.app.state.secure), "")


def signed_in(request: Request) -> Reader:
    """The reader. Raises SignInFirst where nobody is signed in."""
    house, token = house_of(request), token_of(request)
    person = house.identity.who(token) if token else None
    if person is None:
        raise SignInFirst
    name = house.identity.names().get(person, "Somebody")
    return Reader(person, name, tuple(house.seats(person)))


def whoever(request: Request) -> Reader | None:
    """The reader, where somebody is signed in and it can be found out."""
    try:
        return signed_in(request)
    except (SignInFirst, Refused, Unavailable):
        return None


TheHouse = Annotated[House, Depends(house_of)]
TheReader = Annotated[Reader, Depends(signed_in)]
