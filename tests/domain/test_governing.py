from datetime import date
from decimal import Decimal

import pytest

from domain.governing import governing, measured
from domain.regimes import Regime, Subject

BEFORE, SINCE = date(2025, 2, 23), date(2025, 2, 24)
TABLE: list[tuple[Subject, date, date | None, Regime]] = [
    ("services", BEFORE, None, "pcr2015"),
    ("services", SINCE, None, "pa2023"),
    ("services", date(2026, 1, 1), BEFORE, "pcr2015"),
    ("services", date(2026, 1, 1), SINCE, "pa2023"),
    ("health-care", date(2023, 12, 31), None, "pcr2015"),
    ("health-care", date(2024, 1, 1), None, "psr2023"),
    ("health-care", date(2026, 1, 1), date(2023, 12, 31), "pcr2015"),
]


@pytest.mark.parametrize(("subject", "commenced", "framework", "regime"), TABLE)
def test_p1_the_law_goes_by_subject_and_commencement_and_a_call_off_keeps_its_frameworks(
    subject: Subject, commenced: date, framework: date | None, regime: Regime
) -> None:
    found = governing(subject, commenced, framework)
    assert found.regime == regime
    assert found.because.startswith("the framework " if framework else "it ")


@pytest.mark.parametrize(
    ("value", "above", "because"),
    [
        ("207719.99", False, "£207,719.99 is below £207,720"),
        ("207720", True, "£207,720 reaches £207,720"),
        (None, True, "a value that is not known counts as above"),
    ],
)
def test_p2_what_reaches_the_threshold_or_is_not_known_is_above(
    value: str | None, above: bool, because: str
) -> None:
    found = measured("services", date(2026, 1, 1), Decimal(value) if value else None)
    assert (found.threshold, found.above, found.because) == (Decimal(207_720), above, because)
