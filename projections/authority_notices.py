"""The notices of the Procurement Act 2023 that an authority and its procurements owe, by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from domain.authority import Authority, Rules
from domain.deadlines import Count
from domain.owing import published
from domain.own_notices import own_owed, own_published
from domain.procurement import Procurement
from domain.thresholds import estimate
from projections.notices import Row, row, rows
from projections.standing import context_at

PIPELINE = Decimal(2_000_000)
"""Pounds with VAT and every option, above which a contract to come is in the pipeline."""
WAITING = ("waits", "late", "to-come")


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
    standing: str
    """The same in one word, as on the page of a procurement: late, published and so on."""
    due_text: str
    identifier: str
    concerns: tuple[str, ...]
    days: Count | None


def lines(
    cases: Iterable[Procurement], authority: Authority, rules: Rules, today: date
) -> list[Line]:
    """What is owed or comes next, what is due first at the top, what has no day at the end.

    Then what the authority itself has published, what was recorded last at the top.
    """
    mine = list(cases)
    found = [*_own(mine, authority, rules, today), *_of_cases(mine, rules, today)]
    done = [_line(row(one, today)) for one in own_published(authority, rules.calendar)]
    waiting = sorted(found, key=lambda one: (one.due or date.max, one.reference, one.code))
    return [*waiting, *reversed(done)]


def _of_cases(cases: Iterable[Procurement], rules: Rules, today: date) -> Iterator[Line]:
    for p in cases:
        for one in rows(p, context_at(p, rules, today)):
            if one.standing in WAITING:
                yield _line(one, p.reference)


def _own(
    cases: Iterable[Procurement], authority: Authority, rules: Rules, today: date
) -> Iterator[Line]:
    """The earliest of each that the authority has not put on record."""
    for one in own_owed(authority, rules.calendar):
        pipeline = tuple(in_pipeline(cases)) if one.notice.code == "UK1" else ()
        yield _line(row(one, today), concerns=pipeline)


def _line(one: Row, reference: str = "", concerns: tuple[str, ...] = ()) -> Line:
    told = (one.about, one.because, one.state, one.standing, one.due_text, one.identifier)
    return Line(one.due, one.code, one.name, reference, *told, concerns, one.days)


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
