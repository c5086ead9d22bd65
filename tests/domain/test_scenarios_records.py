"""The scenarios on notices and records, by their numbers."""

from __future__ import annotations

from datetime import date

import pytest

from domain.outline import Short
from domain.shortenings import taking
from domain.timetable import NONE, timetable
from tests.domain.cases import DECISION, KEY_REPORT, NOTICE, OPEN, but, given
from tests.domain.test_short_notice import AGREED, EXCEPTION
from tests.domain.timetables import days, on
from tests.scenario import CLERK, step

TODAY = date(2026, 9, 1)
OPENED = but(OPEN, framework=None, regime="pa2023").at(TODAY)
HELD = (OPENED, KEY_REPORT.at(TODAY))


def test_scenario_11_a_key_decision_waits_28_clear_days() -> None:
    noticed = (*HELD, NOTICE.at(TODAY))
    given(*noticed).when(DECISION.at(date(2026, 9, 29))).then_refused("D2")
    given(*noticed).when(DECISION.at(date(2026, 9, 30))).outcome()


def test_scenario_12_urgency_without_the_agreement_of_a_chair_is_refused() -> None:
    given(*HELD).when(DECISION.at(TODAY)).then_refused("D2")
    given(*HELD).when(AGREED.at(TODAY)._replace(by=CLERK)).then_refused("G1")


@pytest.mark.parametrize(
    ("short", "taken"),
    [("general-exception", EXCEPTION), ("special-urgency", AGREED)],
)
def test_a_quicker_way_that_the_timetable_offers_is_possible(short: Short, taken: step) -> None:
    found = given(*HELD).procurement()
    usual = days(timetable(found, on(TODAY)))["procurement decision"]
    sooner = days(timetable(found, on(TODAY), taking(NONE, [short])))["procurement decision"]
    assert sooner < usual
    given(*HELD, taken.at(TODAY)).when(DECISION.at(sooner)).outcome()
