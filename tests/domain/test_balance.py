"""The balance of delegated authority, its terms, and what awards draw from it."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.delegation import AuthorityExercised
from domain.values import Amount, Closed
from tests.domain.cases import (
    AWARD_ID,
    AWARD_REPORT_ID,
    SECOND_ID,
    UNHEARD_OF,
    asks,
    but,
    exactly,
    given,
)
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    AWARD_REPORT,
    AWARDED,
    BUDGET,
    DIRECT,
    DIRECTOR,
    GRANTED_ALONE,
    SEVERAL,
    TO_BETA,
    UNDER,
    WITHIN_THE_BUDGET,
    awarding,
    deciding,
    delegation,
    drawn,
    granted,
    reported,
)
from tests.scenario import step

EXEMPT = Amount("exempt")
SECOND_REPORT, SECOND_AWARD = UNHEARD_OF, SECOND_ID
AGAIN = but(AWARD_REPORT, report=SECOND_REPORT, title="Award to Beta")
REPORT_BETA = but(AGAIN, recommendations=(asks(TO_BETA),))
AWARD_BETA = but(AWARD, report=SECOND_REPORT, decision=SECOND_AWARD)


def test_an_award_draws_its_price_from_the_balance() -> None:
    _, exercised = given(*GRANTED_ALONE, AWARD_REPORT).when(AWARD).outcome()
    assert exercised == AuthorityExercised(AWARD_ID, None, (drawn("300000"),))
    assert delegation(given(*AWARDED)).drawn == Decimal(300000)


def test_a_decision_that_awards_nothing_draws_nothing() -> None:
    no = but(AWARD, answers=(Answer("a", "not-agreed", "Too dear"),))
    record = given(*GRANTED_ALONE, AWARD_REPORT)
    assert len(record.when(no).outcome()) == 1


@pytest.mark.parametrize("over", ["300000.01", "300001"])
def test_an_award_above_the_cap_is_refused(over: str) -> None:
    record = given(*GRANTED_ALONE, reported(awarding(over)))
    reason = record.when(AWARD).reason("G1")
    says = {"300000.01": "£300,000.01", "300001": "£300,001"}[over]
    assert reason == (
        f"{says} is more than was delegated in all, £300,000: "
        "it takes a new report to who delegated it"
    )


def test_several_awards_share_one_balance() -> None:
    first = reported(awarding("200000"))
    steps = (*SEVERAL, first, AWARD, REPORT_BETA)
    _, exercised = given(*steps).when(AWARD_BETA).outcome()
    assert exercised == AuthorityExercised(SECOND_AWARD, None, (drawn("100000"),))
    dearer = but(AGAIN, recommendations=(asks(replace(TO_BETA, amount=exactly("100001"))),))
    reason = given(*steps[:-1], dearer).when(AWARD_BETA).reason("G1")
    assert reason.startswith("£300,001 is more than was delegated in all, £300,000")


def test_authority_for_one_award_is_used_up_by_it() -> None:
    steps = (*GRANTED_ALONE, reported(awarding("200000")), AWARD, REPORT_BETA)
    reason = given(*steps).when(AWARD_BETA).reason("G1")
    assert reason == "The authority is to award one contract, and no more than one"


def test_two_awards_in_one_decision_are_two() -> None:
    both = but(AWARD_REPORT, recommendations=(asks(awarding("100000")), asks(TO_BETA, "b")))
    decide = step(deciding(AWARD_REPORT_ID, AWARD_ID, "a", "b", under=UNDER), DIRECTOR)
    given(*GRANTED_ALONE, both).when(decide).then_refused("G1")
    _, exercised = given(*SEVERAL, both).when(decide).outcome()
    assert exercised == AuthorityExercised(
        AWARD_ID, None, (drawn("100000"), drawn("100000", label="b"))
    )


def test_a_yearly_price_draws_what_it_comes_to_over_the_term() -> None:
    yearly = awarding(Amount("exact", Decimal(100_000), per="year"))
    record = given(*GRANTED_ALONE, reported(yearly), AWARD)
    assert delegation(record).drawn == Decimal(300_000)
    dearer = awarding(Amount("exact", Decimal("100000.34"), per="year"))
    given(*GRANTED_ALONE, reported(dearer)).when(AWARD).then_refused("G1")


def test_within_the_budget_means_the_budget_that_has_effect() -> None:
    steps = granted(WITHIN_THE_BUDGET, BUDGET)
    given(*steps, AWARD_REPORT).when(AWARD).outcome()
    # What is above the budget is above it twice: as an award, and as a use of the authority.
    first, second = (
        given(*steps, AWARD_REPORT)
        .when(
            but(
                AWARD,
                answers=(Answer("a", "agreed-as-amended", "Dearer", "More", awarding("300001")),),
            )
        )
        .then_refused("P7", "G1")
    )
    assert first.reason == (
        "£300,001 is more than the budget, £300,000: it takes a separate report"
    )
    assert second.reason.startswith("£300,001 is more than was delegated in all, £300,000")


def test_without_a_budget_nothing_is_within_it() -> None:
    steps = granted(WITHIN_THE_BUDGET)
    reason = given(*steps, AWARD_REPORT).when(AWARD).reason("G1")
    assert reason == "The authority is within the budget, and no budget has been set"


def test_a_cap_that_is_exempt_and_not_known_here_shows_nothing_to_be_kept() -> None:
    steps = granted(replace(ALONE, cap=EXEMPT))
    reason = given(*steps, AWARD_REPORT).when(AWARD).reason("G1")
    assert reason == "The figure of the cap is not on record here: enter it first"
    budget = granted(WITHIN_THE_BUDGET, replace(BUDGET, amount=EXEMPT))
    reason = given(*budget, AWARD_REPORT).when(AWARD).reason("G1")
    assert reason == "The figure of the budget is not on record here: enter it first"


def test_what_is_above_an_exempt_cap_is_said_without_the_figures() -> None:
    steps = granted(replace(ALONE, cap=Amount("exempt", closed=Closed("299999"))))
    reason = given(*steps, AWARD_REPORT).when(AWARD).reason("G1")
    assert reason.startswith("What is asked for is more than was delegated in all, which is exempt")
    assert "299" not in reason


def test_an_amount_that_is_not_known_keeps_to_no_cap() -> None:
    unknown = reported(awarding(Amount("unknown")))._replace(source="the minutes")
    record = given(*GRANTED_ALONE, unknown)
    _, cap = record.when(AWARD).then_refused("L2", "G1")
    assert cap.reason == "An amount is not known: nothing shows that the cap is kept"
    taken = AWARD._replace(source="the minutes")
    later = given(*SEVERAL, unknown, taken, REPORT_BETA)
    assert delegation(later).drawn is None
    assert later.when(AWARD_BETA).reason("G1") == cap.reason


# Term and options.


def test_an_award_runs_no_longer_than_was_delegated() -> None:
    shorter = granted(replace(ALONE, months=24))
    reason = given(*shorter, AWARD_REPORT).when(AWARD).reason("T1")
    assert reason == "The authority is for a contract of 24 months at most"
    given(*granted(replace(ALONE, months=None)), AWARD_REPORT).when(AWARD).outcome()


@pytest.mark.parametrize("options", [(), (24,), (24, 24)])
def test_an_award_may_give_the_options_that_were_delegated(options: tuple[int, ...]) -> None:
    given(*GRANTED_ALONE, reported(replace(DIRECT, extensions=options))).when(AWARD).outcome()


def test_an_award_gives_no_other_options_than_were_delegated() -> None:
    one = granted(replace(ALONE, extensions=(24,)))
    both = reported(replace(DIRECT, extensions=(24, 24)))
    reason = given(*one, both).when(AWARD).reason("T1")
    assert reason == "The authority does not cover these options to extend"


def test_against_a_yearly_cap_awards_count_by_the_year_as_if_they_ran_together() -> None:
    yearly = Amount("up-to", Decimal(100_000), per="year")
    award = awarding(Amount("exact", Decimal(300_000)))
    a_year = round(Decimal(300_000) * 12 / award.months, 2)
    fits = replace(ALONE, cap=replace(yearly, pounds=a_year))
    given(*granted(fits), reported(award)).when(AWARD).outcome()
    tight = replace(ALONE, cap=replace(yearly, pounds=a_year - Decimal("0.01")))
    reason = given(*granted(tight), reported(award)).when(AWARD).reason("G1")
    assert "more than was delegated in all" in reason
