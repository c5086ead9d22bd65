"""Names of hosts, looked up without a thread: a name server that hangs makes nobody else wait."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import dns.asyncresolver
import dns.exception
import dns.resolver

SECONDS = 5.0


class NoSuchName(OSError):
    """The name servers say that there is no such name."""


class Names:
    """By the name servers of this machine, unless others are named."""

    def __init__(
        self, servers: Sequence[str] = (), port: int = 53, seconds: float = SECONDS
    ) -> None:
        self._servers, self._port, self._seconds = servers, port, seconds
        self._resolver: dns.asyncresolver.Resolver | None = None

    async def lookup(self, host: str) -> list[str]:
        """All addresses of a host, of both kinds. Raises OSError where none is found."""
        try:
            found = await asyncio.gather(*(self._asked(host, kind) for kind in ("A", "AAAA")))
        except dns.resolver.NXDOMAIN:
            raise NoSuchName(f"{host} does not exist") from None
        except dns.exception.DNSException as error:
            raise OSError(f"{host} cannot be looked up: {type(error).__name__}") from None
        return [*found[0], *found[1]]

    async def _asked(self, host: str, kind: str) -> list[str]:
        try:
            answer = await self._made().resolve(f"{host}.", kind)
        except dns.resolver.NoAnswer:
            return []
        return [one.to_text() for one in answer]

    def _made(self) -> dns.asyncresolver.Resolver:
        if self._resolver is None:
            self._resolver = dns.asyncresolver.Resolver(configure=not self._servers)
            self._resolver.lifetime = self._seconds
            if self._servers:
                self._resolver.nameservers = list(self._servers)
                self._resolver.port = self._port
        return self._resolver
