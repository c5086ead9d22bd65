"""Ending a contract before its term is over; expiry needs no act (P8, T1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from domain.case_command import ProcurementCommand
from domain.competition import Ended, Ending
from domain.deadlines import why_not_covered
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import Text
from domain.wording import long_day


class ContractEnded(Event, frozen=True, tag="contract-ended/1"):
    last_day: date
    how: Ending
    reason: Text


class EndContract(ProcurementCommand, frozen=True, tag="end-contract"):
    """Record that the contract ends before its term is over: its last day, how, and why.

    From then on it is not extended. After its last day it is not changed, and no phase of it
    starts. It may come to light later, even after the term; and an earlier end replaces the first.
    """

    last_day: date
    how: Ending
    reason: Text

    @classmethod
    def act(cls) -> str:
        return "sign-contract"

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_covered(self.last_day, context.calendar)
        contract = procurement.contract
        if contract is None:
            yield Refusal("C1", "No contract is signed")
            return
        ends = long_day(contract.ends)
        if self.last_day < (signed := contract.signed.read_as):
            yield Refusal("T1", f"The contract was signed on {long_day(signed)}: not before")
        elif self.last_day < contract.ends:
            return
        elif contract.ended:
            only = "only an earlier day replaces that"
            yield Refusal("C2", f"The contract was ended early, on {ends}: {only}")
        else:
            verb = "ended" if context.day > contract.ends else "ends"
            yield Refusal("T1", f"The contract {verb} on {ends} anyway")

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ContractEnded(self.last_day, self.how, self.reason)


@evolve.register
def _(event: ContractEnded, procurement: Procurement, stamp: Stamp) -> Procurement:
    assert procurement.contract
    ended = Ended(event.last_day, event.how, event.reason)
    return replace(procurement, contract=replace(procurement.contract, ended=ended))
