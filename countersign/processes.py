"""The processes: page and worker together, or each alone."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from adapters.house import House
from countersign.demo import load
from countersign.settings import Settings
from countersign.wiring import house, working
from countersign.worker import Worker

SETTING_UP_SECONDS = 120
"""For so long nobody else loads the demonstration, if whoever began died of it."""


def run() -> None:
    """Serve the page and keep the read models up to date, in one process."""
    settings = Settings()
    with working(settings) as found:
        _set_up(found, settings)
        _serve(found, settings)


def web() -> None:
    """Serve the page only."""
    settings = Settings()
    with house(settings) as found:
        _set_up(found, settings)
        _serve(found, settings)


def worker() -> None:
    """Keep the read models up to date only."""
    settings, one = Settings(), Worker()
    with house(settings) as found, _until_told(one):
        print(f"Working on {found.database.where}", flush=True)
        one.work(found)


def _set_up(found: House, settings: Settings) -> None:
    if settings.demo:
        with found.leases.alone("demonstration", SETTING_UP_SECONDS):
            for said in load.load(found) if load.wanted(found) else ():
                print(f"Loaded {said}", flush=True)


def _serve(found: House, settings: Settings) -> None:
    # Imported here, so that a command that serves nothing starts in half the time.
    import uvicorn

    from web.app import create

    print(f"\nOpen {settings.address}", flush=True)
    if settings.demo:
        print("and sign in as one of the invented people, for example")
        print("  the Director of Adults and Health (Leeds): a report waits for a decision")
        print("  the Visiting Auditor: everything is there to read\n", flush=True)
    config = uvicorn.Config(
        create(found, demo=settings.demo, secure=settings.secure),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(config).run()


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
