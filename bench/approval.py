"""A report approved from end to end, against the library's way to read and save an aggregate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from adapters.house import House
from bench.councils import Waiting, adopt, waiting
from bench.declared import Declared, DeclaredProcurement, declared, settings
from bench.load import TYPED, data
from bench.peers.child import Child
from bench.rounds import Work, shared
from domain.values import procurement_id
from tests import postgres
from tests.tools.postgres import server

T = TypeVar("T")
COUNCIL, NOTES = "shire", 8


class Approval:
    """Clients decide reports that wait, each on a case of its own of ten events, loaded for it; the
    read models have followed when a turn ends. The other side gets an aggregate of the same events,
    tells it the same, and saves it: no rule is asked there, and nothing can be read of it."""

    goal = 4.0

    def __init__(self, folder: Path, turn: int, turns: int, clients: int = 8) -> None:
        self.what = f"Approve a report, PostgreSQL, {clients} clients"
        self.against = "the library's `get`, one event, and `save`"
        self.turn, self.clients, self._ending = turn, clients, ExitStack()
        found = self.server = self._ending.enter_context(server())
        key = folder / "countersign.key"
        opened = postgres.opened(found, postgres.emptied(found), key, careless=False)
        self.house = self._ending.enter_context(opened)
        self.app = Declared(settings(found.made(), found.port))
        adopt(self.house, COUNCIL)
        first, *reports = waiting(self.house, COUNCIL, turn * turns + 1, NOTES)
        _decide(self.house, [first])
        self._decision = self._told(first)[-1]
        self.house.catch_up()
        self._reports = iter(reports)
        self._copies = iter([self._copied(one) for one in reports])
        self._pool = self._ending.enter_context(ThreadPoolExecutor(clients))

    def ours(self) -> int:
        self.house.engine.memory.forget()
        done = self._shared(self._reports, lambda _, some: _decide(self.house, some))
        self.house.catch_up()
        return done

    def theirs(self) -> int:
        return self._shared(self._copies, self._approve)

    def close(self) -> None:
        self.app.close()
        self._ending.close()

    def _approve(self, _: int, some: Sequence[UUID]) -> None:
        for case in some:
            found: DeclaredProcurement = self.app.repository.get(case)
            found.take_decision(*self._decision)
            self.app.save(found)

    def _told(self, one: Waiting) -> list[tuple[Any, Any]]:
        history = self.house.log.read(procurement_id(one.reference))
        return [data((event.stamp, event.event), TYPED) for event in history]

    def _copied(self, one: Waiting) -> UUID:
        """The same case in the library's store."""
        found = declared(self._told(one))
        self.app.save(found)
        return found.id

    def _shared(self, left: Iterator[T], work: Work[T]) -> int:
        return shared(self._pool, self.clients, list(islice(left, self.turn)), work)


class ApprovalViewflow(Approval):
    """The other side finds a task, takes it, notes that it is approved, and goes on to the end."""

    goal = 8.0

    def __init__(self, folder: Path, turn: int, turns: int, clients: int = 8) -> None:
        super().__init__(folder, turn, turns, clients)
        self.against = "an approval in django-viewflow, as many clients"
        database = self.server.address(self.server.made())
        peer = "bench.peers.viewflow_approvals"
        child = Child(peer, turn * turns, clients, PEER_DATABASE=database)
        self._child = self._ending.enter_context(closing(child))

    def theirs(self) -> int:
        return self._child.do(self.turn)


def _decide(house: House, some: Sequence[Waiting]) -> None:
    for one in some:
        house.execute(one.command, one.by, one.command_id, one.seen)
