"""Interleaved rounds: two sides take turns, and each round gives one ratio."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from statistics import median
from time import perf_counter
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

from countersign.processes import freeze

T = TypeVar("T")
Work: TypeAlias = Callable[[int, Sequence[T]], object]
ROUNDS = 6
"""Even, so that each side goes first as often as the other."""


class Pair(Protocol):
    """Two sides that do the same work; each says how many events it has dealt with."""

    what: str
    against: str
    goal: float

    def ours(self) -> int: ...

    def theirs(self) -> int: ...

    def close(self) -> None: ...


class Measured(NamedTuple):
    """How many times as many events a second we dealt with, round by round."""

    what: str
    against: str
    goal: float
    ratios: Sequence[float]


def measure(pair: Pair, rounds: int = ROUNDS) -> Measured:
    """Both sides once to warm up, then in every round, taking turns at going first.

    What is there after that is not looked through for garbage: so it is in our processes.
    """
    for side in (pair.ours, pair.theirs):
        side()
    freeze()
    ratios = []
    for n in range(rounds):
        sides = (pair.ours, pair.theirs) if n % 2 else (pair.theirs, pair.ours)
        rates = {side: _rate(side) for side in sides}
        ratios.append(rates[pair.ours] / rates[pair.theirs])
    return Measured(pair.what, pair.against, pair.goal, ratios)


def shared(pool: Executor, clients: int, some: Sequence[T], work: Work[T]) -> int:
    """Clients do it side by side, each a share of it: how much was done. Work knows its client."""
    shares = [some[n::clients] for n in range(clients)]
    list(pool.map(work, range(clients), shares))
    return len(some)


def _rate(side: Callable[[], int]) -> float:
    """Events a second."""
    start = perf_counter()
    events = side()
    return events / (perf_counter() - start)


def table(measured: Iterable[Measured]) -> Iterator[str]:
    """The lines of a Markdown table."""
    yield "| What | Against | Goal | Median | Lowest to highest |"
    yield "| --- | --- | --- | --- | --- |"
    for one in measured:
        spread = f"{min(one.ratios):.2f} to {max(one.ratios):.2f}"
        goal, found = f"{one.goal:g}", f"{median(one.ratios):.2f}"
        yield f"| {one.what} | {one.against} | {goal} | {found} | {spread} |"
