"""A budget approved anew: for authority within it, for changes, and by whom it may be (P7, G1)."""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from domain.constitution import Constitution
from domain.effects import ApproveBudget
from domain.passing_on import PassOnAuthority
from domain.variation import ChangeContract
from tests.domain.cases import DECISION_ID, asks, but, given, up_to
from tests.domain.test_budget import FIRST, SECOND, SEVERAL_ALONE, SEVERAL_WITHIN
from tests.domain.test_budget_anew import ERASED, LOST, NEXT, anew, award, imported
from tests.domain.test_limit import OF_THE_DIRECTOR, ROUTE, RULES, scheme
from tests.domain.test_passing_on import HEAD
from tests.domain.test_variation_under import ON
from tests.domain.varying import to
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    AWARD_REPORT,
    BUDGET,
    BUYER,
    CABINET,
    CASE,
    CLERK,
    DELEGATE,
    DIRECTOR,
    MANAGER,
    OTHER_REFERENCE,
    SIGNATURE,
    awarded_in,
    awarding,
    deciding,
    granted,
    wyvern,
)
from tests.scenario import step

WITHIN = (*granted(SEVERAL_WITHIN, BUDGET), *FIRST, *SECOND)
UNDER_IT = (*WITHIN, *awarded_in(OTHER_REFERENCE, 1, awarding("250000")))


def test_authority_within_the_budget_has_the_rest_that_was_approved_anew() -> None:
    report, decision = award("100000")
    given(*UNDER_IT, report).when(decision).then_refused("P7", "G1")
    again = anew("100000", rest=False)
    given(*UNDER_IT, *again, report).when(decision).then_refused("P7", "G1")
    given(*UNDER_IT, *anew("100000"), report).when(decision).outcome()
    report, decision = award("100000.01")
    refused = given(*UNDER_IT, *anew("100000"), report).when(decision).then_refused("P7", "G1")
    assert refused[1].reason.startswith("£100,000.01 is more than was delegated in all, £100,000")


def test_also_where_what_was_drawn_under_it_was_erased() -> None:
    erased = imported(*awarded_in(OTHER_REFERENCE, 1, awarding(LOST)))
    report, decision = award("100000")
    refused = given(*WITHIN, *erased, report).when(decision).then_refused("P7", "G1")
    assert refused[1].reason.startswith("An amount drawn under it was erased")
    given(*WITHIN, *erased, *anew("100000"), report).when(decision).outcome()


def test_what_was_drawn_under_a_cap_of_its_own_goes_on_counting() -> None:
    steps = (*granted(SEVERAL_ALONE, BUDGET), *FIRST, *SECOND)
    first = awarded_in(OTHER_REFERENCE, 1, awarding("250000"))
    report, decision = award("100000")
    record = given(*steps, *first, *anew("100000"), report)
    (refusal,) = record.when(decision).then_refused("G1")
    assert refusal.reason.startswith("£350,000 is more than was delegated in all, £300,000")


def test_no_more_is_passed_on_than_is_left_of_what_was_approved_anew() -> None:
    may = replace(SEVERAL_WITHIN, passing_on=True)
    steps = (*granted(may, BUDGET), *FIRST, *SECOND)
    steps = (*steps, *awarded_in(OTHER_REFERENCE, 1, awarding("250000")), *anew("100000"))
    pass_on = PassOnAuthority(CASE, DECISION_ID, "c", HEAD, up_to("100000"), "The smaller ones")
    given(*steps).when(step(pass_on, DIRECTOR, NEXT)).outcome()
    more = replace(pass_on, up_to=up_to("100000.01"))
    reason = given(*steps).when(step(more, DIRECTOR, NEXT)).reason("G1")
    assert reason.startswith("£100,000.01 is more than is left, £100,000")


# By whom.

WHOLE, REST = ApproveBudget(up_to("300000")), ApproveBudget(up_to("100000"), anew=True)


def own(effect: ApproveBudget, number: int = 900) -> tuple[step, step]:
    """The Director alone approves a budget."""
    ids = UUID(int=number), UUID(int=number + 1)
    put_up = but(OF_THE_DIRECTOR[0], report=ids[0], recommendations=(asks(effect),))
    taken = step(deciding(*ids, "a"), DIRECTOR, NEXT)
    return put_up.at(NEXT), taken


def test_nobody_starts_the_count_again_who_does_not_set_the_budget() -> None:
    report, decision = award("50000")
    record = given(*UNDER_IT, *own(REST), report, rules_=RULES)
    (refusal,) = record.when(decision).then_refused("P7")
    assert refusal.reason.startswith("£300,000 is more than the budget of wyvern-2022-1")


def test_who_holds_the_authority_does_where_the_resolution_names_them() -> None:
    named = replace(SEVERAL_WITHIN, budget_by=DELEGATE)
    drawn = awarded_in(OTHER_REFERENCE, 1, awarding("250000"))
    report, decision = award("100000")
    steps = (*granted(named, BUDGET), *FIRST, *SECOND, *drawn, *own(REST), report)
    given(*steps, rules_=RULES).when(decision).outcome()


def test_who_approved_the_budget_approves_it_anew() -> None:
    steps = (*granted(SEVERAL_ALONE), *FIRST, *SECOND, *ERASED)
    report, decision = award("100000")
    before = (*steps, *own(WHOLE))
    assert (
        given(*before, report, rules_=RULES)
        .when(decision)
        .reason("P7")
        .endswith("It is approved anew, for what is still to be bought")
    )
    given(*before, *own(REST, 910), report, rules_=RULES).when(decision).outcome()
    other = (*granted(SEVERAL_ALONE, BUDGET), *FIRST, *SECOND, *ERASED)
    record = given(*other, *own(REST), report, rules_=RULES)
    assert record.when(decision).reason("P7").startswith("An amount drawn on it was erased")


def test_the_constitution_names_who_does_too() -> None:
    def by_the_head(found: Constitution) -> Constitution:
        routes = (*wyvern().constitution.routes, replace(ROUTE, decided_by=HEAD))
        return replace(found, routes=routes)

    report, decision = award("100000")
    put_up, taken = own(REST)
    steps = (*granted(SEVERAL_ALONE, BUDGET), *FIRST, *SECOND, *ERASED)
    steps = (*steps, but(put_up, to=HEAD), taken._replace(by=BUYER), report)
    routed = by_the_head(RULES.constitution)
    named = replace(RULES, constitution=replace(routed, budget_setting=scheme(HEAD)))
    given(*steps, rules_=named).when(decision).outcome()
    unnamed = replace(RULES, constitution=routed)
    assert "was erased" in given(*steps, rules_=unnamed).when(decision).reason("P7")


# Changes.

AWARDED_BEFORE = (*granted(ALONE, BUDGET), AWARD_REPORT, AWARD, *anew("50000"), SIGNATURE)
"""A contract of £300,000, and another £50,000 for what is still to be bought."""


def to_cabinet(pounds: str, n: int = 1) -> tuple[step, step]:
    put_up = but(
        AWARD_REPORT.at(ON),
        report=UUID(int=80 + n),
        gateway="variation",
        decision_class="cabinet",
        class_reason="It is a matter for the Cabinet",
        to=CABINET,
        under=None,
        recommendations=(asks(to(pounds)),),
    )
    return put_up, step(deciding(UUID(int=80 + n), UUID(int=90 + n), "a"), CLERK, ON)


def test_of_a_contract_from_before_only_what_is_added_counts() -> None:
    given(*AWARDED_BEFORE).when(to_cabinet("350000")[0]).outcome()
    reason = given(*AWARDED_BEFORE).when(to_cabinet("350000.01")[0]).reason("P7")
    assert reason == (
        "£50,000.01 is more than the budget, £50,000, for what is added since it was approved "
        "anew: it takes a separate report"
    )


def test_with_what_earlier_changes_added_since() -> None:
    made = step(ChangeContract(CASE, UUID(int=91), "a"), MANAGER, ON)
    steps = (*AWARDED_BEFORE, *to_cabinet("340000"), made)
    given(*steps).when(to_cabinet("350000", 2)[0]).outcome()
    reason = given(*steps).when(to_cabinet("350000.01", 2)[0]).reason("P7")
    assert reason.startswith("£50,000.01 is more than the budget, £50,000")


def test_a_contract_that_was_awarded_since_counts_in_full() -> None:
    since = AWARD_REPORT.at(NEXT), AWARD.at(NEXT), SIGNATURE.at(NEXT)
    steps = (*granted(ALONE, BUDGET), *anew("350000"), *since)
    given(*steps).when(to_cabinet("350000")[0]).outcome()
    assert given(*steps).when(to_cabinet("350000.01")[0]).reason("P7") == (
        "£350,000.01 is more than the budget, £350,000: it takes a separate report"
    )
