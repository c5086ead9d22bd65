"""Which procurement law governs, and whether a value reaches its threshold, with reasons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from domain.regimes import PA_COMMENCED, PSR_COMMENCED, Regime, Subject
from domain.thresholds import threshold
from domain.wording import pounds, short_day


class Governed(Struct, frozen=True):
    """The law that governs, and why."""

    regime: Regime
    because: str


def governing(subject: Subject, commenced: date, framework: date | None = None) -> Governed:
    """The law of what commenced on a London day; a call-off keeps its framework's (P1).

    ``framework`` is the day on which the procurement of the framework commenced.
    """
    day, what = framework or commenced, "the framework" if framework else "it"
    began = f"{what} commenced on {short_day(day)}"
    if subject == "health-care" and day >= PSR_COMMENCED:
        return Governed("psr2023", f"{began}, and is for health care, on or after 1 January 2024")
    if day >= PA_COMMENCED:
        return Governed("pa2023", f"{began}, on or after 24 February 2025")
    return Governed("pcr2015", f"{began}, before the Procurement Act 2023 governed")


class Measured(Struct, frozen=True):
    """The threshold in pounds, whether the value reaches it, and why."""

    threshold: Decimal
    above: bool
    because: str


def measured(subject: Subject, commenced: date, value: Decimal | None) -> Measured:
    """Whether a value, with its VAT and all options, reaches the threshold (P2).

    A value that is not known counts as above.
    """
    least = threshold(subject, commenced)
    if value is None:
        return Measured(least, True, "a value that is not known counts as above")
    above = value >= least
    compared = "reaches" if above else "is below"
    return Measured(least, above, f"{pounds(value)} {compared} {pounds(least)}")
