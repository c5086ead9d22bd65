"""Closed parts (Part 2): stored sealed, used in rules, shown only to who may see them (D9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Protocol, runtime_checkable
from uuid import UUID

from msgspec import Meta, Struct

from domain.messages import Actor, Context
from domain.refusals import Refusal
from domain.values import Amount, Closed, Reference, Text
from domain.wording import listed

SINGLE = frozenset({str, int, bool, type(None), date, Decimal, UUID})
"""Nothing is in these."""


class Exemption(Struct, frozen=True, forbid_unknown_fields=True):
    """Why something is closed: a paragraph of Schedule 12A, and when that is looked at again.

    ``paragraph`` is None where the record does not name one. ``negotiation`` says that it shows
    terms proposed in negotiating a contract, which a councillor as such may not see (D9).
    """

    reason: Text
    paragraph: Annotated[int, Meta(ge=1, le=7)] | None = None
    review: date | None = None
    negotiation: bool = False


class ClosedPart(Struct, frozen=True, forbid_unknown_fields=True):
    """A closed paper of a report. ``text`` is None where the record withholds it from us too."""

    title: Text
    exemption: Exemption
    text: Closed | None = None


@runtime_checkable
class Owned(Protocol):
    """A part of the record that may be about one procurement alone, whichever stream it is in."""

    @property
    def owner(self) -> Reference | None:
        """Its reference; None where it is about whatever the stream is about."""


def owned(thing: object, owner: Reference | None = None) -> Iterator[tuple[Closed, str | None]]:
    """Every closed value as it comes, with the procurement that it belongs to and is erased with.

    None is the procurement of the stream itself.
    """
    if isinstance(thing, Owned):
        owner = thing.owner or owner
    if isinstance(thing, Closed):
        yield thing, owner
    for one in _inside(thing):
        yield from owned(one, owner)


def may_see(person: UUID | None, context: Context) -> bool:
    """Whether a post that the person may act in today sees closed parts: none does by default."""
    return sees_as(person, context) is not None


def sees_as(person: UUID | None, context: Context) -> Actor | None:
    """The seat in which a person sees closed figures and names today, own posts first."""
    readers = context.constitution.closed
    if readers is None or person is None:
        return None
    for post, deputising in context.offices.seats(person, context.day):
        if post in readers.posts:
            return Actor(person, post, deputising)
    return None


def why_not_compare(record: Iterable[object], context: Context) -> Iterable[Refusal]:
    """What is compared with a closed figure or name is for those who may see it.

    Anybody else could try amounts until refusals give the figure away. So they are told this
    before anything is compared, and nothing else, whatever they asked for (D9).
    """
    by, readers = context.stamp.by, context.constitution.closed
    if may_see(by.person, context) or not _holds_closed(record):
        return
    reason = "This is compared with closed figures (Part 2), "
    if readers is None:
        title = context.constitution.title
        yield Refusal("D9", f"{reason}and no rule of {title} says who may see them")
    else:
        names = listed([context.offices.title(one) for one in readers.posts], "or")
        reason += f"so it is for those who may see them: {names}"
        yield Refusal("D9", reason, provenance=readers.provenance)


def carries_amount(thing: object) -> bool:
    """Whether an amount is part of it, of whatever basis."""
    return any(isinstance(one, Amount) for one in within(thing))


def _holds_closed(record: Iterable[object]) -> bool:
    """Whether something closed is there and was not erased. Texts of papers are not compared."""
    every = (one for thing in record for one in within(thing))
    return any(isinstance(one, Closed) and one.value is not None for one in every)


def within(thing: object) -> Iterator[object]:
    """What a piece of the record is made of, but for closed papers and single values."""
    yield thing
    if not isinstance(thing, ClosedPart):
        for one in _inside(thing):
            if type(one) not in SINGLE:
                yield from within(one)


def _inside(thing: object) -> Iterable[object]:
    """What a piece of the record is made of, in the order in which it is written."""
    if isinstance(thing, Struct):
        return [getattr(thing, name) for name in thing.__struct_fields__]
    if isinstance(thing, Mapping):
        return [one for _, one in sorted(thing.items(), key=lambda item: str(item[0]))]
    return thing if isinstance(thing, tuple) else ()
