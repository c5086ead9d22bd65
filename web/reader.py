"""Who looks at a page: the person signed in, and the posts they may act in today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends, Request

from adapters.database import Unavailable
from adapters.house import House
from domain.authority import Rules
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
    rules: Mapping[str, tuple[date, Rules]]
    """Today and its rules, in every authority where the reader has or had a part."""

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
    name = house.identity.name(person) or "Somebody"
    rules = house.rules_for(person)
    return Reader(person, name, tuple(seats_of(person, rules)), rules)


def seats_of(person: UUID, rules: Mapping[str, tuple[date, Rules]]) -> Iterator[Actor]:
    """The posts that the person may act in today."""
    for today, found in rules.values():
        for post, deputy in found.offices.seats(person, today):
            yield Actor(person, post, deputy)


def whoever(request: Request) -> Reader | None:
    """The reader, where somebody is signed in and it can be found out."""
    try:
        return signed_in(request)
    except (SignInFirst, Refused, Unavailable):
        return None


async def _house(request: Request) -> House:
    """Asked for without a thread of its own."""
    return house_of(request)


TheHouse = Annotated[House, Depends(_house)]
TheReader = Annotated[Reader, Depends(signed_in)]
