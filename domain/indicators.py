"""Performance indicators: by what a large contract will be judged, set before it is made (P9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from domain.case_command import ProcurementCommand
from domain.competition import Indicators
from domain.effective import award_on
from domain.effects import AwardContract
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.thresholds import estimate
from domain.values import Text
from domain.wording import counted

ABOVE, LEAST = Decimal(5_000_000), 3
"""Pounds with VAT and every option, and how many indicators a contract above them has (P9)."""


class PerformanceIndicatorsSet(Event, frozen=True, tag="performance-indicators-set/1"):
    indicators: tuple[Text, ...]
    none_because: str


def owes_indicators(procurement: Procurement, day: date) -> bool:
    """Whether the Act asks for indicators on a London day, by figures that all may see (P9)."""
    if procurement.regime != "pa2023" or procurement.subject in ("light-touch", "concession"):
        return False
    if (found := award_on(procurement, day)) is None:
        return False
    _, award = found
    whole = estimate(award.amount, award.months, award.extensions)
    return whole is not None and whole > ABOVE


def why_not_set_indicators(procurement: Procurement) -> Iterable[Refusal]:
    """Under the Act they are set once, before the contract is made (P9)."""
    if procurement.regime != "pa2023":
        yield Refusal("C1", "Only the Procurement Act 2023 asks for performance indicators")
    elif not list(procurement.resolved(AwardContract)):
        yield Refusal("C1", "No decision awards the contract that indicators would be for")
    if procurement.indicators:
        yield Refusal("C2", "The performance indicators have been set")
    elif procurement.contract:
        yield Refusal("P9", "Performance indicators are set before the contract is signed")


def why_not_measured(procurement: Procurement, day: date) -> Iterable[Refusal]:
    """Nothing above £5 million is signed before it is said how it will be judged (P9)."""
    if procurement.indicators is None and owes_indicators(procurement, day):
        reason = "A contract above £5,000,000 has performance indicators: set them first"
        yield Refusal("P9", reason)


class SetPerformanceIndicators(ProcurementCommand, frozen=True, tag="set-performance-indicators"):
    """Set the performance indicators of a contract: three at least, or why there are none."""

    indicators: tuple[Text, ...] = ()
    none_because: str = ""

    @classmethod
    def act(cls) -> str:
        return "send-award-notices"

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_set_indicators(procurement)
        number, different = len(self.indicators), {one.casefold() for one in self.indicators}
        if len(different) < number:
            yield Refusal("C2", "A performance indicator is there twice")
        if self.indicators and self.none_because:
            yield Refusal("P9", "Indicators are set, or it is said why none would fit: not both")
        elif not self.none_because and number < LEAST:
            said = counted(number, "indicator") if number else "none"
            reason = f"Set {LEAST} performance indicators at least, not {said}"
            yield Refusal("P9", f"{reason}, or say why none would fit")

    def event(self, procurement: Procurement, context: Context) -> Event:
        return PerformanceIndicatorsSet(self.indicators, self.none_because)


@evolve.register
def _(event: PerformanceIndicatorsSet, procurement: Procurement, stamp: Stamp) -> Procurement:
    found = Indicators(event.indicators, event.none_because)
    return replace(procurement, indicators=found)
