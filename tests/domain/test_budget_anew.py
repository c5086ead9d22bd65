"""A budget approved anew, for what is still to be bought: the way out of erased draws (P7)."""

from __future__ import annotations

from datetime import date, timedelta

from domain.answers import Answer
from domain.effects import ApproveBudget
from domain.values import Amount, Closed
from tests.domain.cases import UNHEARD_OF, asks, but, given, up_to
from tests.domain.test_budget import FIRST, SECOND, SEVERAL_ALONE, THIRD_REFERENCE
from tests.domain.wyvern import (
    BUDGET,
    CLERK,
    OTHER_REFERENCE,
    STRATEGY,
    awarded_in,
    awarding,
    deciding,
    granted,
)
from tests.scenario import DAY, step

NEXT = DAY + timedelta(days=7)
LOST = Amount("exempt", closed=Closed(None))
"""What is left in the record of an exempt amount that was erased."""


def imported(*steps: step) -> tuple[step, ...]:
    return tuple(one._replace(source="closed minutes") for one in steps)


ERASED = imported(*awarded_in(OTHER_REFERENCE, 1, awarding(LOST), None))
DRAWN = (*granted(SEVERAL_ALONE, BUDGET), *FIRST, *SECOND, *ERASED)


def anew(pounds: str, on: date = NEXT, *, rest: bool = True) -> tuple[step, step]:
    """The Cabinet approves another budget, for what is still to be bought."""
    asked = asks(ApproveBudget(up_to(pounds), rest))
    report = but(
        STRATEGY.at(on),
        report=UNHEARD_OF,
        gateway="budget",
        recommendations=(asked,),
        combines=(),
    )
    agreed = deciding(UNHEARD_OF, UNHEARD_OF, answers=(Answer("a", "agreed"),))
    return report, step(agreed, CLERK, on)


def award(pounds: str, on: date = NEXT) -> tuple[step, step]:
    report, decision = awarded_in(THIRD_REFERENCE, 2, awarding(pounds))
    return report.at(on), decision.at(on)


def test_what_was_erased_stands_against_every_award_until_the_budget_is_approved_anew() -> None:
    report, decision = award("100000")
    assert given(*DRAWN, report).when(decision).reason("P7") == (
        "An amount drawn on it was erased: nothing shows that the budget of wyvern-2022-1 is "
        "kept. It is approved anew, for what is still to be bought"
    )
    given(*DRAWN, *anew("100000"), report).when(decision).outcome()


def test_another_budget_that_is_not_anew_changes_nothing() -> None:
    report, decision = award("100000")
    again = anew("500000", rest=False)
    reason = given(*DRAWN, *again, report).when(decision).reason("P7")
    assert reason.startswith("An amount drawn on it was erased")


def test_the_rest_is_kept_to_like_any_budget() -> None:
    report, decision = award("100000.01")
    reason = given(*DRAWN, *anew("100000"), report).when(decision).reason("P7")
    assert reason.startswith("£100,000.01 is more than the budget of wyvern-2022-1 and the parts")


def test_what_is_drawn_from_that_day_on_counts_also_on_the_day_itself() -> None:
    known = awarded_in(OTHER_REFERENCE, 1, awarding("200000"), None)
    steps = (*granted(SEVERAL_ALONE, BUDGET), *FIRST, *SECOND, *known)
    report, decision = award("100000.01", DAY)
    reason = given(*steps, *anew("300000", DAY), report).when(decision).reason("P7")
    assert reason.startswith("£300,000.01 is more than the budget")
    later, decided = award("300000")
    given(*steps, *anew("300000"), later).when(decided).outcome()
