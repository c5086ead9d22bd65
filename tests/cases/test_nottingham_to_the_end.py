"""Nottingham taken further: an exempt budget, two consultees, five years and two options."""

from __future__ import annotations

from datetime import date

import pytest

from adapters.house import House
from domain.consultation import AskConsultees, StandAside
from domain.contract import SignContract
from domain.effects import ApproveBudget, ApprovePlan, ExtendContract
from domain.exempt import EnterExemptFigure
from domain.extension import TakeUpOption
from domain.market import InviteTenders
from domain.messages import Actor
from domain.standstill import SendAwardNotices
from domain.undertakings import DischargeUndertaking
from domain.values import Amount
from domain.withdrawing import WithdrawReport
from domain.wording import amount
from tests.cases.nottingham import (
    ADULTS,
    BUYER,
    CASE,
    CLERK,
    COMMITTEE,
    CRITERIA,
    DEPUTY,
    DIRECTOR,
    EARLY_YEARS,
    FIVE_YEARS,
    LAWYER,
    MANAGER,
    RESOLVED,
    STARTS,
    Nottingham,
    exempt,
)
from tests.cases.walk import rules


@pytest.fixture
def walk(demo: House) -> Nottingham:
    return Nottingham(demo)


@pytest.fixture
def evaluated(walk: Nottingham) -> Nottingham:
    return walk.to_evaluation("Meadows Health", "7000001")


@pytest.fixture
def signed(walk: Nottingham) -> Nottingham:
    """Awarded under the delegated authority and signed."""
    walk.to_evaluation("Meadows Health", "7000000").enter("7000000").put_up_award(walk.award())
    walk.consult().exercise().do(SendAwardNotices(CASE, "electronic"), BUYER)
    assert walk.case.standstill
    assert walk.case.standstill.count
    walk.on(walk.case.standstill.count.day_after)
    sign = SignContract(CASE, "Meadows Health", exempt("7000000"), STARTS, FIVE_YEARS)
    return walk.do(sign, LAWYER)


def test_the_call_in_window_is_five_working_days_after_publication(walk: Nottingham) -> None:
    walk.publish()
    decision = walk.case.decisions[RESOLVED]
    assert decision.window
    counted = [one.date.day for one in decision.window.days if one.counted]
    assert counted == [15, 16, 19, 20, 21]
    assert decision.effective == date(2017, 6, 22)


def test_no_tender_is_invited_before_the_decision_has_effect(walk: Nottingham) -> None:
    invite = InviteTenders(CASE, date(2017, 7, 24), CRITERIA)
    (refusal,) = walk.publish().refused(invite, BUYER)
    assert (refusal.rule, refusal.cured_on) == ("D10", date(2017, 6, 22))


def test_names_and_prices_of_tenderers_show_as_numbers(evaluated: Nottingham) -> None:
    assert evaluated.case.evaluation
    first, second = evaluated.case.evaluation.ranking
    assert [first.tenderer, second.tenderer] == ["Tenderer 1", "Tenderer 2"]
    assert (first.price, first.name) == (None, "Meadows Health")


def test_nothing_is_awarded_while_the_figure_of_the_budget_is_not_on_record(
    evaluated: Nottingham,
) -> None:
    evaluated.put_up_award(evaluated.award()).consult()
    (refusal,) = evaluated.refused(evaluated.decision(), DIRECTOR)
    assert refusal.rule == "G1"
    assert refusal.reason == "The figure of the budget is not on record here: enter it first"


def test_the_figure_of_the_budget_is_entered_once_and_closed(evaluated: Nottingham) -> None:
    open_ = EnterExemptFigure(CASE, RESOLVED, "2", Amount("exempt"))
    assert rules(evaluated.refused(open_, MANAGER)) == ["D9"]
    again = EnterExemptFigure(CASE, RESOLVED, "2", exempt("8000000"))
    assert rules(evaluated.enter("7000000").refused(again, MANAGER)) == ["C2"]
    budget = evaluated.case.in_effect(ApproveBudget, date(2017, 7, 25))
    assert budget
    assert amount(budget.amount) == "exempt from publication"


def test_nothing_is_decided_before_both_portfolio_holders_were_asked(
    evaluated: Nottingham,
) -> None:
    evaluated.enter("7000001").put_up_award(evaluated.award())
    asked_nobody = evaluated.refused(evaluated.decision(), DIRECTOR)
    assert rules(asked_nobody) == ["G2", "G2"]
    evaluated.ask(ADULTS.post).answer(ADULTS, "agrees")
    (refusal,) = evaluated.refused(evaluated.decision(), DIRECTOR)
    assert refusal.reason == "Portfolio Holder for Early Years has not been asked yet"


def test_scenario_15_an_absent_portfolio_holder_consents_to_nothing(
    evaluated: Nottingham,
) -> None:
    evaluated.enter("7000001").put_up_award(evaluated.award()).ask().answer(ADULTS, "agrees")
    away = StandAside(CASE, evaluated.report.id, EARLY_YEARS.post, "absent", "On leave")
    evaluated.do(away, CLERK)
    (refusal,) = evaluated.refused(evaluated.decision(), DIRECTOR)
    assert "no consent is taken for granted" in refusal.reason
    nobody = Actor(BUYER.person, EARLY_YEARS.post, deputising=True)
    assert rules(evaluated.refused(evaluated.answering(nobody, "agrees"), nobody)) == ["G1"]
    evaluated.answer(DEPUTY, "agrees").exercise()
    assert evaluated.delegation.exercised


def test_a_second_answer_is_refused(evaluated: Nottingham) -> None:
    evaluated.put_up_award(evaluated.award()).ask().answer(ADULTS, "agrees")
    again = evaluated.answering(ADULTS, "objects", "After all")
    assert rules(evaluated.refused(again, ADULTS)) == ["C2"]
    assert rules(evaluated.refused(AskConsultees(CASE, evaluated.report.id), MANAGER)) == ["C2"]


def test_scenario_13_one_pound_over_the_budget_takes_a_separate_report(
    evaluated: Nottingham,
) -> None:
    evaluated.put_up_award(evaluated.award()).consult().enter("7000000")
    refusals = evaluated.refused(evaluated.decision(), DIRECTOR)
    assert rules(refusals) == ["P7", "G1"]
    said = " ".join(one.reason for one in refusals)
    assert "it takes a separate report" in said
    assert said.startswith("What is asked for is more than the budget, which is exempt")
    assert not any(one.isdigit() for one in said)
    assert evaluated.delegation.exercised == {}
    withdraw = WithdrawReport(CASE, evaluated.report.id, "The budget is too small")
    evaluated.do(withdraw, MANAGER).put_up("budget", ApproveBudget(exempt("7000001"))).resolve()
    evaluated.put_up_award(evaluated.award()).consult().exercise()
    (drawn,) = evaluated.delegation.exercised.values()
    assert [one.amount.basis for one in drawn] == ["exempt"]


def test_the_contract_has_the_term_and_the_options_that_were_delegated(
    signed: Nottingham,
) -> None:
    assert signed.case.contract
    assert signed.case.contract.supplier == "Meadows Health"
    assert (signed.case.contract.term.months, signed.case.contract.term.extensions) == (
        60,
        (24, 24),
    )
    assert signed.case.contract.ends == date(2023, 3, 31)


def test_the_joint_venture_agreement_comes_back_to_the_committee(signed: Nottingham) -> None:
    assert ("discharge-undertaking", "director-of-public-health") in signed.waiting
    signed.put_up("agreement", ApprovePlan("the joint venture agreement")).resolve()
    back = DischargeUndertaking(CASE, f"{RESOLVED} 1b", "The committee approved the agreement")
    signed.do(back, DIRECTOR)
    assert "discharge-undertaking" not in [act for act, _ in signed.waiting]
    assert rules(signed.refused(back, DIRECTOR)) == ["C2"]


def test_scenario_22_options_are_taken_up_in_order_and_a_third_there_is_not(
    signed: Nottingham,
) -> None:
    signed.on(date(2022, 9, 1))
    out_of_order = signed.putting_up("extension", "committee", COMMITTEE, ExtendContract(2))
    (refusal,) = signed.refused(out_of_order, MANAGER)
    assert (refusal.rule, refusal.reason) == ("T1", "Option 1 comes first")
    assert "T1" in rules(signed.refused(TakeUpOption(CASE, 1), LAWYER))
    signed.extend(1).do(TakeUpOption(CASE, 1), LAWYER)
    assert signed.case.contract
    assert signed.case.contract.ends == date(2025, 3, 31)
    assert rules(signed.refused(TakeUpOption(CASE, 1), LAWYER)) == ["C2"]
    signed.on(date(2024, 9, 2)).extend(2).do(TakeUpOption(CASE, 2), LAWYER)
    assert signed.case.contract.ends == date(2027, 3, 31)
    third = signed.putting_up("extension", "committee", COMMITTEE, ExtendContract(3))
    (refusal,) = signed.refused(third, MANAGER)
    assert refusal.reason == "There is no option 3: the contract has 2 options to extend"


def test_scenario_22_after_its_end_a_contract_is_not_extended_whatever_the_law_allows(
    signed: Nottingham,
) -> None:
    signed.on(date(2023, 2, 1)).extend(1).on(date(2023, 4, 1))
    (refusal,) = signed.refused(TakeUpOption(CASE, 1), LAWYER)
    assert refusal.rule == "T1"
    assert "The contract ended on Friday 31 March 2023" in refusal.reason
    late = signed.putting_up("extension", "committee", COMMITTEE, ExtendContract(1))
    assert rules(signed.refused(late, MANAGER)) == ["T1"]


def test_scenario_22_the_second_option_ends_with_the_first_extension(signed: Nottingham) -> None:
    signed.on(date(2022, 9, 1)).extend(1).do(TakeUpOption(CASE, 1), LAWYER)
    signed.on(date(2025, 4, 1))
    late = signed.putting_up("extension", "committee", COMMITTEE, ExtendContract(2))
    (refusal,) = signed.refused(late, MANAGER)
    assert "The contract ended on Monday 31 March 2025" in refusal.reason
