"""Closed values: rules compute with them, and nothing that is printed or written shows them."""

from __future__ import annotations

import traceback
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from msgspec import convert

from domain.closed import ClosedPart
from domain.opening import OpenProcurement, ProcurementOpened
from domain.reading import Mistake, Mistaken, read
from domain.values import Amount, Closed
from tests import scenario
from tests.domain.cases import OPEN, but
from tests.domain.test_values import PENCE

FIGURE = "1250000.75"
SEVERAL = Amount("exempt", closed=Closed(FIGURE))
ERASED = Amount("exempt", closed=Closed(None))
OPENING = but(OPEN, value=SEVERAL)
PLAIN: dict[str, Any] = {
    "do": "open-procurement",
    "procurement": str(OPENING.command.procurement),  # type: ignore[attr-defined]
    "reference": scenario.REFERENCE,
    "title": "Delivery partner",
    "purpose": "Advice",
    "category": "Consultancy",
    "regime": "pcr2015",
}


def mistakes(closed: object, basis: str = "exempt") -> tuple[Mistake, ...]:
    """What is said of a command with this closed figure, and that no printing of it has it."""
    amount = {"basis": basis, "closed": closed}
    with pytest.raises(Mistaken) as caught:
        read({**PLAIN, "value": amount}, OpenProcurement, "steps[1]")
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value.mistakes)
    assert not closed or str(closed) not in told
    return caught.value.mistakes


def test_rules_compute_with_a_closed_figure() -> None:
    assert SEVERAL.figure == SEVERAL.in_total(None) == Decimal(FIGURE)
    yearly = Amount("exempt", per="year", closed=Closed("1200"))
    assert (yearly.in_total(24), yearly.in_total(None)) == (Decimal(2400), None)


def test_a_closed_figure_that_was_erased_is_not_known() -> None:
    assert ERASED.figure is ERASED.in_total(24) is None
    assert ERASED != SEVERAL


def test_an_event_and_a_command_print_without_what_is_closed() -> None:
    (event,) = scenario.given().when(OPENING).outcome()
    assert isinstance(event, ProcurementOpened)
    assert event.value == SEVERAL
    for one in (event, OPENING, SEVERAL, SEVERAL.closed, {"value": [SEVERAL.closed]}):
        assert "Closed()" in repr(one)
        for told in (repr(one), str(one), f"{one}", f"{one!s:>20}"):
            assert FIGURE not in told


def test_a_closed_value_equals_what_holds_the_same_and_never_changes() -> None:
    one = Closed(FIGURE)
    assert {one, Closed(FIGURE)} == {Closed(FIGURE)}
    assert one not in (Closed("2"), Closed(None), FIGURE)
    with pytest.raises(AttributeError):
        one.value = "2"  # type: ignore[misc]
    assert one.value == FIGURE


@pytest.mark.parametrize("write", [msgspec.json.encode, msgspec.to_builtins, msgspec.json.Encoder])
def test_what_was_not_told_about_closed_values_does_not_write_them(write: Any) -> None:
    encode = write().encode if isinstance(write, type) else write
    with pytest.raises(TypeError, match="Closed is unsupported"):
        encode(SEVERAL)


def test_an_amount_with_nothing_closed_is_stored_as_it_always_was() -> None:
    assert msgspec.json.encode(Amount("up-to", Decimal(5))) == (
        b'{"basis":"up-to","pounds":"5","per":"total","vat":"not-stated"}'
    )
    assert msgspec.json.encode(Amount("exempt")) == (
        b'{"basis":"exempt","pounds":null,"per":"total","vat":"not-stated"}'
    )


@given(PENCE)
def test_a_closed_figure_is_written_as_a_plain_text(pounds: Decimal) -> None:
    amount = read({"basis": "exempt", "closed": f"{pounds:f}"}, Amount)
    assert (amount.figure, amount.pounds) == (pounds, None)


def test_a_closed_figure_may_be_left_out() -> None:
    assert read({"basis": "exempt", "closed": None}, Amount) == read({"basis": "exempt"}, Amount)
    assert Amount("exempt").figure is None


def test_a_command_is_read_with_what_is_closed_in_it() -> None:
    value = {"basis": "exempt", "closed": FIGURE}
    assert read({**PLAIN, "value": value}, OpenProcurement).value == SEVERAL


def test_a_closed_paper_is_read_with_its_text() -> None:
    exemption = {"reason": "Prices of a competition under way", "paragraph": 3}
    part = read({"title": "Appendix 2", "exemption": exemption, "text": "Dear"}, ClosedPart)
    assert part.text == Closed("Dear")
    withheld = read({"title": "Appendix 2", "exemption": exemption}, ClosedPart)
    assert withheld.text is None


@pytest.mark.parametrize("figure", ["-1.23", "1.005", "NaN", "sNaN", "1E+30", "12x", "£1250000"])
def test_a_closed_figure_is_in_pounds_and_pence_and_no_mistake_repeats_it(figure: str) -> None:
    assert mistakes(figure) == (
        Mistake("steps[1].value", "a closed figure is an amount in pounds and pence"),
    )


@pytest.mark.parametrize(
    ("closed", "what"),
    [
        (1250000, "should be str, not int"),
        (12500.75, "should be str, not float"),
        ("", "Expected `str` of length >= 1"),
        (["1250000"], "should be str, not array"),
        ({"closed": "1250000"}, "should be str, not object"),
    ],
)
def test_a_closed_value_that_is_no_text_is_a_mistake(closed: object, what: str) -> None:
    assert mistakes(closed) == (Mistake("steps[1].value.closed", what),)


def test_only_an_exempt_amount_has_a_closed_figure() -> None:
    (mistake,) = mistakes(FIGURE, "unknown")
    assert mistake.what == "only an exempt amount has a closed figure"


def test_reading_without_the_hook_makes_nothing_closed() -> None:
    with pytest.raises(msgspec.ValidationError, match="Expected `Closed`"):
        convert({"basis": "exempt", "closed": FIGURE}, Amount)
