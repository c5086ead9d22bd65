"""The contracts register, as the Transparency Code asks for it (T4)."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.competition import Contract
from domain.procurement import Procurement
from domain.values import Amount, Closed, Term, When
from projections.contracts import quarter, register
from tests.architecture.sources import ROOT
from tests.cli.conftest import Run
from tests.domain.cases import SIGNED, exactly, given

WHOLE_LIFE = ROOT / "docs" / "examples" / "whole-life.toml"
YEAR = date(2023, 1, 1), date(2023, 12, 31)


def signed(amount: Amount, term: Term, extended: int = 0) -> Procurement:
    found = given(*SIGNED).procurement()
    contract = Contract("Alpha", amount, When(term.starts), term, extended=extended)
    return replace(found, contract=contract)


@pytest.mark.parametrize(
    ("amount", "there"),
    [
        (exactly("5000"), False),
        (exactly("5000.01"), True),
        (replace(exactly("3000"), per="year"), True),
        (replace(exactly("2500"), per="year"), False),
        (Amount("exempt", closed=Closed("1")), True),
        (Amount("unknown"), True),
    ],
)
def test_what_is_worth_more_than_5000_is_listed_and_what_is_closed_is_too(
    amount: Amount, there: bool
) -> None:
    rows = list(register([signed(amount, Term(date(2023, 1, 2), 24))], *YEAR))
    assert bool(rows) == there
    assert all("1" not in one.sum for one in rows if amount.basis == "exempt")


@pytest.mark.parametrize(
    ("starts", "there"),
    [
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),
        (date(2022, 1, 1), False),
        (date(2022, 1, 2), True),
    ],
)
def test_a_contract_is_listed_where_it_ran_on_some_day(starts: date, there: bool) -> None:
    assert bool(list(register([signed(exactly("9000"), Term(starts, 12))], *YEAR))) == there


def test_the_review_is_the_last_day_for_the_next_option_or_the_end() -> None:
    term = Term(date(2023, 1, 2), 12, (12,), 3)
    (row,) = register([signed(exactly("9000"), term)], *YEAR)
    assert (row.end, row.review) == (date(2024, 1, 1), date(2023, 10, 1))
    (row,) = register([signed(exactly("9000"), term, 1)], *YEAR)
    assert (row.end, row.review) == (date(2025, 1, 1), date(2025, 1, 1))


def test_quarters_are_of_the_calendar_year() -> None:
    assert quarter(2024, 1) == (date(2024, 1, 1), date(2024, 3, 31))
    assert quarter(2023, 4) == (date(2023, 10, 1), date(2023, 12, 31))


def test_the_register_of_a_council_is_printed_and_goes_to_a_spreadsheet(run: Run) -> None:
    assert run("register", "leeds", "--quarter", "2023-Q1").out == ""
    assert run("case", "run", str(WHOLE_LIFE)).code == 0
    (row,) = run("register", "leeds", "--quarter", "2023-Q1", "--json").json
    assert Decimal(row["sum"].strip("£").replace(",", "").split()[0]) > 5000
    assert (row["department"], row["irrecoverable_vat"], row["sme_or_vcse"]) == ("", "", "")
    (line,) = csv.DictReader(
        io.StringIO(run("register", "leeds", "--quarter", "2023-Q1", "--csv").out)
    )
    assert line == row
    assert row["supplier"] in run("register", "leeds", "--quarter", "2023-Q1").out


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere", "--quarter", "2023-Q1"), "There are no rules of “nowhere”; there are"),
        (("leeds", "--quarter", "2023-Q5"), "“2023-Q5” is no quarter; write one like 2018-Q1"),
        (("leeds", "--quarter", "spring"), "“spring” is no quarter"),
        (("leeds", "--quarter", "2023-Q1", "--json", "--csv"), "choose JSON or CSV, not both"),
    ],
)
def test_what_cannot_be_listed_gets_a_sentence(run: Run, words: tuple[str, ...], said: str) -> None:
    answer = run("register", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
