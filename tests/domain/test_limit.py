"""Who sets the budget that limits an authority: who gave it, or whom it names (G1)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.constitution import BudgetSetting
from domain.effects import ApproveBudget, DelegateAuthority
from tests.domain.cases import UNHEARD_OF, asks, but, given, up_to
from tests.domain.test_awarded_under import imported
from tests.domain.test_passing_on import HEAD
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    AWARD_REPORT,
    BUDGET,
    BUYER,
    CABINET,
    DELEGATE,
    DIRECTOR,
    OPEN,
    SIGNATURE,
    STRATEGY,
    WITHIN_THE_BUDGET,
    awarding,
    deciding,
    granted,
    plan,
    reported,
    wyvern,
)
from tests.scenario import step

OWN = step(deciding(UNHEARD_OF, UNHEARD_OF, answers=(Answer("a", "agreed"),)), DIRECTOR)
"""A decision of the Director alone, on a budget of up to £300,000."""
OF_THE_DIRECTOR = (
    but(
        STRATEGY,
        report=UNHEARD_OF,
        gateway="budget",
        decision_class="officer",
        to=DELEGATE,
        recommendations=(asks(BUDGET),),
        combines=(),
    ),
    OWN,
)
SETS_ITS_OWN = replace(WITHIN_THE_BUDGET, budget_by=DELEGATE)
ROUTE = replace(
    next(one for one in wyvern().constitution.routes if one.gateway == "extension"),
    gateway="budget",
)
RULES = wyvern(routes=(*wyvern().constitution.routes, ROUTE))


def scheme(*posts: str) -> BudgetSetting:
    return BudgetSetting(posts=posts, standing="illustrative", where="financial regulations")


def after_own_budget(terms: DelegateAuthority) -> tuple[step, ...]:
    return (*granted(terms), *OF_THE_DIRECTOR, AWARD_REPORT)


def test_the_budget_of_who_gave_the_authority_counts() -> None:
    given(*granted(WITHIN_THE_BUDGET, BUDGET), AWARD_REPORT).when(AWARD).outcome()


def test_the_delegates_own_budget_does_not() -> None:
    record = given(*after_own_budget(WITHIN_THE_BUDGET), rules_=RULES)
    assert record.when(AWARD).reason("G1") == (
        "The authority is within the budget, and the one in effect was approved by "
        "Director of Public Health: for this it is set by Cabinet"
    )


def test_nor_does_it_raise_the_one_that_counts() -> None:
    steps = (*granted(WITHIN_THE_BUDGET, ApproveBudget(up_to("200000"))), *OF_THE_DIRECTOR)
    record = given(*steps, AWARD_REPORT, rules_=RULES)
    reason = record.when(AWARD).reason("G1")
    assert reason.startswith("£300,000 is more than was delegated in all, £200,000")
    within = reported(awarding("200000"))
    given(*steps, within, rules_=RULES).when(AWARD).outcome()


def test_it_does_where_the_resolution_says_so() -> None:
    given(*after_own_budget(SETS_ITS_OWN), rules_=RULES).when(AWARD).outcome()


def test_the_constitution_names_others_and_never_who_holds_the_authority() -> None:
    own = replace(RULES, constitution=replace(RULES.constitution, budget_setting=scheme(DELEGATE)))
    record = given(*after_own_budget(WITHIN_THE_BUDGET), rules_=own)
    (refusal,) = record.when(AWARD).then_refused("G1")
    assert refusal.reason.endswith("for this it is set by Cabinet")
    assert refusal.provenance == "illustrative: financial regulations"
    head = replace(RULES.constitution, budget_setting=scheme(HEAD))
    to_head = replace(ROUTE, decided_by=HEAD)
    head = replace(head, routes=(*wyvern().constitution.routes, to_head))
    report, decision = OF_THE_DIRECTOR
    steps = but(report, to=HEAD), decision._replace(by=BUYER)
    record = given(
        *granted(WITHIN_THE_BUDGET), *steps, AWARD_REPORT, rules_=replace(RULES, constitution=head)
    )
    record.when(AWARD).outcome()


def test_an_imported_award_above_the_budget_that_counts_is_not_signed() -> None:
    steps = (*granted(WITHIN_THE_BUDGET, ApproveBudget(up_to("200000"))), *OF_THE_DIRECTOR)
    record = given(*steps, *imported(AWARD_REPORT, AWARD), rules_=RULES)
    assert "£300,000 is more than was delegated, £200,000" in record.when(SIGNATURE).reason("P7")


@pytest.mark.parametrize(
    ("terms", "rule", "says"),
    [
        (
            replace(WITHIN_THE_BUDGET, budget_by="wyvern/nobody"),
            "C1",
            "There is no post “wyvern/nobody”: a post sets the budget",
        ),
        (
            replace(ALONE, budget_by=CABINET),
            "G1",
            "The authority has a cap of its own, and no budget is set for it",
        ),
    ],
)
def test_the_setter_is_a_post_and_there_is_a_budget_to_set(
    terms: DelegateAuthority, rule: str, says: str
) -> None:
    assert given(OPEN).when(plan(terms)).reason(rule) == says
