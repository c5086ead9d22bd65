"""A case taken further on the demo clock: what people do on a day, and what waits after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self
from uuid import uuid4

import pytest

from adapters.house import House
from domain.messages import Actor, Command
from domain.procurement import Procurement
from domain.refusals import Refusal, Refused
from domain.values import authority_of, procurement_id


class Walk:
    """What people of one council do about one case; the read models follow each time."""

    def __init__(self, house: House, reference: str) -> None:
        self.house, self.reference = house, reference
        self.id, self.council = procurement_id(reference), authority_of(reference)

    def on(self, day: date) -> Self:
        """Waits until a day."""
        if days := (day - self.house.clocks.today(self.council)).days:
            self.house.clocks.forward(self.council, days)
        return self

    def do(self, command: Command, by: Actor) -> Self:
        self.house.execute(command, by, uuid4(), {self.id: self.house.log.version(self.id)})
        self.house.catch_up()
        return self

    def refused(self, command: Command, by: Actor) -> tuple[Refusal, ...]:
        """Every reason why not; nothing is recorded."""
        before = self.house.log.last_position()
        with pytest.raises(Refused) as caught:
            self.do(command, by)
        assert self.house.log.last_position() == before
        return caught.value.refusals

    @property
    def case(self) -> Procurement:
        return self.house.procurement(self.reference)

    @property
    def waiting(self) -> set[tuple[str, str]]:
        """What waits for whom, and can be done or opens with time."""
        rows = [one for one in self.house.views.waiting(self.reference) if not one.waits_for]
        return {(one.do, one.post.removeprefix(f"{self.council}/")) for one in rows}

    def row(self, act: str) -> Any:
        return next(one for one in self.house.views.waiting(self.reference) if one.do == act)


def rules(refusals: Iterable[Refusal]) -> list[str]:
    """The rules that were broken, in their order."""
    return [one.rule for one in refusals]
