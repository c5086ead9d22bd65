"""One budget for a plan and the parts that carry it out: awards in all of them draw on it (P7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from msgspec.structs import replace

from domain.award import why_not_erased
from domain.drawing import Balance, Drawings, against, drawn_by
from domain.draws import drawings, draws, kept
from domain.effects import ApproveBudget, AwardContract
from domain.limit import approved_anew
from domain.messages import Aggregate, Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.record import Resolution
from domain.refusals import Refusal
from domain.reported import Report
from domain.values import Amount, Reference, procurement_id
from domain.wording import above


class BudgetDrawn(Event, frozen=True, tag="budget-drawn/1"):
    """Awards of one decision count against the budget of a plan, or of a procurement on its own.

    ``replaces`` is an earlier decision, reconsidered: what it had drawn goes back.
    """

    budget_of: Reference
    decision: UUID
    replaces: UUID | None
    drawn: Drawings


class Budget(Balance, frozen=True):
    """What was drawn on the budget of a procurement, in it and in the parts of its plan."""

    reference: str = ""


def budget_id(reference: str) -> UUID:
    """The stream of the budget of a procurement, by the procurement's reference."""
    return uuid5(procurement_id(reference), "budget")


def budget_of(procurement: Procurement) -> str:
    """The procurement whose budget its awards draw on: the plan that it carries out, or itself."""
    return procurement.part_of or procurement.reference


def budgets(concerned: Iterable[Procurement]) -> dict[UUID, Aggregate]:
    """The budgets that awards in these procurements draw on, and whose they are."""
    found: dict[UUID, Aggregate] = {}
    for one in concerned:
        if one.version:
            plan = budget_of(one)
            found |= {procurement_id(plan): Procurement(), budget_id(plan): Budget()}
    return found


def draws_on_budgets(
    resolved: Sequence[Resolution],
    report: Report,
    concerned: Sequence[Procurement],
    record: Mapping[UUID, Any],
) -> Drawings:
    """What a decision draws on budgets, with what an earlier one drew for what it keeps."""
    before = concerned[0].decided_last(report.id)
    balances = [record[budget_id(plan)] for plan in _by_budget(concerned)]
    stays = (one for balance in balances for one in kept(balance, before, resolved))
    return (*draws(resolved, report, concerned), *stays)


def drawn_on_budgets(
    decision: UUID,
    replaces: UUID | None,
    drawn: Drawings,
    concerned: Sequence[Procurement],
    record: Mapping[UUID, Any],
) -> Iterator[tuple[UUID, Event]]:
    """What a decision draws on budgets; on a procurement's own only where there is one."""
    for plan, parts in _by_budget(concerned).items():
        stream, mine = budget_id(plan), _in(parts, drawn)
        own = parts == [plan] and not any(record[procurement_id(plan)].resolved(ApproveBudget))
        again = replaces if replaces in record[stream].exercised else None
        if again or (mine and not own):
            yield stream, BudgetDrawn(plan, decision, again, mine)


def why_not_within_budgets(
    drawn: Drawings,
    replaces: UUID | None,
    concerned: Sequence[Procurement],
    record: Mapping[UUID, Any],
    context: Context,
) -> Iterable[Refusal]:
    """The awards fit into each budget, beside those of the plan and of its other parts (P7)."""
    for plan, parts in _by_budget(concerned).items():
        if mine := _in(parts, drawn):
            source, budget = record[procurement_id(plan)], record[budget_id(plan)]
            yield from _why_not_beside(mine, replaces, source, budget, context)


def _why_not_beside(
    drawn: Drawings, replaces: UUID | None, plan: Procurement, budget: Budget, context: Context
) -> Iterable[Refusal]:
    approved = plan.in_effect(ApproveBudget, context.day)
    counted = _made(plan, budget, approved_anew(plan, context))
    made = {one: d for one, d in counted.items() if one != replaces}
    every = [one for each in (*made.values(), drawn) for one in each]
    # An award of the plan alone is measured against its budget already, by itself.
    if approved is None or all(one.procurement == plan.reference for one in every):
        return
    cap = approved.amount
    if plan.reference not in [one.procurement for one in drawn]:
        yield from why_not_erased(cap, f"budget of {plan.reference}")
    if (limit := cap.figure) is None:
        return
    if (total := committed(cap, (*made.values(), drawn))) is None:
        erased = any(one.amount.erased for one in every)
        what = "An amount drawn on it was erased" if erased else "An amount is not known"
        reason = f"{what}: nothing shows that the budget of {plan.reference} is kept"
        way_out = ". It is approved anew, for what is still to be bought" if erased else ""
        yield Refusal("P7", f"{reason}{way_out}")
    elif total > limit:
        what = f"the budget of {plan.reference} and the parts of its plan in all"
        reason = above(total, [one.amount for one in every], what, limit, cap)
        yield Refusal("P7", f"{reason}: it takes a separate report")


def committed(cap: Amount, decisions: Iterable[Drawings]) -> Decimal | None:
    """What decisions commit of a budget, in pounds; None where an amount is not known.

    In one procurement only one contract is signed: of several decisions there the dearest counts.
    What changes of that contract add comes on top of it.
    """
    dearest: dict[str, Decimal] = {}
    more = Decimal(0)
    for drawn in decisions:
        for reference in {one.procurement for one in drawn}:
            mine = _in([reference], drawn)
            spent = against(cap, [one for one in mine if not one.varies])
            added = against(cap, [one for one in mine if one.varies])
            if spent is None or added is None:
                return None
            dearest[reference] = max(spent, dearest.get(reference, Decimal(0)))
            more += added
    return sum(dearest.values(), more)


def left_of(plan: Procurement, budget: Budget, cap: Amount, context: Context) -> Decimal | None:
    """What is left of a budget in pounds; None where a figure is not known."""
    spent = committed(cap, _made(plan, budget, approved_anew(plan, context)).values())
    return None if spent is None or cap.figure is None else cap.figure - spent


def drawn_on(plan: Procurement, budget: Budget, context: Context) -> Drawings:
    """Every award that counts, one by one."""
    made = _made(plan, budget, approved_anew(plan, context))
    return tuple(one for drawn in made.values() for one in drawn)


def _made(plan: Procurement, budget: Budget, anew: date | None) -> dict[UUID, Drawings]:
    """Every award that counts, by its decision: from the day of a budget approved anew, if any."""
    drawn = {**_own(plan), **budget.exercised}
    days = {**{one.id: one.on.read_as for one in plan.decisions.values()}, **budget.days}
    return {one: d for one, d in drawn.items() if anew is None or days[one] >= anew}


def _own(plan: Procurement) -> dict[UUID, Drawings]:
    """What decisions in the plan itself award, also from before it had a budget."""
    if plan.abandoned:
        return {}
    found: dict[UUID, list[Any]] = {}
    for decision, one, _ in plan.resolved(AwardContract):
        found.setdefault(decision.id, []).append(one)
    return {one: drawings([plan.reference], resolved) for one, resolved in found.items()}


def _by_budget(concerned: Sequence[Procurement]) -> dict[str, list[str]]:
    """The references of procurements, by whose budget their awards draw on."""
    found: dict[str, list[str]] = {}
    for one in concerned:
        found.setdefault(budget_of(one), []).append(one.reference)
    return found


def _in(references: Sequence[str], drawn: Drawings) -> Drawings:
    return tuple(one for one in drawn if one.procurement in references)


@evolve.register
def _(event: BudgetDrawn, budget: Budget, stamp: Stamp) -> Budget:
    after = drawn_by(budget, event.decision, event.replaces, event.drawn, stamp)
    return replace(after, reference=event.budget_of)
