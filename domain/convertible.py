"""Whether the 2023 Act governs a change of a contract: below the threshold it does not (P2, T2)."""

from __future__ import annotations

from decimal import Decimal
from itertools import takewhile

from domain.changes import change_of, changes, made
from domain.competition import Contract, Variation
from domain.effects import VaryContract
from domain.procurement import Procurement
from domain.thresholds import below_threshold, estimate, threshold_of
from domain.wording import pounds


def why_outside(
    change: VaryContract, procurement: Procurement, done: Variation | None = None
) -> str:
    """Why the Act does not govern a change, or nothing (section 74(1)).

    The contract is below the threshold: it was estimated so before the procurement, is so before
    the change and after it. ``done`` is the change as it was made, where it was.
    """
    contract = procurement.contract
    if contract is None or not below_threshold(procurement):
        return ""
    limit, around = threshold_of(procurement), _around(change, contract, done)
    if any(one is None or one >= limit for one in around):
        return ""
    return f"the contract is below the threshold of {pounds(limit)}, and stays below it"


def why_converted(
    change: VaryContract, procurement: Procurement, done: Variation | None = None
) -> str:
    """That a change makes a contract one that the Act governs, or nothing (section 74(1))."""
    contract = procurement.contract
    if contract is None or not below_threshold(procurement):
        return ""
    limit, (before, after) = threshold_of(procurement), _around(change, contract, done)
    if before is None or before >= limit or (after is not None and after < limit):
        return ""
    return f"the change lifts the contract to the threshold of {pounds(limit)}"


def governed(procurement: Procurement) -> bool:
    """Whether the Act governs in full: from the threshold on, or since a change lifted it there."""
    contract = procurement.contract
    if not below_threshold(procurement):
        return True
    done = contract.variations if contract else ()
    return any(why_converted(one.change, procurement, one) for one in done)


def lifting(procurement: Procurement) -> bool:
    """Whether a change that is resolved, and not made yet, makes it one that the Act governs."""
    contract = procurement.contract
    return contract is not None and any(
        why_converted(change, procurement)
        for decision, one, change in procurement.resolved(VaryContract)
        if not made(decision.id, one.label, contract)
    )


def _around(
    change: VaryContract, contract: Contract, done: Variation | None
) -> tuple[Decimal | None, Decimal | None]:
    """Pounds with VAT and every option before a change and after it; None where not known."""
    past = takewhile(lambda each: each[0] != done, changes(contract))
    months = contract.term.months + sum(one.change.months for one, _ in past)
    now = change_of(change, contract)
    figures = next((each for one, each in changes(contract) if one == done), now)
    options = contract.term.extensions
    after = estimate(figures.after, months + change.months, options)
    return estimate(figures.before, months, options), after
