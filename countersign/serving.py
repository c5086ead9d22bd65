"""The server of the page: told to end, it answers what it has begun."""

from __future__ import annotations

from collections.abc import Callable
from socket import socket
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from countersign.ending import end_in_time, until_told

ANSWER_SECONDS = 5
"""How long a request that has begun may still take."""


class Server(uvicorn.Server):
    """Ends the streams of open pages first: it waits for whoever is being answered."""

    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._end_streams = end_streams

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        self._end_streams()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        end_in_time()
        super().handle_exit(sig, frame)


def serve(
    app: ASGIApp, host: str, port: int, proxies: str, end_streams: Callable[[], None]
) -> None:
    """Until the process is told to end."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        forwarded_allow_ips=proxies,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=ANSWER_SECONDS,
    )
    # The server sends itself the signal once more when it has ended.
    with until_told(lambda: None):
        Server(config, end_streams).run()
