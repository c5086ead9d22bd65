from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.regimes import Subject
from domain.thresholds import below_threshold, threshold, threshold_of
from domain.values import Amount, Closed, Term
from tests.domain.cases import OPEN, but, exactly, given

TABLE: list[tuple[Subject, date, int]] = [
    ("services", date(2010, 1, 1), 172_514),
    ("goods", date(2022, 11, 14), 213_477),
    ("services", date(2025, 12, 31), 214_904),
    ("services", date(2026, 1, 1), 207_720),
    ("light-touch", date(2026, 1, 1), 663_540),
    ("health-care", date(2024, 1, 1), 663_540),
    ("works", date(2025, 2, 24), 5_372_609),
    ("concession", date(2026, 1, 1), 5_193_000),
]


@pytest.mark.parametrize(("subject", "commenced", "pounds"), TABLE)
def test_the_threshold_is_that_of_the_day_on_which_the_procurement_commenced(
    subject: Subject, commenced: date, pounds: int
) -> None:
    assert threshold(subject, commenced) == Decimal(pounds)


def test_a_call_off_commenced_with_its_framework() -> None:
    assert threshold_of(given(OPEN).procurement()) == Decimal(189_330)
    alone = given(but(OPEN, framework=None)).procurement()
    assert alone.subject == "services"
    assert threshold_of(alone) == Decimal(213_477)


BEGINS = date(2026, 4, 1)
SMALL: list[tuple[Amount, Term | None, bool]] = [
    (exactly("173099.99"), None, True),
    (exactly("173100"), None, False),
    (replace(exactly("207719.99"), vat="included"), None, True),
    (replace(exactly("207720"), vat="included"), None, False),
    (exactly("86550"), Term(BEGINS, 12, (6, 6)), False),
    (exactly("86549"), Term(BEGINS, 12, (6, 6)), True),
    (replace(exactly("57699"), per="year"), Term(BEGINS, 36), True),
    (replace(exactly("57700"), per="year"), Term(BEGINS, 36), False),
    (replace(exactly("1000"), per="year"), None, False),
    (Amount("unknown"), None, False),
    (Amount("exempt", closed=Closed("1000")), None, False),
]


@pytest.mark.parametrize(("value", "term", "below"), SMALL)
def test_what_everybody_may_see_with_vat_and_options_is_below_or_it_is_above(
    value: Amount, term: Term | None, below: bool
) -> None:
    fields = {"framework": None, "phases": (), "value": value, "term": term}
    opened = but(OPEN, regime="pa2023", **fields).at(date(2026, 1, 12))
    assert below_threshold(given(opened).procurement()) == below
    old = but(OPEN, **fields).at(date(2022, 11, 14))
    assert not below_threshold(given(old).procurement())
