"""Ways round the limits of delegated authority, each of them closed."""

from msgspec.structs import replace

from domain.consultation import StandAside
from domain.opening import AbandonProcurement
from domain.values import procurement_id
from tests.domain.cases import (
    AWARD_REPORT_ID,
    DECISION_ID,
    SECOND_ID,
    UNHEARD_OF,
    asks,
    but,
    given,
    up_to,
)
from tests.domain.wyvern import (
    ALONE,
    AWARD_REPORT,
    BUDGET,
    CASE,
    CLERK,
    CONSULTED,
    DEPUTY_FOR_HEALTH,
    FOR_HEALTH,
    GRANTED_ALONE,
    HEALTH,
    HEALTH_AGREES,
    MANAGER,
    OPEN_OTHER,
    OTHER_REFERENCE,
    REFERENCE,
    WITHIN_THE_BUDGET,
    deciding,
    granted,
    plan,
)
from tests.scenario import step

OTHER = procurement_id(OTHER_REFERENCE)
PART = but(OPEN_OTHER, part_of=REFERENCE)
RAISE = but(
    AWARD_REPORT,
    gateway="budget",
    decision_class="cabinet",
    title="More money",
    recommendations=(asks(BUDGET),),
)


def test_who_spends_within_a_budget_does_not_set_it() -> None:
    reason = given(*granted(WITHIN_THE_BUDGET)).when(RAISE).reason("G1")
    assert reason == "The authority is within the budget: who delegated it sets that"


def test_a_budget_that_limits_no_authority_may_be_set_under_it() -> None:
    given(*GRANTED_ALONE).when(RAISE).outcome()
    given(*granted(WITHIN_THE_BUDGET), PART).when(but(RAISE, procurement=OTHER)).outcome()


def test_authority_ends_with_the_procurement_in_which_it_was_given() -> None:
    abandoned = step(AbandonProcurement(CASE, "No money is left"), MANAGER, source="the minutes")
    part = but(AWARD_REPORT, procurement=OTHER)
    _, refusal = given(*GRANTED_ALONE, PART, abandoned).when(part).then_refused("L1", "G1")
    reason = "The procurement in which this was delegated was abandoned: No money is left"
    assert refusal.reason == reason


def test_a_decision_that_delegated_is_not_taken_again_elsewhere_on_other_terms() -> None:
    strategy = but(plan(replace(ALONE, cap=up_to("900000"))), procurement=OTHER, report=UNHEARD_OF)
    again = step(deciding(UNHEARD_OF, DECISION_ID, "a", "b", "c"), CLERK)
    record = given(*GRANTED_ALONE, OPEN_OTHER, strategy).when(but(again, procurement=OTHER))
    assert record.reason("C2") == "This decision has been taken in another procurement"
    record.when(but(again, procurement=OTHER, decision=SECOND_ID)).outcome()


def test_who_has_an_interest_does_not_answer_by_calling_themselves_a_deputy() -> None:
    aside = step(StandAside(CASE, AWARD_REPORT_ID, HEALTH, "conflicted", "A share"), CLERK)
    disguised = HEALTH_AGREES._replace(by=replace(FOR_HEALTH, deputising=True))
    (refusal,) = given(*CONSULTED, aside).when(disguised).then_refused("G5")
    assert "a deputy answers instead" in refusal.reason
    given(*CONSULTED, aside).when(HEALTH_AGREES._replace(by=DEPUTY_FOR_HEALTH)).outcome()
