"""The processes: page and worker together, or each alone."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket
from types import FrameType

from adapters.house import House
from countersign.demo import load
from countersign.settings import Settings
from countersign.wiring import Wired, wired, working
from countersign.worker import Worker


def run() -> None:
    """Serve the page and keep the read models up to date, in one process."""
    settings = Settings()
    with working(settings) as found:
        _set_up(found.house, settings)
        _serve(found, settings)


def web() -> None:
    """Serve the page only."""
    settings = Settings()
    with wired(settings) as found:
        _set_up(found.house, settings)
        _serve(found, settings)


def worker() -> None:
    """Keep the read models up to date only."""
    settings, one = Settings(), Worker()
    with wired(settings) as found, _until_told(one):
        print(f"Working on {settings.database}", flush=True)
        one.work(found.house, found.signals)


def _set_up(found: House, settings: Settings) -> None:
    if settings.demo and load.wanted(found):
        print("Loading the demonstration:", flush=True)
        for said in load.load(found):
            print(f"  {said}", flush=True)


def _serve(found: Wired, settings: Settings) -> None:
    # Imported here, so that a command that serves nothing starts in half the time.
    import uvicorn

    from web.app import create
    from web.limits import Limits

    class Server(uvicorn.Server):
        """Ends the streams of open pages first: it waits for whoever is being answered."""

        async def shutdown(self, sockets: list[socket] | None = None) -> None:
            app.state.live.end()
            await super().shutdown(sockets)

    print(f"\nOpen {settings.address}", flush=True)
    if settings.demo:
        print("and sign in as one of the invented people, for example")
        print("  the Director of Adults and Health (Leeds): a report waits for a decision")
        print("  the Visiting Auditor: everything is there to read\n", flush=True)
    app = create(
        found.house,
        demo=settings.demo,
        secure=settings.secure,
        signals=found.signals,
        limits=Limits(found.scratch, settings.sign_ins_per_minute, settings.forms_per_minute),
    )
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    Server(config).run()


@contextmanager
def _until_told(one: Worker) -> Iterator[None]:
    """Stops the worker on the signals that end a process."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        one.stop()

    kept = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
