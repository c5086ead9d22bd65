from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values import Amount, Closed, Precision, When
from domain.wording import (
    above,
    amount,
    counted,
    figure,
    lettered,
    listed,
    long_day,
    pounds,
    short_day,
    when,
)

DAY = date(2026, 12, 1)


def test_days_are_written_out() -> None:
    assert long_day(DAY) == "Tuesday 1 December 2026"
    assert short_day(DAY) == "1 December 2026"


@pytest.mark.parametrize(
    ("precision", "says"),
    [
        ("day", "1 December 2026"),
        ("week", "in the week of 1 December 2026"),
        ("month", "in December 2026"),
        ("before", "before 1 December 2026"),
        ("after", "after 1 December 2026"),
        ("unknown", "on a day that is not on record"),
    ],
)
def test_a_day_is_written_as_exactly_as_it_is_known(precision: Precision, says: str) -> None:
    assert when(When(DAY, precision)) == says


@pytest.mark.parametrize(
    ("number", "says"),
    [("154203", "£154,203"), ("12.50", "£12.50"), ("0", "£0"), ("1E+3", "£1,000")],
)
def test_pence_are_written_where_there_are_any(number: str, says: str) -> None:
    assert pounds(Decimal(number)) == says


@given(st.integers(0, 10**14 - 1))
def test_no_penny_is_lost_in_writing(pence: int) -> None:
    number = Decimal(pence).scaleb(-2)
    assert Decimal(pounds(number).strip("£").replace(",", "")) == number


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (Amount("exact", Decimal(154203)), "£154,203"),
        (Amount("up-to", Decimal(400000)), "up to £400,000"),
        (Amount("estimated", Decimal(2500000), "year"), "estimated £2,500,000 a year"),
        (Amount("about", Decimal(5), vat="included"), "about £5 with VAT"),
        (Amount("approved", Decimal(5), "year", "excluded"), "approved £5 a year without VAT"),
        (Amount("unknown"), "not known"),
        (Amount("exempt"), "exempt from publication"),
    ],
)
def test_an_amount_says_what_it_rests_on(one: Amount, says: str) -> None:
    assert amount(one) == says


@pytest.mark.parametrize(
    ("items", "says"),
    [([], "nothing"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_is_read_aloud(items: list[str], says: str) -> None:
    assert listed(items) == says


def test_a_choice_says_or() -> None:
    assert listed(["a", "b"], "or") == "a or b"


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (counted(1, "day"), "1 day"),
        (counted(2, "day"), "2 days"),
        (counted(0, "day"), "0 days"),
        (counted(1000, "reply", "replies"), "1,000 replies"),
    ],
)
def test_things_are_counted_in_the_plural(said: str, says: str) -> None:
    assert said == says


def test_a_sum_is_said_unless_it_would_give_an_exempt_amount_away() -> None:
    known = Amount("exact", Decimal(1))
    exempt = Amount("exempt", closed=Closed("4"))
    assert figure(Decimal(5)) == figure(Decimal(5), known) == "£5"
    assert figure(Decimal(5), known, exempt) == "an exempt amount"
    assert figure(Decimal(5), Amount("exempt")) == figure(Decimal(5), exempt)


def test_an_exempt_limit_is_said_once_and_without_a_figure() -> None:
    known, exempt = Amount("exact", Decimal(5)), Amount("exempt", closed=Closed("4"))
    said = above(Decimal(5), [known], "the budget", Decimal(4), exempt)
    assert said == "What is asked for is more than the budget, which is exempt from publication"
    said = above(Decimal(9), [exempt, known], "the budget", Decimal(5), known)
    assert said == "An exempt amount is more than the budget, £5"
    assert above(Decimal(9), [known], "the budget", Decimal(5), known) == (
        "£9 is more than the budget, £5"
    )


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("a", "(a)"),
        ("2", "(2)"),
        ("2a", "(2)(a)"),
        ("12b", "(12)(b)"),
        ("iv", "(iv)"),
        ("2.1", "(2.1)"),
        ("B", "(B)"),
    ],
)
def test_a_resolution_is_called_by_its_letter_or_by_number_and_letter(
    label: str, says: str
) -> None:
    assert lettered(label) == says
