"""Nottingham's delegated authority: what it covers, who is asked first, and what is not its own."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from adapters.house import House
from domain.consultation import AskConsultees, StandAside
from domain.contract import SignContract
from domain.effects import ApproveBudget, ApprovePlan
from domain.standstill import SendAwardNotices
from tests.cases.nottingham import (
    ADULTS,
    BUYER,
    CASE,
    CLERK,
    COMMITTEE,
    DEPUTY,
    DIRECTOR,
    EARLY_YEARS,
    FIVE_YEARS,
    LAWYER,
    MANAGER,
    OPTIONS,
    STARTS,
    UNDER,
    Nottingham,
    exempt,
)
from tests.cases.walk import rules

SIGN = SignContract(CASE, "Meadows Health", exempt("7000000"), STARTS, FIVE_YEARS)


@pytest.fixture
def budgeted(demo: House) -> Nottingham:
    """Evaluated on 25 July 2017, within a budget whose figure is on record."""
    return Nottingham(demo).to_evaluation("Meadows Health", "7000000").enter("7000000")


@pytest.fixture
def put_up(budgeted: Nottingham) -> Nottingham:
    return budgeted.put_up_award(budgeted.award())


def test_nobody_else_is_consulted_and_nobody_answers_unasked(put_up: Nottingham) -> None:
    stranger = AskConsultees(CASE, put_up.report.id, (CLERK.post,))
    (refusal,) = put_up.refused(stranger, MANAGER)
    assert refusal.rule == "C1"
    assert "Democratic Services is not to be consulted" in refusal.reason
    ask = AskConsultees(CASE, put_up.report.id)
    assert rules(put_up.refused(ask, ADULTS)) == ["G1"]
    (refusal,) = put_up.refused(put_up.answering(ADULTS, "agrees"), ADULTS)
    assert refusal.reason == "Portfolio Holder for Adults and Health has not been asked yet"


def test_each_portfolio_holder_finds_the_consultation_in_their_own_queue(
    put_up: Nottingham,
) -> None:
    put_up.ask()
    for one in ADULTS, EARLY_YEARS:
        (row,) = put_up.house.queue([one.post]).rows
        assert (row.reference, row.do) == (put_up.reference, "answer-consultation")
        put_up.answer(one, "agrees")
        assert put_up.house.queue([one.post]).rows == []
    assert ("take-decision", "director-of-public-health") in put_up.waiting


def test_nobody_answers_for_the_other_portfolio_holder(put_up: Nottingham) -> None:
    put_up.ask()
    assert rules(put_up.refused(put_up.answering(EARLY_YEARS, "agrees"), ADULTS)) == ["G2"]


def test_scenario_16_who_has_an_interest_leaves_the_answer_to_a_deputy(put_up: Nottingham) -> None:
    put_up.ask().answer(ADULTS, "agrees")
    aside = StandAside(CASE, put_up.report.id, EARLY_YEARS.post, "conflicted", "A trustee")
    put_up.do(aside, EARLY_YEARS)
    assert rules(put_up.refused(put_up.answering(EARLY_YEARS, "agrees"), EARLY_YEARS)) == ["G5"]
    assert rules(put_up.refused(put_up.decision(), DIRECTOR)) == ["G2"]
    put_up.answer(DEPUTY, "agrees").exercise()
    assert put_up.delegation.exercised


def test_scenario_17_an_objection_is_weighed_and_is_no_veto(put_up: Nottingham) -> None:
    put_up.ask().answer(ADULTS, "agrees")
    assert rules(put_up.refused(put_up.answering(EARLY_YEARS, "objects"), EARLY_YEARS)) == ["G3"]
    put_up.answer(EARLY_YEARS, "objects", "Health visitors were not heard")
    (refusal,) = put_up.refused(put_up.decision(), DIRECTOR)
    assert refusal.rule == "G3"
    assert refusal.reason.startswith("Say why you depart from what Portfolio Holder for Early Ye")
    put_up.exercise(departing="They were heard in the strategic review")
    assert put_up.delegation.exercised


def test_the_director_does_not_decide_a_report_of_their_own(budgeted: Nottingham) -> None:
    own = budgeted.putting_up("award", "officer", DIRECTOR.post, budgeted.award(), UNDER)
    budgeted.do(own, DIRECTOR).consult()
    assert rules(budgeted.refused(budgeted.decision(), DIRECTOR)) == ["G6"]


def test_one_award_is_made_under_it_and_no_more(put_up: Nottingham) -> None:
    put_up.consult().exercise().put_up_award(put_up.award()).consult()
    refusals = put_up.refused(put_up.decision(), DIRECTOR)
    assert "The authority is to award one contract, and no more than one" in [
        one.reason for one in refusals
    ]
    assert len(put_up.delegation.exercised) == 1


@pytest.mark.parametrize(("months", "extensions"), [(61, OPTIONS), (60, (24, 24, 24)), (60, (48,))])
def test_nothing_longer_than_5_2_2_is_put_up_under_it(
    budgeted: Nottingham, months: int, extensions: tuple[int, ...]
) -> None:
    award = replace(budgeted.award(), months=months, extensions=extensions)
    command = budgeted.putting_up("award", "officer", DIRECTOR.post, award, UNDER)
    assert rules(budgeted.refused(command, MANAGER)) == ["T1"]


def test_the_director_does_not_set_the_budget_that_binds_them(budgeted: Nottingham) -> None:
    more = ApproveBudget(exempt("7000001"))
    command = budgeted.putting_up("budget", "officer", DIRECTOR.post, more, UNDER)
    refusals = budgeted.refused(command, MANAGER)
    assert rules(refusals) == ["G1"]
    assert "7000001" not in refusals[0].reason.replace(",", "")


def test_the_award_can_be_called_in_too_and_has_effect_after_its_window(
    put_up: Nottingham,
) -> None:
    put_up.consult()
    taken = put_up.decision()
    put_up.do(taken, DIRECTOR).do(SendAwardNotices(CASE, "electronic"), BUYER)
    (reason, _) = (one.reason for one in put_up.refused(SIGN, LAWYER))
    assert reason == "The award has no effect yet: its decision is not published"
    put_up.publish(taken.decision)
    assert put_up.case.decisions[taken.decision].effective == date(2017, 8, 2)


def test_nobody_signs_inside_the_standstill_nor_who_decided(put_up: Nottingham) -> None:
    put_up.consult().exercise().do(SendAwardNotices(CASE, "electronic"), BUYER)
    put_up.on(date(2017, 8, 4))
    (refusal,) = put_up.refused(SIGN, LAWYER)
    assert (refusal.rule, refusal.cured_on) == ("P4", date(2017, 8, 5))
    put_up.on(date(2017, 8, 5))
    assert rules(put_up.refused(SIGN, DIRECTOR)) == ["G1", "G6"]
    dearer = replace(SIGN, amount=exempt("7000000.01"))
    (refusal,) = put_up.refused(dearer, LAWYER)
    assert (refusal.rule, "7000000" in refusal.reason.replace(",", "")) == ("P7", False)
    put_up.do(SIGN, LAWYER)


def test_the_joint_venture_agreement_waits_for_the_provider(put_up: Nottingham) -> None:
    agreement = ApprovePlan("the joint venture agreement")
    put_up.consult().exercise()
    early = put_up.putting_up("agreement", "committee", COMMITTEE, agreement)
    (refusal,) = put_up.refused(early, MANAGER)
    assert (refusal.rule, refusal.cured_on) == ("D10", date(2017, 8, 2))
    put_up.on(date(2017, 8, 2)).put_up("agreement", agreement)
    assert ("take-decision", "democratic-services") in put_up.waiting
