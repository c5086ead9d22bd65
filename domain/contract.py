"""The contract: signed when nothing stands in its way any more, published, and its phases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from msgspec import Meta
from msgspec.structs import replace

from domain.assessing_conflicts import DETAILS, why_not_confirmed
from domain.awarded_under import Resolved, RestsOnDecision
from domain.case_command import ProcurementCommand
from domain.competition import Contract
from domain.deadlines import why_not_covered
from domain.effective import why_not_in_effect
from domain.effects import AwardContract, ReleasePhase
from domain.messages import Context, Event, Stamp, evolve
from domain.noticed import Identifier
from domain.owing import with_notice
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.signing import why_not_sign
from domain.values import Amount, Term, Text
from domain.wording import counted, figure, long_day


class ContractSigned(Event, frozen=True, tag="contract-signed/1"):
    supplier: Text
    amount: Amount
    term: Term


class ContractPublished(Event, frozen=True, tag="contract-published/1"):
    identifier: Identifier = ""


class PhaseStarted(Event, frozen=True, tag="phase-started/1"):
    phase: int


class SignContract(RestsOnDecision, frozen=True, tag="sign-contract"):
    """Sign the contract that was awarded."""

    supplier: Text
    amount: Amount
    starts: date
    months: Annotated[int, Meta(ge=1, le=600)]

    def compares(self, record: Mapping[UUID, Any]) -> bool:
        return True

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from super().why_not_actor(procurement, context)
        separation, by = context.constitution.separation, context.stamp.by
        deciders = [d.by for d, _, _ in procurement.resolved(AwardContract)]
        same = [one for one in deciders if one.person == by.person and by.person]
        if same and not separation.decider_signs:
            reason = "Who decided the award may not sign the contract"
            yield Refusal("G6", reason, provenance=separation.provenance)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_covered(self.starts, context.calendar)
        yield from why_not_sign(procurement, context)
        award = procurement.in_effect(AwardContract, context.day)
        if award is None:
            return
        if self.supplier not in _names(award.supplier, procurement):
            yield Refusal("P7", f"The award is to {award.supplier}, not to {self.supplier}")
        cap, asked = award.amount.in_total(award.months), self.amount.in_total(self.months)
        if cap is None and award.amount.basis == "exempt":
            reason = "The figure of the award is not on record: nothing shows that it is kept"
            yield Refusal("P7", reason)
        elif asked is None or (cap is not None and asked > cap):
            most = figure(cap, award.amount) if cap is not None else "an amount that is on record"
            yield Refusal("P7", f"The award is for {most} at most")
        if self.starts != (first := max(award.starts, context.day)):
            late = "latest" if self.starts > first else "earliest"
            yield Refusal("P7", f"The contract starts on {long_day(first)} at the {late}")
        if self.months > award.months:
            yield Refusal("T1", f"The award is for {counted(award.months, 'month')} at most")

    def event(self, procurement: Procurement, context: Context) -> Event:
        award = procurement.in_effect(AwardContract, context.day)
        options = award.extensions if award else ()
        notice = procurement.term.notice_months if procurement.term else 0
        term = Term(self.starts, self.months, options, notice)
        return ContractSigned(self.supplier, self.amount, term)


def _names(supplier: str, procurement: Procurement) -> set[str]:
    """The supplier as the award names it; where that is a number, the tenderer's own name too."""
    ranking = procurement.evaluation.ranking if procurement.evaluation else ()
    return {supplier, *(one.name for one in ranking if one.tenderer == supplier)}


class PublishContract(ProcurementCommand, frozen=True, tag="publish-contract"):
    """Record that the contract was entered in the public register of contracts (T4).

    Under the 2023 Act that is the contract details notice (UK7): ``identifier`` is what the central
    platform calls it.
    """

    identifier: Identifier = ""

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_publish_contract(procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ContractPublished(self.identifier)


def why_not_publish_contract(procurement: Procurement) -> Iterable[Refusal]:
    if procurement.contract is None:
        yield Refusal("C1", "No contract is signed")
    elif procurement.contract.published:
        yield Refusal("C2", "The contract has been published")
    else:
        yield from why_not_confirmed(procurement, DETAILS)


def why_not_start_phase(
    phase: int, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """The first phase starts with the contract, each later one by a decision in effect (T3)."""
    if procurement.contract is None:
        yield Refusal("C1", "No contract is signed")
        return
    if not 1 <= phase <= len(procurement.phases):
        yield Refusal("C1", f"There is no phase {phase}")
        return
    if phase in procurement.started:
        yield Refusal("C2", f"Phase {phase} has started")
    if context.day < (starts := procurement.contract.term.starts):
        yield Refusal("T1", f"The contract starts on {long_day(starts)}", cured_on=starts)
    if context.day > (ends := procurement.contract.ends):
        early = " early," if procurement.contract.ended else ""
        yield Refusal("T1", f"The contract ended{early} on {long_day(ends)}: no phase starts")
    if phase > 1:
        yield from _why_not_released(phase, procurement, context)


def _why_not_released(phase: int, procurement: Procurement, context: Context) -> Iterable[Refusal]:
    if phase - 1 not in procurement.started:
        yield Refusal("T3", f"Phase {phase - 1} comes first")
    releases = [
        (decision, one)
        for decision, one, effect in procurement.resolved(ReleasePhase)
        if effect.phase == phase
    ]
    condition = procurement.phases[phase - 1].condition
    if not releases:
        why = f": {condition[0].lower()}{condition[1:]}" if condition else ""
        yield Refusal("T3", f"Phase {phase} waits for a decision to release it{why}")
    else:
        what = f"The decision that releases phase {phase}"
        for one in why_not_in_effect(releases, what, context):
            yield replace(one, rule="T3")


class StartPhase(RestsOnDecision, frozen=True, tag="start-phase"):
    """Start a phase of the contract: from here on its money may be spent."""

    phase: int

    kind: ClassVar[type] = ReleasePhase

    def carries_out(self, one: Resolved) -> bool:
        return bool(one[2].phase == self.phase)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_start_phase(self.phase, procurement, context)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return PhaseStarted(self.phase)


@evolve.register
def _(event: ContractSigned, procurement: Procurement, stamp: Stamp) -> Procurement:
    contract = Contract(event.supplier, event.amount, stamp.on, event.term)
    return replace(procurement, contract=contract)


@evolve.register
def _(event: ContractPublished, procurement: Procurement, stamp: Stamp) -> Procurement:
    assert procurement.contract
    entered = replace(procurement, contract=replace(procurement.contract, published=stamp.on))
    return with_notice(entered, "UK7", stamp, event.identifier)


@evolve.register
def _(event: PhaseStarted, procurement: Procurement, stamp: Stamp) -> Procurement:
    return replace(procurement, started={**procurement.started, event.phase: stamp.on})
