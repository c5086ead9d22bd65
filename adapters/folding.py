"""Folds streams while the log is read: remembers where each was, and its authority's rules."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from adapters.log import Log, Stored
from domain.authority import (
    Authority,
    CalendarAdopted,
    ConstitutionAdopted,
    OfficesAdopted,
    Rules,
)
from domain.budget import Budget, BudgetDrawn
from domain.delegation import AuthorityDelegated, Delegation
from domain.endpoints import Endpoints
from domain.messages import Aggregate, Recorded, fold, tag_of
from domain.opening import ProcurementOpened
from domain.procurement import Procurement
from domain.refusals import Refused
from domain.registering import EndpointRegistered
from domain.values import authority_id
from projections.touched import Touched

REMEMBERED = 10_000


class Folding:
    """Aggregates as they stand at the position that a projection has reached."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known: dict[UUID, Aggregate] = {}

    def by_stream(self, news: Sequence[Stored], end: int) -> dict[UUID, list[Stored]]:
        """New events by stream; a change of rules touches all procurements of its authority."""
        found: dict[UUID, list[Stored]] = {}
        for one in news:
            found.setdefault(one.stream, []).append(one)
        adopted = {one.stream for one in news if one.topic.partition("/")[0] in ADOPTIONS}
        if adopted:
            for one in self._log.of_kind(tag_of(ProcurementOpened), end):
                opened = self._opened(one)
                if opened and authority_id(opened.authority) in adopted:
                    found.setdefault(one.stream, [])
        return dict(sorted(found.items(), key=lambda one: one[0] not in adopted))

    def touched(self, stream: UUID, news: Sequence[Stored], end: int) -> Touched:
        """The stream with its new events folded in, and the rules that hold there by then."""
        recorded = [self._log.recorded(one) for one in news]
        after = self._reach(stream, recorded, end)
        positions = [one.position for one in news]
        rules = self._rules(after, end) if isinstance(after, Procurement | Authority) else None
        return Touched(tuple(zip(positions, recorded, strict=True)), after, rules)

    def forget(self) -> None:
        self._known.clear()

    def _reach(self, stream: UUID, news: Sequence[Recorded], end: int) -> Aggregate:
        """The aggregate at a position: from what is known and new, or read from the start."""
        before = self._known.pop(stream, None)
        if before is not None and (not news or news[0].version == before.version + 1):
            after = fold(before, news)
        elif news and news[0].version == 1:
            after = from_the_start(news)
        else:
            after = from_the_start([self._log.recorded(o) for o in self._log.stored(stream, end)])
        self._known[stream] = after
        if len(self._known) > REMEMBERED:
            self._known.pop(next(iter(self._known)))
        return after

    def _rules(self, after: Procurement | Authority, end: int) -> Rules | None:
        """By which the rows of a procurement, or of the authority itself, are worked out."""
        authority: Aggregate = after
        if isinstance(after, Procurement):
            authority = self._reach(authority_id(after.authority), (), end)
        return rules_of(after, authority) if isinstance(authority, Authority) else None

    def _opened(self, one: Stored) -> ProcurementOpened | None:
        try:
            event = self._log.recorded(one).event
        except (msgspec.MsgspecError, KeyError):
            return None
        return event if isinstance(event, ProcurementOpened) else None


def rules_of(after: Procurement | Authority, authority: Authority) -> Rules | None:
    """The authority's rules on the later of the procurement's and the authority's last day.

    Of the authority itself, on the day its first constitution came into force at the earliest.
    """
    other = after.began if isinstance(after, Authority) else after.last_on
    days = [day for day in (other, authority.last_on) if day]
    try:
        return authority.rules(max(days))
    except Refused:
        return None


def from_the_start(history: Sequence[Recorded]) -> Aggregate:
    """What the stream adds up to: its first event says what it is."""
    match history[0].event if history else None:
        case ConstitutionAdopted() | OfficesAdopted() | CalendarAdopted():
            return fold(Authority(), history)
        case AuthorityDelegated():
            return fold(Delegation(), history)
        case BudgetDrawn():
            return fold(Budget(), history)
        case EndpointRegistered():
            return fold(Endpoints(), history)
    return fold(Procurement(), history)


ADOPTIONS = {"constitution-adopted", "offices-adopted", "calendar-adopted"}
