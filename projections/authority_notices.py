"""The notices of the Procurement Act 2023 that an authority and its procurements owe, by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from domain.authority import Rules
from domain.deadlines import Calendar, Count
from domain.noticed import Code
from domain.owing import due_from, published
from domain.procurement import Procurement
from domain.public_notices import NOTICES
from domain.regimes import PA_COMMENCED
from domain.thresholds import estimate
from domain.values import months_later
from domain.wording import short_day
from projections.notices import rows
from projections.standing import context_at

PIPELINE = Decimal(2_000_000)
"""Pounds with VAT and every option, above which a contract to come is in the pipeline."""
# General knowledge: the first quarter and the first half-year that are reported.
REPORTED: tuple[tuple[Code, int, date], ...] = (
    ("UK8", 3, date(2026, 4, 1)),
    ("UK17", 6, date(2025, 10, 1)),
)
"""What is reported for every so many months, from a day on."""
WAITING = ("waits", "late", "to-come")
ONE = timedelta(days=1)


class Line(NamedTuple):
    """A notice, and by when: the authority's own where ``reference`` is empty.

    ``concerns`` are the procurements that it is about, ``days`` how its period was counted.
    """

    due: date | None
    code: str
    name: str
    reference: str
    about: str
    because: str
    state: str
    due_text: str
    concerns: tuple[str, ...]
    days: Count | None


def lines(cases: Iterable[Procurement], rules: Rules, today: date) -> list[Line]:
    """What is owed or comes next, what is due first at the top, what has no day at the end."""
    mine = list(cases)
    found = [*_own(mine, rules.calendar, today), *_of_cases(mine, rules, today)]
    return sorted(found, key=lambda one: (one.due or date.max, one.reference, one.code))


def _of_cases(cases: Iterable[Procurement], rules: Rules, today: date) -> Iterator[Line]:
    for p in cases:
        for one in rows(p, context_at(p, rules, today)):
            if one.standing in WAITING:
                state, because = one.state, one.because
                told = (p.reference, one.about, because, state, one.due_text, (), one.days)
                yield Line(one.due, one.code, one.name, *told)


def _own(cases: Iterable[Procurement], calendar: Calendar, today: date) -> Iterator[Line]:
    """The next of each that the authority owes: whether earlier ones went out is on no record."""
    year = PA_COMMENCED.year
    while _due_before("UK1", date(year, 4, 1), calendar, today):
        year += 1
    about, pipeline = f"the financial year from 1 April {year}", tuple(in_pipeline(cases))
    yield from _line("UK1", date(year, 4, 1), about, calendar, pipeline)
    for code, months, since in REPORTED:
        first = _period(code, months, since, calendar, today)
        last = months_later(first, months) - ONE
        yield from _line(code, last, f"{short_day(first)} to {short_day(last)}", calendar)


def _period(code: Code, months: int, since: date, calendar: Calendar, today: date) -> date:
    """The first day of the earliest period whose notice is not due before today."""
    first = since
    while _due_before(code, months_later(first, months) - ONE, calendar, today):
        first = months_later(first, months)
    return first


def _due_before(code: Code, since: date, calendar: Calendar, today: date) -> bool:
    found = due_from(since, NOTICES[code].period, calendar)
    return found is not None and found[0] < today


def _line(
    code: Code, since: date, about: str, calendar: Calendar, concerns: tuple[str, ...] = ()
) -> Iterator[Line]:
    notice = NOTICES[code]
    due, count = due_from(since, notice.period, calendar) or (None, None)
    state = "not on record here"
    told = ("", about, f"if {notice.trigger}", state, notice.due, concerns, count)
    yield Line(due, notice.code, notice.name, *told)


def in_pipeline(cases: Iterable[Procurement]) -> Iterator[str]:
    """What is still to be announced and worth more than £2 million: one that is not known, too."""
    for p in cases:
        begun = p.tender or p.contract or published("UK5", p)
        if p.regime == "pa2023" and not (begun or p.abandoned or p.framework):
            term = p.term
            months, options = (term.months, term.extensions) if term else (None, ())
            whole = estimate(p.value, months, options)
            if whole is None or whole > PIPELINE:
                yield p.reference
