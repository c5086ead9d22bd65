"""What a change comes to, in words: from what to what, by how much, and in all since the start."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.changes import Change, all_told, change_of, changes, months_said, said
from domain.values import Amount, Closed
from tests.domain.cases import exactly
from tests.domain.varying import MORE, case, contract, of, to, varied

FIRST = exactly("7783403")
SECRET, MORE_SECRET = (Amount("exempt", closed=Closed(one)) for one in ("1000", "1500"))
UNKNOWN = Amount("unknown")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            Change(FIRST, FIRST, exactly("8804964")),
            "from £7,783,403 to £8,804,964, £1,021,561 more (13.12 %)",
        ),
        (
            Change(exactly("300000"), exactly("380000"), exactly("570000")),
            "from £380,000 to £570,000, £190,000 more (63.33 %); "
            "since it was signed for £300,000, £270,000 more (90 %)",
        ),
        (
            Change(exactly("400000"), exactly("400000"), exactly("300000")),
            "from £400,000 to £300,000, £100,000 less (25 %)",
        ),
        (Change(FIRST, FIRST, FIRST), "its amount stays as it is, £7,783,403"),
        (
            Change(exactly("400"), exactly("500"), exactly("500")),
            "its amount stays as it is, £500; since it was signed for £400, £100 more (25 %)",
        ),
        (
            Change(UNKNOWN, UNKNOWN, exactly("500")),
            "from not known to £500, by how much is not known",
        ),
        (
            Change(SECRET, SECRET, MORE_SECRET),
            "from exempt from publication to exempt from publication, an exempt amount more",
        ),
        (
            Change(exactly("0"), exactly("0"), exactly("500")),
            "from £0 to £500, £500 more",
        ),
    ],
)
def test_a_change_is_said_with_what_it_adds(change: Change, words: str) -> None:
    assert said(change) == words


@pytest.mark.parametrize(
    ("months", "words"), [(12, "12 months more"), (-1, "1 month less"), (0, "")]
)
def test_how_the_term_moves_is_said_where_it_does(months: int, words: str) -> None:
    assert months_said(months) == words


def test_an_exempt_yearly_price_is_summed_and_stays_exempt() -> None:
    yearly = Amount("exempt", per="year", closed=Closed("100000"))
    steps = tuple(one._replace(source="the minutes") for one in contract(amount=yearly))
    signed = case(*steps).contract
    assert signed
    found = change_of(replace(MORE, months=12), signed)
    assert found.original == Amount("exempt", closed=Closed("300000.00"))
    assert found.difference == Decimal(100_000)


def test_the_changes_of_a_contract_are_told_in_their_order() -> None:
    signed = case(*contract(), *varied(to("1200000"), to("1100000"))).contract
    assert signed
    told = [(one.decision, figures.difference) for one, figures in changes(signed)]
    assert told == [(of(1), Decimal(200_000)), (of(2), Decimal(-100_000))]


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("1100000", "signed for £1,000,000, now £100,000 more (10 %)"),
        ("900000", "signed for £1,000,000, now £100,000 less (10 %)"),
        ("1000000", "signed for £1,000,000, and the same now"),
    ],
)
def test_all_changes_together_are_told_against_what_was_signed(last: str, words: str) -> None:
    signed = case(*contract(), *varied(to("1200000"), to(last))).contract
    assert signed
    assert all_told(signed) == words
