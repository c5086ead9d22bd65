"""Posts, who held them when, and who deputised: the offices of one authority, by version."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.provenance import Provenance
from domain.reading import Mistake, Mistaken, learned, read, read_toml
from domain.values import AuthorityId, PostId, Text


class Post(Provenance, frozen=True):
    """An office, a body, or a part that somebody plays: decisions are made in its name."""

    id: PostId
    title: Text
    member: bool = False
    """Whether an elected member holds it, who then decides alone (G4)."""
    body: bool = False
    """Whether it is a committee or board: it resolves, and somebody records what."""
    reads_only: bool = False
    """Whether it looks on and does nothing: no form offers it."""


class Holding(Struct, frozen=True, forbid_unknown_fields=True):
    """A person, by an id that means nothing elsewhere, in a post; both days included."""

    post: PostId
    person: UUID
    since: date
    until: date | None = None


class Deputy(Provenance, frozen=True):
    """A person who may act for a post's holder; both days included."""

    post: PostId
    person: UUID
    since: date
    until: date | None = None


class Meetings(Provenance, frozen=True):
    """The London days on which a body meets: all of them, from the first to the last."""

    body: PostId
    days: tuple[date, ...]


class Offices(Struct, frozen=True, forbid_unknown_fields=True):
    """One version of an authority's offices, in force from a London day."""

    authority: AuthorityId
    version: Text
    in_force: date
    posts: tuple[Post, ...]
    holders: tuple[Holding, ...] = ()
    deputies: tuple[Deputy, ...] = ()
    meetings: tuple[Meetings, ...] = ()

    @property
    def acting(self) -> tuple[Post, ...]:
        """The posts and bodies of which something can be asked."""
        return tuple(one for one in self.posts if not one.reads_only)

    @property
    def people(self) -> frozenset[UUID]:
        """Who holds a post or stands in for somebody, at whatever time."""
        holding = (one.person for one in self.holders)
        return frozenset([*holding, *(one.person for one in self.deputies)])

    def title(self, post: str) -> str:
        """What the post is called, or its id where it is not one of this authority's."""
        return next((one.title for one in self.posts if one.id == post), post)

    def is_member(self, post: str) -> bool:
        return any(one.id == post and one.member for one in self.posts)

    def is_body(self, post: str) -> bool:
        return any(one.id == post and one.body for one in self.posts)

    def meets(self, body: str) -> Meetings | None:
        """When a body meets, where that is on record."""
        return next((one for one in self.meetings if one.body == body), None)

    def standing(self, person: UUID, post: str, day: date) -> Literal["holder", "deputy"] | None:
        """As what the person may act in the post on that day."""
        if any(one.person == person for one in self.holders if _on(one, post, day)):
            return "holder"
        if any(one.person == person for one in self.deputies if _on(one, post, day)):
            return "deputy"
        return None

    def holder(self, post: str, day: date) -> UUID | None:
        """Who holds the post on that day; the first named where several do."""
        return next((one.person for one in self.holders if _on(one, post, day)), None)

    def seats(self, person: UUID, day: date) -> list[tuple[str, bool]]:
        """The posts that a person may act in on that day, own ones first; True for a deputy's."""
        found = [(one.id, self.standing(person, one.id, day)) for one in self.posts]
        return sorted(
            ((post, how == "deputy") for post, how in found if how), key=lambda one: one[1]
        )


def _on(one: Holding | Deputy, post: str, day: date) -> bool:
    return one.post == post and one.since <= day and (one.until is None or day <= one.until)


OFFICES = learned(Offices)


def read_offices(text: str) -> Offices:
    """The offices in a TOML text. Raises Mistaken with everything that is wrong with it."""
    offices = read(read_toml(text), OFFICES)
    posts = [one.id for one in offices.posts]
    found = [Mistake("posts", f"“{one}” is there twice") for one in posts if posts.count(one) > 1]
    seats: dict[str, tuple[Holding | Deputy, ...]]
    seats = {"holders": offices.holders, "deputies": offices.deputies}
    for what, taken in seats.items():
        for n, one in enumerate(taken, 1):
            if one.post not in posts:
                found.append(Mistake(f"{what}[{n}].post", f"“{one.post}” is none of its posts"))
            if one.until and one.until < one.since:
                found.append(Mistake(f"{what}[{n}].until", "is before since"))
    for n, body in enumerate(offices.meetings, 1):
        if not offices.is_body(body.body):
            found.append(Mistake(f"meetings[{n}].body", f"“{body.body}” is no body of this file"))
        if not body.days or list(body.days) != sorted(set(body.days)):
            what = "are at least one day, in their order, each once"
            found.append(Mistake(f"meetings[{n}].days", what))
    if found:
        raise Mistaken(found)
    return offices
