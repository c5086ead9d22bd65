"""What the live system showed while it wrote: noted at once, and looked back at afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

from msgspec import Struct

from adapters.folding import from_the_start
from adapters.house import House
from adapters.log import Stored
from countersign.demo.load import SETTING_UP
from domain.authority import Authority
from domain.messages import Actor, Aggregate
from domain.procurement import Procurement
from domain.values import When, authority_id, authority_of
from tests.golden.make import adopted
from tests.scenario import step


class Shown(Struct, frozen=True):
    """A case as the engine had it after an event, and what its authority had adopted.

    None where the authority adopted something before it could be looked at.
    """

    reference: str
    version: int
    procurement: Procurement
    authority: Authority | None


class Watch:
    """Notes each stream after each command that moved it on, and of cases also the rules."""

    def __init__(self, house: House) -> None:
        self.house, self.seen = house, house.log.last_position()
        self.shown: list[Shown] = []
        self.states: list[tuple[int, UUID, Aggregate]] = []
        self.kinds: set[str] = set()

    def note(self) -> None:
        """A command may record several events in a case: the engine shows the last of them."""
        moved: dict[UUID, Stored] = {}
        for one in self.house.log.tail(self.seen, 10_000):
            self.seen, moved[one.stream] = one.position, one
            self.kinds.add(one.topic)
        for stream in moved:
            found = self._as_it_stands(stream)
            self.states.append((self.seen, stream, found))
            if isinstance(found, Procurement):
                name = authority_of(found.reference)
                adopted_ = authority_id(name) in moved
                authority = None if adopted_ else self.house.authority(name)
                self.shown.append(Shown(found.reference, found.version, found, authority))

    def _as_it_stands(self, stream: UUID) -> Aggregate:
        """What the engine has; what kind it is, its first event says."""
        blank = type(from_the_start(self.house.log.read(stream, 1)))()
        return self.house.engine.load(stream, blank)


def played(folder: Path, history: tuple[step, ...]) -> Iterator[Watch]:
    """A golden history, played by real commands in a house of its own; open while it is looked at.

    The council's clock goes with the days on which things happen.
    """
    authority = history[0].by.post.partition("/")[0]
    house = House(folder / "played.db")
    house.clocks.start(authority, date(2022, 11, 11))
    watch = Watch(house)
    for n, command in enumerate(adopted(authority)):
        by = Actor(None, SETTING_UP)
        house.execute(command, by, uuid5(authority_id(authority), f"{n}"), authority=authority)
        watch.note()
    for n, one in enumerate(history):
        on = one.on if isinstance(one.on, When) else When(one.on)
        if (days := (on.read_as - house.clocks.today(authority)).days) > 0:
            house.clocks.forward(authority, days)
        context = house.context(authority, one.by, uuid5(authority_id("x"), f"{n}"), on, one.source)
        house.engine.execute(one.command, context)
        watch.note()
    yield watch
    house.close()
