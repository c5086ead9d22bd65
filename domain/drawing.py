"""Balances: what awards draw on delegated authority or a budget, and what goes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.messages import Aggregate, Event, Stamp, evolve
from domain.values import Amount, Reference, Text


class Drawn(Struct, frozen=True, forbid_unknown_fields=True):
    """What one award takes from a balance: its whole price over its first term.

    Or what a change of the contract adds to that price (T2), or what an option to extend it costs
    for its months at that price (T1).
    """

    procurement: Reference
    amount: Amount
    months: int
    varies: bool = False
    extends: bool = False
    label: str = ""
    """The letter of the resolution that draws it."""

    @property
    def owner(self) -> Reference:
        return self.procurement

    @property
    def award(self) -> bool:
        return not (self.varies or self.extends)

    @property
    def total(self) -> Decimal | None:
        return self.amount.in_total(self.months)


Drawings = tuple[Drawn, ...]
B = TypeVar("B", bound="Balance")


class DrawingGivenBack(Event, frozen=True, tag="drawing-given-back/1"):
    """What a decision drew for awards that will not be signed goes back.

    Recorded in the stream of every balance on which it was drawn.
    """

    decision: UUID
    given_back: Drawings
    reason: Text


class Balance(Aggregate, frozen=True):
    """Something limited, on which awards draw."""

    exercised: Mapping[UUID, Drawings] = {}
    """What each decision draws."""
    days: Mapping[UUID, date] = {}
    """The London day on which each decision drew."""
    given_back: Mapping[UUID, Drawings] = {}
    """What each decision drew once, and no longer does."""

    @property
    def awards(self) -> Drawings:
        """Everything that is drawn, award by award, with what changes of contracts add."""
        return tuple(one for drawn in self.exercised.values() for one in drawn)

    @property
    def returned(self) -> Drawings:
        """Everything that went back, award by award."""
        return tuple(one for drawn in self.given_back.values() for one in drawn)

    @property
    def drawn(self) -> Decimal | None:
        """Pounds drawn so far, less what went back; None where an amount is not known to us."""
        return in_all(self.awards)


def in_all(drawn: Iterable[Drawn]) -> Decimal | None:
    """Pounds over whole first terms; None where one is not known to us."""
    totals = [one.total for one in drawn]
    return None if None in totals else sum((one for one in totals if one), Decimal(0))


def against(cap: Amount, drawn: Iterable[Drawn]) -> Decimal | None:
    """What awards draw on a cap in pounds, a year where the cap is one; None where one is unknown.

    Against a yearly cap awards count as if they all ran at the same time; an option follows on the
    contract that it extends, and adds nothing to what that draws a year. Where the award was drawn
    elsewhere, the dearest of the contract's options counts.
    """
    found, drawn = Decimal(0), tuple(drawn)
    running = {one.procurement for one in drawn if one.award}
    options: dict[Reference, Decimal] = {}
    for one in drawn:
        if one.total is None:
            return None
        cost = round(one.total * 12 / one.months, 2) if cap.per == "year" else one.total
        if not one.extends or cap.per != "year":
            found += cost
        elif one.procurement not in running:
            options[one.procurement] = max(cost, options.get(one.procurement, cost))
    return sum(options.values(), found)


def drawn_by(balance: B, decision: UUID, replaces: UUID | None, drawn: Drawings, stamp: Stamp) -> B:
    """The balance after a decision, which may take the place of an earlier one."""
    before = balance.exercised.get(replaces, ()) if replaces else ()
    kept = {one: d for one, d in balance.exercised.items() if one != replaces}
    if replaces and (gone := _without(before, drawn)):
        balance = _with_back(balance, replaces, gone)
    days = {**balance.days, decision: stamp.on.read_as}
    return replace(balance, exercised={**kept, decision: drawn}, days=days)


def _with_back(balance: B, decision: UUID, gone: Drawings) -> B:
    earlier = balance.given_back.get(decision, ())
    return replace(balance, given_back={**balance.given_back, decision: (*earlier, *gone)})


def _without(drawn: Drawings, gone: Drawings) -> Drawings:
    """What is left of some drawings when others, each once, are taken away."""
    left = list(drawn)
    for one in gone:
        if one in left:
            left.remove(one)
    return tuple(left)


@evolve.register
def _(event: DrawingGivenBack, balance: Balance, stamp: Stamp) -> Balance:
    kept = _without(balance.exercised[event.decision], event.given_back)
    balance = _with_back(balance, event.decision, event.given_back)
    return replace(balance, exercised={**balance.exercised, event.decision: kept})
