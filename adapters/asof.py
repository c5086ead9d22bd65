"""The record as it was: at a position in the log, or when some streams had come so far."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol, TypeVar
from uuid import UUID

from adapters.log import Log
from domain.authority import Authority
from domain.delegation import Delegation
from domain.messages import Aggregate, fold
from domain.procurement import Procurement
from domain.values import authority_id, procurement_id

A = TypeVar("A", bound=Aggregate)


class TheRecord(Protocol):
    """What is on record: as it stands, which is the house, or as it was."""

    def load(self, stream: UUID, blank: A) -> A:
        """An aggregate; ``blank`` if nothing happened."""

    def authority(self, name: str) -> Authority:
        """What an authority has adopted."""

    def procurement(self, reference: str) -> Procurement:
        """Of version 0 if there is none."""

    def delegation(self, stream: UUID) -> Delegation:
        """Of version 0 if there is none."""


class AsOf:
    """As it was when the log ended at a position, and of streams that are named as it was at a
    version of each. All of it raises Unavailable."""

    def __init__(
        self, log: Log, position: int, versions: Mapping[UUID, int] = MappingProxyType({})
    ) -> None:
        self._log, self.position, self._versions = log, position, versions

    def load(self, stream: UUID, blank: A) -> A:
        if stream in self._versions:
            return fold(blank, self._log.history(stream, self._versions[stream]))
        return fold(blank, map(self._log.recorded, self._log.stored(stream, self.position)))

    def authority(self, name: str) -> Authority:
        return self.load(authority_id(name), Authority())

    def procurement(self, reference: str) -> Procurement:
        return self.load(procurement_id(reference), Procurement())

    def delegation(self, stream: UUID) -> Delegation:
        return self.load(stream, Delegation())
