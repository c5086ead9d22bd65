"""Sentences about endpoints. Of an address they say no more than its host."""

from __future__ import annotations

from domain.endpoints import Subscription
from domain.keeping_endpoints import (
    EndpointDisabled,
    EndpointEnded,
    EndpointPaused,
    EndpointResumed,
    EndpointSecretRotated,
    EndpointTested,
    EndpointVerified,
)
from domain.registering import EndpointChoiceChanged, EndpointMoved, EndpointRegistered
from domain.resending import DeliveriesReplayed, DeliverySkipped
from domain.wording import counted, listed
from projections.phrases import ended, sentence

CHANNELS = {
    "webhook": "a webhook",
    "email": "e-mail",
    "teams": "Microsoft Teams",
    "slack": "Slack",
}


def choice_in_words(choice: Subscription) -> str:
    """3 types of events of a council, at a gateway, in one message a day."""
    at = f", at {listed(list(choice.gateways))}" if choice.gateways else ""
    daily = ", in one message a day" if choice.timing == "daily" else ""
    kinds = counted(len(choice.types), "type")
    return f"{kinds} of events of {listed(list(choice.authorities))}{at}{daily}"


@sentence.register
def _(event: EndpointRegistered) -> str:
    whose = f" for {event.of}" if event.of else ""
    where = f", at {event.host}" if event.host else ""
    stands_in = " It stands in for those who have none." if event.fallback else ""
    said = f"Registered the endpoint “{event.title}”{whose}, {CHANNELS[event.channel]}{where}"
    return f"{said}: {choice_in_words(event.choice)}.{stands_in}"


@sentence.register
def _(event: EndpointMoved) -> str:
    where = f" at {event.host}" if event.host else ""
    return f"Gave the endpoint “{event.name}” another address{where}."


@sentence.register
def _(event: EndpointChoiceChanged) -> str:
    return f"Chose anew what “{event.name}” hears: {choice_in_words(event.choice)}."


@sentence.register
def _(event: EndpointVerified) -> str:
    return f"Verified the address of the endpoint “{event.name}”."


@sentence.register
def _(event: EndpointTested) -> str:
    return f"Asked for a test of the endpoint “{event.name}”."


@sentence.register
def _(event: EndpointSecretRotated) -> str:
    return f"Gave the endpoint “{event.name}” another secret; the one before signs too for a day."


@sentence.register
def _(event: EndpointPaused) -> str:
    return f"Paused the endpoint “{event.name}”: {ended(event.reason)}"


@sentence.register
def _(event: EndpointResumed) -> str:
    return f"Resumed the endpoint “{event.name}”, beginning with what waits."


@sentence.register
def _(event: EndpointDisabled) -> str:
    why = {"gone": "it says that it is gone", "failing": "it has failed for too long"}[event.why]
    return f"Disabled the endpoint “{event.name}”, since {why}: {ended(event.detail)}"


@sentence.register
def _(event: EndpointEnded) -> str:
    return f"Gave the endpoint “{event.name}” up: {ended(event.reason)}"


@sentence.register
def _(event: DeliveriesReplayed) -> str:
    which = f"{event.first}" if event.first == event.last else f"{event.first} to {event.last}"
    return f"Sent “{event.name}” number {which} of a lane again: {ended(event.reason)}"


@sentence.register
def _(event: DeliverySkipped) -> str:
    return f"Passed over number {event.seq} of a lane of “{event.name}”: {ended(event.reason)}"
