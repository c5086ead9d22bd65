"""Delivering: what the outbox keeps is sent, in a thread with an event loop of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import uuid4

from adapters.delivery.bodies import Bodies
from adapters.delivery.chats import Chats, slack, teams
from adapters.delivery.desk import Desk, Limits
from adapters.delivery.dispatcher import POLL_SECONDS, Channel, Dispatcher
from adapters.delivery.guard import Guard
from adapters.delivery.mail import Mail
from adapters.delivery.names import Names
from adapters.delivery.noticing import Noticing
from adapters.delivery.outlets import Outlets
from adapters.delivery.webhook import Poster
from adapters.delivery.webhooks import Webhooks
from adapters.house import House
from adapters.leases import Leases
from adapters.ledgers.deliveries import Deliveries
from adapters.ledgers.schedule import Schedule
from adapters.signals import Signals
from countersign.settings import Settings
from domain.endpoints import DELIVERY, EndpointCommand
from web.letters import letter

END_SECONDS = 7
"""How long the thread may take to end. What it does not put on record by then is sent again."""


def guard(settings: Settings) -> Guard:
    """Says where may be sent."""
    return Guard(Names().lookup, settings.ports, loopback=settings.unsafe_webhooks)


def channels(settings: Settings) -> Mapping[str, Channel]:
    """Every way to tell something."""
    where = guard(settings)
    found: dict[str, Channel] = {
        "webhook": Webhooks(Poster(where)),
        "slack": Chats(Poster(where), slack),
        "teams": Chats(Poster(where), teams),
    }
    if server := settings.mail_server:
        found["email"] = Mail(server, letter)
    return found


def dispatcher(
    house: House,
    settings: Settings,
    ways: Mapping[str, Channel],
    schedule: Schedule = Schedule(),  # noqa: B008
    limits: Limits = Limits(),  # noqa: B008
    poll: float = POLL_SECONDS,
) -> Dispatcher:
    """Wired; to be run."""

    def record(command: EndpointCommand) -> None:
        house.execute(command, DELIVERY, uuid4(), authority=command.authority)

    memory, code = house.engine.memory, house.secrets.code
    desk = Desk(
        Deliveries(house.database, schedule),
        Leases(house.database),
        Bodies(memory, house.log, settings.public_address, code),
        Outlets(memory, house.secrets),
        schedule,
        limits,
        Noticing(record, code, schedule),
    )
    return Dispatcher(desk, ways, poll)


@contextmanager
def delivering(house: House, signals: Signals, settings: Settings) -> Iterator[None]:
    """Meanwhile, in a thread; woken by what is put into the outbox."""
    with running(dispatcher(house, settings, channels(settings)), signals):
        yield


@contextmanager
def running(one: Dispatcher, signals: Signals) -> Iterator[None]:
    """A dispatcher, in a thread."""
    thread = threading.Thread(target=_run, args=(one,), name="dispatcher", daemon=True)
    stop_hearing = signals.listen(one.hear)
    thread.start()
    try:
        yield
    finally:
        stop_hearing()
        one.stop()
        thread.join(timeout=END_SECONDS)


def _run(one: Dispatcher) -> None:
    # Imported here, so that nobody waits for it who delivers nothing.
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(one.run())
