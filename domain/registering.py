"""Registering an endpoint, and changing where it is and what it hears."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.authority import Authority
from domain.endpoints import (
    MANAGE,
    Channel,
    Endpoint,
    EndpointCommand,
    EndpointEvent,
    Endpoints,
    Subscription,
    endpoints_id,
    why_not_manage,
    why_not_silent,
    with_endpoint,
)
from domain.messages import Aggregate, Context, Event, Stamp, evolve
from domain.published import PUBLISHED
from domain.refusals import Refusal, Refused
from domain.values import PostId, Text, authority_id
from domain.wording import listed


class EndpointRegistered(EndpointEvent, frozen=True, tag="endpoint-registered/1"):
    """``host`` is what everybody may know of where it is; ``address`` says where the rest is kept.

    ``secret`` says the same of what webhooks are signed with.
    """

    title: Text
    of: PostId | None
    channel: Channel
    host: str
    address: UUID
    secret: UUID | None
    asymmetric: bool
    fallback: bool
    choice: Subscription


class EndpointMoved(EndpointEvent, frozen=True, tag="endpoint-moved/1"):
    """Another address, which nothing goes to before it is verified."""

    host: str
    address: UUID


class EndpointChoiceChanged(EndpointEvent, frozen=True, tag="endpoint-choice-changed/1"):
    choice: Subscription


class RegisterEndpoint(EndpointCommand, frozen=True, tag="register-endpoint"):
    """Register where something is told. It hears nothing before its address is verified.

    Address and secret are kept apart before, sealed; only where they are is on record.
    """

    title: Text
    of: PostId | None
    channel: Channel
    host: str
    address: UUID
    choice: Subscription
    secret: UUID | None = None
    asymmetric: bool = False
    fallback: bool = False

    def concerns(self) -> Mapping[UUID, Aggregate]:
        return {**super().concerns(), **_others(self.authority, self.choice)}

    def why_not(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        endpoints: Endpoints = record[endpoints_id(self.authority)]
        if self.authority != context.constitution.authority:
            yield Refusal("C1", "Endpoints are registered with one’s own authority")
            return
        yield from why_not_manage(self.of, context)
        if self.name in endpoints.all:
            yield Refusal("C2", f"There is an endpoint “{self.name}” already: choose another name")
        yield from self._why_not_of(context)
        yield from self._why_not_signed()
        refusals = list(why_not_choose(self.choice, self.channel, record, context))
        yield from refusals
        if not refusals and self.of:
            after = evolve(self.event(), endpoints, context.stamp)
            yield from why_not_silent(after.all[self.name], endpoints, after, context)

    def _why_not_of(self, context: Context) -> Iterable[Refusal]:
        posts = [one.id for one in context.offices.posts]
        if self.of is not None and self.of not in posts:
            yield Refusal("C1", f"There is no post “{self.of}”; there are {listed(posts)}")
        duty = context.constitution.duty(MANAGE)
        if self.fallback and context.stamp.by.post not in (duty.posts if duty else ()):
            reason = "What stands in for others is named by those whose duty endpoints are"
            yield Refusal("G1", reason, provenance=duty.provenance if duty else "")

    def _why_not_signed(self) -> Iterable[Refusal]:
        if self.channel == "webhook" and self.secret is None:
            yield Refusal("C1", "A webhook is signed: it needs a secret")
        elif self.channel != "webhook" and (self.secret or self.asymmetric):
            yield Refusal("C1", "Only webhooks are signed")

    def event(self) -> Event:
        return EndpointRegistered(
            self.authority,
            self.name,
            self.title,
            self.of,
            self.channel,
            self.host,
            self.address,
            self.secret,
            self.asymmetric,
            self.fallback,
            self.choice,
        )


class MoveEndpoint(EndpointCommand, frozen=True, tag="move-endpoint"):
    """Give an endpoint another address. It hears on, and gets it when the address is verified."""

    host: str
    address: UUID

    def why_not_here(
        self, endpoint: Endpoint, endpoints: Endpoints, context: Context
    ) -> Iterable[Refusal]:
        if endpoint.address == self.address:
            yield Refusal("C2", "This is where it is")

    def event(self) -> Event:
        return EndpointMoved(self.authority, self.name, self.host, self.address)


class ChooseEvents(EndpointCommand, frozen=True, tag="choose-events"):
    """Choose anew what an endpoint hears, from now on."""

    choice: Subscription

    def concerns(self) -> Mapping[UUID, Aggregate]:
        return {**super().concerns(), **_others(self.authority, self.choice)}

    def why_not(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        refusals = list(super().why_not(record, context))
        yield from refusals
        found = record[endpoints_id(self.authority)].all.get(self.name)
        if found and not refusals:
            yield from why_not_choose(self.choice, found.channel, record, context)

    def why_not_here(
        self, endpoint: Endpoint, endpoints: Endpoints, context: Context
    ) -> Iterable[Refusal]:
        if endpoint.choice == self.choice:
            yield Refusal("C2", "This is what it hears")

    def event(self) -> Event:
        return EndpointChoiceChanged(self.authority, self.name, self.choice)


def _others(authority: str, choice: Subscription) -> Mapping[UUID, Aggregate]:
    """What the other authorities go by that an endpoint would hear of."""
    return {authority_id(one): Authority() for one in choice.authorities if one != authority}


def why_not_choose(
    choice: Subscription, channel: Channel, record: Mapping[UUID, Any], context: Context
) -> Iterable[Refusal]:
    """What is chosen exists, and is the choice of whoever chooses."""
    if not choice.types:
        yield Refusal("C1", "Choose what it hears: one type at least")
    if unknown := [one for one in choice.types if one not in PUBLISHED]:
        yield Refusal("C1", f"Nothing is told as {listed(unknown, 'or')}")
    if not choice.authorities:
        yield Refusal("C1", "Choose an authority that it hears of")
    named = (choice.types, choice.authorities, choice.gateways)
    if any(len(set(one)) < len(one) for one in named):
        yield Refusal("C2", "Something is chosen twice")
    if choice.timing == "daily" and channel != "email":
        yield Refusal("C1", "One message a day comes by e-mail only")
    own = context.constitution
    gateways = {one.id for one in own.gateways}
    for name in choice.authorities:
        if name != own.authority:
            other = record[authority_id(name)]
            yield from _why_not_other(name, other, context)
            gateways |= {one.id for found in other.versions for one in found.gateways}
    if unknown := [one for one in choice.gateways if one not in gateways]:
        yield Refusal("C1", f"There is no gateway {listed(unknown, 'or')}")


def _why_not_other(name: str, authority: Authority, context: Context) -> Iterable[Refusal]:
    """Of another authority it hears where who chooses has the same duty there (G1)."""
    try:
        rules = authority.rules(context.day)
    except Refused as refused:
        yield from refused.refusals
        return
    duty, person = rules.constitution.duty(MANAGE), context.stamp.by.person
    seats = rules.offices.seats(person, context.day) if person else []
    if duty is None or not any(post in duty.posts for post, _ in seats):
        reason = f"What {rules.constitution.title} tells is chosen by those whose duty it is there"
        yield Refusal("G1", reason, provenance=duty.provenance if duty else "")


@evolve.register
def _(event: EndpointRegistered, endpoints: Endpoints, stamp: Stamp) -> Endpoints:
    one = Endpoint(
        event.name,
        event.title,
        event.of,
        event.channel,
        event.host,
        event.address,
        event.secret,
        None,
        event.asymmetric,
        event.fallback,
        event.choice,
    )
    return replace(endpoints, authority=event.authority, all={**endpoints.all, event.name: one})


@evolve.register
def _(event: EndpointMoved, endpoints: Endpoints, stamp: Stamp) -> Endpoints:
    changes = {"host": event.host, "address": event.address, "verified": False}
    return with_endpoint(endpoints, event.name, **changes)


@evolve.register
def _(event: EndpointChoiceChanged, endpoints: Endpoints, stamp: Stamp) -> Endpoints:
    return with_endpoint(endpoints, event.name, choice=event.choice)
