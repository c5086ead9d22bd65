"""What each procurement law asks: from when it governs, and how long its standstill is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from domain.deadlines import Calendar, Count, Period
from domain.refusals import Refusal

Process = Literal[
    "ordinary",
    "extreme-urgency",
    "protecting-life",
    "direct-award-a",
    "direct-award-b",
    "direct-award-c",
    "most-suitable-provider",
]
"""How an award came about, as far as the law asks: the 2023 Act's urgent awards and those to
protect life (its section 42), and the processes of the Provider Selection Regime (P3, P5)."""
Regime = Literal["pcr2015", "pa2023", "psr2023"]
Subject = Literal["goods", "services", "works", "light-touch", "health-care", "concession"]
"""What is bought, as far as thresholds and the law on changes ask."""
PA_COMMENCED, PSR_COMMENCED = date(2025, 2, 24), date(2024, 1, 1)

UK6_STANDSTILL = Period(8, first_day_counts=True, where="any")
"""Beginning with the day of publication; no bank holiday of any part of the UK counts (P3)."""
PSR_STANDSTILL = Period(8, begins_day_after=True)
"""Eight working days after the day on which it begins, the day after the notice (P5)."""
ELECTRONIC, OTHERWISE, RECEIVED = (Period(n, "days", rolls=True) for n in (10, 15, 10))
"""The 2015 Regulations: days after the last notice was sent, or received (P4)."""


class Notices(Struct, frozen=True):
    """London days on which tenderers were told, and by which means.

    ``sent`` is the day of publication, or on which the last electronic notice went out.
    ``otherwise`` is when the last notice by other means went, ``received`` when the last of those
    arrived. Only the 2015 Regulations ask for the means.
    """

    sent: date | None = None
    otherwise: date | None = None
    received: date | None = None


def why_not_counted(regime: Regime, told: Notices) -> Iterable[Refusal]:
    """The days name at least one notice, and none was received before it was sent."""
    if told.sent is None and (regime != "pcr2015" or told.otherwise is None):
        yield Refusal("C1", "Say on which day the notice was sent or published")
    if told.received and (told.otherwise is None or told.received < told.otherwise):
        yield Refusal("P4", "A notice by other means is received on or after the day it was sent")


def standstill(regime: Regime, told: Notices, calendar: Calendar) -> Count:
    """The days in which no contract may be made: it ends with the midnight that ends the last.

    ``told`` must pass ``why_not_counted``. Refuses a year that the calendar does not cover.
    """
    if regime == "pcr2015":
        return max(_pcr(told, calendar), key=lambda one: one.last_day)
    assert told.sent
    law = UK6_STANDSTILL if regime == "pa2023" else PSR_STANDSTILL
    return law.count(told.sent, calendar)


def _pcr(told: Notices, calendar: Calendar) -> Iterable[Count]:
    """One period for each means; of those by other means the earlier end, of both the later."""
    if told.sent:
        yield ELECTRONIC.count(told.sent, calendar)
    if told.otherwise:
        ends = [OTHERWISE.count(told.otherwise, calendar)]
        ends += [RECEIVED.count(told.received, calendar)] if told.received else []
        yield min(ends, key=lambda one: one.last_day)
