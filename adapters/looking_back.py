"""Reads a case as it was on record at a version or at a moment: what was recorded later is apart.

A moment is looked up in each stream by itself, since each council may have a clock of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import takewhile

from msgspec import Struct

from adapters.asof import AsOf
from adapters.house import House
from adapters.log import Stored
from domain.authority import NOTHING_ADOPTED, Authority, Rules
from domain.london import london_day
from domain.messages import Context, Recorded, fold
from domain.procurement import Procurement
from domain.refusals import Refusal, Refused
from domain.values import authority_id, authority_of, procurement_id
from projections.fact import Fact
from projections.facts import facts
from projections.looking_back import Difference, Entry, difference, entry, known_later
from projections.standing import context_at


class Then(Struct, frozen=True):
    """A case at a point: what was on record by then, by what rules, and what was recorded later.

    Its version is that of the last event on record, 0 where there was none. ``moment`` is the one
    asked for, else that at which the event was recorded; at version 0 that of the first.
    """

    reference: str
    procurement: Procurement
    context: Context
    moment: datetime
    history: tuple[Recorded, ...]
    later: tuple[Recorded, ...]

    @property
    def version(self) -> int:
        return len(self.history)

    @property
    def last(self) -> int:
        """How many events the case has now."""
        return len(self.history) + len(self.later)

    @property
    def day(self) -> date:
        """The London day."""
        return london_day(self.moment)

    @property
    def known_later(self) -> tuple[Entry, ...]:
        """What had happened by then and was recorded later, and late."""
        found = known_later(self.later, self.day)
        return tuple(entry(one, self.reference) for one in found)

    @property
    def facts(self) -> tuple[Fact, ...]:
        return facts(self.procurement, self.context)


class Since(Struct, frozen=True):
    """What was recorded since an earlier version, and what it changed."""

    version: int
    entries: tuple[Entry, ...]
    difference: Difference


def at_version(house: House, reference: str, version: int | None = None) -> Then:
    """When the event of that number had just been recorded, the last without; 0 is before all.

    Refuses a number that there is not.
    """
    stored = _stored(house, reference)
    version = len(stored) if version is None else version
    if not 0 <= version <= len(stored):
        reason = f"There is no event {version} in {reference}; the last event is {len(stored)}"
        raise Refused([Refusal("C1", reason)])
    history = [house.log.recorded(one) for one in stored]
    first = stored[max(version, 1) - 1]
    authority = AsOf(house.log, first.position).authority(authority_of(reference))
    moment = max(one.stamp.now for one in history[: max(version, 1)])
    return _then(reference, history, version, moment, authority)


def at_moment(house: House, reference: str, moment: datetime) -> Then:
    """When it was that time in its council: of a moment that is still to come, now."""
    authority = authority_of(reference)
    moment = min(moment, house.clocks.now(authority))
    history = [house.log.recorded(one) for one in _stored(house, reference)]
    version = len(recorded_by(history, moment))
    return _then(reference, history, version, moment, authority_at(house, authority, moment))


def compared(house: House, then: Then, version: int | None = None) -> Since:
    """What changed since an earlier version, the one before without. Refuses a later one."""
    earlier = max(then.version - 1, 0) if version is None else version
    if not 0 <= earlier <= then.version:
        reason = f"Compare event {then.version} with an earlier one, from 0 on, not with {version}"
        raise Refused([Refusal("C1", reason)])
    before = at_version(house, then.reference, earlier)
    between = tuple(entry(one, then.reference) for one in then.history[earlier:])
    return Since(earlier, between, difference(before.facts, then.facts))


def recorded_by(history: Sequence[Recorded], moment: datetime) -> list[Recorded]:
    """The beginning of a stream, to the last event before one that was recorded later.

    So each event stands on all before it, also where two were recorded at almost one moment.
    """
    return list(takewhile(lambda one: one.stamp.now <= moment, history))


def authority_at(house: House, name: str, moment: datetime) -> Authority:
    """What an authority had adopted by then."""
    return fold(Authority(), recorded_by(house.log.read(authority_id(name)), moment))


def _stored(house: House, reference: str) -> list[Stored]:
    found = house.log.stored(procurement_id(reference), house.log.last_position())
    if not found:
        raise Refused([Refusal("C1", f"There is no procurement {reference}")])
    return found


def _then(
    reference: str,
    history: Sequence[Recorded],
    version: int,
    moment: datetime,
    authority: Authority,
) -> Then:
    procurement, day = fold(Procurement(), history[:version]), london_day(moment)
    context = context_at(procurement, rules_at(authority, day), day)
    parts = tuple(history[:version]), tuple(history[version:])
    return Then(reference, procurement, context, moment, *parts)


def rules_at(authority: Authority, day: date) -> Rules:
    """What an authority went by on a day; nothing where it had not adopted all that it takes."""
    try:
        return authority.rules(day)
    except Refused:
        return NOTHING_ADOPTED
