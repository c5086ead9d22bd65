from datetime import date
from decimal import Decimal

import pytest

from domain.regimes import Subject
from domain.thresholds import threshold, threshold_of
from tests.domain.cases import OPEN, but, given

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
