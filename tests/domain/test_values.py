from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert
from msgspec.structs import replace

from domain.market import ScoredTender
from domain.values import (
    Amount,
    AuthorityId,
    Basis,
    Digest,
    PostId,
    Precision,
    Reference,
    Slug,
    Term,
    When,
    authority_of,
    months_later,
    procurement_id,
)

PENCE = st.integers(0, 10**14 - 1).map(lambda pence: Decimal(pence).scaleb(-2))
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(1, 600)


@given(PENCE, st.sampled_from(["exact", "up-to", "about", "estimated", "approved"]))
def test_pounds_and_pence_are_stored_as_they_are(pounds: Decimal, basis: Basis) -> None:
    one = Amount(basis, pounds, "year", "included")
    assert msgspec.json.decode(msgspec.json.encode(one), type=Amount) == one


@given(st.decimals())
def test_whatever_is_not_pounds_and_pence_is_refused_with_a_sentence(pounds: Decimal) -> None:
    in_bounds = pounds.is_finite() and 0 <= pounds < 10**12
    if in_bounds and 100 % pounds.as_integer_ratio()[1] == 0:
        assert Amount("exact", pounds).pounds == pounds
    else:
        with pytest.raises(ValueError, match="is not an amount"):
            Amount("exact", pounds)


@pytest.mark.parametrize("pounds", ["NaN", "sNaN", "Infinity", "-Infinity", "1.005", "0.001"])
def test_an_amount_is_in_pounds_and_pence(pounds: str) -> None:
    with pytest.raises(ValidationError, match="is not an amount in pounds and pence"):
        convert({"basis": "exact", "pounds": pounds}, Amount)


@pytest.mark.parametrize("pounds", ["-0.01", "-1", "1000000000000", "1E+30", "1E+999999"])
def test_an_amount_is_one_that_a_council_could_spend(pounds: str) -> None:
    with pytest.raises(ValidationError, match="is not an amount that a council could spend"):
        convert({"basis": "exact", "pounds": pounds}, Amount)


@pytest.mark.parametrize(
    "amount",
    [
        {"basis": "exact"},
        {"basis": "unknown", "pounds": "1"},
        {"basis": "exempt", "pounds": "0"},
    ],
)
def test_an_amount_has_a_figure_unless_it_is_unknown_or_exempt(amount: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="has a figure unless"):
        convert(amount, Amount)


@pytest.mark.parametrize(
    ("amount", "months", "whole"),
    [
        (Amount("exact", Decimal(1200)), 24, Decimal(1200)),
        (Amount("exact", Decimal(1200), "year"), 24, Decimal(2400)),
        (Amount("exact", Decimal(1200), "year"), 1, Decimal(100)),
        (Amount("exact", Decimal(1000), "year"), 1, Decimal("83.33")),
        (Amount("exact", Decimal(1200), "year"), None, None),
        (Amount("exact", Decimal(1200)), None, Decimal(1200)),
        (Amount("exempt", per="year"), 24, None),
    ],
)
def test_a_yearly_amount_is_the_more_the_longer_the_term(
    amount: Amount, months: int | None, whole: Decimal | None
) -> None:
    assert amount.in_total(months) == whole


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2200, 1, 1)])
def test_a_day_lies_in_the_two_centuries_that_records_are_about(day: date) -> None:
    with pytest.raises(ValueError, match="is no day between 1900 and 2199"):
        When(day)
    assert (When(date(1900, 1, 1)).day, When(date(2199, 12, 31)).day.year) == (
        date(1900, 1, 1),
        2199,
    )


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_scores_are_kept_to_the_last_place(quality: Decimal, price: Decimal) -> None:
    one = ScoredTender("Alpha", Decimal(1), {"Quality": quality, "Price": price})
    assert msgspec.json.decode(msgspec.json.encode(one), type=ScoredTender) == one


@given(DAYS, st.sampled_from(["day", "week", "month", "unknown"]))
def test_an_inexact_day_is_read_as_the_last_that_may_be_meant(
    day: date, precision: Precision
) -> None:
    read = When(day, precision).read_as
    assert read >= day
    match precision:
        case "week":
            assert (read.isocalendar()[:2], read.weekday()) == (day.isocalendar()[:2], 6)
        case "month":
            assert (read.year, read.month) == (day.year, day.month)
            assert (read + timedelta(days=1)).day == 1
        case _:
            assert read == day


@given(DAYS)
def test_before_and_after_leave_out_the_day_itself(day: date) -> None:
    before, after = When(day, "before").read_as, When(day, "after").read_as
    assert (day - before, after - day) == (timedelta(days=1), timedelta(days=1))


@given(DAYS, MONTHS)
def test_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1 < later.day < day.day


@given(DAYS, MONTHS, MONTHS)
def test_a_longer_term_ends_later(starts: date, months: int, more: int) -> None:
    assert starts < Term(starts, months).ends + timedelta(days=1)
    assert Term(starts, months).ends < Term(starts, months + more).ends


@pytest.mark.parametrize(
    ("starts", "months", "ends"),
    [
        (date(2018, 1, 1), 60, date(2022, 12, 31)),
        (date(2023, 1, 2), 24, date(2025, 1, 1)),
        (date(2024, 1, 31), 1, date(2024, 2, 28)),
        (date(2023, 3, 1), 12, date(2024, 2, 29)),
    ],
)
def test_a_term_ends_on_the_day_before_it_would_start_again(
    starts: date, months: int, ends: date
) -> None:
    term = Term(starts, months, (12,))
    assert term.ends == replace(term, extensions=()).ends == ends


def test_a_reference_says_which_authority_minted_it() -> None:
    assert authority_of("leeds-2022-9") == "leeds"
    assert authority_of("public-health-dorset-2020-1") == "public-health-dorset"
    assert authority_of("leeds") == "leeds"


def test_two_authorities_never_share_a_procurement() -> None:
    ids = {procurement_id(one) for one in ("leeds-2022-1", "leeds-2022-2", "bromley-2022-1")}
    assert len(ids) == 3


@pytest.mark.parametrize("name", ["", "Leeds", "leeds-", "-leeds", "leeds2", "leeds council"])
def test_an_authority_is_named_in_small_letters(name: str) -> None:
    with pytest.raises(ValidationError):
        convert(name, AuthorityId)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (AuthorityId, "a" * 41),
        (PostId, f"leeds/{'a' * 115}"),
        (Reference, f"leeds-2022-{'1' * 50}"),
        (Slug, "a" * 81),
    ],
)
def test_names_are_short(kind: Any, name: str) -> None:
    assert convert(name[:-1], kind) == name[:-1]
    with pytest.raises(ValidationError, match="length <= "):
        convert(name, kind)


@pytest.mark.parametrize("name", ["", "1st", "Award", "award contract"])
def test_what_rules_are_about_has_a_short_name(name: str) -> None:
    with pytest.raises(ValidationError):
        convert(name, Slug)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Slug, "award"),
        (AuthorityId, "leeds"),
        (PostId, "leeds/director"),
        (Reference, "leeds-2022-1"),
        (Digest, "0" * 64),
    ],
)
def test_an_id_ends_where_its_text_ends(kind: Any, text: str) -> None:
    assert convert(text, kind) == text
    for end in ("\n", "\r\n", " "):
        with pytest.raises(ValidationError, match="matching regex"):
            convert(text + end, kind)
