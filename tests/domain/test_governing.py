from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.governing import governing, measured, threshold_in_words, why_apart
from domain.procurement import Procurement
from domain.regimes import Regime, Subject
from domain.terms import Mixed
from domain.values import Amount, Term

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


APART = "the rest could reasonably be supplied under a separate contract"
LESS = "health care is not worth more than the rest"
MIXED: list[tuple[str, str, bool, str]] = [
    ("60", "40", False, ""),
    ("50.01", "50", False, ""),
    ("50", "50", False, LESS),
    ("40", "60", False, LESS),
    ("60", "40", True, APART),
    ("40", "60", True, APART),
]


@pytest.mark.parametrize(("health", "rest", "separable", "why"), MIXED)
def test_p1_health_care_draws_the_rest_along_if_it_is_worth_more_and_cannot_be_had_apart(
    health: str, rest: str, separable: bool, why: str
) -> None:
    mixed = Mixed(Decimal(health), Decimal(rest), separable)
    found = governing("services", date(2026, 1, 1), None, mixed)
    assert found.regime == ("pa2023" if why else "psr2023")
    ends = f"does not govern it: {why}" if why else "most of it is for health care, on or after 1"
    assert ends in found.because
    assert why_apart(mixed) == why
    older = governing("services", date(2024, 6, 1), None, mixed)
    assert older.regime == ("pcr2015" if why else "psr2023")
    assert governing("services", date(2023, 12, 31), None, mixed).regime == "pcr2015"


def test_a_mixed_part_is_worth_pounds_and_pence() -> None:
    with pytest.raises(ValueError, match="pounds and pence"):
        Mixed(Decimal("0.001"), Decimal(1), separable=False)
    with pytest.raises(ValueError, match="pounds and pence"):
        Mixed(Decimal(1), Decimal("0.001"), separable=False)


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


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            Amount("exact", Decimal(175000), vat="included"),
            "Below: £175,000 is below £207,720",
        ),
        (
            Amount("exact", Decimal(175000)),
            "Above: £210,000 reaches £207,720, with VAT, which was added to the value",
        ),
        (Amount("unknown"), "Above: a value that is not known counts as above"),
    ],
)
def test_the_sum_behind_the_threshold_is_told(value: Amount, said: str) -> None:
    begun = Procurement(regime="pa2023", opened=date(2026, 3, 2), value=value)
    assert threshold_in_words(begun) == said
    planned = replace(begun, opened=None)
    assert threshold_in_words(planned) == "It depends on the day on which it commences"
    assert threshold_in_words(replace(begun, regime="pcr2015")) == ""
    longer = replace(begun, term=Term(date(2026, 9, 1), 12, (12,)))
    assert "Above" in threshold_in_words(longer)
