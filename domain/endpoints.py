"""Endpoints: where an authority tells others what happened, and what each of them hears.

An event names where an address and a secret are kept, and holds neither of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace

from domain.acting import why_not_in_post
from domain.constitution import Constitution
from domain.messages import Actor, Aggregate, Command, Context, Event, evolve
from domain.published import CONSULTATION_ASKED
from domain.refusals import Refusal
from domain.values import AuthorityId, EventType, Slug, authority_id
from domain.wording import listed

Channel = Literal["webhook", "email", "teams", "slack"]
Timing = Literal["at-once", "daily"]
Hold = Literal["", "paused", "disabled", "ended"]
MANAGE = "register-endpoint"
"""What the constitution calls it when it says whose duty endpoints are."""
DELIVERY = Actor(None, "countersign/delivery")
"""What sends: it alone records that an endpoint answered, or does not any more."""


class Subscription(Struct, frozen=True, forbid_unknown_fields=True):
    """What an endpoint hears. Without gateways that is at all of them.

    ``daily`` is one message a day of all but consultations, by e-mail only.
    """

    types: tuple[EventType, ...]
    authorities: tuple[AuthorityId, ...]
    gateways: tuple[Slug, ...] = ()
    timing: Timing = "at-once"


class Endpoint(Struct, frozen=True):
    """One place where things are told. ``of`` is the post or body that hears there, or nobody's."""

    name: str
    title: str
    of: str | None
    channel: Channel
    host: str
    address: UUID
    """Where its address is kept."""
    secret: UUID | None
    """Where the secret is kept that webhooks are signed with."""
    previous: UUID | None
    """The same of the one before, which signs for a day after it was replaced."""
    asymmetric: bool
    """Whether what is sent is signed with a key pair too (``v1a``)."""
    fallback: bool
    """Whether it takes what somebody has to hear and would reach nobody."""
    choice: Subscription
    hold: Hold = ""
    because: str = ""
    """Why nothing is sent, where there is a reason."""
    verified: bool = False
    """Whether what is sent to this address is known to arrive."""
    begun: bool = False
    """Whether it hears what happens: from when its first address was verified."""

    @property
    def live(self) -> bool:
        """Whether it hears what happens, or will when it is verified."""
        return not self.hold

    @property
    def heard(self) -> bool:
        """Whether what happens is kept for it, even if nothing is sent now."""
        return self.begun and self.hold != "ended"

    @property
    def waits(self) -> str:
        """Why nothing is sent now but what verifies it; nothing where all is."""
        return self.hold or ("" if self.verified else "unverified")


class Endpoints(Aggregate, frozen=True):
    """Those that one authority keeps, by name."""

    authority: str = ""
    all: Mapping[str, Endpoint] = {}

    def of_post(self, post: str | None) -> list[Endpoint]:
        """Those of a post that it hears by, or will when they are verified."""
        return [one for one in self.all.values() if one.of == post and one.live]

    def reaches(self, post: str, kind: str) -> bool:
        """Whether a post is told of a type by one of its own, or by one that stands in."""
        mine = any(kind in one.choice.types for one in self.of_post(post))
        return mine or any(one.fallback and one.live for one in self.all.values())


def endpoints_id(authority: str) -> UUID:
    """The stream of an authority's endpoints."""
    return uuid5(authority_id(authority), "endpoints")


def endpoint_id(authority: str, name: str) -> UUID:
    """An endpoint, as deliveries know it."""
    return uuid5(endpoints_id(authority), name)


def hears(
    endpoint: Endpoint,
    kind: str,
    authority: str,
    gateway: str,
    addressed: Iterable[str] | None = None,
) -> bool:
    """Whether what happened is for it. ``addressed`` are the posts it is said to, where it is.

    Nobody else's endpoint hears what is said to some; that of a system, which is no post's, does.
    """
    choice = endpoint.choice
    mine = addressed is None or endpoint.of is None or endpoint.of in addressed
    there = authority in choice.authorities and (not choice.gateways or gateway in choice.gateways)
    if addressed is not None and endpoint.of is not None:
        there = authority in choice.authorities  # Who is asked is asked, at whatever gateway.
    return endpoint.heard and kind in choice.types and mine and there


class EndpointCommand(Command, frozen=True):
    """A command about one of an authority's endpoints."""

    authority: AuthorityId
    name: Slug

    def concerns(self) -> Mapping[UUID, Aggregate]:
        return {endpoints_id(self.authority): Endpoints()}

    def why_not(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        endpoints: Endpoints = record[endpoints_id(self.authority)]
        found = endpoints.all.get(self.name)
        if found is None:
            yield Refusal("C1", f"There is no endpoint “{self.name}”")
        elif found.hold == "ended":
            yield Refusal("C2", f"“{found.title}” was given up: register another")
        elif self.authority != context.constitution.authority and not self.of_delivery():
            yield Refusal("C1", "This endpoint is another authority's")
        else:
            yield from self.why_not_actor(found, context)
            refusals = list(self.why_not_here(found, endpoints, context))
            yield from refusals
            if not refusals:
                yield from self.why_not_silent(found, endpoints, context)

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        stream = endpoints_id(self.authority)
        return [(stream, self.event())]

    @classmethod
    def of_delivery(cls) -> bool:
        """Whether what sends does it, and no person."""
        return False

    def why_not_actor(self, endpoint: Endpoint, context: Context) -> Iterable[Refusal]:
        return why_not_manage(endpoint.of, context)

    def why_not_here(
        self, endpoint: Endpoint, endpoints: Endpoints, context: Context
    ) -> Iterable[Refusal]:
        """What stands against it besides who asks, given that the endpoint is there."""
        return ()

    def why_not_silent(
        self, endpoint: Endpoint, endpoints: Endpoints, context: Context
    ) -> Iterable[Refusal]:
        """Whoever has to hear of something still does afterwards."""
        after = evolve(self.event(), endpoints, context.stamp)
        if not self.of_delivery():
            yield from why_not_silent(endpoint, endpoints, after, context)

    def event(self) -> Event:
        raise NotImplementedError


def why_not_manage(of: str | None, context: Context) -> Iterable[Refusal]:
    """A post's own holder manages its endpoints; those of others are somebody's duty (G1)."""
    duty, by = context.constitution.duty(MANAGE), context.stamp.by
    posts = duty.posts if duty else ()
    if by.post not in (*posts, of):
        whose = listed([context.offices.title(one) for one in posts], "or") or "nobody"
        own = f", or {context.offices.title(of)} itself" if of else ""
        provenance = duty.provenance if duty else ""
        reason = f"Endpoints are managed by {whose}{own}"
        yield Refusal("G1", reason, provenance=provenance)
    yield from why_not_in_post(context)


def must_hear(post: str, constitution: Constitution) -> Mapping[str, str]:
    """The types that a post has to be told of, each with where that comes from."""
    found = {CONSULTATION_ASKED: ""}
    for one in constitution.must_hear:
        if post in one.posts:
            found |= dict.fromkeys(one.types, one.provenance)
    return found


def why_not_silent(
    endpoint: Endpoint, before: Endpoints, after: Endpoints, context: Context
) -> Iterable[Refusal]:
    """A post that is told of something it has to hear does not lose that, nor does it begin
    without it (C3)."""
    posts = [endpoint.of] if endpoint.of else []
    if endpoint.fallback:
        posts += [one.of for one in after.all.values() if one.of and one.hold != "ended"]
    for post in dict.fromkeys(one for one in posts if one):
        for kind, provenance in must_hear(post, context.constitution).items():
            told = before.reaches(post, kind) or after.of_post(post)
            if told and not after.reaches(post, kind):
                title = context.offices.title(post)
                reason = f"Nothing would tell {title} of “{kind}”, which it has to hear of"
                way = "leave it in, or register another endpoint for it first"
                yield Refusal("C3", f"{reason}: {way}", provenance=provenance)


class EndpointEvent(Event, frozen=True):
    """What happened to one endpoint of an authority."""

    authority: AuthorityId
    name: Slug


def with_endpoint(endpoints: Endpoints, name: str, **changes: object) -> Endpoints:
    """The same with one of them changed."""
    one = replace(endpoints.all[name], **changes)
    return replace(endpoints, all={**endpoints.all, name: one})
