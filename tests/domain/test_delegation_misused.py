"""Ways round the limits of delegated authority, each of them closed."""

from msgspec.structs import replace

from domain.abandoning import AbandonProcurement
from domain.answers import Answer
from domain.consultation import StandAside
from domain.delegating import RevokeAuthority
from domain.effects import RequireReport
from domain.messages import Actor
from domain.values import procurement_id
from tests.domain.cases import (
    AWARD_REPORT_ID,
    DECISION_ID,
    SECOND_ID,
    UNHEARD_OF,
    asks,
    but,
    exactly,
    given,
    up_to,
)
from tests.domain.wyvern import (
    ALONE,
    ASK,
    AWARD,
    AWARD_REPORT,
    BUDGET,
    CABINET,
    CASE,
    CLERK,
    CONSULTED,
    DELEGATE,
    DEPUTY_FOR_HEALTH,
    DIRECTOR,
    FAMILIES_AGREES,
    FOR_HEALTH,
    GRANTED,
    GRANTED_ALONE,
    HEALTH,
    HEALTH_AGREES,
    MANAGER,
    OPEN_OTHER,
    OTHER_REFERENCE,
    REFERENCE,
    WITHIN_THE_BUDGET,
    awarding,
    deciding,
    granted,
    plan,
    reported,
)
from tests.scenario import rules, step

OTHER = procurement_id(OTHER_REFERENCE)
PART = but(OPEN_OTHER, part_of=REFERENCE)
RAISE = but(
    AWARD_REPORT,
    gateway="budget",
    decision_class="officer",
    title="More money",
    recommendations=(asks(BUDGET),),
)


def test_under_authority_to_award_nothing_else_is_decided() -> None:
    wanted = "The authority is to award contracts, and to decide nothing else"
    assert given(*granted(WITHIN_THE_BUDGET)).when(RAISE).reason("G1") == wanted
    assert given(*GRANTED_ALONE).when(RAISE).reason("G1") == wanted
    part = given(*granted(WITHIN_THE_BUDGET), PART).when(but(RAISE, procurement=OTHER))
    assert part.reason("G1") == wanted


def test_a_report_under_authority_asks_for_an_award() -> None:
    back = RequireReport("how it goes", DELEGATE, CABINET)
    only = but(AWARD_REPORT, recommendations=(asks(back),))
    reason = given(*GRANTED_ALONE).when(only).reason("G1")
    assert reason == "A report under delegated authority asks for an award"


def test_consultees_are_asked_again_about_an_award_that_they_were_not_asked_about() -> None:
    asked = awarding("200000", months=24)
    heard = (*GRANTED, reported(asked), ASK, HEALTH_AGREES, FAMILIES_AGREES)
    for other in (
        replace(asked, supplier="Gamma"),
        replace(asked, amount=exactly("200000.01")),
        replace(asked, months=25),
    ):
        amended = Answer("a", "agreed-as-amended", "Better", "Award another", other)
        reason = given(*heard).when(but(AWARD, answers=(amended,))).reason("G2")
        assert reason.endswith("put it up again, and ask them again")
    less = replace(asked, amount=exactly("199999"))
    amended = Answer("a", "agreed-as-amended", "Cheaper", "Award it for less", less)
    given(*heard).when(but(AWARD, answers=(amended,))).outcome()


def test_who_decides_and_who_wrote_the_report_are_not_consulted_on_it() -> None:
    director = Actor(DIRECTOR.person, HEALTH, deputising=True)
    author = Actor(MANAGER.person, HEALTH, deputising=True)
    offices = rules("wyvern").offices
    deputies = tuple(
        replace(offices.deputies[0], post=HEALTH, person=one.person) for one in (director, author)
    )
    changed = replace(rules("wyvern"), offices=replace(offices, deputies=deputies))
    record = given(*CONSULTED).under(changed)
    for one, said in (director, "Who decides"), (author, "The author of a report"):
        reason = record.when(HEALTH_AGREES._replace(by=one)).reason("G6")
        assert reason.startswith(f"{said} is not consulted on it")


def test_several_awards_of_one_decision_keep_to_the_budget_together() -> None:
    two = (asks(awarding("200000")), asks(awarding("150000", supplier="Beta"), "b"))
    steps = (*granted(replace(ALONE, awards="several", cap=up_to("900000"))),)
    report = but(AWARD_REPORT, recommendations=two)
    award = but(AWARD, answers=(Answer("a", "agreed"), Answer("b", "agreed")))
    budget = but(plan(BUDGET), report=UNHEARD_OF)
    agreed = step(deciding(UNHEARD_OF, SECOND_ID, "a", "b", "c"), CLERK)
    reason = given(*steps, budget, agreed, report).when(award).reason("P7")
    assert reason.startswith("£350,000 is more than the budget for all awards, £300,000")
    given(*steps, report).when(award).outcome()
    ample = but(plan(replace(BUDGET, amount=up_to("350000"))), report=UNHEARD_OF)
    given(*steps, ample, agreed, report).when(award).outcome()


def test_an_authority_is_revoked_in_every_procurement_in_which_it_was_given() -> None:
    shared = granted(ALONE)
    strategy = but(shared[1], also=(OTHER_REFERENCE,), class_reason="Two of a kind")
    resolved = shared[2]
    both = (shared[0], OPEN_OTHER, strategy, but(resolved, also=(OTHER_REFERENCE,)))
    revoke = step(RevokeAuthority(CASE, DECISION_ID, "c", "Minute 7"), CLERK)
    assert given(*both).when(revoke).reason("C1").startswith(f"It concerns {OTHER_REFERENCE} too")
    record = given(*both, but(revoke, also=(OTHER_REFERENCE,)))
    for reference in REFERENCE, OTHER_REFERENCE:
        assert record.procurement(reference).revoked == ((DECISION_ID, "c"),)


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
