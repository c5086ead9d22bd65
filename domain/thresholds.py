"""The values from which procurement law governs in full, by what is bought and since when (P2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from domain.procurement import Procurement
from domain.regimes import Subject
from domain.values import Amount

# General knowledge: the figures before 2024. Those from 2024 on are in the text of rule P2.
_SINCE: tuple[tuple[date, int, int, int], ...] = (
    (date(2014, 1, 1), 172_514, 625_050, 4_322_012),
    (date(2016, 1, 1), 164_176, 589_148, 4_104_394),
    (date(2018, 1, 1), 181_302, 615_278, 4_551_413),
    (date(2020, 1, 1), 189_330, 663_540, 4_733_252),
    (date(2022, 1, 1), 213_477, 663_540, 5_336_937),
    (date(2024, 1, 1), 214_904, 663_540, 5_372_609),
    (date(2026, 1, 1), 207_720, 663_540, 5_193_000),
)
"""London days, and from then on pounds for councils: goods and services, light touch, works."""
# General knowledge: the standard rate of VAT.
_WITH_VAT = Decimal("1.2")
_COLUMN: Mapping[Subject, int] = {
    "goods": 1,
    "services": 1,
    "light-touch": 2,
    "health-care": 2,
    "works": 3,
    "concession": 3,
}


def threshold(subject: Subject, commenced: date) -> Decimal:
    """Pounds, for a council's procurement that commenced on a London day (P2)."""
    row = next((one for one in reversed(_SINCE) if one[0] <= commenced), _SINCE[0])
    return Decimal(str(row[_COLUMN[subject]]))


def threshold_of(procurement: Procurement) -> Decimal:
    """Pounds, by the day on which it commenced (P1)."""
    assert procurement.began
    return threshold(procurement.subject, procurement.began)


def estimate(value: Amount, months: int | None, options: Iterable[int]) -> Decimal | None:
    """Pounds with VAT and every option, by what everybody may see; None where that is not known.

    VAT is added unless the value says that it is in it, and options cost what the first term does.
    """
    whole = value.in_total(months)
    if value.pounds is None or whole is None:
        return None
    if months:
        whole = whole * (months + sum(options)) / months
    return whole if value.vat == "included" else whole * _WITH_VAT


def how_long(procurement: Procurement) -> str:
    """That no law says how long tenderers get; below the threshold it asks for no more (P2)."""
    found = "no law and no decision says how long"
    return f"below the threshold {found}" if below_threshold(procurement) else found


def below_threshold(procurement: Procurement) -> bool:
    """Whether the estimate, with VAT and every option, is below what the 2023 Act governs (P2).

    A value that is exempt, or not known, counts as above.
    """
    term = procurement.term
    options = term.extensions if term else ()
    whole = estimate(procurement.value, term.months if term else None, options)
    if procurement.regime != "pa2023" or whole is None:
        return False
    if procurement.began is None:
        return False  # It is planned only: whether it is below depends on the day it commences.
    return whole < threshold_of(procurement)
