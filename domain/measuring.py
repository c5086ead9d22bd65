"""Whether a change of a contract keeps to the limits of its ground (T2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from domain.changes import Change, changes
from domain.competition import Contract, Variation
from domain.effects import VaryContract
from domain.grounds import Limits
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.thresholds import threshold_of
from domain.values import Amount
from domain.wording import counted, figure, pounds

PSR_POUNDS, PSR_PERCENT = Decimal(500_000), Decimal(25)
HALF, TENTH, OF_WORKS = Decimal(50), Decimal(10), Decimal(15)

Made = tuple[VaryContract, Change]


def tenth(procurement: Procurement) -> Decimal:
    """The per cent of the value that a small change keeps to."""
    return OF_WORKS if procurement.subject == "works" else TENTH


def with_earlier(
    change: VaryContract, figures: Change, earlier: Iterable[Made], limits: Limits
) -> list[Made]:
    """The change with the earlier ones on its ground, from which it was not told apart (T2).

    Section 74(7) of the 2023 Act: what could have been one change is measured as one.
    """
    apart = change.apart and not limits.always_together
    same = [] if apart else [one for one in earlier if one[0].ground == change.ground]
    return [*same, (change, figures)]


def before_it(contract: Contract, until: Variation | None = None) -> list[Made]:
    """The changes that were made so far, or before one of them."""
    found = []
    for one, figures in changes(contract):
        if one == until:
            break
        found.append((one.change, figures))
    return found


def moved(group: Sequence[Made]) -> Decimal | None:
    """Pounds by which changes moved the value, up or down; None where one is not known."""
    every = [figures.difference for _, figures in group]
    return None if None in every else sum((abs(one) for one in every if one), Decimal(0))


def why_not_measured(
    change: VaryContract,
    figures: Change,
    limits: Limits,
    contract: Contract,
    procurement: Procurement,
) -> Iterable[Refusal]:
    """The change keeps to every limit of its ground, with the earlier ones that count with it."""
    earlier = before_it(contract)
    group = with_earlier(change, figures, earlier, limits)
    if limits.value == "half":
        yield from _why_not_share(group, HALF, ups_only=True)
    elif limits.value == "tenth":
        yield from _why_not_share(group, tenth(procurement), ups_only=False)
    if limits.term:
        yield from _why_not_longer([one for one, _ in group], contract)
    if limits.cumulative == "threshold":
        same = [one for one in earlier if one[0].ground == change.ground]
        yield from _why_not_below([*same, (change, figures)], procurement)
    elif limits.cumulative == "psr":
        yield from _why_not_small(figures)


def _why_not_share(group: Sequence[Made], most: Decimal, *, ups_only: bool) -> Iterable[Refusal]:
    every = [figures.difference for _, figures in group]
    original = group[-1][1].original
    if None in every or original.figure is None:
        yield _unknown()
        return
    counted_ = [one for one in every if one and (one > 0 or not ups_only)]
    total = sum((abs(one) for one in counted_), Decimal(0))
    if total > (limit := original.figure * most / 100):
        amounts = _amounts(group)
        what = "The changes on this ground come" if len(group) > 1 else "The change comes"
        reason = f"{what} to {figure(total, *amounts)}, more than {most} % of the original amount"
        if original.basis != "exempt":
            reason += f", {pounds(original.figure)}: {pounds(limit)} at most"
        yield Refusal("T2", reason)


def _why_not_longer(group: Sequence[VaryContract], contract: Contract) -> Iterable[Refusal]:
    moved_ = sum(abs(one.months) for one in group)
    if moved_ * 10 > contract.term.most:
        most = counted(contract.term.most, "month")
        reason = f"{counted(moved_, 'month')} is more than 10 % of the longest term, {most}"
        yield Refusal("T2", reason)


def _why_not_below(group: Sequence[Made], procurement: Procurement) -> Iterable[Refusal]:
    total, limit = moved(group), threshold_of(procurement)
    if total is not None and total >= limit:
        reason = f"Together such changes come to {figure(total, *_amounts(group))}, "
        reason += f"not below the threshold of {figure(limit)}"
        yield Refusal("T2", reason)


def _why_not_small(figures: Change) -> Iterable[Refusal]:
    """All changes together are below £500,000 or below a quarter of the original value."""
    total, original = figures.cumulative, figures.original
    if total is None or original.figure is None:
        yield _unknown()
    elif abs(total) >= PSR_POUNDS and abs(total) * 100 >= original.figure * PSR_PERCENT:
        reason = f"All changes together come to {figure(abs(total), original, figures.after)}: "
        reason += f"that is neither below {figure(PSR_POUNDS)} nor below 25 % of the original "
        yield Refusal("T2", reason + figure(original.figure, original))


def _unknown() -> Refusal:
    return Refusal("T2", "An amount is not on record: nothing shows that the limit is kept")


def _amounts(group: Sequence[Made]) -> list[Amount]:
    return [one for _, figures in group for one in (figures.before, figures.after)]
