"""Outlets: endpoints ready to be sent to, with their addresses and keys opened."""

from __future__ import annotations

from time import monotonic
from typing import NamedTuple
from uuid import UUID

from adapters.delivery.secrets import Secrets
from adapters.delivery.signing import Signer
from adapters.ledgers.deliveries import State
from adapters.memory import Memory
from domain.endpoints import Endpoint, Endpoints, endpoints_id

BOTH_SIGN = 24 * 3600.0
"""Seconds for which a secret still signs after another took its place."""
REMEMBERED = 60.0


class Outlet(NamedTuple):
    """Where something goes; without an address nothing does."""

    number: UUID
    authority: str
    endpoint: Endpoint
    address: str | None
    signer: Signer | None


class Outlets:
    """Remembers each for a minute, or until something is recorded about it."""

    def __init__(self, memory: Memory, secrets: Secrets) -> None:
        self._memory, self._secrets = memory, secrets
        self._known: dict[UUID, tuple[int, float, Outlet]] = {}

    def of(self, state: State) -> Outlet:
        """Raises Unavailable."""
        epoch, until, found = self._known.get(state.endpoint, (-1, 0.0, None))
        if found is None or epoch != state.epoch or monotonic() > until:
            found = self._opened(state)
            self._known[state.endpoint] = state.epoch, monotonic() + REMEMBERED, found
        return found

    def _opened(self, state: State) -> Outlet:
        stream = endpoints_id(state.authority)
        endpoints = self._memory.known({stream: Endpoints()})[stream].aggregate
        assert isinstance(endpoints, Endpoints)
        one = endpoints.all[state.name]
        address = self._secrets.address(one.address)
        return Outlet(state.endpoint, state.authority, one, address, self._signer(one))

    def _signer(self, one: Endpoint) -> Signer | None:
        current = self._secrets.signing(one.secret) if one.secret else None
        if current is None:
            return None
        signings = [current[0]]
        rotated = one.previous if current[1] < BOTH_SIGN else None
        if rotated and (before := self._secrets.signing(rotated)):
            signings.append(before[0])
        return Signer(signings)
