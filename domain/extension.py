"""Options to extend a contract: taken up in their order, by a decision, before it ends (T1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from domain.awarded_under import Resolved, RestsOnDecision
from domain.conditions import why_not_carry_out_yet
from domain.effective import latest_of, why_not_in_effect
from domain.effects import ExtendContract
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.wording import counted, long_day


class ContractExtended(Event, frozen=True, tag="contract-extended/1"):
    option: int


def why_not_extend(option: int, procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """The option is the next one there is, and the contract still runs.

    Where the law would allow more (light touch, T2), the council's own authority does not.
    """
    contract = procurement.contract
    if contract is None:
        yield Refusal("C1", "No contract is signed")
        return
    options = len(contract.term.extensions)
    if option <= contract.extended:
        yield Refusal("C2", f"Option {option} has been taken up")
    elif option > options:
        there = counted(options, "option")
        yield Refusal("T1", f"There is no option {option}: the contract has {there} to extend")
    elif option > contract.extended + 1:
        yield Refusal("T1", f"Option {contract.extended + 1} comes first")
    if contract.ended:
        reason = f"The contract is ended early, on {long_day(contract.ends)}: no option is left"
        yield Refusal("T1", reason)
    elif context.day > contract.ends:
        reason = f"The contract ended on {long_day(contract.ends)}: it can no longer be extended"
        yield Refusal("T1", reason)
    elif context.day > (last := contract.last_day_for(option)):
        notice = counted(contract.term.notice_months, "month")
        reason = f"Option {option} could be taken up until {long_day(last)}: "
        yield Refusal("T1", f"{reason}it takes {notice} before the contract ends")


def why_not_take_up(option: int, procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """A decision in effect extends the contract by this option."""
    yield from why_not_extend(option, procurement, context)
    decided = [
        (decision, one)
        for decision, one, effect in procurement.resolved(ExtendContract)
        if effect.option == option
    ]
    if not decided:
        yield Refusal("T1", f"No decision takes up option {option}")
    else:
        yield from why_not_in_effect(decided, "The decision to extend", context)
        yield from why_not_carry_out_yet(latest_of(decided, context.day), procurement)


class TakeUpOption(RestsOnDecision, frozen=True, tag="extend-contract"):
    """Extend the contract by its next option, as was decided."""

    option: Annotated[int, Meta(ge=1)]

    kind: ClassVar[type] = ExtendContract

    def carries_out(self, one: Resolved) -> bool:
        return bool(one[2].option == self.option)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_take_up(self.option, procurement, context)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ContractExtended(self.option)


@evolve.register
def _(event: ContractExtended, procurement: Procurement, stamp: Stamp) -> Procurement:
    assert procurement.contract
    return replace(procurement, contract=replace(procurement.contract, extended=event.option))
