"""Changing a contract: lawful by its ground, decided, announced where the law asks, and made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace

from domain.award import why_not_effect, why_not_erased
from domain.awarded_under import Resolved, RestsOnDecision
from domain.change_notice import NAME, notice_needed
from domain.changes import Change, change_of, changes, made, too_late
from domain.competition import Contract, Variation
from domain.conditions import why_not_carry_out_yet
from domain.convertible import why_converted, why_outside
from domain.effective import why_not_in_effect
from domain.effects import ApproveBudget, AwardContract, Effect, VaryContract
from domain.grounds import ALTERED, GROUNDS, NAMED
from domain.limit import approved_anew
from domain.measuring import why_not_measured
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import Text
from domain.wording import figure, listed, long_day


class ContractVaried(Event, frozen=True, tag="contract-varied/1"):
    """The contract was changed as a resolution says; what that comes to was worked out."""

    decision: UUID
    label: Text
    change: VaryContract
    figures: Change


@why_not_effect.register
def why_not_vary(
    effect: VaryContract, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """The contract runs, the law knows the ground, and the change keeps to its limits."""
    contract = procurement.contract
    if contract is None:
        yield Refusal("C1", "No contract is signed")
        return
    yield from _why_not_running(effect, contract, context)
    if effect.amount and effect.amount.figure is None:
        yield Refusal("L2", "A change names the new amount of the whole contract")
    yield from _why_not_on_ground(effect, procurement)
    figures = change_of(effect, contract)
    limits = GROUNDS[procurement.regime].get(effect.ground)
    if limits and not why_outside(effect, procurement):
        converted = why_converted(effect, procurement)
        for one in why_not_measured(effect, figures, limits, contract, procurement):
            yield replace(one, reason=f"{one.reason}; {converted}") if converted else one
    yield from _why_not_over_budget(figures, contract, procurement, context)


def why_not_split(asked: Sequence[Effect]) -> Iterable[Refusal]:
    """A report changes a contract once: what is asked for together is measured together (T2)."""
    if len([one for one in asked if isinstance(one, VaryContract)]) > 1:
        yield Refusal("T2", "A report changes the contract once: put the changes together")


def _why_not_running(
    change: VaryContract, contract: Contract, context: Context
) -> Iterable[Refusal]:
    """What is changed has not ended; what was changed already was changed while it ran."""
    since, ends = change.since or context.day, contract.ends
    if since > context.day:
        reason = f"{long_day(since)} has yet to come: only what was changed is retrospective"
        yield Refusal("L2", reason)
    if since < (signed := contract.signed.read_as):
        reason = f"The contract was signed on {long_day(signed)}: it was not changed before"
        yield Refusal("T2", reason)
    elif too_late(change, contract, context.day):
        yield Refusal("T1", f"The contract ended on {long_day(ends)}: it can no longer be changed")
    elif contract.ended and change.months and not change.since:
        reason = f"The contract is ended early, on {long_day(ends)}: its term stays as it is"
        yield Refusal("T1", reason)
    elif (then := contract.term.ends_after(contract.extended, _more(contract, change))) < since:
        yield Refusal("T1", f"The contract would have ended on {long_day(then)}")


def _more(contract: Contract, change: VaryContract) -> int:
    return contract.months - contract.term.months + change.months


def _why_not_on_ground(change: VaryContract, procurement: Procurement) -> Iterable[Refusal]:
    known = GROUNDS[procurement.regime]
    if (limits := known.get(change.ground)) is None:
        names = listed(list(known), "or")
        law = NAMED[procurement.regime]
        yield Refusal("T2", f"{change.ground} is no ground of {law}: it knows {names}")
        return
    if why_outside(change, procurement):
        return
    if change.ground == "none-needed":
        why = why_converted(change, procurement) or "the contract is not below the threshold"
        yield Refusal("T2", f"A ground of the Act is needed: {why}")
    for one in change.alters:
        if one in limits.bars:
            reason = f"A change that {ALTERED[one]} does not rest on this ground: {limits.says} "
            yield Refusal("T2", f"{reason}({limits.law})")
    if change.ground == "light-touch" and procurement.subject != "light-touch":
        bought = procurement.subject.replace("-", " ")
        yield Refusal("T2", f"This is no light touch contract: it is for {bought}")
    awards = [effect.process for _, _, effect in procurement.resolved(AwardContract)]
    if change.ground == "direct-award" and awards[-1:] not in (
        ["direct-award-a"],
        ["direct-award-b"],
    ):
        yield Refusal("T2", "The contract was not awarded by direct award process A or B")


def _why_not_over_budget(
    figures: Change, contract: Contract, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """Whatever the law allows, what is above the budget takes a report of its own (P7)."""
    budget = procurement.in_effect(ApproveBudget, context.day)
    if budget is None or not figures.difference or figures.difference < 0:
        return
    yield from why_not_erased(budget.amount, "budget")
    asked = _to_be_held(figures, contract, procurement, context)
    most = budget.amount.in_total(contract.months)
    if asked is not None and most is not None and asked > most:
        amounts = (figures.after, budget.amount)
        reason = f"{figure(asked, *amounts)} is more than the budget, {figure(most, budget.amount)}"
        if asked != figures.after.figure:
            reason += ", for what is added since it was approved anew"
        yield Refusal("P7", f"{reason}: it takes a separate report")


def _to_be_held(
    figures: Change, contract: Contract, procurement: Procurement, context: Context
) -> Decimal | None:
    """What a budget has to bear, in pounds: the contract, or what is added since it was set anew.

    By this change and by earlier ones, where the contract was awarded before that day.
    """
    anew, after = approved_anew(procurement, context), figures.after.figure
    awards = [decision.on.read_as for decision, _, _ in procurement.resolved(AwardContract)]
    if anew is None or after is None or not awards or awards[-1] >= anew:
        return after
    decided = procurement.decisions
    since = [of for one, of in changes(contract) if decided[one.decision].on.read_as >= anew]
    before = (since or [figures])[0].before.figure
    return None if before is None else after - before


def why_not_change(
    decision: UUID, label: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A decision in effect changes the contract, and its notice went out if one comes first."""
    decided = [
        (one, r, effect)
        for one, r, effect in procurement.resolved(VaryContract)
        if (one.id, r.label) == (decision, label)
    ]
    contract = procurement.contract
    if contract is None or not decided:
        yield Refusal("C1", "There is no such resolution to change the contract")
        return
    if made(decision, label, contract):
        yield Refusal("C2", "The contract has been changed as was resolved")
        return
    ((one, r, effect),) = decided
    yield from why_not_in_effect([(one, r)], "The decision to change the contract", context)
    yield from why_not_carry_out_yet(one, procurement)
    announced = f"{decision} {label}" in contract.change_notices
    needed = notice_needed(decision, label, effect, procurement)
    if needed and needed.first and not announced:
        yield Refusal("P8", f"{NAME} goes first: {needed.because}")
    yield from why_not_vary(effect, one.decision_class, procurement, context)


class ChangeContract(RestsOnDecision, frozen=True, tag="vary-contract"):
    """Change the contract, as was resolved: a resolution is named by its decision and letter."""

    decision: UUID
    label: Text

    kind: ClassVar[type] = VaryContract

    def carries_out(self, one: Resolved) -> bool:
        return (one[0].id, one[1]) == (self.decision, self.label)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_change(self.decision, self.label, procurement, context)

    def event(self, procurement: Procurement, context: Context) -> Event:
        assert procurement.contract
        (change,) = [
            effect
            for one, r, effect in procurement.resolved(VaryContract)
            if (one.id, r.label) == (self.decision, self.label)
        ]
        figures = change_of(change, procurement.contract)
        return ContractVaried(self.decision, self.label, change, figures)


@evolve.register
def _(event: ContractVaried, procurement: Procurement, stamp: Stamp) -> Procurement:
    assert procurement.contract
    was, change = procurement.contract.amount, event.change
    one = Variation(stamp.on, event.decision, event.label, change, was)
    contract = replace(
        procurement.contract,
        amount=change.amount or was,
        variations=(*procurement.contract.variations, one),
    )
    return replace(procurement, contract=contract)
