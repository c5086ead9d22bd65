"""A receiver of webhooks: a real web server, which answers as it is told and keeps what it gets."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from ssl import SSLContext
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple, Self

from aiohttp import web


class Received(NamedTuple):
    at: float
    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def body(self) -> Any:
        return json.loads(self.raw)

    @property
    def type(self) -> str:
        return str(self.body["type"])

    @property
    def seq(self) -> int:
        return int(self.body["data"]["chain"]["seq"])

    @property
    def lane(self) -> tuple[str, str]:
        chain = self.body["data"]["chain"]
        return str(chain["endpoint"]), str(chain["lane"])


class Reply(NamedTuple):
    """An answer; ``after`` so many seconds."""

    status: int = 204
    text: str = ""
    headers: dict[str, str] = {}  # noqa: RUF012
    after: float = 0.0


def takes(_: Received) -> Reply:
    """Takes everything, and proves that it read the code of a verification."""
    return Reply()


def proves(received: Received) -> Reply:
    """As a receiver does that wants to be verified."""
    code = received.body["data"].get("code") if received.raw.startswith(b"{") else None
    return Reply(200, json.dumps({"code": code})) if code else Reply()


class Receiver:
    """Listens on a port of its own while it is entered."""

    def __init__(
        self, answers: Callable[[Received], Reply] = proves, tls: SSLContext | None = None
    ) -> None:
        self.answers, self._tls = answers, tls
        self.received: list[Received] = []
        self.port = 0
        self.open = 0
        """How many requests are being answered."""
        self.busiest = 0
        """How many were at once."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._ready, self._over = threading.Event(), asyncio.Event()

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}/hook"

    def events(self, kind: str = "") -> list[Received]:
        """What came about procurements, or of one type."""
        every = [one for one in self.received if one.raw.startswith(b"{")]
        if kind:
            return [one for one in every if one.type == kind]
        return [one for one in every if not one.type.startswith("endpoint.")]

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)
        self._loop.close()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._run())

    async def _run(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{anything:.*}", self._handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=self._tls)
        await site.start()
        self.port = runner.addresses[0][1]
        self._ready.set()
        await self._over.wait()
        await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.Response:
        raw = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        one = Received(monotonic(), request.path, headers, raw)
        self.received.append(one)
        self.open += 1
        self.busiest = max(self.busiest, self.open)
        try:
            reply = self.answers(one)
            await asyncio.sleep(reply.after)
        finally:
            self.open -= 1
        return web.Response(status=reply.status, text=reply.text, headers=reply.headers)
