"""Signed deliveries with all their bookkeeping, against posting the same bytes and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from shutil import copyfile
from uuid import uuid4

import httpx2
import uvloop
from sqlalchemy import exists, select

from adapters.delivery.bodies import Bodies
from adapters.delivery.desk import Limits
from adapters.delivery.dispatcher import Channel
from adapters.delivery.outlets import Outlets
from adapters.delivery.secrets import new_signing
from adapters.delivery.webhook import FIXED, Answer, Poster
from adapters.delivery.webhooks import Webhooks
from adapters.house import House
from adapters.ledgers.deliveries import Deliveries, due_of
from adapters.ledgers.schedule import Schedule
from adapters.ledgers.tables import waiting
from bench.receiver import Receiver
from countersign.delivering import dispatcher, guard
from countersign.demo.load import load
from countersign.settings import Settings
from domain.endpoints import DELIVERY, Subscription, endpoint_id
from domain.keeping_endpoints import VerifyEndpoint
from domain.messages import Actor
from domain.opening import OpenProcurement
from domain.registering import RegisterEndpoint
from domain.undertakings import RecordUndertaking
from domain.values import Amount, procurement_id

BOARD = "joint-public-health-board"
SETTINGS = Settings(unsafe_webhooks=True, public_url="https://countersign.example")
AT_ONCE = 64
ENDPOINTS, CASES = 16, 16


class HttpxPoster(Poster):
    """The same post, by another client."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        target = self.guard.target(url)
        await self.guard.addresses(target.host)
        if not hasattr(self, "_client"):
            self._client = httpx2.AsyncClient(trust_env=False, timeout=15)
        answer = await self._client.post(target.url, content=body, headers={**FIXED, **headers})
        return Answer(answer.status_code, "")

    async def close(self) -> None:
        if hasattr(self, "_client"):
            await self._client.aclose()


class Prepared:
    """A file for each turn in which so many deliveries wait, of which none was sent."""

    def __init__(self, folder: Path, port: int, each: int, turns: int) -> None:
        first = House(folder / "first.db")
        for _ in load(first):
            pass
        offices = first.rules(BOARD).offices
        self._posts = {
            one.post.partition("/")[2]: Actor(one.person, one.post) for one in offices.holders
        }
        for n in range(ENDPOINTS):
            self._register(first, f"e-{chr(97 + n)}", f"http://127.0.0.1:{port}/hook")
        for n in range(CASES):
            self._happen(first, f"{BOARD}-2021-{n + 1}", each)
        first.catch_up()
        self.requests = _requests(first, port)
        first.close()
        self.houses = []
        for n in range(turns):
            for ending in "db", "key":
                copyfile(folder / f"first.{ending}", folder / f"turn-{n}.{ending}")
            self.houses.append(House(folder / f"turn-{n}.db"))

    def _register(self, house: House, name: str, url: str) -> None:
        number, address, secret = endpoint_id(BOARD, name), uuid4(), uuid4()
        house.secrets.keep_address(address, number, url)
        house.secrets.keep_signing(secret, number, new_signing(asymmetric=False))
        hears = Subscription(("undertaking.given",), (BOARD,))
        where = ("webhook", "127.0.0.1", address, hears, secret)
        command = RegisterEndpoint(BOARD, name, name, None, *where)  # type: ignore[arg-type]
        house.execute(command, self._posts["democratic-services"], uuid4())
        verified = VerifyEndpoint(BOARD, name, address)
        house.execute(verified, DELIVERY, uuid4(), authority=BOARD)

    def _happen(self, house: House, reference: str, times: int) -> None:
        case, officer = procurement_id(reference), self._posts["commissioning-officer"]
        opened = OpenProcurement(
            case, reference, "A service", "A need", "services", "pcr2015", Amount("unknown")
        )
        house.execute(opened, officer, uuid4())
        for _ in range(times):
            owed = RecordUndertaking(case, uuid4(), "A report", officer.post, officer.post)
            house.execute(owed, self._posts["democratic-services"], uuid4())

    def close(self) -> None:
        for one in self.houses:
            one.close()


def _requests(house: House, port: int) -> list[bytes]:
    """What would be sent, whole and signed."""
    bodies = Bodies(house.engine.memory, house.log, SETTINGS.public_address, lambda _: "")
    states = {one.endpoint: one for one in Deliveries(house.database, Schedule()).ready()}
    outlets = Outlets(house.engine.memory, house.secrets)
    rows = [one for one in house.deliveries.latest(states, 1_000_000) if one.kind[:8] != "endpoint"]
    found = []
    for message in bodies.messages([(due_of(one), None) for one in rows]):
        signer, body = outlets.of(states[message.due.endpoint]).signer, message.body()
        assert signer
        headers = {**FIXED, **signer.headers(str(message.due.id), 1_700_000_000, body)}
        headers |= {"Host": f"127.0.0.1:{port}", "Content-Length": str(len(body))}
        lines = ["POST /hook HTTP/1.1", *(f"{key}: {value}" for key, value in headers.items())]
        found.append("\r\n".join([*lines, "", ""]).encode() + body)
    return found


async def _posted(port: int, requests: Sequence[bytes]) -> None:
    """By raw streams, as many at once as we send at once."""
    left = iter(requests)

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in left:
            writer.write(request)
            answer = await reader.readuntil(b"\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 204")
        writer.close()

    await asyncio.gather(*(one() for _ in range(AT_ONCE)))


class AgainstRaw:
    what, goal = "signed deliveries, on record", 0.2
    against = "raw asyncio, the same bytes"

    def __init__(self, folder: Path, each: int, turns: int) -> None:
        self._receiver = Receiver()
        self.prepared = Prepared(folder, self._receiver.port, each, turns)
        self._houses = iter(self.prepared.houses)
        self._theirs = [*self.prepared.requests]

    def ours(self) -> int:
        return self._delivered(Poster)

    def theirs(self) -> int:
        uvloop.run(_posted(self._receiver.port, self._theirs))
        return len(self._theirs)

    def close(self) -> None:
        self.prepared.close()
        self._receiver.close()

    def _delivered(self, poster: Callable[..., Poster]) -> int:
        house = next(self._houses)
        ways: dict[str, Channel] = {"webhook": Webhooks(poster(guard(SETTINGS)))}
        one = dispatcher(house, SETTINGS, ways, Schedule(), Limits(), 0.05)

        async def until_done() -> None:
            running = asyncio.create_task(one.run())
            while _waits(house):
                await asyncio.sleep(0.02)
            one.stop()
            await running

        uvloop.run(until_done())
        return len(self._theirs)


class AgainstHttpx(AgainstRaw):
    goal, against = 3.0, "the same loop over httpx"

    def theirs(self) -> int:
        return self._delivered(HttpxPoster)


def _waits(house: House) -> bool:
    with house.database.read() as db:
        return bool(db.scalar(select(exists().where(waiting))))
