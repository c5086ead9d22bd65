"""The processes: page and worker together, or each alone."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from adapters.house import House
from countersign.demo import load
from countersign.ending import until_told
from countersign.settings import Settings
from countersign.wiring import Wired, kept_sealed, seal_keys, wired, working
from countersign.worker import reading

if TYPE_CHECKING:
    from adapters.metrics import Metrics
SETTING_UP_SECONDS = 120
"""For so long nobody else loads the demonstration, if whoever began died of it."""


def run() -> None:
    """Serve the page, keep the read models up to date and deliver, in one process."""
    settings, metrics = _begin()
    with working(settings, metrics) as found:
        _set_up(found.house, settings)
        _serve(found, settings, metrics)


def web() -> None:
    """Serve the page only."""
    settings, metrics = _begin()
    with wired(settings, metrics) as found:
        _set_up(found.house, settings)
        _serve(found, settings, metrics)


def worker() -> None:
    """Keep the read models up to date, and deliver what is told to others."""
    from countersign.delivering import delivering
    from countersign.probes import listening

    settings, metrics = _begin()
    with wired(settings, metrics) as found:
        one = reading(found.house)
        with (
            until_told(one.stop),
            listening(settings.metrics_host, settings.metrics_port, found.house, metrics),
            kept_sealed(found, settings),
            delivering(found.house, found.signals, settings),
        ):
            freeze()
            print(f"Working on {found.house.database.where}", flush=True)
            one.work(found.signals)


def freeze() -> None:
    """What is there by now stays: whoever looks for garbage need not go through it each time."""
    gc.collect()
    gc.freeze()


def _begin() -> tuple[Settings, Metrics]:
    """The settings, by which this process logs from here on, and what it counts in."""
    # Imported here, so that a command that serves nothing starts sooner.
    from adapters.metrics import Metrics
    from countersign.logs import set_up

    settings = Settings()
    set_up(settings.log_format, settings.log_level)
    return settings, Metrics()


def _set_up(found: House, settings: Settings) -> None:
    if settings.demo:
        with found.leases.alone("demonstration", SETTING_UP_SECONDS):
            for said in load.load(found) if load.wanted(found) else ():
                print(f"Loaded {said}", flush=True)


def _serve(found: Wired, settings: Settings, metrics: Metrics) -> None:
    # Imported here, so that a command that serves nothing starts in half the time.
    from countersign.delivering import guard
    from countersign.probes import listening
    from countersign.serving import serve
    from countersign.traces import tracing
    from web.app import create
    from web.limits import Limits
    from web.outside import Outside
    from web.watching import watched

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
        outside=Outside(guard(settings), settings.public_address, bool(settings.smtp_host)),
        limits=Limits(found.scratch, settings.sign_ins_per_minute, settings.forms_per_minute),
        log_keys=lambda: keys.known if (keys := seal_keys(settings)) else (),
    )
    with (
        listening(settings.metrics_host, settings.metrics_port, found.house, metrics),
        tracing(metrics),
    ):
        freeze()
        where = settings.host, settings.port, settings.trusted_proxies
        serve(watched(app, metrics), *where, app.state.live.end)
