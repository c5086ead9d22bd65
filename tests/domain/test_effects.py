"""What may be asked for and resolved: each effect must be lawful on the day."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import ValidationError, convert
from msgspec.structs import replace

from domain.answers import Answer
from domain.constitution import SocialValue
from domain.effects import ApproveBudget, AwardContract, Criterion, Effect, ReleasePhase
from domain.values import Amount, Term
from tests.domain import herefordshire
from tests.domain.cases import (
    AUTHORISE,
    AUTHORISED,
    AWARD_LATER,
    AWARD_REPORT,
    AWARD_TO_ALPHA,
    DECISION,
    EVALUATED,
    OPEN,
    PHASE_REPORT,
    RELEASED,
    REPORT,
    SIGNED,
    UNDER_WAY,
    UNHEARD_OF,
    asks,
    but,
    exactly,
    given,
    leeds,
    up_to,
)
from tests.scenario import step

LATER = AWARD_REPORT.at(date(2025, 8, 24))
RIVAL = replace(AWARD_TO_ALPHA, supplier="Beta")


def asking(effect: Effect, report: step = REPORT) -> step:
    return but(report, recommendations=(asks(effect),))


def test_the_weights_of_the_criteria_come_to_100() -> None:
    criteria = (Criterion("Quality", Decimal(60)), Criterion("Price", Decimal("39.50")))
    short = replace(AUTHORISE, criteria=criteria)
    reason = given(OPEN).when(asking(short)).reason("E1")
    assert reason == "The weights come to 99.5 %, not to 100 %"


def test_a_competition_is_held_while_its_framework_runs() -> None:
    given(OPEN).when(REPORT.at(date(2025, 8, 24))).then_refused("E4")


def test_no_more_is_authorised_than_the_procurement_is_worth() -> None:
    reason = given(OPEN).when(asking(replace(AUTHORISE, up_to=up_to("400000.01")))).reason("P7")
    assert reason == "£400,000.01 is more than the procurement's value, £400,000"


def test_a_later_award_is_of_a_class_that_there_is() -> None:
    odd = replace(AWARD_LATER, decision_class="urgent")
    reason = given(OPEN).when(asking(odd)).reason("C1")
    assert reason == "There is no decision class “urgent”"


def test_the_highest_score_is_awarded_the_contract() -> None:
    given(*EVALUATED).when(AWARD_REPORT).outcome()
    reason = given(*EVALUATED).when(asking(RIVAL, AWARD_REPORT)).reason("E1")
    assert reason == "Alpha scored highest, not Beta"


def test_an_award_is_for_no_more_than_was_offered() -> None:
    dearer = replace(AWARD_TO_ALPHA, amount=exactly("380000.01"))
    reason = given(*EVALUATED).when(asking(dearer, AWARD_REPORT)).reason("E1")
    assert reason == "Alpha offered £380,000"


def test_an_award_names_its_amount() -> None:
    open_ended = replace(AWARD_TO_ALPHA, amount=Amount("unknown"))
    given(*EVALUATED).when(asking(open_ended, AWARD_REPORT)).then_refused("L2", "E1")


def test_an_award_is_for_no_longer_than_the_term() -> None:
    longer = replace(AWARD_TO_ALPHA, months=25)
    reason = given(*EVALUATED).when(asking(longer, AWARD_REPORT)).reason("T1")
    assert reason == "The term is 24 months at most"


def test_an_amount_a_year_is_compared_over_the_term() -> None:
    yearly = replace(AWARD_TO_ALPHA, amount=Amount("exact", Decimal(380000), per="year"))
    given(*EVALUATED).when(asking(yearly, AWARD_REPORT)).then_refused("P7", "P7", "E1")


def test_an_award_may_be_for_less_than_was_offered() -> None:
    cheaper = replace(AWARD_TO_ALPHA, amount=exactly("379000"))
    given(*EVALUATED).when(asking(cheaper, AWARD_REPORT)).outcome()


def test_nothing_is_awarded_above_the_procurements_value() -> None:
    dearer = replace(AWARD_TO_ALPHA, amount=exactly("400000.01"))
    given(*EVALUATED).when(asking(dearer, AWARD_REPORT)).then_refused("P7", "P7", "E1")


def test_an_award_one_pound_above_what_was_authorised_is_refused() -> None:
    tight = replace(AUTHORISE, up_to=up_to("379999"))
    report = but(REPORT, recommendations=(asks(tight), asks(AWARD_LATER, "b")))
    capped = given(OPEN, report, *EVALUATED[2:])
    reason = capped.when(AWARD_REPORT).reason("P7")
    assert reason == "£380,000 is more than was authorised, £379,999"
    less = replace(AWARD_TO_ALPHA, amount=exactly("379999"))
    capped.when(asking(less, AWARD_REPORT)).outcome()


def test_an_authority_without_a_figure_sets_no_cap() -> None:
    report = but(
        REPORT,
        recommendations=(asks(replace(AUTHORISE, up_to=Amount("exempt"))), asks(AWARD_LATER, "b")),
    )
    given(OPEN, report, *EVALUATED[2:]).when(AWARD_REPORT).outcome()


def test_an_award_follows_an_evaluation() -> None:
    given(*AUTHORISED).when(AWARD_REPORT).then_refused("E1")


def test_a_call_off_from_rm6187_is_not_awarded_on_24_august_2025() -> None:
    reason = given(*EVALUATED).when(LATER).reason("E4")
    assert reason == "Framework RM6187 ended on 23 August 2025: no call-off now"
    given(*EVALUATED).when(AWARD_REPORT.at(date(2025, 8, 23))).outcome()


def test_a_signed_contract_is_not_awarded_again() -> None:
    again = but(AWARD_REPORT, report=UNHEARD_OF)
    given(*SIGNED).when(again).then_refused("C2")


def test_an_award_is_of_the_class_that_was_resolved_on() -> None:
    record = (OPEN, but(REPORT, recommendations=(asks(AUTHORISE), asks(_by_key(), "b"))), DECISION)
    reason = given(*record, *EVALUATED[3:]).when(AWARD_REPORT).reason("G1")
    assert reason == "The award was resolved to be made by another class: Key decision"


def test_a_class_that_was_abolished_keeps_its_name() -> None:
    classes = tuple(one for one in leeds().constitution.classes if one.id != "key")
    record = (OPEN, but(REPORT, recommendations=(asks(AUTHORISE), asks(_by_key(), "b"))), DECISION)
    without = given(*record, *EVALUATED[3:]).under(leeds(classes=classes))
    assert without.when(AWARD_REPORT).reason("G1").endswith("another class: key")


def _by_key() -> Effect:
    return replace(AWARD_LATER, decision_class="key")


def test_a_competitive_award_rests_on_a_competition_that_was_authorised() -> None:
    ungated = tuple(replace(one, after=()) for one in leeds().constitution.gateways)
    unauthorised = given(OPEN, rules_=leeds(gateways=ungated))
    unauthorised.when(AWARD_REPORT).then_refused("L1", "E1")


def test_an_award_without_competition_names_its_legal_ground() -> None:
    record = given(herefordshire.OPEN)
    grounded = replace(herefordshire.AWARD, ground="regulation 32(2)(b)")
    live = herefordshire.REPORT._replace(source=None)
    assert record.when(live).reason("L2") == "An award without competition names its legal ground"
    record.when(but(live, recommendations=(asks(grounded),))).outcome()


@pytest.mark.parametrize("phase", [1, 3])
def test_only_a_later_phase_that_there_is_can_be_released(phase: int) -> None:
    reason = given(*UNDER_WAY).when(asking(ReleasePhase(phase), PHASE_REPORT)).reason("C1")
    assert reason == f"There is no phase {phase} to release: there are 2 phases"


def test_a_phase_is_released_when_the_one_before_it_has_started() -> None:
    given(*UNDER_WAY).when(PHASE_REPORT).outcome()
    assert given(*SIGNED).when(PHASE_REPORT).reason("T3") == "Phase 1 has not started"


def test_what_was_released_is_on_record() -> None:
    found = given(*RELEASED).procurement().in_effect(ReleasePhase, date(2023, 6, 5))
    assert found == ReleasePhase(2)


@pytest.mark.parametrize("weight", ["100.01", "-1", "NaN", "Infinity", "-Infinity", "sNaN"])
def test_a_weight_is_between_0_and_100(weight: str) -> None:
    with pytest.raises(ValidationError, match="is not between 0 and 100"):
        convert({"name": "Quality", "weight": weight}, Criterion)


@pytest.mark.parametrize("share", ["100.01", "-1", "NaN"])
def test_social_value_is_a_share_of_the_whole_or_not_asked_for(share: str) -> None:
    assert replace(AUTHORISE, social_value=None).social_value is None
    with pytest.raises(ValueError, match="is not between 0 and 100"):
        replace(AUTHORISE, social_value=Decimal(share))


@pytest.mark.parametrize("months", [0, 601])
def test_a_contract_lasts_a_month_at_least_and_fifty_years_at_most(months: int) -> None:
    fields = {"kind": "award-contract", "supplier": "Alpha", "amount": {"basis": "unknown"}}
    with pytest.raises(ValidationError, match="months"):
        convert({**fields, "starts": "2023-01-02", "months": months}, AwardContract)


def test_an_award_gives_the_options_of_the_term_and_no_others() -> None:
    planned = (but(OPEN, term=Term(date(2023, 1, 2), 24, (12, 12))), *EVALUATED[1:])
    for options in (), (12,), (12, 12):
        award = replace(AWARD_TO_ALPHA, extensions=options)
        given(*planned).when(asking(award, AWARD_REPORT)).outcome()
    for others in (24,), (12, 12, 12):
        award = replace(AWARD_TO_ALPHA, extensions=others)
        reason = given(*planned).when(asking(award, AWARD_REPORT)).reason("T1")
        assert reason == "These are not the options to extend that the term has"
    free = (but(OPEN, term=None), *EVALUATED[1:])
    given(*free).when(asking(replace(AWARD_TO_ALPHA, extensions=(6,)), AWARD_REPORT)).outcome()


def test_a_budget_names_its_amount_unless_that_is_exempt() -> None:
    unknown = ApproveBudget(Amount("unknown"))
    reason = given(OPEN).when(asking(unknown)).reason("L2")
    assert reason == "A budget names its amount"
    given(OPEN).when(asking(ApproveBudget(Amount("exempt")))).outcome()


def test_an_award_keeps_to_the_budget_that_was_approved() -> None:
    asked = (asks(AUTHORISE), asks(AWARD_LATER, "b"), asks(ApproveBudget(up_to("379999")), "c"))
    agreed = tuple(Answer(one.label, "agreed") for one in asked)
    start = (OPEN, but(REPORT, recommendations=asked), but(DECISION, answers=agreed))
    reason = given(*start, *EVALUATED[3:]).when(AWARD_REPORT).reason("P7")
    assert reason == "£380,000 is more than the budget, £379,999: it takes a separate report"


@pytest.mark.parametrize(("share", "said"), [(None, "0 %"), (Decimal("7.5"), "7.5 %")])
def test_social_value_counts_for_what_the_councils_policy_asks(
    share: Decimal | None, said: str
) -> None:
    asked = asking(replace(AUTHORISE, social_value=share))
    policy = SocialValue(standing="sourced", where="the policy", least=Decimal(10))
    binding = given(OPEN, rules_=leeds(social_value=policy))
    (refusal,) = binding.when(asked).then_refused("E2")
    least = "Social value counts for 10 % of the overall score at least"
    assert refusal.reason == f"{least}, and the report gives it {said}"
    assert refusal.provenance == "sourced: the policy"
    binding.when(asking(AUTHORISE)).outcome()
    given(OPEN).when(asked).outcome()
