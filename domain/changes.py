"""What changes of a contract come to: worked out from what it was worth, never typed in (L3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.competition import Contract, Variation
from domain.effects import VaryContract
from domain.values import Amount, Closed
from domain.wording import amount, counted, figure

HUNDRED = Decimal(100)


class Change(Struct, frozen=True, forbid_unknown_fields=True):
    """One change in pounds over the whole term: at signature, just before it, and after it."""

    original: Amount
    before: Amount
    after: Amount

    @property
    def difference(self) -> Decimal | None:
        """By how much it makes the contract dearer, in pounds; None where that is not known."""
        return _more(self.before, self.after)

    @property
    def cumulative(self) -> Decimal | None:
        """By how much the contract is dearer than when it was signed, in pounds."""
        return _more(self.original, self.after)

    @property
    def percent(self) -> Decimal | None:
        """The difference in per cent of the original amount."""
        return _share(self.difference, self.original)

    @property
    def cumulative_percent(self) -> Decimal | None:
        """The difference since the signature in per cent of the original amount."""
        return _share(self.cumulative, self.original)


def _more(before: Amount, after: Amount) -> Decimal | None:
    if before == after:
        return Decimal(0)
    if before.figure is None or after.figure is None:
        return None
    return after.figure - before.figure


def _share(pounds: Decimal | None, original: Amount) -> Decimal | None:
    return None if pounds is None or not original.figure else pounds * HUNDRED / original.figure


def in_all(one: Amount, months: int) -> Amount:
    """An amount over the whole term."""
    total = one.in_total(months)
    if one.per == "total" or total is None:
        return one
    if one.basis == "exempt":
        return Amount("exempt", closed=Closed(str(total)), vat=one.vat)
    return replace(one, pounds=total, per="total")


def change_of(change: VaryContract, contract: Contract) -> Change:
    """What a change would come to, as the contract stands."""
    after = in_all(change.amount or contract.amount, contract.months + change.months)
    original = in_all(contract.original, contract.term.months)
    return Change(original, in_all(contract.amount, contract.months), after)


def changes(contract: Contract) -> Iterator[tuple[Variation, Change]]:
    """Every change that was made, in its order, with what it came to."""
    months = contract.term.months
    original = in_all(contract.original, months)
    later = [*(one.was for one in contract.variations[1:]), contract.amount]
    for one, after in zip(contract.variations, later, strict=False):
        before = in_all(one.was, months)
        months += one.change.months
        yield one, Change(original, before, in_all(after, months))


def made(decision: UUID, label: str, contract: Contract) -> Variation | None:
    """The change that a resolution made, once it was made."""
    names = (decision, label)
    return next((one for one in contract.variations if (one.decision, one.label) == names), None)


def too_late(change: VaryContract, contract: Contract, day: date) -> bool:
    """Whether the contract ended before a change takes place: today, or when it did."""
    return (change.since or day) > contract.ends


def percent(share: Decimal) -> str:
    """13.12 %, and 50 % where there is nothing behind the point."""
    return f"{round(abs(share), 2).normalize():f} %"


def said(change: Change) -> str:
    """A change in words: from what to what, by how much, and by how much since the signature."""
    found = _said(change.before, change.after, change.difference, change.percent)
    if change.before != change.original:
        more = _by(change.original, change.after, change.cumulative, change.cumulative_percent)
        found += f"; since it was signed for {amount(change.original)}, {more}"
    return found


def all_told(contract: Contract) -> str:
    """All changes of a contract in words: what it was signed for, and by how much it moved."""
    figures = [one for _, one in changes(contract)][-1]
    one = figures.original, figures.after, figures.cumulative, figures.cumulative_percent
    if figures.original == figures.after:
        return f"signed for {amount(figures.original)}, and the same now"
    return f"signed for {amount(figures.original)}, now {_by(*one)}"


def _said(before: Amount, after: Amount, pounds: Decimal | None, share: Decimal | None) -> str:
    if before == after:
        return f"its amount stays as it is, {amount(before)}"
    return f"from {amount(before)} to {amount(after)}, {_by(before, after, pounds, share)}"


def _by(before: Amount, after: Amount, pounds: Decimal | None, share: Decimal | None) -> str:
    if pounds is None:
        return "by how much is not known"
    of = f" ({percent(share)})" if share is not None and not _exempt(before, after) else ""
    return f"{figure(abs(pounds), before, after)} {'less' if pounds < 0 else 'more'}{of}"


def _exempt(*amounts: Amount) -> bool:
    return any(one.basis == "exempt" for one in amounts)


def months_said(months: int) -> str:
    """12 months more, or 1 month less; nothing where the term stays."""
    return f"{counted(abs(months), 'month')} {'less' if months < 0 else 'more'}" if months else ""
