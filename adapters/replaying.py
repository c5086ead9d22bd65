"""Replays what is on record under a proposed constitution. Reads the log, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from adapters.house import House
from adapters.sealing import is_sealed
from domain.constitution import Constitution
from domain.messages import tag_of
from domain.opening import ProcurementOpened
from projections.dry_run import dry_run
from projections.findings import DryRun
from projections.replay import Case


def replayed(
    house: House, proposal: Constitution, since: date | None = None, *, opened: bool
) -> DryRun:
    """What the proposal would have done otherwise in its authority since a London day.

    Unless closed parts are ``opened``, no figure in them is read: nothing can be concluded of it.
    """
    name = proposal.authority
    cases = _cases(house, name, opened=opened)
    return dry_run(cases, house.authority(name), proposal, house.clocks.today(name), since)


def _cases(house: House, authority: str, *, opened: bool) -> Iterator[Case]:
    """The procurements of an authority as they are on record now, in the order of their opening."""
    log = house.log
    end = log.last_position()
    for first in log.of_kind(tag_of(ProcurementOpened), end):
        event = log.recorded(first, opened=False).event
        if isinstance(event, ProcurementOpened) and event.authority == authority:
            stored = log.stored(first.stream, end)
            events = [log.recorded(one, opened=opened) for one in stored]
            yield Case(events, any(is_sealed(one.state) for one in stored), opened)
