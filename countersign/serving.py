"""The server of the page: told to end, it answers what it has begun."""

from __future__ import annotations

from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from countersign.ending import end_in_time, until_told

ANSWER_SECONDS = 5
"""How long a request that has begun may still take."""


class Server(uvicorn.Server):
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        end_in_time()
        super().handle_exit(sig, frame)


def serve(app: ASGIApp, host: str, port: int) -> None:
    """Until the process is told to end."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=ANSWER_SECONDS,
    )
    # The server sends itself the signal once more when it has ended.
    with until_told(lambda: None):
        Server(config).run()
