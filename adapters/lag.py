"""How far the read models and the outbox are behind the log."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import msgspec
from msgspec import Raw

from adapters.house import House
from adapters.log import Stored
from domain.messages import Stamp


class Lag(NamedTuple):
    """How many events a read model has not seen, and for how many seconds the oldest has waited."""

    events: int = 0
    seconds: float = 0


def lags(house: House) -> dict[str, Lag]:
    """By the name of each read model, and of the outbox. Raises Unavailable."""
    last = house.log.last_position()
    reached = {name: one.position() for name, one in house.runners.items()}
    reached["outbox"] = house.outbox.position()
    return {name: _lag(house, position, last) for name, position in reached.items()}


def _lag(house: House, position: int, last: int) -> Lag:
    if position >= last:
        return Lag()
    oldest = next(iter(house.log.tail(position, 1)), None)
    return Lag(last - position, _age(house, oldest) if oldest else 0)


def _age(house: House, one: Stored) -> float:
    """By the clock of the council that it is of; a demonstration's stands still."""
    stamp = msgspec.json.decode(msgspec.json.decode(one.state, type=list[Raw])[0], type=Stamp)
    waited = house.clocks.now(stamp.by.post.partition("/")[0]) - stamp.now
    return max(waited, timedelta()).total_seconds()
