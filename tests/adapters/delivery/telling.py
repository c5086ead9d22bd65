"""The council of Dorset tells others: endpoints registered, things done, deliveries run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from adapters.delivery.desk import Limits
from adapters.delivery.secrets import new_signing
from adapters.house import House
from adapters.ledgers.schedule import Schedule
from adapters.ledgers.tables import deliveries, lanes
from adapters.signals import Signals
from countersign.delivering import channels, dispatcher, running
from countersign.settings import Settings
from domain.endpoints import DELIVERY, Channel, EndpointCommand, Subscription, endpoint_id
from domain.keeping_endpoints import VerifyEndpoint
from domain.opening import OpenProcurement
from domain.registering import RegisterEndpoint
from domain.undertakings import RecordUndertaking
from domain.values import Amount, procurement_id
from tests.scenario import holder

BOARD = "joint-public-health-board"
REFERENCE = "joint-public-health-board-2020-1"
CASE = procurement_id(REFERENCE)
CLERK = holder(f"{BOARD}/democratic-services")
OFFICER = f"{BOARD}/commissioning-officer"
HOLDER = f"{BOARD}/portfolio-holder-dorset"
GIVEN = "undertaking.given"
SETTINGS = Settings(unsafe_webhooks=True, public_url="https://countersign.example")
QUICK = Schedule(waits=(0.05, 0.1, 0.2, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4))
NOW = Schedule(waits=(0.0,) * 9)


def choice(*types: str, **more: object) -> Subscription:
    return Subscription(types or (GIVEN,), (BOARD,), **more)  # type: ignore[arg-type]


def do(house: House, command: EndpointCommand, by: object = CLERK) -> None:
    house.execute(command, by, uuid4(), authority=BOARD)  # type: ignore[arg-type]


def register(
    house: House,
    name: str,
    url: str,
    *types: str,
    of: str | None = None,
    verified: bool = True,
    asymmetric: bool = False,
    fallback: bool = False,
    channel: Channel = "webhook",
    **more: object,
) -> UUID:
    """An endpoint, as its page registers one: its id."""
    number, address, secret = endpoint_id(BOARD, name), uuid4(), uuid4()
    house.secrets.keep_address(address, number, url)
    signed = channel == "webhook"
    if signed:
        house.secrets.keep_signing(secret, number, new_signing(asymmetric=asymmetric))
    command = RegisterEndpoint(
        BOARD,
        name,
        f"Endpoint {name}",
        of,
        channel,
        "127.0.0.1",
        address,
        choice(*types, **more),
        secret if signed else None,
        asymmetric,
        fallback,
    )
    do(house, command)
    if verified:
        do(house, VerifyEndpoint(BOARD, name, address), DELIVERY)
    house.catch_up()
    return number


def undertake(house: House, times: int = 1, case: UUID = CASE) -> None:
    """Something happens that endpoints hear."""
    for _ in range(times):
        command = RecordUndertaking(case, uuid4(), "A report on the market", OFFICER, HOLDER)
        house.execute(command, CLERK, uuid4())
    house.catch_up()


def open_more(house: House, number: int) -> list[UUID]:
    """More cases, in each of which something can happen."""
    found = []
    for n in range(number):
        reference = f"{BOARD}-2021-{n + 1}"
        opening = OpenProcurement(
            procurement_id(reference),
            reference,
            f"Service {n + 1}",
            "A need of the same kind",
            "services",
            "pcr2015",
            Amount("unknown"),
        )
        house.execute(opening, holder(OFFICER), uuid4())
        found.append(procurement_id(reference))
    house.catch_up()
    return found


@contextmanager
def delivering(
    house: House,
    schedule: Schedule = QUICK,
    limits: Limits = Limits(lease=2.0),  # noqa: B008
    poll: float = 0.02,
    settings: Settings = SETTINGS,
) -> Iterator[None]:
    """A dispatcher runs meanwhile."""
    one = dispatcher(house, settings, channels(settings), schedule, limits, poll)
    with running(one, Signals()):
        yield


def states(house: House, endpoint: UUID) -> list[str]:
    """What became of the deliveries of an endpoint, in the order of the log."""
    query = deliveries.select().where(deliveries.c.endpoint == endpoint)
    with house.database.read() as db:
        return [one.state for one in db.execute(query.order_by(deliveries.c.position))]


def waits(house: House, *endpoints: UUID) -> bool:
    """Whether anything is still to be sent."""
    query = lanes.select().where(lanes.c.head.is_not(None), lanes.c.parked.is_(False))
    if endpoints:
        query = query.where(lanes.c.endpoint.in_(endpoints))
    with house.database.read() as db:
        return bool(db.execute(query.limit(1)).all())


def rows(house: House, endpoint: UUID) -> Sequence[Any]:
    query = deliveries.select().where(deliveries.c.endpoint == endpoint)
    with house.database.read() as db:
        return db.execute(query.order_by(deliveries.c.position)).all()
