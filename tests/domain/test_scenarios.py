"""Scenarios that the rules were written for, by their numbers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from adapters.clock import LONDON, london_day
from adapters.holidays import calendar
from domain.claims import warning
from domain.deadlines import ONE
from domain.regimes import Notices, Regime, standstill
from domain.values import When
from domain.withdrawing import WithdrawReport
from domain.wording import long_day
from tests.domain import herefordshire, wyvern
from tests.domain.cases import (
    AWARD_ID,
    AWARD_REPORT,
    AWARD_REPORT_ID,
    EVALUATED,
    OPEN,
    PHASE_2,
    RELEASE_ID,
    REPORT,
    REPORT_ID,
    SECOND_ID,
    UNDER_WAY,
    UNHEARD_OF,
    asks,
    but,
    exactly,
    given,
    leeds,
)
from tests.domain.laws import CLAIM, LAWS, REPRESENTED, SIGNATURE, earlier, told
from tests.domain.test_extension import EXTENDED_TWICE, SECOND_SPRING, report, take_up
from tests.domain.test_gateways import AWARDS, WAIVE
from tests.domain.test_recommending import KEY_STRATEGY, SCRUTINISED
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    BUDGET,
    CONSULTED,
    DEPUTY_FOR_HEALTH,
    FAMILIES_AGREES,
    FAMILIES_OBJECTS,
    GRANTED_ALONE,
    HEALTH_ABSENT,
    HEALTH_AGREES,
    HEALTH_OBJECTS,
    HEARD,
    STARTED,
    WITHIN_THE_BUDGET,
    awarding,
    deciding,
    granted,
    reported,
)
from tests.scenario import step

ENDS: dict[int, tuple[Regime, date, date]] = {
    1: ("pa2023", date(2026, 11, 19), date(2026, 12, 1)),
    2: ("pa2023", date(2026, 12, 23), date(2027, 1, 7)),
    3: ("pa2023", date(2026, 11, 21), date(2026, 12, 3)),
    4: ("pcr2015", date(2026, 12, 15), date(2026, 12, 29)),
    5: ("psr2023", date(2026, 12, 14), date(2026, 12, 29)),
    6: ("pa2023", london_day(datetime(2026, 3, 30, 23, 15, tzinfo=UTC)), date(2026, 4, 13)),
}


@pytest.mark.parametrize("scenario", ENDS)
def test_scenarios_1_to_6_a_standstill_ends_when_the_law_says(scenario: int) -> None:
    regime, notice, last_day = ENDS[scenario]
    steps = told(regime, notice)
    record = given(*(earlier(steps) if scenario == 6 else steps))
    refusals = record.when(SIGNATURE.at(last_day)).then_refused(LAWS[regime])
    until = f"The standstill ends at the end of {long_day(last_day)}, counted from"
    assert refusals[0].reason.startswith(f"{until} {long_day(notice)}")
    record.when(SIGNATURE.at(last_day + ONE)).outcome()


def test_scenario_1_names_the_holiday_of_another_part_of_the_kingdom() -> None:
    record = given(*told("pa2023", date(2026, 11, 19)))
    reason = record.when(SIGNATURE.at(date(2026, 12, 1))).reason("P3")
    assert "30 November 2026: Saint Andrew's Day (Scotland)" in reason
    assert reason.endswith("Sign from Wednesday 2 December 2026")


def test_scenario_5_a_representation_in_the_last_minutes_keeps_it_open() -> None:
    in_time = REPRESENTED._replace(on=When(date(2026, 12, 29)))
    record = given(*told("psr2023", date(2026, 12, 14)), in_time)
    reason = record.when(SIGNATURE.at(date(2026, 12, 30))).reason("P5")
    assert reason.startswith("The standstill is kept open")


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_scenario_6_a_day_with_another_number_of_hours_is_one_day(day: date, hours: int) -> None:
    midnights = [datetime(d.year, d.month, d.day, tzinfo=LONDON) for d in (day, day + ONE)]
    elapsed = midnights[1].astimezone(UTC) - midnights[0].astimezone(UTC)
    assert elapsed == timedelta(hours=hours)
    assert {london_day(midnights[0].astimezone(UTC) + elapsed * n / 4) for n in range(4)} == {day}
    for regime in LAWS:
        found = [one.date for one in standstill(regime, Notices(day), calendar()).days]
        assert found == [day + ONE * n for n in range(len(found))]


def test_scenario_19_a_claim_on_the_eighth_day_suspends_the_award() -> None:
    record = given(*told("pa2023", date(2026, 11, 19)), CLAIM.at(date(2026, 12, 1)))
    assert (
        record.when(SIGNATURE.at(date(2026, 12, 2)))
        .reason("P6")
        .startswith("The claim of Beta, notified on Tuesday 1 December 2026, suspends the award")
    )


def test_scenario_20_a_claim_after_the_standstill_suspends_only_under_the_law_of_2015() -> None:
    a_day_late = but(CLAIM.at(date(2026, 12, 2)), notified=date(2026, 12, 2))
    act = given(*told("pa2023", date(2026, 11, 19)), a_day_late)
    act.when(SIGNATURE.at(date(2026, 12, 2))).outcome()
    case = act.procurement()
    assert warning(case.claims[0], case).startswith("The claim of Beta does not by itself bar")
    regulations = given(*told("pcr2015", date(2026, 11, 19)), a_day_late)
    regulations.when(SIGNATURE.at(date(2026, 12, 2))).then_refused("P6")


def test_scenario_7_a_call_in_on_the_last_day_counts_and_one_a_day_later_is_late() -> None:
    record = given(*herefordshire.DECIDED, herefordshire.PUBLISHED)
    record.when(herefordshire.CALL_IN.at(date(2017, 12, 21))).outcome()
    reason = record.when(herefordshire.CALL_IN.at(date(2017, 12, 22))).reason("D10")
    late = "The call-in is late: the window closed at the end of Thursday 21 December 2017"
    assert reason == late


def test_scenario_13_a_delegates_award_one_pound_over_the_cap_takes_a_new_report() -> None:
    over = (*GRANTED_ALONE, reported(awarding("300001")))
    reason = given(*over).when(AWARD).reason("G1")
    assert reason == (
        "£300,001 is more than was delegated in all, £300,000: "
        "it takes a new report to who delegated it"
    )
    withdrawn = step(
        WithdrawReport(wyvern.CASE, AWARD_REPORT_ID, "Above the cap"),
        wyvern.MANAGER,
    )
    to_the_cabinet = but(
        wyvern.AWARD_REPORT,
        report=UNHEARD_OF,
        decision_class="cabinet",
        to=wyvern.CABINET,
        recommendations=(asks(awarding("300001")),),
        under=None,
    )
    decided = step(deciding(UNHEARD_OF, AWARD_ID, "a"), wyvern.CLERK)
    given(*over, withdrawn, to_the_cabinet).when(decided).outcome()


def test_scenario_14_without_a_budget_no_award_is_within_it_until_one_is_set() -> None:
    unset = granted(WITHIN_THE_BUDGET)
    reason = given(*unset, wyvern.AWARD_REPORT).when(AWARD).reason("G1")
    assert reason == "The authority is within the budget, and no budget has been set"
    ask = but(
        wyvern.STRATEGY,
        report=UNHEARD_OF,
        gateway="budget",
        combines=(),
        recommendations=(asks(BUDGET),),
    )
    agreed = step(deciding(UNHEARD_OF, SECOND_ID, "a"), wyvern.CLERK)
    given(*unset, ask, agreed, wyvern.AWARD_REPORT).when(AWARD).outcome()


def test_scenario_15_an_absent_consultees_consent_is_not_taken_for_granted() -> None:
    absent = (*CONSULTED, FAMILIES_AGREES, HEALTH_ABSENT)
    reason = given(*absent).when(AWARD).reason("G2")
    assert reason == (
        "Portfolio Holder for Health is absent, and no consent is taken for granted: "
        "a deputy answers, or authority is given afresh"
    )
    given(*absent, HEALTH_AGREES._replace(by=DEPUTY_FOR_HEALTH)).when(AWARD).outcome()


def test_scenario_15_where_nobody_deputises_authority_is_given_afresh() -> None:
    absent = (*CONSULTED, HEALTH_AGREES, but(HEALTH_ABSENT, consultee=wyvern.FAMILIES))
    given(*absent).when(AWARD).then_refused("G2")
    withdrawn = step(
        WithdrawReport(wyvern.CASE, AWARD_REPORT_ID, "Nobody can agree"),
        wyvern.MANAGER,
    )
    afresh = but(wyvern.plan(ALONE), report=UNHEARD_OF)
    again = step(deciding(UNHEARD_OF, SECOND_ID, "a", "b", "c"), wyvern.CLERK)
    under = replace(wyvern.UNDER, decision=SECOND_ID)
    reported_again = but(wyvern.AWARD_REPORT, report=RELEASE_ID, under=under)
    steps = (*absent, withdrawn, afresh, again, reported_again)
    given(*steps).when(but(AWARD, report=RELEASE_ID, under=under)).outcome()


def test_scenario_17_who_is_consulted_may_object_and_the_delegate_gives_reasons() -> None:
    objected = (*CONSULTED, HEALTH_OBJECTS, FAMILIES_AGREES)
    reason = given(*objected).when(AWARD).reason("G3")
    assert reason == "Say why you depart from what Portfolio Holder for Health answered"
    given(*objected).when(but(AWARD, departing="The price is the market's")).outcome()


def test_scenario_17_whose_agreement_it_takes_may_stop_it() -> None:
    objected = (*CONSULTED, HEALTH_AGREES, FAMILIES_OBJECTS)
    reason = given(*objected).when(but(AWARD, departing="They are wrong")).reason("G2")
    assert reason == (
        "Portfolio Holder for Families does not agree, and without that nothing is agreed: "
        "it may be refused, deferred or referred"
    )
    given(*HEARD).when(AWARD).outcome()


NOT_DECIDED = "“Gateway 1: strategy” comes first, and is not decided"


def test_scenario_21_a_gateway_that_was_skipped_refuses_the_next() -> None:
    assert given(wyvern.OPEN).when(AWARDS).reason("L1") == NOT_DECIDED
    given(*STARTED).when(AWARDS).outcome()


def test_scenario_21_a_gateway_that_is_only_recommended_refuses_the_next() -> None:
    withdrawn = step(
        WithdrawReport(wyvern.CASE, REPORT_ID, "The budget is not clear"), wyvern.MANAGER
    )
    steps = (wyvern.OPEN, KEY_STRATEGY, SCRUTINISED, withdrawn)
    reason = given(*steps).when(AWARDS).reason("L1")
    assert reason == f"{NOT_DECIDED}: so far it is only recommended"


def test_scenario_21_one_report_for_both_or_a_waiver_opens_the_next() -> None:
    alone = but(wyvern.STRATEGY, combines=(), recommendations=(asks(wyvern.AUTHORISE),))
    given(wyvern.OPEN).when(alone).then_refused("L1")
    given(wyvern.OPEN).when(wyvern.STRATEGY).outcome()
    given(wyvern.OPEN, WAIVE).when(alone).outcome()


def test_scenario_22_of_5_and_2_and_2_years_there_is_no_third_option() -> None:
    assert given(*EXTENDED_TWICE).when(report(3, SECOND_SPRING)).reason("T1") == (
        "There is no option 3: the contract has 2 options to extend"
    )
    given(*EXTENDED_TWICE).when(take_up(3, SECOND_SPRING)).then_refused("T1", "T1")


def test_scenario_22_an_option_is_not_taken_up_after_the_end() -> None:
    late = date(2026, 4, 1)
    first, _ = given(*wyvern.WITH_OPTIONS).when(take_up(1, late)).then_refused("T1", "T1")
    assert first.reason == (
        "The contract ended on Tuesday 31 March 2026: it can no longer be extended"
    )


def test_scenario_24_phase_2_is_not_started_without_its_decision() -> None:
    reason = given(*UNDER_WAY).when(PHASE_2).reason("T3")
    assert reason == (
        "Phase 2 waits for a decision to release it: only if phase 1 shows that it is viable"
    )


def test_scenario_24_nothing_is_awarded_under_a_framework_that_has_ended() -> None:
    reason = given(*EVALUATED).when(AWARD_REPORT.at(date(2025, 8, 24))).reason("E4")
    assert reason == "Framework RM6187 ended on 23 August 2025: no call-off now"
    given(*EVALUATED).when(AWARD_REPORT.at(date(2025, 8, 23))).outcome()


def test_scenario_25_what_is_small_may_be_key_for_a_reason() -> None:
    silent = but(herefordshire.REPORT, class_reason="")
    assert given(herefordshire.OPEN).when(silent).irregularities() == ["L2", "D1"]
    assert given(herefordshire.OPEN).when(herefordshire.REPORT).irregularities() == ["L2"]


def test_scenario_25_what_is_large_is_not_key_only_for_a_reason() -> None:
    wide = leeds(routes=(replace(leeds().constitution.routes[0], up_to=None),))
    costly = given(but(OPEN, value=exactly("600000")), rules_=wide)
    assert costly.when(REPORT).reason("D1") == (
        "Above £500,000 a decision is key, unless a reason is given"
    )
    costly.when(but(REPORT, class_reason="The money was agreed in the budget")).outcome()
