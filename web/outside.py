"""What lies outside: where messages may go, by which ways, and where their links lead."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from fastapi import Request

from adapters.delivery.guard import Forbidden, Guard
from adapters.delivery.names import Names, NoSuchName


class Outside(NamedTuple):
    guard: Guard = Guard(Names().lookup)
    address: str = ""
    """What links begin with."""
    mail: bool = False
    """Whether a mail server is set."""

    def host_of(self, url: str) -> str:
        """The host of an address that something may be sent to. Raises Forbidden."""

        async def looked_up() -> str:
            target = self.guard.target(url)
            try:
                await self.guard.addresses(target.host)
            except NoSuchName:
                raise Forbidden(f"{target.host} cannot be found: check the name") from None
            except OSError:
                pass  # The page may have no way out. Whatever delivers has, and checks as well.
            return target.host

        return asyncio.run(looked_up())


def outside_of(request: Request) -> Outside:
    found: Outside = request.app.state.outside
    return found
