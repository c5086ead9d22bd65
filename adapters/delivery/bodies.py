"""What is sent: thin, and as little as may be said at the moment of sending.

A receiver finds the rest under the link, as far as it may be read there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct, json
from msgspec.structs import replace

from adapters.ledgers.recording import Due
from adapters.log import Log
from adapters.memory import Memory
from domain.endpoints import Endpoints
from domain.messages import Aggregate, Recorded, fold
from domain.procurement import Procurement
from domain.published import ABOUT_ENDPOINTS, VERIFICATION
from projections.told import Facts, exempt, facts

REMEMBERED = 4096
AHEAD = 32
"""Events after one that is read, of which it is noted on the way what may be said of them."""


class Chain(Struct, frozen=True):
    """The place of a delivery among all that an endpoint is told of one procurement.

    ``chain`` is the SHA-256 of endpoint, lane, seq, previous and event, in this order with a space
    between them. Where ``previous`` is the chain of the delivery before, nothing was missed.
    """

    endpoint: UUID
    lane: UUID
    seq: int
    previous: str
    event: str
    chain: str


class Data(Struct, frozen=True, omit_defaults=True):
    """What is said of an event. Of what is exempt in any part there is no title."""

    id: UUID
    authority: str
    version: int
    status: str
    link: str
    chain: Chain
    procurement: str = ""
    title: str = ""
    asked: tuple[str, ...] = ()
    code: str = ""


class Body(Struct, frozen=True):
    """What a webhook carries; ``timestamp`` is when the event was recorded, in UTC."""

    type: str
    timestamp: datetime
    data: Data


class Message(Struct, frozen=True):
    """One event as it is told to one endpoint; each channel makes its own form of it."""

    kind: str
    at: datetime
    facts: Facts
    due: Due
    code: str = ""

    def body(self) -> bytes:
        """As JSON, for whoever hears by webhook."""
        due, said = self.due, self.facts
        chain = Chain(due.endpoint, due.lane, due.seq, due.previous, due.event, due.chain)
        told = (said.reference, said.title, said.asked, self.code)
        where = (said.authority, said.version, said.status, said.link)
        return json.encode(Body(self.kind, self.at, Data(due.id, *where, chain, *told)))


class Bodies:
    """Makes messages, and remembers what was read of an event for the next endpoint."""

    def __init__(self, memory: Memory, log: Log, address: str, code: Callable[[UUID], str]) -> None:
        """``address`` is where the pages are, ``code`` what proves that a message was read."""
        self._memory, self._log, self._address, self._code = memory, log, address, code
        self._facts: dict[tuple[UUID, int], tuple[datetime, Facts]] = {}
        self._exempt: dict[UUID, tuple[int, bool]] = {}

    def messages(self, wanted: Sequence[tuple[Due, str | None]]) -> list[Message]:
        """One for each delivery, with the post that hears it. Raises Unavailable."""
        blanks = {due.stream: _blank(due.kind) for due, _ in wanted}
        now = self._memory.known(blanks)
        return [self._message(due, to, now[due.stream].aggregate) for due, to in wanted]

    def _message(self, due: Due, to: str | None, now: Aggregate) -> Message:
        at, said = self._said(due, now)
        if self._is_exempt(due.stream, now):
            said = said.thinned()
        said = said.to(to)
        code = self._code(due.lane) if due.kind == VERIFICATION else ""
        return Message(due.kind, at, replace(said, link=self._address + said.link), due, code)

    def _is_exempt(self, stream: UUID, now: Aggregate) -> bool:
        """As it is at this moment, whatever it was when it happened."""
        if not isinstance(now, Procurement):
            return False
        known = self._exempt.get(stream)
        if known is None or known[0] != now.version:
            if len(self._exempt) > REMEMBERED:
                self._exempt.clear()
            known = self._exempt[stream] = now.version, exempt(now)
        return known[1]

    def _said(self, due: Due, now: Aggregate) -> tuple[datetime, Facts]:
        """When an event was recorded, and what may be said of it. Nothing closed is kept."""
        at = due.stream, due.version
        if at not in self._facts:
            if len(self._facts) > REMEMBERED:
                self._facts.clear()
            self._read(due, now)
        return self._facts[at]

    def _read(self, due: Due, now: Aggregate) -> None:
        """Of an event that nothing came after its stream is known already as it was with it."""
        if due.version == now.version:
            news, _ = self._log.since({due.stream: due.version - 1})[due.stream]
            self._note(news[0], now)
            return
        ahead = 0 if due.kind in ABOUT_ENDPOINTS else AHEAD
        history = self._log.read(due.stream, due.version + ahead)
        then = fold(_blank(due.kind), history[: due.version - 1])
        for one in history[due.version - 1 :]:
            then = fold(then, [one])
            self._note(one, then)

    def _note(self, one: Recorded, then: Aggregate) -> None:
        self._facts[one.stream, one.version] = one.stamp.now, facts(one, then)


def _blank(kind: str) -> Aggregate:
    return Endpoints() if kind in ABOUT_ENDPOINTS else Procurement()
