"""Whose each closed value is, and what is left when that procurement is erased."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from domain.closed import ClosedPart, Exemption, owned
from domain.competition import Ranked
from domain.delegation import AuthorityDelegated, AuthorityExercised
from domain.drawing import Drawn
from domain.effects import ApproveBudget
from domain.market import EvaluationRecorded
from domain.record import Resolution
from domain.values import Amount, Closed
from tests.domain.cases import AWARD_ID, DECISION_ID, REPORT_ID, asks, but, given
from tests.domain.test_balance import AWARD_BETA, REPORT_BETA
from tests.domain.test_exempt import EXEMPT_CAP, enter
from tests.domain.test_shared import ALSO, OPENED, REPORT, about
from tests.domain.wyvern import (
    ALONE,
    AUTHORISE,
    AWARD,
    AWARD_REPORT,
    CLERK,
    OTHER_REFERENCE,
    PLAN,
    REFERENCE,
    SEVERAL,
    awarding,
    deciding,
    granted,
    reported,
)
from tests.scenario import step

ERASED = Amount("exempt", closed=Closed(None))


def exempt(figure: str) -> Amount:
    return Amount("exempt", closed=Closed(figure))


def whose(thing: Any) -> list[tuple[str | None, str | None]]:
    return [(one.value, owner) for one, owner in owned(thing)]


def test_what_is_drawn_is_of_the_procurement_that_draws() -> None:
    drawn = tuple(
        Drawn(one, exempt(figure), 36)
        for one, figure in ((REFERENCE, "1"), (OTHER_REFERENCE, "2"), (REFERENCE, "3"))
    )
    event = AuthorityExercised(AWARD_ID, None, drawn)
    assert whose(event) == [("1", REFERENCE), ("2", OTHER_REFERENCE), ("3", REFERENCE)]


def test_a_resolution_about_one_procurement_is_of_that_one_in_every_stream() -> None:
    both = Resolution("a", "agreed", "A budget", ApproveBudget(exempt("1")))
    one = replace(both, about=OTHER_REFERENCE)
    asked = about(OTHER_REFERENCE, asks(ApproveBudget(exempt("1"))))
    assert whose((both, one, asked)) == [
        ("1", None),
        ("1", OTHER_REFERENCE),
        ("1", OTHER_REFERENCE),
    ]


def test_an_evaluation_and_a_paper_are_of_the_stream_they_are_in() -> None:
    tender = Ranked("Tenderer 1", None, {}, Decimal(80), Closed("Alpha"), Closed("1"))
    event = EvaluationRecorded((tender,), ("a panel",))
    assert whose(event) == [("Alpha", None), ("1", None)]
    paper = ClosedPart("Appendix", Exemption("Prices"), Closed("Dear"))
    assert whose(paper) == [("Dear", None)]


def test_a_cap_is_of_the_procurement_in_which_authority_is_delegated() -> None:
    terms = replace(ALONE, cap=exempt("1"))
    event = AuthorityDelegated("wyvern", (REFERENCE, OTHER_REFERENCE), DECISION_ID, "c", terms)
    assert whose(event) == [("1", REFERENCE)]
    here, there = given(*EXEMPT_CAP).when(enter("c")).outcome()
    assert whose(here) == [("250000", None)]
    assert whose(there) == [("250000", REFERENCE)]


def test_a_figure_entered_for_one_of_several_is_of_that_one_in_both_streams() -> None:
    secret = replace(AUTHORISE, up_to=Amount("exempt"))
    asked = (asks(PLAN), about(OTHER_REFERENCE, asks(secret, "b")))
    report = but(REPORT, recommendations=asked)
    taken = step(deciding(REPORT_ID, DECISION_ID, "a", "b", also=ALSO), CLERK)
    both = given(*OPENED, report, taken).when(but(enter("b"), also=ALSO)).outcome()
    assert [whose(one) for one in both] == [[("250000", OTHER_REFERENCE)]] * 2


def test_what_is_left_is_not_guessed_where_a_draw_was_erased() -> None:
    """Imported with what was erased, as the log reads it from then on."""
    gone = (reported(awarding(ERASED)), AWARD)
    steps = (*SEVERAL, *(one._replace(source="the log") for one in gone), REPORT_BETA)
    assert given(*steps).when(AWARD_BETA).reason("G1") == (
        "An amount drawn under it was erased, and nothing shows what is left: it takes a new "
        "report to who delegated it"
    )


def test_under_a_cap_that_was_erased_nothing_is_awarded() -> None:
    steps = granted(replace(ALONE, cap=ERASED))
    reason = given(*steps, AWARD_REPORT).when(AWARD).reason("G1")
    assert reason == "The figure of the cap was erased: it has to be set again"
