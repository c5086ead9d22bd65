"""Sending again what was sent, and passing over what cannot be delivered; both for a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from domain.endpoints import Endpoint, EndpointCommand, EndpointEvent, Endpoints
from domain.keeping_endpoints import why_not_sent_to
from domain.messages import Context, Event, Stamp, evolve
from domain.refusals import Refusal
from domain.values import Text

Seq = Annotated[int, Meta(ge=1)]


class DeliveriesReplayed(EndpointEvent, frozen=True, tag="deliveries-replayed/1"):
    """Those of a lane from one number to another, both included, under the ids that they had."""

    lane: UUID
    first: Seq
    last: Seq
    reason: Text


class DeliverySkipped(EndpointEvent, frozen=True, tag="delivery-skipped/1"):
    """What a lane waited with is never sent, and the next one follows."""

    lane: UUID
    seq: Seq
    reason: Text


class ReplayDeliveries(EndpointCommand, frozen=True, tag="replay-deliveries"):
    """Send some of a lane once more, in their order and under the same ids, for a reason.

    A lane is what an endpoint hears of one procurement. What has yet to be sent is not sent sooner.
    """

    lane: UUID
    first: Seq
    last: Seq
    reason: Text

    def why_not_here(
        self, endpoint: Endpoint, endpoints: Endpoints, context: Context
    ) -> Iterable[Refusal]:
        # What verifies an address is all that is sent there before it is verified.
        if endpoint.hold or self.lane != endpoint.address:
            yield from why_not_sent_to(endpoint)
        if self.first > self.last:
            yield Refusal("C1", f"From {self.first} to {self.last} there is nothing")

    def event(self) -> Event:
        return DeliveriesReplayed(
            self.authority, self.name, self.lane, self.first, self.last, self.reason
        )


class SkipDelivery(EndpointCommand, frozen=True, tag="skip-delivery"):
    """Pass over what a lane waits with, for a reason: a number is missing there for good."""

    lane: UUID
    seq: Seq
    reason: Text

    def event(self) -> Event:
        return DeliverySkipped(self.authority, self.name, self.lane, self.seq, self.reason)


@evolve.register
def _(event: DeliveriesReplayed, endpoints: Endpoints, stamp: Stamp) -> Endpoints:
    return endpoints


@evolve.register
def _(event: DeliverySkipped, endpoints: Endpoints, stamp: Stamp) -> Endpoints:
    return endpoints
