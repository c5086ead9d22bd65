"""What belongs together stays together: gateways of one report, procurements of one decision."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.abandoning import AbandonProcurement
from domain.acts import Act
from domain.answers import Answer
from domain.award import why_not_erased
from domain.effects import ApproveBudget, AuthoriseProcurement
from domain.messages import fold
from domain.notices import PublishKeyDecisionNotice
from domain.procurement import Procurement
from domain.publication import PublishDecision
from domain.values import Amount, Closed
from domain.withdrawing import WithdrawReport
from tests.domain import cases
from tests.domain.cases import (
    DECISION_ID,
    EVALUATED,
    REPORT_ID,
    UNHEARD_OF,
    acts,
    asks,
    but,
    closed_to_all_but,
    exactly,
    given,
    leeds,
)
from tests.domain.wyvern import (
    ALONE,
    AUTHORISE,
    BUDGET,
    CASE,
    CLERK,
    MANAGER,
    OPEN,
    OPEN_OTHER,
    OTHER,
    OTHER_REFERENCE,
    PLAN,
    REFERENCE,
    RESOLVED,
    STRATEGY,
    awarding,
    granted,
    reported,
)
from tests.scenario import step

BOTH = (OTHER_REFERENCE,)
SHARED = but(STRATEGY, also=BOTH, class_reason="Two small purchases")
SHARED_DECISION = but(RESOLVED, also=BOTH)
GIVEN_UP = step(AbandonProcurement(CASE, "No money is left"), MANAGER)
TENDERED = date(2022, 12, 6)


def test_a_later_gateway_is_not_passed_where_the_earlier_one_of_the_same_report_is_not() -> None:
    answers = (Answer("a", "not-agreed", "Too vague"), Answer("b", "agreed"))
    reason = given(OPEN, STRATEGY).when(but(RESOLVED, answers=answers)).reason("L1")
    assert reason.startswith("The same report passes “")
    assert reason.endswith("”: agree to it too, or to neither")
    neither = tuple(replace(one, outcome="not-agreed", reason="Too vague") for one in answers)
    given(OPEN, STRATEGY).when(but(RESOLVED, answers=neither)).outcome()


def test_a_combined_report_passes_the_earlier_gateway_in_every_procurement() -> None:
    only_one = replace(asks(PLAN), about=REFERENCE)
    report = but(SHARED, recommendations=(only_one, asks(AUTHORISE, "b")))
    (refusal,) = given(OPEN, OPEN_OTHER).when(report).then_refused("L1")
    assert refusal.reason.startswith(f"{OTHER_REFERENCE}: A report that passes")


def test_a_procurement_is_not_abandoned_under_a_report_that_concerns_others_too() -> None:
    reason = given(OPEN, OPEN_OTHER, SHARED).when(GIVEN_UP).reason("L1")
    assert f"concerns {OTHER_REFERENCE} too: decide or withdraw it first" in reason
    withdrawn = step(WithdrawReport(CASE, REPORT_ID, "A figure is wrong", also=BOTH), MANAGER)
    given(OPEN, OPEN_OTHER, SHARED, withdrawn).when(GIVEN_UP).outcome()


def test_a_decision_goes_on_where_one_of_its_procurements_was_abandoned_since() -> None:
    other = but(GIVEN_UP, procurement=OTHER)
    publish = step(PublishDecision(CASE, DECISION_ID, also=BOTH), CLERK)
    record = given(OPEN, OPEN_OTHER, SHARED, SHARED_DECISION, other)
    record.when(publish).outcome()
    again = but(SHARED, report=UNHEARD_OF)
    assert "C2" in [one.rule for one in record.when(again).then_refused("C2")]


def test_the_notice_of_a_decision_over_several_is_given_in_each() -> None:
    key = but(SHARED, decision_class="key")
    notice = step(PublishKeyDecisionNotice(CASE, "strategy"), CLERK)
    record = given(OPEN, OPEN_OTHER, key, but(notice, also=BOTH))
    for reference in REFERENCE, OTHER_REFERENCE:
        assert list(record.procurement(reference).notices) == ["strategy"]
    one_by_one = given(OPEN, OPEN_OTHER, key, notice)
    one_by_one.when(but(notice, procurement=OTHER)).outcome()


ERASED = Amount("exempt", closed=Closed(None))


@pytest.mark.parametrize(
    ("effect", "what"),
    [
        (replace(BUDGET, amount=ERASED), "budget"),
        (replace(AUTHORISE, up_to=ERASED), "amount that was authorised"),
    ],
)
def test_a_limit_whose_figure_was_erased_has_to_be_set_again(
    effect: ApproveBudget | AuthoriseProcurement, what: str
) -> None:
    amount = effect.amount if isinstance(effect, ApproveBudget) else effect.up_to
    (refusal,) = why_not_erased(amount, what)
    assert refusal.reason == f"The figure of the {what} was erased: it has to be set again"
    assert list(why_not_erased(exactly("1"), what)) == []


def test_an_award_against_an_erased_budget_is_refused() -> None:
    steps = granted(ALONE, replace(BUDGET, amount=ERASED))
    refusals = given(*steps).when(reported(awarding("1"))).then_refused("P7")
    assert "was erased" in refusals[0].reason


def offered(budget: Amount, *more: step) -> Act:
    """The budget's own gateway at Leeds, where tenders came in at £380,000."""
    usual = next(one for one in leeds().constitution.gateways if one.id == "procurement")
    gateway = replace(usual, id="budget", title="Budget", asks_for="approve-budget")
    route = replace(leeds().constitution.routes[0], gateway="budget")
    rules = leeds(
        gateways=(*leeds().constitution.gateways, gateway),
        routes=(*leeds().constitution.routes, route),
        closed=closed_to_all_but(*(one.by.post for one in EVALUATED)),
    )
    opened, report, decision, *rest = EVALUATED
    asked = (asks(cases.AUTHORISE), asks(cases.AWARD_LATER, "b"))
    with_budget = (*asked, asks(ApproveBudget(budget), "c"))
    agreed = tuple(Answer(one, "agreed") for one in "abc")
    steps = (opened, but(report, recommendations=with_budget), but(decision, answers=agreed))
    return acts(*steps, *rest, *more, on=TENDERED, rules_=rules)["put-up-report budget"]


@pytest.mark.parametrize(("budget", "waits"), [("379999", True), ("380000", False)])
def test_where_the_price_is_above_the_budget_a_report_on_the_budget_waits(
    budget: str, waits: bool
) -> None:
    found = offered(exactly(budget))
    assert (found.awaited, found.refusals) == (waits, ())


def once_more(budget: Amount) -> Act:
    """The same where a second report has set the budget."""
    more = (asks(ApproveBudget(budget)),)
    report = but(EVALUATED[1], gateway="budget", report=UNHEARD_OF, recommendations=more)
    one = (Answer("a", "agreed"),)
    decided = but(EVALUATED[2], report=UNHEARD_OF, decision=cases.SECOND_ID, answers=one)
    return offered(budget, report.at(TENDERED), decided.at(TENDERED))


def test_a_budget_that_is_still_too_small_comes_back_in_a_new_version() -> None:
    found = once_more(exactly("379999"))
    assert (found.title, found.awaited) == ("Put up a new version of “Authority to procure”", True)


@pytest.mark.parametrize("figure", ["1", "379999", "9999999", None])
def test_whether_a_closed_budget_is_too_small_is_not_told_by_what_is_offered(
    figure: str | None,
) -> None:
    closed = Amount("exempt", closed=Closed(figure) if figure else None)
    first, again = offered(closed), once_more(closed)
    assert (first.title, first.awaited) == ("Put up the first report at “Budget”", False)
    assert (again.title, again.awaited) == ("Put up a new version of “Authority to procure”", False)


def test_without_history_nothing_changes() -> None:
    blank = Procurement(reference=str(UUID(int=0)))
    assert fold(blank, ()) is blank
