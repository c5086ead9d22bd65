"""Which councils a person has a part in."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from adapters.log import Log
from domain.authority import OfficesAdopted
from domain.messages import tag_of
from domain.offices import read_offices

ADOPTED = tag_of(OfficesAdopted)


class Councils:
    """Made out of all offices on record, and again when others have been adopted."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known: tuple[int, Mapping[UUID, set[str]]] = (0, {})

    def of(self, person: UUID) -> list[str]:
        """Where some version of the offices has this person in a post, or as a deputy in one."""
        adopted, known = self._known
        if adopted != self._log.count(ADOPTED):
            adopted, known = self._known = self._read()
        return sorted(known.get(person, ()))

    def _read(self) -> tuple[int, Mapping[UUID, set[str]]]:
        stored = self._log.of_kind(ADOPTED, self._log.last_position())
        known: dict[UUID, set[str]] = {}
        for one in map(self._log.recorded, stored):
            assert isinstance(one.event, OfficesAdopted)
            offices = read_offices(one.event.text)
            for person in offices.people:
                known.setdefault(person, set()).add(one.event.authority)
        return len(stored), known
