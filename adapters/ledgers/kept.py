"""What the outbox finds that is to be kept, event by event: data, not written yet."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID


class Tell(NamedTuple):
    """An event, for one endpoint."""

    endpoint: UUID
    lane: UUID
    kind: str
    position: int
    stream: UUID
    version: int
    event: str
    daily: bool


class Change(NamedTuple):
    """Why nothing is sent to an endpoint, or that it is; ``anew`` forgets how it failed."""

    endpoint: UUID
    authority: str
    name: str
    address: UUID
    waits: str
    anew: bool


class Again(NamedTuple):
    endpoint: UUID
    lane: UUID
    first: int
    last: int


class PassOver(NamedTuple):
    endpoint: UUID
    lane: UUID
    seq: int


class HandOn(NamedTuple):
    """Consultations that an endpoint has not taken go to others as well."""

    endpoint: UUID
    to: tuple[UUID, ...]


Kept = Tell | Change | Again | PassOver | HandOn
