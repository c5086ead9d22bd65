"""Performance indicators of contracts above £5 million, before they are signed (P9)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.indicators import (
    PerformanceIndicatorsSet,
    SetPerformanceIndicators,
    owes_indicators,
)
from domain.regimes import Regime, Subject
from domain.signing import why_not_sign
from domain.values import Amount, Closed
from tests.domain import cases, laws, wyvern
from tests.domain.cases import but, exactly, given
from tests.domain.varying import contract
from tests.scenario import CASE, step

NAMED = ("Calls answered within a minute", "Visits made in time", "Complaints upheld")
DAY = date(2026, 11, 18)
INDICATED = step(SetPerformanceIndicators(CASE, NAMED), on=DAY)
AWARDED = laws.awarded("pa2023")


def awarded(
    amount: Amount | str, regime: Regime = "pa2023", subject: Subject | None = None
) -> tuple[step, ...]:
    """Awarded by the Cabinet, not signed."""
    return contract(regime, subject, amount)[:-1]


MINE = replace(INDICATED.command, procurement=wyvern.CASE)


@pytest.mark.parametrize(
    ("amount", "regime", "subject", "owed"),
    [
        ("1785714.29", "pa2023", None, True),
        ("1785714.28", "pa2023", None, False),
        ("9000000", "pa2023", "light-touch", False),
        ("9000000", "pa2023", "concession", False),
        ("9000000", "pa2023", "works", True),
        ("9000000", "pcr2015", None, False),
        ("9000000", "psr2023", None, False),
        (replace(exactly("2142857.15"), vat="included"), "pa2023", None, True),
        (replace(exactly("2142857.14"), vat="included"), "pa2023", None, False),
        (Amount("exempt", closed=Closed("9000000")), "pa2023", None, False),
    ],
)
def test_above_5_million_with_vat_and_options_indicators_are_owed(
    amount: Any, regime: Regime, subject: Subject | None, owed: bool
) -> None:
    record = given(*awarded(amount, regime, subject))
    assert owes_indicators(record.procurement(wyvern.REFERENCE), date(2026, 3, 3)) == owed
    at = step(MINE, wyvern.CLERK, date(2026, 3, 3))
    against = why_not_sign(record.procurement(wyvern.REFERENCE), at.context())
    assert ("P9" in [one.rule for one in against]) == owed


def test_they_are_set_and_then_the_contract_may_be_signed() -> None:
    steps = awarded("9000000")
    before = given(*steps).procurement(wyvern.REFERENCE)
    at = step(MINE, wyvern.CLERK, date(2026, 3, 3))
    (owed,) = [one for one in why_not_sign(before, at.context()) if one.rule == "P9"]
    assert owed.reason == "A contract above £5,000,000 has performance indicators: set them first"
    assert not owes_indicators(given(*steps[:3]).procurement(wyvern.REFERENCE), date(2026, 3, 3))


def test_three_at_least_or_why_none_would_fit() -> None:
    record = given(*AWARDED)
    record.when(INDICATED).then(PerformanceIndicatorsSet(NAMED, ""))
    none = but(INDICATED, indicators=(), none_because="It is a licence: there is no service")
    record.when(none).then(PerformanceIndicatorsSet((), "It is a licence: there is no service"))
    two = record.when(but(INDICATED, indicators=NAMED[:2]))
    reason = "Set 3 performance indicators at least, not 2 indicators, or say why none would fit"
    assert two.reason("P9") == reason
    nothing = record.when(but(INDICATED, indicators=()))
    assert "at least, not none, or say" in nothing.reason("P9")
    record.when(but(INDICATED, none_because="None")).then_refused("P9")
    twice = (*NAMED, NAMED[0].upper())
    record.when(but(INDICATED, indicators=twice)).then_refused("C2")


def test_they_are_set_once_before_signature_and_under_the_act_alone() -> None:
    given(*AWARDED, INDICATED).when(INDICATED).then_refused("C2")
    given(*laws.awarded("psr2023")).when(INDICATED).then_refused("C1")
    given(*laws.evaluated("pa2023")).when(INDICATED).then_refused("C1")
    signed = laws.SIGNATURE.at(date(2026, 12, 3))
    told = laws.told("pa2023", date(2026, 11, 19))
    late = INDICATED.at(date(2026, 12, 3))
    given(*told, signed).when(late).then_refused("P9")


def test_they_are_offered_where_they_are_owed_until_they_are_set() -> None:
    for amount, owed in ("9000000", True), ("90000", False):
        steps = awarded(amount)
        found = cases.acts(*steps, on=date(2026, 3, 3), reference=wyvern.REFERENCE)
        act = found["set-performance-indicators"]
        assert act.awaited == owed
