"""The page: the application with its routes, guards and error pages."""

from __future__ import annotations

from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from adapters.house import House
from adapters.scratch import Scratch
from adapters.signals import Signals
from web import errors
from web.drawn import Drawn
from web.guards import guarded
from web.head import head_as_get
from web.limits import Limits, few_forms
from web.live import Live
from web.outside import Outside
from web.pages import Pages
from web.reader import signed_in
from web.routes import (
    access,
    acts,
    calendars,
    clocks,
    closed_papers,
    decisions,
    delegations,
    endpoint,
    endpoints,
    evidence,
    health,
    live,
    looking_back,
    opening,
    own_notices,
    papers,
    procurements,
    proofs,
    proposals,
    questions,
    queue,
    queue_then,
    receipts,
    rules,
    seen,
    session,
    timetables,
    told,
    traces,
    trail,
)
from web.routes.evidence import LogKeys

STATIC = Path(__file__).parent / "static"
NOUNS = (
    queue,
    queue_then,
    live,
    procurements,
    looking_back,
    proofs,
    timetables,
    delegations,
    papers,
    closed_papers,
    access,
    decisions,
    receipts,
    seen,
    acts,
    opening,
    clocks,
    rules,
    proposals,
    calendars,
    own_notices,
    trail,
    traces,
    questions,
    evidence,
    told,
    endpoints,
    endpoint,
)


def create(
    house: House,
    *,
    demo: bool,
    secure: bool = False,
    signals: Signals | None = None,
    limits: Limits | None = None,
    outside: Outside | None = None,
    log_keys: LogKeys = tuple,
) -> FastAPI:
    """The application on a wired house. ``secure`` where it is reached over HTTPS; ``log_keys``
    says the public keys that the log is sealed with, asked for when they are shown."""
    limits = limits or Limits(Scratch())
    live_pages = Live(house, signals or Signals())
    app = FastAPI(
        title="Countersign",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lambda _: live_pages.running(),
    )
    app.state.live, app.state.limits, app.state.scratch = live_pages, limits, limits.scratch
    app.state.house, app.state.demo, app.state.secure = house, demo, secure
    app.state.outside, app.state.log_keys = outside or Outside(), log_keys
    app.state.pages = Pages(house, demo=demo)
    app.state.drawn = Drawn(house, app.state.pages)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(session.router)
    app.include_router(health.router)
    for noun in NOUNS:
        app.include_router(noun.router, dependencies=[Depends(signed_in), Depends(few_forms)])
    errors.install(app)
    app.add_middleware(guarded, secure=secure)
    app.add_middleware(head_as_get)
    return app
