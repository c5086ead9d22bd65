"""Claims in court against an award: some bar the signature until they are over (P6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec.structs import replace

from domain.case_command import ProcurementCommand
from domain.competition import Claim
from domain.deadlines import why_not_covered
from domain.effects import AwardContract
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import Text
from domain.wording import long_day

Ending = Literal["lifted-by-the-court", "disposed-of"]


class ClaimNotified(Event, frozen=True, tag="claim-notified/1"):
    claimant: Text
    issued: date
    notified: date


class ClaimEnded(Event, frozen=True, tag="claim-ended/1"):
    claimant: Text
    how: Ending


def suspends(claim: Claim, procurement: Procurement) -> bool:
    """Whether it bars the signature by itself.

    Under the 2023 Act a claim does that was issued and notified before the end of the standstill;
    under the 2015 Regulations any claim before the signature. The Provider Selection Regime knows
    no such bar.
    """
    if claim.ended:
        return False
    stood = procurement.standstill
    if procurement.regime == "pa2023":
        ends = stood.count.last_day if stood and stood.count else date.min
        return max(claim.issued, claim.notified) <= ends
    return procurement.regime == "pcr2015"


def warning(claim: Claim, procurement: Procurement) -> str:
    """What to know of a claim that is going on and bars nothing by itself, or nothing."""
    if claim.ended or suspends(claim, procurement):
        return ""
    return (
        f"The claim of {claim.claimant} does not by itself bar the signature: "
        "take legal advice before anything is signed"
    )


def why_not_suspended(procurement: Procurement) -> Iterable[Refusal]:
    """No contract is signed while a claim suspends the award (P6)."""
    for one in procurement.claims:
        if suspends(one, procurement):
            day = long_day(one.notified)
            reason = f"The claim of {one.claimant}, notified on {day}, suspends the award"
            yield Refusal("P6", f"{reason}, until the court lifts that or the claim is over")


def why_not_claim(procurement: Procurement) -> Iterable[Refusal]:
    """There is an award, or the notice of one, to claim against."""
    if not procurement.standstill and not any(procurement.resolved(AwardContract)):
        yield Refusal("C1", "There is no award, nor notice of one, to claim against")


class RecordClaim(ProcurementCommand, frozen=True, tag="record-claim"):
    """Record a claim: when the court issued it, and when the authority was notified of it."""

    claimant: Text
    issued: date
    notified: date

    @classmethod
    def act(cls) -> str:
        return "sign-contract"

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_claim(procurement)
        for day in (self.issued, self.notified):
            yield from why_not_covered(day, context.calendar)
        if self.notified < self.issued:
            yield Refusal("P6", "A claim is notified on the day it was issued, or later")
        if self.notified > context.day:
            yield Refusal("C1", "The authority has been notified by today")
        if any(one.claimant == self.claimant and not one.ended for one in procurement.claims):
            yield Refusal("C2", f"A claim of {self.claimant} is going on already")

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ClaimNotified(self.claimant, self.issued, self.notified)


def why_not_end_claim(claimant: str, procurement: Procurement) -> Iterable[Refusal]:
    mine = [one for one in procurement.claims if one.claimant == claimant]
    if not mine:
        yield Refusal("C1", f"There is no claim of “{claimant}”")
    elif all(one.ended for one in mine):
        yield Refusal("C2", f"The claim of {claimant} is over")


class EndClaim(ProcurementCommand, frozen=True, tag="end-claim"):
    """Record that the court lifted the suspension, or that the claim was disposed of (P6)."""

    claimant: Text
    how: Ending

    @classmethod
    def act(cls) -> str:
        return "sign-contract"

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_end_claim(self.claimant, procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ClaimEnded(self.claimant, self.how)


@evolve.register
def _(event: ClaimNotified, procurement: Procurement, stamp: Stamp) -> Procurement:
    claim = Claim(event.claimant, event.issued, event.notified)
    return replace(procurement, claims=(*procurement.claims, claim))


@evolve.register
def _(event: ClaimEnded, procurement: Procurement, stamp: Stamp) -> Procurement:
    day = stamp.on.read_as
    claims = tuple(
        replace(one, ended=day, how=event.how)
        if one.claimant == event.claimant and not one.ended
        else one
        for one in procurement.claims
    )
    return replace(procurement, claims=claims)
