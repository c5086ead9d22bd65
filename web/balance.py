"""What is left of a delegated authority, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from adapters.asof import TheRecord
from domain.budget import (
    Budget,
    budget_id,
    budgets,
    drawn_on,
    draws_on_budgets,
    why_not_within_budgets,
)
from domain.delegating import why_not_exercise
from domain.delegation import Delegation, stream_of, why_not_live
from domain.draws import draws_on_balances
from domain.effects import ApproveBudget
from domain.limit import cap_of, counting, without_budget
from domain.margin import with_margin
from domain.messages import Aggregate, Context
from domain.procurement import Procurement
from domain.record import Resolution
from domain.refusals import Refusal
from domain.reported import Report, Under
from domain.values import Amount
from projections.balances import left as left_of_all
from projections.delegations import in_words


class Balance(NamedTuple):
    """An authority with its limit, what was drawn and went back, and what is left if shown."""

    one: Delegation
    source: Procurement
    cap: Amount | None
    drawn: str
    given_back: str
    left: Decimal | None
    refusals: list[Refusal]
    left_for_first: Decimal | None
    """What is left for an award to the tender ranked first, where that is more."""
    erased: bool
    """Whether a figure that counts here was erased: what is left is not known any more."""


def balance_of(house: TheRecord, under: Under, context: Context, *, closed: bool) -> Balance:
    """``closed`` says whether the reader may see closed figures."""
    one, source = house.delegation(stream_of(under)), house.procurement(under.granted_in)
    cap = cap_of(one, source, context)
    budget = None if one.terms.cap or source.part_of else _budget(house, source)
    counts = counting(one, source, context)
    every = (*counts, *(drawn_on(source, budget, context) if budget else ()))
    amounts = (*(award.amount for award in every), *([cap] if cap else []))
    shown = closed or all(amount.basis != "exempt" for amount in amounts)
    left = left_of_all(cap, counts, source, budget, context) if cap and shown else None
    share = cap and left is not None and one.terms.above_for_first
    most = with_margin(cap, one.terms) if cap and share else None
    first = left_of_all(most, counts, source, budget, context) if most else None
    left = max(left, Decimal(0)) if left is not None and share else left
    refusals = list(why_not_live(one, source, context))
    if cap is None and source.in_effect(ApproveBudget, context.day) is not None:
        refusals.append(without_budget(one, source, context))
    erased = any(amount.erased for amount in amounts)
    words = in_words(one.awards), in_words(one.returned)
    return Balance(one, source, cap, *words, left, refusals, first, erased)


def _budget(house: TheRecord, source: Procurement) -> Budget:
    return house.load(budget_id(source.reference), Budget())


def budgets_of(house: TheRecord, report: Report, p: Procurement) -> dict[UUID, Aggregate]:
    """What awards that a report asks for would draw on, besides delegated authority."""
    behind = budgets([p]) if draws_on_balances(report) else {}
    return {one: house.load(one, blank) for one, blank in behind.items()}


def why_not_all(
    report: Report,
    p: Procurement,
    balance: Balance | None,
    record: Mapping[UUID, Aggregate],
    context: Context,
) -> list[Refusal]:
    """What stands against agreeing to everything that a report asks for: what is left."""
    agreed = [
        Resolution(one.label, "agreed", one.text, one.effect, about=one.about)
        for one in report.recommendations
    ]
    found: list[Refusal] = []
    if record:
        drawn, before = draws_on_budgets(agreed, report, [p], record), p.decided_last(report.id)
        found += why_not_within_budgets(drawn, before, [p], record, context)
    if balance:
        found += why_not_exercise(agreed, report, balance.one, balance.source, [p], context)
    return list(dict.fromkeys(found))
