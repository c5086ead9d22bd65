from decimal import Decimal
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.effects import ApproveBudget, AuthoriseProcurement
from domain.exempt import EnterExemptFigure, ExemptFigureEntered
from domain.values import Amount, Closed
from tests.domain.cases import DECISION_ID, UNHEARD_OF, asks, but, given
from tests.domain.wyvern import (
    ALONE,
    AUTHORISE,
    AWARD,
    AWARD_REPORT,
    BUDGET,
    CASE,
    CLERK,
    DIRECTOR,
    GRANTED_ALONE,
    OPEN,
    PLAN,
    REFERENCE,
    RESOLVED,
    STARTED,
    STRATEGY,
    WITHIN_THE_BUDGET,
    delegation,
    granted,
)
from tests.scenario import DAY, step

EXEMPT = Amount("exempt")
FIGURE = Amount("exempt", closed=Closed("250000"))
EXEMPT_BUDGET = granted(WITHIN_THE_BUDGET, replace(BUDGET, amount=EXEMPT))
EXEMPT_CAP = granted(replace(ALONE, cap=EXEMPT))
UP_TO_EXEMPT = (
    OPEN,
    but(STRATEGY, recommendations=(asks(PLAN), asks(replace(AUTHORISE, up_to=EXEMPT), "b"))),
    RESOLVED,
)


def enter(label: str, figure: Amount = FIGURE) -> step:
    return step(EnterExemptFigure(CASE, DECISION_ID, label, figure), CLERK)


def test_an_exempt_budget_is_used_once_its_figure_is_on_record() -> None:
    event = ExemptFigureEntered(DECISION_ID, "d", FIGURE)
    given(*EXEMPT_BUDGET).when(enter("d")).then(event)
    entered = (*EXEMPT_BUDGET, enter("d"))
    budget = given(*entered).procurement(REFERENCE).in_effect(ApproveBudget, DAY)
    assert budget
    assert budget.amount.figure == Decimal(250_000)
    steps = (*EXEMPT_BUDGET, AWARD_REPORT, enter("d"))
    award, authority = given(*steps).when(AWARD).then_refused("P7", "G1")
    exempt = "which is exempt from publication"
    assert award.reason == (
        f"What is asked for is more than the budget, {exempt}: it takes a separate report"
    )
    said = f"What is asked for is more than was delegated in all, {exempt}"
    assert authority.reason.startswith(said)


def test_what_may_be_spent_on_a_procurement_may_be_exempt() -> None:
    found = given(*UP_TO_EXEMPT, enter("b")).procurement(REFERENCE)
    authorised = found.in_effect(AuthoriseProcurement, DAY)
    assert authorised
    assert authorised.up_to == FIGURE
    assert authorised.tender_days == AUTHORISE.tender_days


def test_the_exempt_cap_of_an_authority_is_entered_in_its_own_stream_too() -> None:
    event = ExemptFigureEntered(DECISION_ID, "c", FIGURE)
    given(*EXEMPT_CAP).when(enter("c")).then(event, replace(event, about=REFERENCE))
    record = given(*EXEMPT_CAP, AWARD_REPORT, enter("c"))
    assert delegation(record).terms == replace(ALONE, cap=FIGURE)
    reason = record.when(AWARD).reason("G1")
    assert reason.startswith("What is asked for is more than was delegated in all, which is exempt")
    enough = enter("c", Amount("exempt", closed=Closed("300000")))
    given(*EXEMPT_CAP, AWARD_REPORT, enough).when(AWARD).outcome()


def test_a_figure_is_entered_once() -> None:
    reason = given(*EXEMPT_CAP, enter("c")).when(enter("c")).reason("C2")
    assert reason == "The figure is on record"


def test_a_figure_that_was_erased_is_not_entered_again() -> None:
    erased = enter("c", Amount("exempt", closed=Closed(None)))
    reason = given(*EXEMPT_CAP, erased).when(enter("c")).reason("C2")
    assert reason == "The figure was erased: a new decision has to set the amount again"


@pytest.mark.parametrize("label", ["a", "b", "c"])
def test_only_an_exempt_amount_has_a_figure_to_enter(label: str) -> None:
    reason = given(*GRANTED_ALONE).when(enter(label)).reason("C1")
    assert reason == "This resolution sets no exempt amount"


@pytest.mark.parametrize(("decision", "label"), [(UNHEARD_OF, "a"), (DECISION_ID, "z")])
def test_a_figure_is_of_a_resolution(decision: UUID, label: str) -> None:
    one = but(enter(label), decision=decision)
    assert given(*STARTED).when(one).reason("C1") == "There is no such resolution"


def test_an_exempt_figure_is_given_as_a_closed_one() -> None:
    record = given(*EXEMPT_CAP).when(enter("c", Amount("exact", Decimal(250_000))))
    assert record.reason("D9") == "The figure is exempt, so it is given as a closed one"


def test_whose_duty_it_is_enters_a_figure() -> None:
    given(*EXEMPT_CAP).when(enter("c")._replace(by=DIRECTOR)).then_refused("G1")
