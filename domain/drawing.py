"""Balances: what awards draw on delegated authority or a budget, and what goes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.changes import change_of
from domain.competition import Contract
from domain.effects import AwardContract, VaryContract
from domain.messages import Aggregate, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.record import Resolution
from domain.reported import Report
from domain.values import Amount, Closed, Reference, Text


class Drawn(Struct, frozen=True, forbid_unknown_fields=True):
    """What one award takes from a balance: its whole price over its first term.

    Or what a change of the contract adds to that price (T2).
    """

    procurement: Reference
    amount: Amount
    months: int
    varies: bool = False

    @property
    def owner(self) -> Reference:
        return self.procurement

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


def going_on(references: Iterable[str], concerned: Iterable[Procurement]) -> tuple[str, ...]:
    """The procurements that a report or decision concerns, without those abandoned since."""
    abandoned = {one.reference for one in concerned if one.abandoned}
    return tuple(one for one in references if one not in abandoned)


def in_all(drawn: Iterable[Drawn]) -> Decimal | None:
    """Pounds over whole first terms; None where one is not known to us."""
    totals = [one.total for one in drawn]
    return None if None in totals else sum((one for one in totals if one), Decimal(0))


def against(cap: Amount, drawn: Iterable[Drawn]) -> Decimal | None:
    """What awards draw on a cap in pounds, a year where the cap is one; None where one is unknown.

    Against a yearly cap awards count as if they all ran at the same time.
    """
    found = Decimal(0)
    for one in drawn:
        if one.total is None:
            return None
        found += round(one.total * 12 / one.months, 2) if cap.per == "year" else one.total
    return found


def awarded(
    procurements: Sequence[str], resolved: Iterable[Resolution]
) -> Iterator[tuple[str, AwardContract]]:
    """Every award that is agreed, once for each procurement that it is about."""
    for one in resolved:
        if one.agreed and isinstance(one.effect, AwardContract):
            for reference in (one.about,) if one.about else procurements:
                if reference in procurements:
                    yield reference, one.effect


def drawings(procurements: Sequence[str], resolved: Iterable[Resolution]) -> Drawings:
    """What resolutions draw in these procurements."""
    return tuple(
        Drawn(reference, award.amount, award.months)
        for reference, award in awarded(procurements, resolved)
    )


def draws_on_balances(report: Report) -> bool:
    """Whether a report asks for what draws on balances: an award, or a change of a contract."""
    drawing = AwardContract | VaryContract
    return any(isinstance(one.effect, drawing) for one in report.recommendations)


def changed(
    resolved: Iterable[Resolution], concerned: Sequence[Procurement]
) -> Iterator[tuple[VaryContract, Contract, Procurement]]:
    """Changes that are agreed, with the contract that each is about."""
    for one in resolved:
        for procurement in concerned:
            mine, contract = one.about in (None, procurement.reference), procurement.contract
            if one.agreed and mine and contract and isinstance(one.effect, VaryContract):
                yield one.effect, contract, procurement


def dearer(resolved: Iterable[Resolution], concerned: Sequence[Procurement]) -> Drawings:
    """What changes that are agreed add to the price of contracts; what they take off stays drawn.

    An amount that is not known is drawn as such.
    """
    found = []
    for change, contract, procurement in changed(resolved, concerned):
        figures = change_of(change, contract)
        more, months = figures.difference, max(contract.months + change.months, 1)
        if more is None:
            found.append(Drawn(procurement.reference, Amount("unknown"), months, varies=True))
        elif more > 0:
            exempt = "exempt" in (figures.before.basis, figures.after.basis)
            amount = Amount("exempt", closed=Closed(str(more))) if exempt else Amount("exact", more)
            found.append(Drawn(procurement.reference, amount, months, varies=True))
    return tuple(found)


def standing(
    resolved: Sequence[Resolution], report: UUID, procurement: Procurement
) -> list[Resolution]:
    """What is resolved on a report: now, and in an earlier decision that keeps the rest (D10)."""
    again = {one.label for one in resolved}
    earlier = procurement.decided(report)
    return [*resolved, *(r for d in earlier for r in d.resolutions if r.label not in again)]


def draws(
    resolved: Sequence[Resolution], report: Report, concerned: Sequence[Procurement]
) -> Drawings:
    """What a decision draws: for what it resolves, and for what an earlier one keeps."""
    stands = standing(resolved, report.id, concerned[0])
    going = going_on(report.procurements, concerned)
    still = [one for one in concerned if one.reference in going]
    return (*drawings(going, stands), *dearer(stands, still))


def drawn_by(balance: B, decision: UUID, replaces: UUID | None, drawn: Drawings) -> B:
    """The balance after a decision, which may take the place of an earlier one."""
    before = balance.exercised.get(replaces, ()) if replaces else ()
    kept = {one: d for one, d in balance.exercised.items() if one != replaces}
    if replaces and (gone := _without(before, drawn)):
        balance = _with_back(balance, replaces, gone)
    return replace(balance, exercised={**kept, decision: drawn})


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
