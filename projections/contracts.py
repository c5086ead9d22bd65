"""The contracts register of the Transparency Code: what a council owes the public (T4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from domain.competition import Contract
from domain.effects import AwardContract
from domain.procurement import Procurement
from domain.values import Amount, months_later
from domain.wording import amount

LEAST = Decimal(5000)
"""Pounds: contracts worth more are published. One whose sum is exempt always is."""


class Row(NamedTuple):
    """One contract. Days are London days; what the record does not hold is empty."""

    reference: str
    title: str
    department: str
    description: str
    supplier: str
    sum: str
    irrecoverable_vat: str
    start: date
    end: date
    review: date
    tendered: str
    sme_or_vcse: str


def quarter(year: int, number: int) -> tuple[date, date]:
    """The first and the last London day of a quarter of a year, 1 to 4."""
    first = date(year, 3 * number - 2, 1)
    return first, months_later(first, 3) - date.resolution


def register(cases: Iterable[Procurement], first: date, last: date) -> Iterator[Row]:
    """The contracts above £5,000 that ran on some day of a period, in the order given."""
    for p in cases:
        c = p.contract
        if c and _is_published(c.amount, c.months) and c.term.starts <= last and c.ends >= first:
            yield _row(p, c)


def _is_published(sum_: Amount, months: int) -> bool:
    """By what everybody may see: to leave a closed sum out would tell that it is small (D9)."""
    pounds = None if sum_.pounds is None else sum_.in_total(months)
    return pounds is None or pounds > LEAST


def _row(p: Procurement, c: Contract) -> Row:
    more = c.extended < len(c.term.extensions) and not c.ended
    direct = any(award.direct for _, _, award in p.resolved(AwardContract))
    return Row(
        reference=p.council_reference or p.reference,
        title=p.title,
        department="",
        description=p.purpose,
        supplier=c.supplier,
        sum=amount(c.amount),
        irrecoverable_vat="",
        start=c.term.starts,
        end=c.ends,
        review=c.last_day_for(c.extended + 1) if more else c.ends,
        tendered="no" if direct else "yes",
        sme_or_vcse="",
    )
