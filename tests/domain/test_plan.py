"""Plans that are on no record: read, checked, and put into days by a council's rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.constitution import Planning
from domain.offices import Meetings, read_offices
from domain.plan import Plan, why_not_plan
from domain.reading import Mistaken, read, read_toml
from domain.reading_constitution import read_constitution
from domain.regimes import Regime
from tests.domain import wyvern
from tests.domain.cases import RM6187, leeds
from tests.domain.timetables import days, of, on, planned, steps_of
from tests.domain.wyvern import OPEN as OPEN_THERE
from tests.domain.wyvern import TERMS, granted, plan
from tests.scenario import rules, texts

TODAY = date(2022, 11, 14)
PLAN = Plan("leeds", "Advice", "pcr2015", date(2023, 4, 3), value=Decimal(400_000))


def test_a_plan_is_read_from_toml() -> None:
    text = """
        authority = "leeds"
        title = "Advice"
        regime = "pcr2015"
        value = 400000
        starts = 2023-04-03
    """
    assert read(read_toml(text), Plan) == PLAN


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("starts = 2023-04-31", "Invalid date"),
        ("starts = 1023-04-30", "between 1900 and 2199"),
        ("starts = 2023-04-30\ntoday = 1023-04-30", "between 1900 and 2199"),
        ("starts = 2023-04-30\nvalue = -1", "could spend"),
        ("starts = 2023-04-30\nworth = 1", "is not known here"),
        ("", "is missing"),
    ],
)
def test_a_plan_that_makes_no_sense_is_not_read(line: str, says: str) -> None:
    head = 'authority = "leeds"\ntitle = "Advice"\nregime = "pcr2015"\n'
    with pytest.raises(Mistaken, match=says):
        read(read_toml(head + line), Plan)


@pytest.mark.parametrize(
    ("fields", "rule", "says"),
    [
        ({"passed": ("gateway-9",)}, "C1", "no gateway “gateway-9”"),
        ({"classes": {"gateway-9": "key"}}, "C1", "no gateway “gateway-9”"),
        ({"classes": {"award": "huge"}}, "C1", "no decision class “huge”"),
        ({"starts": date(2041, 1, 7)}, "C1", "outside the calendar"),
        ({"starts": TODAY}, "C1", "starts after the day"),
        ({"regime": "pa2023"}, "P1", "24 February 2025"),
    ],
)
def test_a_plan_goes_by_its_authoritys_rules(fields: dict[str, Any], rule: str, says: str) -> None:
    (refusal,) = why_not_plan(replace(PLAN, **fields), on(TODAY))
    assert refusal.rule == rule
    assert says in refusal.reason


def test_a_plan_in_order_is_not_refused() -> None:
    assert list(why_not_plan(replace(PLAN, classes={"award": "key"}), on(TODAY))) == []


def test_the_class_goes_by_the_value_or_by_the_plan() -> None:
    assert "award notice" not in days(planned(PLAN, TODAY))
    larger = replace(PLAN, value=Decimal(600_000))
    assert "procurement notice" in days(planned(larger, TODAY))
    assert "procurement notice" in days(planned(replace(PLAN, value=None), TODAY))
    chosen = replace(PLAN, classes={"award": "key"})
    assert "award notice" in days(planned(chosen, TODAY))


def test_a_gateway_without_a_route_is_decided_by_nobody_known() -> None:
    small = replace(PLAN, value=Decimal(50))
    found = planned(small, TODAY)
    assert steps_of(found)["award decision"].title == "Decision"
    assert any(one.startswith("No route of the constitution") for one in found.assumed)


def test_a_constitution_without_gateways_still_leads_to_a_contract() -> None:
    bare = leeds(gateways=())
    found = days(planned(replace(PLAN, phases=2), TODAY, bare))
    assert list(found)[-2:] == ["start", "phase 2"]
    direct = days(planned(replace(PLAN, direct=True, framework=RM6187), TODAY, bare))
    assert list(direct) == ["signed", "start"]


def test_gateways_that_are_passed_are_left_out() -> None:
    assert "procurement report" not in days(planned(replace(PLAN, passed=("procurement",)), TODAY))


@pytest.mark.parametrize(
    ("fields", "notices", "stood"),
    [
        ({"regime": "pcr2015"}, True, True),
        ({"regime": "pcr2015", "direct": True}, False, False),
        ({"regime": "pcr2015", "framework": RM6187}, True, True),
        ({"regime": "pcr2015", "framework": RM6187, "standstill": "none"}, False, False),
        ({"regime": "pa2023", "framework": RM6187, "standstill": "none"}, True, False),
        ({"regime": "pa2023", "direct": True}, True, True),
        ({"regime": "pa2023", "direct": True, "process": "extreme-urgency"}, True, False),
        ({"regime": "psr2023", "direct": True, "process": "direct-award-a"}, False, False),
        ({"regime": "psr2023", "direct": True, "process": "direct-award-c"}, True, True),
    ],
)
def test_a_standstill_is_planned_where_the_law_or_the_decision_asks_for_one(
    fields: dict[str, Any], notices: bool, stood: bool
) -> None:
    found = days(planned(replace(PLAN, starts=date(2027, 4, 5), **fields), date(2026, 9, 1)))
    assert ("notices" in found, "stood" in found) == (notices, stood)
    summaries = fields["regime"] == "pa2023" and not fields.get("direct")
    assert ("summaries" in found) == summaries


@pytest.mark.parametrize("regime", ["pcr2015", "psr2023"])
def test_planning_times_are_the_constitutions(regime: Regime) -> None:
    where: Any = {"standing": "sourced", "where": "a page"}
    at_once = tuple(
        Planning(step=one, number=0, **where)
        for one in ("write-report", "evaluate", "tender", "publish-decision")
    )
    months = Planning(step="mobilise", number=2, unit="months", **where)
    found = planned(replace(PLAN, regime=regime), TODAY, leeds(planning=(*at_once, months)))
    there = days(found)
    assert there["procurement begin"] == there["procurement report"] == there["closed"] == TODAY
    assert there["evaluated"] == date(2022, 11, 15) == there["award report"]
    assert there["start"] == there["signed"].replace(
        year=2023, month=(there["signed"].month + 1) % 12 + 1
    )
    assert "Tenders close on the day of the invitation: assumed (sourced: a page)" in found.assumed
    assert any("to the start it takes 2 months: assumed (sourced" in one for one in found.assumed)


def test_a_body_without_a_calendar_is_assumed_to_meet_on_any_working_day() -> None:
    found = planned(replace(PLAN, authority="wyvern", value=None), TODAY)
    assert any(
        one == "The meetings of the Cabinet are not on record: any working day is assumed"
        for one in found.assumed
    )
    award = steps_of(found)["award decision"]
    report = steps_of(found)["award report"]
    assert (award.count, (award.day - report.day).days > 5) != (None, False)


def test_several_bodies_recommend_in_their_order() -> None:
    there = replace(PLAN, authority="wyvern", value=Decimal(700_000))
    found = steps_of(planned(there, TODAY))
    first, second = found["strategy advice 0"], found["strategy advice 1"]
    assert first.title == "Scrutiny Committee recommends"
    assert first.day <= second.day <= found["strategy decision"].day


def test_an_award_under_delegated_authority_hears_its_consultees_first() -> None:
    found = of(*granted(TERMS), day=date(2022, 12, 1), reference=wyvern.REFERENCE)
    step = steps_of(found)["award consulted"]
    assert step.why.startswith("Portfolio Holder for Health and Portfolio Holder for Families")
    assert steps_of(found)["award decision"].title == "Director of Public Health decides"


def test_what_a_report_asks_to_delegate_is_planned_for() -> None:
    found = of(OPEN_THERE, plan(TERMS), day=date(2022, 12, 1), reference=wyvern.REFERENCE)
    assert "award consulted" in days(found)


def test_meetings_are_of_a_body_and_in_order() -> None:
    constitution, offices = texts("bromley")
    broken = offices.replace('body = "bromley/executive"', 'body = "bromley/legal-services"')
    with pytest.raises(Mistaken, match="is no body of this file"):
        read_offices(broken)
    with pytest.raises(Mistaken, match="in their order, each once"):
        read_offices(offices.replace("2021-02-10, 2021-03-02", "2021-03-02, 2021-02-10"))
    with pytest.raises(Mistaken, match="“mobilise” is there twice"):
        read_constitution(constitution.replace('step = "publish-decision"', 'step = "mobilise"'))
    meets = rules("bromley").offices.meets("bromley/executive")
    assert isinstance(meets, Meetings)
    assert len(meets.days) == 7
