"""What becomes of an endpoint: verified, paused, resumed, tried, disabled, given up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from domain.endpoints import (
    DELIVERY,
    Endpoint,
    EndpointCommand,
    EndpointEvent,
    Endpoints,
    with_endpoint,
)
from domain.messages import Context, Event, Stamp, evolve
from domain.refusals import Refusal
from domain.values import Text


class EndpointVerified(EndpointEvent, frozen=True, tag="endpoint-verified/1"):
    address: UUID


class EndpointTested(EndpointEvent, frozen=True, tag="endpoint-tested/1"):
    pass


class EndpointSecretRotated(EndpointEvent, frozen=True, tag="endpoint-secret-rotated/1"):
    """``secret`` says where the new one is kept; what is sent is signed with both for a day."""

    secret: UUID


class EndpointPaused(EndpointEvent, frozen=True, tag="endpoint-paused/1"):
    reason: Text


class EndpointResumed(EndpointEvent, frozen=True, tag="endpoint-resumed/1"):
    pass


class EndpointDisabled(EndpointEvent, frozen=True, tag="endpoint-disabled/1"):
    """It said that it is gone, or has failed for too long."""

    why: Literal["gone", "failing"]
    detail: Text


class EndpointEnded(EndpointEvent, frozen=True, tag="endpoint-ended/1"):
    reason: Text


class VerifyEndpoint(EndpointCommand, frozen=True, tag="verify-endpoint"):
    """Record that the code that was sent to an address came back, from there or by a person."""

    address: UUID

    def why_not_actor(self, endpoint: Endpoint, context: Context) -> Iterable[Refusal]:
        if context.stamp.by != DELIVERY:
            yield from super().why_not_actor(endpoint, context)

    def why_not_here(
        self, endpoint: Endpoint, endpoints: Endpoints, context: Context
    ) -> Iterable[Refusal]:
        if endpoint.address != self.address:
            yield Refusal("C1", "The code was sent to another address than it has now")
        elif endpoint.verified:
            yield Refusal("C2", "Its address is verified")

    def event(self) -> Event:
        return EndpointVerified(self.authority, self.name, self.address)


class TestEndpoint(EndpointCommand, frozen=True, tag="test-endpoint"):
    """Send something that says that it is a test."""

    __test__ = False  # It is no test of ours.

    def why_not_here(
        self, endpoint: Endpoint, endpoints: Endpoints, context: Context
    ) -> Iterable[Refusal]:
        return why_not_sent_to(endpoint)

    def event(self) -> Event:
        return EndpointTested(self.authority, self.name)


class RotateSecret(EndpointCommand, frozen=True, tag="rotate-secret"):
    """Sign with another secret, and for 24 hours with the one before it too."""

    secret: UUID

    def why_not_here(
        self, endpoint: Endpoint, endpoints: Endpoints, context: Context
    ) -> Iterable[Refusal]:
        if endpoint.secret is None:
            yield Refusal("C1", "What is sent there is not signed")
        elif endpoint.secret == self.secret:
            yield Refusal("C2", "This is the secret that it has")

    def event(self) -> Event:
        return EndpointSecretRotated(self.authority, self.name, self.secret)


class PauseEndpoint(EndpointCommand, frozen=True, tag="pause-endpoint"):
    """Send nothing for a while. What happens meanwhile is kept, and sent in its order later."""

    reason: Text

    def why_not_here(
        self, endpoint: Endpoint, endpoints: Endpoints, context: Context
    ) -> Iterable[Refusal]:
        if endpoint.hold:
            yield Refusal("C2", f"It is {endpoint.hold}")

    def event(self) -> Event:
        return EndpointPaused(self.authority, self.name, self.reason)


class ResumeEndpoint(EndpointCommand, frozen=True, tag="resume-endpoint"):
    """Send again, beginning with what waits."""

    def why_not_here(
        self, endpoint: Endpoint, endpoints: Endpoints, context: Context
    ) -> Iterable[Refusal]:
        if not endpoint.hold:
            yield Refusal("C2", "It is neither paused nor disabled")

    def event(self) -> Event:
        return EndpointResumed(self.authority, self.name)


class DisableEndpoint(EndpointCommand, frozen=True, tag="disable-endpoint"):
    """Record that an endpoint takes nothing any more: what sends found that out."""

    why: Literal["gone", "failing"]
    detail: Text

    @classmethod
    def of_delivery(cls) -> bool:
        return True

    def why_not_actor(self, endpoint: Endpoint, context: Context) -> Iterable[Refusal]:
        if context.stamp.by != DELIVERY:
            yield Refusal("G1", "Whatever sends finds that out; a person pauses an endpoint")

    def why_not_here(
        self, endpoint: Endpoint, endpoints: Endpoints, context: Context
    ) -> Iterable[Refusal]:
        if endpoint.hold == "disabled":
            yield Refusal("C2", "It is disabled")

    def event(self) -> Event:
        return EndpointDisabled(self.authority, self.name, self.why, self.detail)


class EndEndpoint(EndpointCommand, frozen=True, tag="end-endpoint"):
    """Give an endpoint up: nothing is kept for it from now on, and nothing sent."""

    reason: Text

    def event(self) -> Event:
        return EndpointEnded(self.authority, self.name, self.reason)


def why_not_sent_to(endpoint: Endpoint) -> Iterable[Refusal]:
    """Something can be sent to it now."""
    if endpoint.hold:
        yield Refusal("C1", f"It is {endpoint.hold}: nothing is sent before it is resumed")
    elif not endpoint.verified:
        yield Refusal("C1", "Its address is not verified yet")


@evolve.register
def _(event: EndpointVerified, endpoints: Endpoints, stamp: Stamp) -> Endpoints:
    return with_endpoint(endpoints, event.name, verified=True, begun=True)


@evolve.register
def _(event: EndpointTested, endpoints: Endpoints, stamp: Stamp) -> Endpoints:
    return endpoints


@evolve.register
def _(event: EndpointSecretRotated, endpoints: Endpoints, stamp: Stamp) -> Endpoints:
    previous = endpoints.all[event.name].secret
    return with_endpoint(endpoints, event.name, secret=event.secret, previous=previous)


@evolve.register
def _(event: EndpointPaused, endpoints: Endpoints, stamp: Stamp) -> Endpoints:
    return with_endpoint(endpoints, event.name, hold="paused", because=event.reason)


@evolve.register
def _(event: EndpointResumed, endpoints: Endpoints, stamp: Stamp) -> Endpoints:
    return with_endpoint(endpoints, event.name, hold="", because="")


@evolve.register
def _(event: EndpointDisabled, endpoints: Endpoints, stamp: Stamp) -> Endpoints:
    return with_endpoint(endpoints, event.name, hold="disabled", because=event.detail)


@evolve.register
def _(event: EndpointEnded, endpoints: Endpoints, stamp: Stamp) -> Endpoints:
    return with_endpoint(endpoints, event.name, hold="ended", because=event.reason)
