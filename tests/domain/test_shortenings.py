"""Where a plan does not fit: which lawful ways to be quicker there are, and what each needs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.outline import Short
from domain.plan import Plan
from domain.shortenings import NEEDS, TITLES, Quicker, quicker, taking, warning
from domain.timetable import timetable
from tests.domain.cases import AUTHORISED, KEY_REPORT, OPEN, REPORT, given
from tests.domain.timetables import days, on, planned
from tests.scenario import DAY

TODAY = date(2026, 9, 1)
PLAN = Plan(
    "bromley",
    "Something",
    "pa2023",
    date(2026, 12, 1),
    value=Decimal(600_000),
    classes={"gateway-0": "executive"},
)


def ways(plan: Plan, day: date = TODAY) -> Quicker:
    return quicker(plan.procurement, on(day, plan.authority), plan.wishes)


def taken(plan: Plan, *short: Short, day: date = TODAY) -> dict[str, date]:
    wishes = taking(plan.wishes, short)
    return days(timetable(plan.procurement, on(day, plan.authority), wishes))


def titled(found: Quicker) -> set[str]:
    return {one.way for one in found.ways}


def test_every_way_says_what_it_needs() -> None:
    assert TITLES.keys() == NEEDS.keys()


def test_a_key_decision_that_comes_soon_may_take_less_notice() -> None:
    plan = Plan("leeds", "Something", "pcr2015", date(2026, 12, 1), value=Decimal(600_000))
    plan = replace(plan, passed=("procurement",), direct=True)
    usual = taken(plan)
    assert usual["award decision"] == date(2026, 9, 30)
    excepted = taken(plan, "general-exception")
    assert excepted["award notice"] == TODAY
    assert excepted["award decision"] == date(2026, 9, 9)
    urgent = taken(plan, "special-urgency")
    assert "award notice" not in urgent
    assert urgent["award decision"] == date(2026, 9, 8)
    assert {"general-exception", "special-urgency", "without-call-in"} <= titled(ways(plan))


def test_urgency_without_call_in_has_effect_at_once() -> None:
    usual, urgent = taken(PLAN), taken(PLAN, "without-call-in")
    assert "gateway-1 effect" in usual
    assert "gateway-1 effect" not in urgent
    assert urgent["start"] < usual["start"]


def test_gateways_are_combined_where_the_constitution_says_so() -> None:
    usual, combined = taken(PLAN), taken(PLAN, "combined-gateways")
    assert {"gateway-0 report", "gateway-1 report", "gateway-2 report"} <= usual.keys()
    assert "gateway-0 report" not in combined
    assert {"gateway-1 report", "gateway-2 report"} <= combined.keys()
    direct = taken(replace(PLAN, direct=True), "combined-gateways")
    assert [one for one in direct if one.endswith("report")] == ["gateway-2 report"]
    assert combined["start"] < usual["start"]


def test_a_planned_notice_allows_ten_days_to_tender() -> None:
    usual, planned_ = taken(PLAN), taken(PLAN, "planned-notice")
    assert (usual["closed"] - usual["invited"]).days == 25
    assert planned_["planned"] == TODAY
    assert (planned_["closed"] - planned_["invited"]).days == 10
    assert (planned_["invited"] - planned_["planned"]).days >= 40
    other = replace(PLAN, regime="psr2023")
    assert "planned" not in taken(other, "planned-notice")


@pytest.mark.parametrize(
    ("fields", "short", "days_"),
    [
        ({}, (), 25),
        ({}, ("fewer-days",), 25),
        ({"tender_days": 40}, (), 40),
        ({"tender_days": 40}, ("fewer-days",), 25),
        ({"tender_days": 5}, (), 25),
        ({"regime": "psr2023"}, (), 30),
        ({"regime": "psr2023"}, ("fewer-days",), 10),
        ({"regime": "psr2023", "tender_days": 5}, ("fewer-days",), 5),
    ],
)
def test_the_time_to_tender(fields: dict[str, Any], short: tuple[Short, ...], days_: int) -> None:
    found = taken(replace(PLAN, **fields), *short)
    assert (found["closed"] - found["invited"]).days == days_


def test_notices_may_go_out_while_a_decision_can_be_called_in() -> None:
    usual, beside = taken(PLAN), taken(PLAN, "alongside-call-in")
    assert beside["notices"] == beside["gateway-2 decision"] < usual["notices"]
    assert beside["signed"] >= max(beside["stood"], beside["gateway-2 effect"])
    assert "alongside-call-in" in titled(ways(PLAN))


def test_leeds_may_do_without_its_voluntary_standstill_until_it_has_decided() -> None:
    waits = given(OPEN, REPORT).procurement()
    found = quicker(waits, on(date(2022, 11, 21)))
    assert {one.way: one.enough for one in found.ways} == {
        "fewer-days": True,
        "no-standstill": True,
    }
    assert found.enough
    assert found.together < min(one.starts for one in found.ways)
    decided = given(*AUTHORISED).procurement()
    assert quicker(decided, on(date(2022, 11, 21))).ways == ()


def test_what_the_law_asks_for_is_not_left_out() -> None:
    assert "no-standstill" not in titled(ways(PLAN))
    assert "no-standstill" not in titled(ways(replace(PLAN, standstill="none")))


def test_where_only_all_together_helps_the_warning_says_so() -> None:
    context, waits = on(date(2022, 12, 1)), given(OPEN, REPORT).procurement()
    last = date(2022, 11, 15)
    found = quicker(waits, context)
    assert not any(one.enough for one in found.ways)
    assert found.enough
    said = warning(last, waits, context)
    assert said.startswith(
        "The last day was Tuesday 15 November 2022: the contract cannot start on "
    )
    assert "unless by all of these together: a shorter time to tender (P7) and a call-off" in said


def test_a_last_day_that_is_near_says_what_it_costs_to_miss_it() -> None:
    waits = given(OPEN, REPORT).procurement()
    said = warning(date(2022, 11, 15), waits, on(DAY))
    assert said == (
        "The last day is Tuesday 15 November 2022: after it the contract cannot start on Monday "
        "2 January 2023 any more, unless by a shorter time to tender (P7) or a call-off without a "
        "voluntary standstill (P4)"
    )


def test_where_nothing_helps_the_warning_says_so() -> None:
    waits = given(OPEN, KEY_REPORT).procurement()
    said = warning(date(2022, 11, 15), waits, on(date(2022, 12, 28)))
    assert said.endswith("any more, and no lawful way to be quicker is enough")


def test_a_shortened_plan_is_what_is_promised() -> None:
    for one in ways(PLAN).ways:
        assert taken(PLAN, one.way)["start"] == one.starts < planned(PLAN, TODAY).earliest
