"""The endpoints of all authorities, as they were at a position of the log."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID

from adapters.ledgers.kept import Again, Change, HandOn, Kept, PassOver, Tell
from adapters.log import Log, Stored
from domain.endpoints import Endpoint, EndpointEvent, Endpoints, endpoint_id, hears
from domain.keeping_endpoints import (
    EndpointDisabled,
    EndpointEnded,
    EndpointPaused,
    EndpointResumed,
    EndpointTested,
    EndpointVerified,
)
from domain.messages import by_tag, fold, tag_of
from domain.published import CONSULTATION_ASKED, PUBLISHED, STOPPED, TEST, VERIFICATION
from domain.registering import EndpointMoved, EndpointRegistered
from domain.resending import DeliveriesReplayed, DeliverySkipped

TAGS = frozenset(by_tag(EndpointEvent, r"[a-z0-9-]+/\d+"))


class Registry:
    """Moves on with every event of theirs."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._streams: dict[UUID, Endpoints] = {}

    def read(self, position: int) -> None:
        """All of them anew, as they stood there."""
        first = self._log.of_kind(tag_of(EndpointRegistered), position)
        self._streams = {
            stream: fold(
                Endpoints(),
                [self._log.recorded(one) for one in self._log.stored(stream, position)],
            )
            for stream in dict.fromkeys(one.stream for one in first)
        }

    @property
    def anybody(self) -> bool:
        """Whether anything that happens is to be told to somebody."""
        return any(one.heard for found in self._streams.values() for one in found.all.values())

    def hearing(
        self, kind: str, authority: str, gateway: str, to: tuple[str, ...] | None
    ) -> Iterator[tuple[UUID, Endpoint]]:
        """Those that hear what happened, each with its id."""
        about = kind, authority, gateway, to
        heard = {number: one for number, one in self._every() if hears(one, *about)}
        if kind == CONSULTATION_ASKED:
            heard |= self._standing_in(authority, to or ())
        yield from heard.items()

    def moved_on(self, one: Stored) -> Iterator[Kept]:
        """What follows for deliveries from an event about an endpoint."""
        recorded = self._log.recorded(one)
        event, before = recorded.event, self._streams.get(one.stream, Endpoints())
        assert isinstance(event, EndpointEvent)
        after = fold(before, [recorded])
        number, endpoint = endpoint_id(event.authority, event.name), after.all[event.name]
        anew = isinstance(event, EndpointResumed | EndpointVerified)
        yield Change(number, event.authority, event.name, endpoint.address, endpoint.waits, anew)
        match event:
            case EndpointRegistered() | EndpointMoved():
                yield told(one, VERIFICATION, number, endpoint)
            case EndpointTested():
                yield told(one, TEST, number, endpoint)
            case EndpointPaused() | EndpointDisabled() | EndpointEnded():
                others = list(_instead(after, endpoint))
                if isinstance(event, EndpointDisabled):
                    yield from (told(one, STOPPED, *other) for other in others)
                yield HandOn(number, tuple(other for other, _ in others))
            case DeliveriesReplayed():
                yield Again(number, event.lane, event.first, event.last)
            case DeliverySkipped():
                yield PassOver(number, event.lane, event.seq)
        self._streams[one.stream] = after

    def _standing_in(self, authority: str, posts: tuple[str, ...]) -> dict[UUID, Endpoint]:
        """What hears instead of posts that nothing in use tells (C3)."""
        return {
            endpoint_id(authority, one.name): one
            for found in self._streams.values()
            if found.authority == authority and not all(_told(found, post) for post in posts)
            for one in found.all.values()
            if one.fallback and _in_use(one)
        }

    def _every(self) -> Iterator[tuple[UUID, Endpoint]]:
        for found in self._streams.values():
            for one in found.all.values():
                yield endpoint_id(found.authority, one.name), one


def told(one: Stored, kind: str, number: UUID, endpoint: Endpoint) -> Tell:
    """An event, for one endpoint: in the lane of its stream, of the day, or of an address."""
    daily = endpoint.choice.timing == "daily" and kind in PUBLISHED and kind != CONSULTATION_ASKED
    lane = number if daily else endpoint.address if kind == VERIFICATION else one.stream
    place = (one.position, one.stream, one.version)
    return Tell(number, lane, kind, *place, _digest(one), daily)


def _digest(one: Stored) -> str:
    return sha256(one.state).hexdigest()


def _in_use(one: Endpoint) -> bool:
    return one.begun and not one.waits


def _told(endpoints: Endpoints, post: str) -> bool:
    """Whether a post is told of a consultation by an endpoint of its own."""
    own = (one for one in endpoints.all.values() if one.of == post and _in_use(one))
    return any(CONSULTATION_ASKED in one.choice.types for one in own)


def _instead(endpoints: Endpoints, gone: Endpoint) -> Iterator[tuple[UUID, Endpoint]]:
    """What hears that an endpoint stopped, and what it does not hear: others of the same post, or
    else what stands in."""
    rest = [one for one in endpoints.all.values() if one.name != gone.name and _in_use(one)]
    own = [one for one in rest if gone.of and one.of == gone.of]
    for one in own or [one for one in rest if one.fallback]:
        yield endpoint_id(endpoints.authority, one.name), one
