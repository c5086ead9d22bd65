"""One budget for a plan and its parts: whatever is awarded there is summed against it (P7)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.abandoning import AbandonProcurement
from domain.answers import Answer
from domain.budget import Budget, BudgetDrawn, budget_id, drawn_on, left_of
from domain.delegating import RevokeAuthority
from domain.drawing import DrawingGivenBack, Drawn
from domain.reported import Under
from domain.values import Amount, Closed, procurement_id
from domain.withdrawing import WithdrawReport
from tests.domain.cases import (
    AWARD_ID,
    DECISION_ID,
    SECOND_ID,
    UNHEARD_OF,
    asks,
    but,
    exactly,
    given,
)
from tests.domain.test_authority_in_effect import (
    AWARDS_CALLED_IN,
    CLOSED,
    OPEN_TO_CALL_IN,
    RECONSIDERED,
)
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    BUDGET,
    CASE,
    CLERK,
    MANAGER,
    OTHER_REFERENCE,
    REFERENCE,
    STARTED,
    UNDER,
    WITHIN_THE_BUDGET,
    awarded_in,
    awarding,
    deciding,
    drawn,
    granted,
    part,
    plan,
    reported,
)
from tests.scenario import step

THIRD_REFERENCE = "wyvern-2022-3"
SEVERAL_WITHIN = replace(WITHIN_THE_BUDGET, awards="several")
SEVERAL_ALONE = replace(ALONE, awards="several")
FIRST, SECOND = part(OTHER_REFERENCE, 1), part(THIRD_REFERENCE, 2)
FUNDED = (*granted(SEVERAL_ALONE, BUDGET), *FIRST, *SECOND)
"""A budget of £300,000, an authority of £300,000 of its own, and two parts of the plan."""
DIRECTLY = awarded_in(OTHER_REFERENCE, 1, awarding("200000"), None)
FIRST_AWARD, SECOND_AWARD = UUID(int=104), UUID(int=204)
TOO_MUCH = (
    "£300,001 is more than the budget of wyvern-2022-1 and the parts of its plan in all, "
    "£300,000: it takes a separate report"
)


def in_first(pounds: str | Amount, under: Under | None = None) -> tuple[step, ...]:
    return awarded_in(OTHER_REFERENCE, 1, awarding(pounds), under)


def in_second(pounds: str | Amount, under: Under | None = None) -> tuple[step, ...]:
    return awarded_in(THIRD_REFERENCE, 2, awarding(pounds), under)


def there(reference: str, pounds: str) -> Drawn:
    return drawn(pounds, reference)


def budget(record: given) -> Budget:
    found: Budget = record.record[budget_id(REFERENCE)]
    return found


def may(*steps: step, rules_: Any = None) -> None:
    """The last step is taken after the others."""
    given(*steps[:-1], rules_=rules_).when(steps[-1]).outcome()


def why_not(*steps: step, rules_: Any = None) -> str:
    return given(*steps[:-1], rules_=rules_).when(steps[-1]).reason("P7")


def test_an_award_in_a_part_draws_on_the_budget_of_the_plan() -> None:
    mine = (there(OTHER_REFERENCE, "200000"),)
    report, award = DIRECTLY
    _, event = given(*FUNDED, report).when(award).outcome()
    assert event == BudgetDrawn(REFERENCE, FIRST_AWARD, None, mine)
    record = given(*FUNDED, *DIRECTLY)
    assert (budget(record).reference, budget(record).drawn) == (REFERENCE, Decimal(200_000))


@pytest.mark.parametrize("first", [None, UNDER])
@pytest.mark.parametrize("second", [None, UNDER])
def test_awards_in_parts_are_summed_with_or_without_delegated_authority(
    first: Under | None, second: Under | None
) -> None:
    wide = granted(replace(SEVERAL_ALONE, cap=exactly("900000")), BUDGET)
    steps = (*wide, *FIRST, *SECOND, *in_first("200000", first))
    may(*steps, *in_second("100000", second))
    assert why_not(*steps, *in_second("100001", second)) == TOO_MUCH


def test_the_budget_binds_one_award_in_a_part_by_itself() -> None:
    may(*FUNDED, *in_first("300000"))
    assert why_not(*FUNDED, *in_first("300001")) == TOO_MUCH


def test_two_authorities_within_one_budget_share_it() -> None:
    both = granted(SEVERAL_WITHIN, BUDGET, replace(SEVERAL_WITHIN, purpose="award the rest"))
    other = Under(REFERENCE, DECISION_ID, "e")
    steps = (*both, *FIRST, *SECOND, *in_first("200000", UNDER))
    may(*steps, *in_second("100000", other))
    assert why_not(*steps, *in_second("100001", other)) == TOO_MUCH


def test_an_authority_with_a_cap_of_its_own_shares_the_budget_as_well() -> None:
    both = granted(SEVERAL_WITHIN, BUDGET, replace(SEVERAL_ALONE, cap=exactly("150000")))
    capped = Under(REFERENCE, DECISION_ID, "e")
    steps = (*both, *FIRST, *SECOND, *in_first("200000", UNDER))
    may(*steps, *in_second("100000", capped))
    assert why_not(*steps, *in_second("100001", capped)) == TOO_MUCH


def test_awards_in_the_plan_itself_count_with_those_in_its_parts() -> None:
    own = reported(awarding("200000"), under=None), but(AWARD, under=None)
    may(*FUNDED, *own, *in_first("100000"))
    assert why_not(*FUNDED, *own, *in_first("100001")) == TOO_MUCH
    assert why_not(*FUNDED, *in_first("100001"), *own) == TOO_MUCH
    record = given(*FUNDED, *in_first("100000"), *own)
    assert budget(record).awards == (there(OTHER_REFERENCE, "100000"), drawn("200000"))


def test_what_was_awarded_before_there_was_a_budget_counts() -> None:
    own = reported(awarding("200000"), under=None), but(AWARD, under=None)
    funding = but(plan(BUDGET), report=UNHEARD_OF)
    funded = step(deciding(UNHEARD_OF, SECOND_ID, "a", "b", "c"), CLERK)
    steps = (*STARTED, *FIRST, *SECOND, *own, *in_first("60000"), funding, funded)
    assert "budget" not in str(given(*STARTED, own[0]).when(own[1]).outcome()[1:])
    may(*steps, *in_second("40000"))
    assert why_not(*steps, *in_second("40001")) == TOO_MUCH
    gone = step(AbandonProcurement(CASE, "No money"), MANAGER)
    may(*steps, gone, *in_second("240000"))
    assert why_not(*steps, gone, *in_second("240001")) == TOO_MUCH


def test_without_a_budget_of_the_plan_nothing_limits_its_parts_together() -> None:
    may(*STARTED, *FIRST, *SECOND, *in_first("300000"), *in_second("300000"))


def test_a_procurement_on_its_own_draws_only_where_it_has_a_budget() -> None:
    own = reported(awarding("200000"), under=None), but(AWARD, under=None)
    (taken,) = given(*STARTED, own[0]).when(own[1]).outcome()
    assert not isinstance(taken, BudgetDrawn)
    steps = granted(ALONE, BUDGET)
    _, event = given(*steps, own[0]).when(own[1]).outcome()
    assert event == BudgetDrawn(REFERENCE, AWARD_ID, None, (drawn("200000"),))


def test_of_two_awards_in_one_procurement_only_one_is_signed_and_the_dearest_counts() -> None:
    first, second = in_first("200000")
    again = but(first, report=UNHEARD_OF, recommendations=(asks(awarding("100000")),))
    award = but(second, report=UNHEARD_OF, decision=SECOND_ID)
    steps = (*FUNDED, first, second, again, award)
    may(*steps, *in_second("100000"))
    assert why_not(*steps, *in_second("100001")) == TOO_MUCH


def test_an_award_that_draws_nothing_leaves_the_budget_alone() -> None:
    report, award = in_first("200000")
    no = but(award, answers=(Answer("a", "not-agreed", "Too dear"),))
    assert len(given(*FUNDED, report).when(no).outcome()) == 1


# What goes back.


def test_abandoning_a_part_gives_back_to_the_budget() -> None:
    gone = step(AbandonProcurement(procurement_id(OTHER_REFERENCE), "No need"), MANAGER)
    record = given(*FUNDED, *DIRECTLY)
    mine = (there(OTHER_REFERENCE, "200000"),)
    _, event = record.when(gone).outcome()
    assert event == DrawingGivenBack(FIRST_AWARD, mine, "No need")
    record = given(*FUNDED, *DIRECTLY, gone)
    assert (budget(record).drawn, budget(record).returned) == (Decimal(0), mine)
    may(*FUNDED, *DIRECTLY, gone, *in_second("300000"))


def back(reference: str, decision: UUID) -> tuple[step, ...]:
    """An award is called in and referred back."""
    case = procurement_id(reference)
    fields: dict[str, Any] = {"procurement": case, "decision": decision}
    call_in, referred_back = AWARDS_CALLED_IN[-2:]
    return but(call_in, resolutions=(), **fields), but(referred_back, **fields)


REFERRED = (*FUNDED, *DIRECTLY, *back(OTHER_REFERENCE, FIRST_AWARD))
AGAIN = but(
    RECONSIDERED, procurement=procurement_id(OTHER_REFERENCE), report=UUID(int=103), under=None
)


def test_an_award_that_is_reconsidered_gives_back_what_it_drew_on_the_budget() -> None:
    cheaper = Answer("a", "agreed-as-amended", "Less", "Less", awarding("150000"))
    for answer, left in (Answer("a", "not-agreed", "No"), 0), (cheaper, 150_000):
        record = given(*REFERRED, but(AGAIN, answers=(answer,)), rules_=OPEN_TO_CALL_IN)
        assert budget(record).drawn == left
    dearer = Answer("a", "agreed-as-amended", "More", "More", awarding("300001"))
    most = replace(dearer, effect=awarding("300000"))
    may(*REFERRED, but(AGAIN, answers=(most,)), rules_=OPEN_TO_CALL_IN)
    more = but(AGAIN, answers=(dearer,))
    assert why_not(*REFERRED, more, rules_=OPEN_TO_CALL_IN) == TOO_MUCH


def test_an_award_under_an_authority_that_ended_gives_back_to_the_budget_too() -> None:
    steps = (*FUNDED, *in_first("200000", UNDER), *back(OTHER_REFERENCE, FIRST_AWARD))
    revoke = step(RevokeAuthority(CASE, DECISION_ID, "c", "Not needed"), CLERK, CLOSED)
    withdraw = step(
        WithdrawReport(procurement_id(OTHER_REFERENCE), UUID(int=103), "It ended"), MANAGER, CLOSED
    )
    record = given(*steps, revoke, withdraw, rules_=OPEN_TO_CALL_IN)
    assert (budget(record).drawn, budget(record).awards) == (Decimal(0), ())


# Figures that are not known, or not to be shown.


def exempt(pounds: str | None) -> Amount:
    return Amount("exempt", closed=None if pounds is None else Closed(pounds))


def test_an_exempt_budget_binds_and_is_not_shown() -> None:
    steps = (*granted(SEVERAL_ALONE, replace(BUDGET, amount=exempt("300000"))), *FIRST, *SECOND)
    may(*steps, *in_first("200000"), *in_second("100000"))
    reason = why_not(*steps, *in_first("200000"), *in_second("100001"))
    assert reason == (
        "What is asked for is more than the budget of wyvern-2022-1 and the parts of its plan in "
        "all, which is exempt from publication: it takes a separate report"
    )


def test_a_budget_whose_figure_is_not_on_record_limits_nothing_yet() -> None:
    steps = (*granted(SEVERAL_ALONE, replace(BUDGET, amount=exempt(None))), *FIRST, *SECOND)
    may(*steps, *in_first("300000"), *in_second("300000"))


def test_a_budget_whose_figure_was_erased_has_to_be_set_again() -> None:
    erased = Amount("exempt", closed=Closed(None))
    steps = (*granted(SEVERAL_ALONE, replace(BUDGET, amount=erased)), *FIRST)
    reason = why_not(*steps, *in_first("1"))
    assert reason == "The figure of the budget of wyvern-2022-1 was erased: it has to be set again"


def test_beside_an_amount_that_is_not_known_nothing_shows_that_the_budget_is_kept() -> None:
    unknown = [one._replace(source="the minutes") for one in in_first(Amount("unknown"))]
    reason = why_not(*FUNDED, *unknown, *in_second("1"))
    assert reason == (
        "An amount is not known: nothing shows that the budget of wyvern-2022-1 is kept"
    )


def test_a_yearly_budget_counts_awards_as_if_they_ran_together() -> None:
    yearly = replace(BUDGET, amount=Amount("up-to", Decimal(100_000), per="year"))
    steps = (*granted(SEVERAL_ALONE, yearly), *FIRST, *SECOND)
    may(*steps, *in_first("200000"), *in_second("100000"))
    assert "£100,000.34 is more than" in why_not(*steps, *in_first("200000"), *in_second("100001"))


def test_what_is_left_of_a_budget_is_what_awards_in_the_plan_and_its_parts_leave() -> None:
    record = given(*FUNDED, *DIRECTLY)
    source = record.procurement(REFERENCE)
    assert drawn_on(source, budget(record), AWARD.context()) == (there(OTHER_REFERENCE, "200000"),)
    assert left_of(source, budget(record), BUDGET.amount, AWARD.context()) == Decimal(100_000)
    assert left_of(source, budget(record), exempt(None), AWARD.context()) is None
