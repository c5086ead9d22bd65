"""The channel of webhooks: one event in each, signed."""

from __future__ import annotations

import time
from collections.abc import Collection
from hashlib import sha256

from adapters.delivery.bodies import Message
from adapters.delivery.outlets import Outlet
from adapters.delivery.webhook import Answer, Poster


class Webhooks:
    def __init__(self, poster: Poster) -> None:
        self._poster = poster

    async def send(self, outlet: Outlet, messages: Collection[Message]) -> tuple[Answer, str]:
        """One message; signed at the time of this attempt, under the id that it always has."""
        (message,) = messages
        body = message.body()
        if outlet.signer is None or outlet.address is None:
            return Answer(None, "Its key is gone: give it another"), ""
        headers = outlet.signer.headers(str(message.due.id), int(time.time()), body)
        return await self._poster.post(outlet.address, body, headers), sha256(body).hexdigest()

    async def close(self) -> None:
        await self._poster.close()
