"""A fact of a case in plain words, as everybody may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from domain.messages import Context
from domain.procurement import Procurement


class Fact(Struct, frozen=True):
    """One thing that is so: in which part of the case, about what, and what it says.

    ``key`` is what makes it the same fact at another time; ``of`` is the report or decision that it
    is a fact of. What is closed is worded as it is for those who may not see it.
    """

    part: str
    key: str
    name: str
    says: str
    of: str = ""


Telling = Callable[[Procurement, Context], Iterator[Fact]]
"""A part of a case, told in facts."""


def sentences(*parts: str | None) -> str:
    """What there is of several things to say, one after the other."""
    return "; ".join(filter(None, parts))


def first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
