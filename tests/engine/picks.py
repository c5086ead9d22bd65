"""Chance: whoever and whatever is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from tests.engine.asks import Ask, Seat
from tests.engine.council import DUTIES
from tests.engine.model import Model

T = TypeVar("T")
Idea = Callable[[], Ask]
SUPPLIERS = ("Alpha", "Beta", "Gamma")


class Picks:
    """Chance, and seats at it; ``fresh`` gives a number that nothing has yet."""

    def __init__(self, model: Model, random: Random, fresh: Callable[[], int]) -> None:
        self.model, self.random, self.fresh = model, random, fresh

    def pick(self, several: Sequence[T]) -> T:
        return self.random.choice(several)

    def often(self) -> bool:
        return bool(self.pick((True, True, True, False)))

    def seat(self, *posts: str) -> Seat:
        """Somebody who may act in one of the posts today."""
        found = [one for one in self.model.council.seats(self.model.day) if one.post in posts]
        return self.pick(found)

    def duty(self, kind: type[Ask]) -> Seat:
        return self.seat(*DUTIES[kind.__name__])
