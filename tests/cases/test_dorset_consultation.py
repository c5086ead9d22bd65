"""Consulting the Portfolio Holders before delegated authority is exercised, on the demo clock."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from adapters.house import House
from countersign.case_script import read_case, run_case
from countersign.demo.load import FOLDER, adopt
from domain.consultation import StandAside
from domain.messages import Actor
from domain.values import procurement_id
from tests.cases.dorset import (
    BOARD,
    CLERK,
    DEPUTY,
    DIRECTOR,
    OF_BCP,
    OF_DORSET,
    OFFICER,
    PLATFORM,
    UNDER,
    WHY,
    Journey,
    choosing,
)
from tests.cases.walk import rules


def to_consultation(house: House) -> Journey:
    journey = Journey(house).on(date(2020, 9, 1)).do(choosing(), DIRECTOR).open_parts()
    journey.on(date(2020, 10, 1)).decide_detailed_plan()
    return journey.tender_both()


@pytest.fixture
def consulted(demo: House) -> Journey:
    """The platform tendered, evaluated and put up under the authority on 5 November 2020."""
    return to_consultation(demo)


def test_both_portfolio_holders_are_asked_and_have_to_answer(consulted: Journey) -> None:
    waiting = consulted.waits_in(PLATFORM)
    assert ("answer-consultation", "portfolio-holder-dorset") in waiting
    assert ("answer-consultation", "portfolio-holder-bcp") in waiting
    consulted.answer(PLATFORM, OF_DORSET, "agrees")
    (refusal,) = consulted.refused(consulted.decision(PLATFORM), DIRECTOR)
    assert refusal.rule == "G2"
    assert refusal.reason == "Portfolio Holder for Health, BCP Council has not answered yet"


def test_scenario_15_an_absent_consultee_consents_to_nothing_and_the_deputy_answers(
    consulted: Journey,
) -> None:
    consulted.answer(PLATFORM, OF_DORSET, "agrees")
    report = consulted.open_report(PLATFORM)
    away = StandAside(procurement_id(PLATFORM), report.id, OF_BCP.post, "absent", "On leave")
    consulted.do(away, CLERK)
    (refusal,) = consulted.refused(consulted.decision(PLATFORM), DIRECTOR)
    assert (refusal.rule, "no consent is taken for granted" in refusal.reason) == ("G2", True)
    stranger = Actor(CLERK.person, DEPUTY.post, deputising=True)
    answer = consulted.answering(PLATFORM, stranger, "agrees")
    assert rules(consulted.refused(answer, stranger)) == ["G1"]
    consulted.answer(PLATFORM, DEPUTY, "agrees")
    heard = consulted.open_report(PLATFORM).consulted[OF_BCP.post]
    assert heard.by == DEPUTY
    consulted.do(consulted.decision(PLATFORM), DIRECTOR)


def test_scenario_17_an_objection_is_departed_from_with_reasons(consulted: Journey) -> None:
    consulted.answer(PLATFORM, OF_DORSET, "objects", "One tender is no competition")
    consulted.answer(PLATFORM, OF_BCP, "agrees")
    (refusal,) = consulted.refused(consulted.decision(PLATFORM), DIRECTOR)
    assert refusal.rule == "G3"
    assert "Portfolio Holder for Health, Dorset Council" in refusal.reason
    consulted.do(consulted.decision(PLATFORM, departing=WHY), DIRECTOR)
    (_, taken) = consulted.house.procurement(PLATFORM).decisions.values()
    assert (taken.departing, taken.under) == (WHY, UNDER)


def test_scenario_17_had_the_board_asked_for_agreement_the_objection_would_block(
    house: House, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(FOLDER / BOARD, tmp_path / BOARD))
    file = folder / "case.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('how = "consultation"', 'how = "agreement"'), "utf-8")
    script = read_case(file)
    house.clocks.start(BOARD, script.clock.starts)
    adopt(house, BOARD, folder)
    run_case(house, script)
    journey = to_consultation(house).answer(PLATFORM, OF_DORSET, "objects", "One tender only")
    journey.answer(PLATFORM, OF_BCP, "agrees")
    (refusal,) = journey.refused(journey.decision(PLATFORM, departing=WHY), DIRECTOR)
    assert (refusal.rule, "does not agree" in refusal.reason) == ("G2", True)


def test_nobody_else_exercises_the_authority(consulted: Journey) -> None:
    for one in OF_DORSET, OF_BCP:
        consulted.answer(PLATFORM, one, "agrees")
    assert "G1" in rules(consulted.refused(consulted.decision(PLATFORM), OF_DORSET))
    assert "G1" in rules(consulted.refused(consulted.decision(PLATFORM), OFFICER))
