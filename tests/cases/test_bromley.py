"""Bromley as recorded: a committee recommends to the Executive, and nothing is decided yet."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from adapters.house import House
from domain.procurement import Procurement
from tests.cases.conftest import Show

REFERENCE = "bromley-2021-1"
PDS = "bromley/adult-care-and-health-pds-committee"
EXECUTIVE = "bromley/executive"
CLERK = "bromley/democratic-services"
TEAM = "bromley/commissioning-team"
ASSISTANT_DIRECTOR = "bromley/assistant-director-integrated-commissioning"
TITLE = "Primary and Secondary Intervention Service (Bromley Well)"


@pytest.fixture
def case(show: Show) -> Any:
    return show(REFERENCE)


@pytest.fixture
def report(case: Any) -> Any:
    (found,) = case["reports"]
    return found


@pytest.fixture
def recorded(demo: House) -> Procurement:
    return demo.procurement(REFERENCE)


def note(case: Any, about: str) -> Any:
    (found,) = [one for one in case["notes"] if about in one["about"]]
    return found


def test_it_is_report_ach21_018_at_gateway_0(case: Any, report: Any) -> None:
    assert (case["title"], case["council_reference"]) == (TITLE, "ACH21-018")
    assert report["gateway"] == "gateway-0"
    assert report["title"].startswith("Gateway 0: procurement options")
    (paper,) = report["documents"]
    assert paper["title"] == "Report ACH21-018, retold from the minutes"
    assert report["author"]["post"] == "bromley/integrated-strategic-commissioner"


def test_it_asks_for_option_2_a_soft_market_test(report: Any) -> None:
    (asked,) = report["recommendations"]
    effect = asked["effect"]
    assert (effect["kind"], effect["market_engagement"]) == ("approve-plan", True)
    assert effect["plan"].startswith("Option 2: conduct a soft market test")
    assert "before a Gateway 1 report" in asked["text"]


def test_the_present_contract_ran_for_three_years_and_two_more(case: Any) -> None:
    (contract,) = case["existing"]
    assert contract["supplier"] == "Bromley Third Sector Enterprise"
    assert contract["term"] == {
        "starts": "2017-10-01",
        "months": 36,
        "extensions": [24],
        "notice_months": 0,
    }
    assert contract["ends"] == {"day": "2022-09-30", "precision": "day", "basis": ""}


def test_no_option_to_extend_is_left_and_the_sums_agree(recorded: Procurement) -> None:
    (contract,) = recorded.existing
    assert contract.term
    assert len(contract.term.extensions) - contract.extended == 0
    assert contract.term.ends_after(contract.extended) == contract.ends.day == date(2022, 9, 30)


def test_it_is_an_estimated_2_5_million_a_year(case: Any) -> None:
    (contract,) = case["existing"]
    for value in case["value"], contract["value"]:
        assert (value["basis"], value["pounds"], value["per"]) == ("estimated", "2500000", "year")
        assert value["vat"] == "not-stated"
    assert case["value"]["text"] == "estimated £2,500,000 a year"
    assert case["term"] is None
    assert "limits nothing" in note(case, "next contract is worth")["because"]


def test_the_council_leads_and_the_clinical_commissioning_group_commissions_with_it(
    case: Any,
) -> None:
    parts = {one["part"]: one for one in case["parties"]}
    assert parts["lead-commissioner"]["name"] == "London Borough of Bromley"
    assert parts["incumbent"]["name"] == "Bromley Third Sector Enterprise"
    partner = parts["commissioner"]
    assert partner["name"] == "Bromley Clinical Commissioning Group"
    assert "merged away in April 2020" in partner["note"]
    assert "NHS South East London Clinical Commissioning Group" in partner["note"]
    quoted, successor = note(case, "commissions with the council")["readings"]
    assert quoted["says"] == partner["name"]
    assert successor["says"] in partner["note"]


def test_the_committee_recommends_with_its_reasons(report: Any) -> None:
    assert list(report["advised"]) == [PDS]
    made = report["advised"][PDS]
    assert [(one["label"], one["view"]) for one in made["advice"]] == [("a", "supported")]
    assert made["by"] == {"person": None, "post": PDS, "deputising": False}
    assert "before any procurement starts" in made["reasons"]
    assert "does not oblige the council to procure" in made["reasons"]


def test_a_recommendation_is_not_a_decision(case: Any, report: Any, recorded: Procurement) -> None:
    assert (report["to"], report["to_title"], report["state"]) == (EXECUTIVE, "Executive", "open")
    assert case["decisions"] == []
    assert recorded.open_report
    assert case["stage"] == "Recommended, waits for a decision"
    silence = note(case, "What the Executive decided")
    assert silence["kind"] == "silence"
    assert "is not on record" in silence["because"]


def test_both_are_bodies_and_the_route_says_which_of_them_decides(demo: House) -> None:
    rules = demo.rules("bromley")
    assert rules.offices.is_body(PDS)
    assert rules.offices.is_body(EXECUTIVE)
    assert not [one for one in rules.offices.holders if one.post in (PDS, EXECUTIVE)]
    route = rules.constitution.route("gateway-0", "executive", None)
    assert route
    assert (route.recommended_by, route.decided_by) == ((PDS,), EXECUTIVE)
    assert route.standing == "sourced"


def test_the_gateways_come_in_their_order(demo: House) -> None:
    gateways = {one.id: one for one in demo.rules("bromley").constitution.gateways}
    assert [gateways[f"gateway-{n}"].asks_for for n in range(3)] == [
        "approve-plan",
        "authorise-procurement",
        "award-contract",
    ]
    assert gateways["gateway-1"].after == ("gateway-0",)
    assert gateways["gateway-2"].after == gateways["gateway-2"].may_combine == ("gateway-1",)
    assert "Gateway Review 1/2" in gateways["gateway-2"].where


def test_gateway_1_is_owed_to_the_committee_in_june_2021(case: Any) -> None:
    gateway_1, _ = case["undertakings"]
    assert gateway_1["what"].startswith("a Gateway 1 report to the committee")
    assert (gateway_1["by"], gateway_1["to"]) == (TEAM, PDS)
    assert (gateway_1["due"]["day"], gateway_1["due"]["precision"]) == ("2021-06-01", "month")
    assert case["discharged"] == {}


def test_an_officer_undertook_the_specification_in_early_autumn(case: Any) -> None:
    _, specification = case["undertakings"]
    assert "specification" in specification["what"]
    assert (specification["by"], specification["to"]) == (ASSISTANT_DIRECTOR, PDS)
    assert specification["due"] == {
        "day": "2021-09-01",
        "precision": "month",
        "basis": "“early autumn”, read as September",
    }
    assert specification["once"] == "the market has been consulted"
    assert note(case, "When the specification comes")["readings"][0]["where"] == "paragraph 5"


def test_the_report_plans_gateway_1_the_specification_and_the_end_of_the_contract(
    report: Any,
) -> None:
    planned = [(one["on"]["day"], one["on"]["precision"]) for one in report["timetable"]]
    assert planned == [("2021-06-01", "month"), ("2021-09-01", "month"), ("2022-09-30", "day")]
    assert report["timetable"][0]["act"] == "put-up-report"


def test_no_day_of_what_happened_is_on_record(case: Any, report: Any, demo: House) -> None:
    days = [report["on"], report["advised"][PDS]["on"]]
    days += [one["given"] for one in case["undertakings"]]
    assert {one["precision"] for one in days} == {"unknown"}
    assert all(one["basis"] for one in days)
    happened = demo.views.trail(REFERENCE)[:5]
    assert {one.on_text for one in happened} == {"on a day that is not on record"}
    inferred = note(case, "When the committee met")
    assert inferred["kind"] == "inference"
    assert inferred["readings"][inferred["used"] - 1]["says"] == "17 March 2021"
    assert "only 17 March fits" in inferred["because"]


def test_a_soft_market_test_obliges_nobody_and_has_not_begun(case: Any) -> None:
    obliges = note(case, "soft market test binds")
    assert "did not oblige commissioners to procure" in obliges["readings"][0]["says"]
    assert "nothing more" in obliges["because"]
    assert case["engagement"] is None
    assert case["tender"] is case["evaluation"] is case["standstill"] is case["contract"] is None


def test_the_conflict_of_interest_is_the_providers_and_no_members(case: Any) -> None:
    conflict = note(case, "conflict of interest")
    provider, councillor = conflict["readings"]
    assert (conflict["used"], conflict["kind"]) == (1, "inference")
    assert provider["says"].startswith("the provider's")
    assert councillor["says"].startswith("a councillor's")
    assert "No councillor's interest is on record" in conflict["because"]


def test_the_other_options_are_not_on_record(case: Any, report: Any) -> None:
    silence = note(case, "options that were not recommended")
    assert silence["kind"] == "silence"
    assert "Option 2" in silence["readings"][0]["says"]
    assert report["alternatives"] == []
    assert case["appraisal"] is None


def test_whether_the_decision_is_key_is_not_on_record(case: Any, report: Any, demo: House) -> None:
    silence = note(case, "key and open to call-in")
    assert silence["kind"] == "silence"
    assert report["decision_class"] == "executive"
    assert "not on record" in report["class_reason"]
    kind = demo.rules("bromley").constitution.decision_class("executive")
    assert kind
    assert (kind.key, kind.call_in, kind.standing) == (False, True, "inferred")


def test_nothing_is_irregular(case: Any) -> None:
    assert case["irregularities"] == []
    assert (case["regime"], case["as_of"]) == ("pcr2015", "2021-03-17")


def test_the_executives_decision_waits_for_who_records_it(demo: House) -> None:
    (row,) = [one for one in demo.views.waiting(REFERENCE) if one.do == "take-decision"]
    assert row.post == CLERK
    assert row.act.startswith("Record what the Executive decides on “Gateway 0")
    assert row.due_because == "the report plans: Gateway 1 report to the committee"
    assert row.whose.startswith("sourced: the resolution on report ACH21-018")
    assert (row.opens, row.blocked_by) == (None, "")
    assert demo.queue([PDS, EXECUTIVE]).rows == []


def test_what_was_undertaken_waits_for_who_owes_it_and_who_keeps_the_record(demo: House) -> None:
    rows = [one for one in demo.views.waiting(REFERENCE) if one.do == "discharge-undertaking"]
    assert {(one.post, one.due) for one in rows} == {
        (TEAM, date(2021, 6, 30)),
        (CLERK, date(2021, 6, 30)),
        (ASSISTANT_DIRECTOR, date(2021, 9, 30)),
        (CLERK, date(2021, 9, 30)),
    }
    owed = "it is owed to Adult Care and Health PDS Committee"
    assert {one.due_because for one in rows} == {owed}


def test_nothing_else_waits(demo: House) -> None:
    waits = {one.do for one in demo.views.waiting(REFERENCE)}
    assert waits == {"take-decision", "discharge-undertaking"}


def test_the_register_shows_it(demo: House) -> None:
    row = next(one for one in demo.views.procurements() if one.reference == REFERENCE)
    assert (row.title, row.value, row.supplier) == (TITLE, "estimated £2,500,000 a year", "")
    assert (row.stage, row.irregularities) == ("Recommended, waits for a decision", 0)
    assert (row.starts, row.ends) == (None, None)


def test_the_trail_says_where_each_fact_stands_in_the_minutes(demo: House) -> None:
    trail = demo.views.trail(REFERENCE)
    assert [one.event for one in trail] == [
        "procurement-opened/1",
        "report-put-up/1",
        "recommendation-made/1",
        *["undertaking-given/1"] * 2,
        *["source-note-made/1"] * 9,
    ]
    source = "London Borough of Bromley, minutes on report ACH21-018: "
    assert all(one.source.startswith(source) for one in trail)
    assert trail[2].sentence.startswith("Recommended to the decision maker: (a) supported.")
    assert trail[3].sentence.startswith("An officer undertook, due in June 2021: a Gateway 1")
    assert trail[4].source == f"{source}paragraph 5"


def test_no_name_or_address_of_a_person_is_in_the_case(case: Any, demo: House) -> None:
    stored = str(case)
    assert not re.search(r"[\w.]+@[\w.]+", stored)
    assert [one for one in demo.identity.names().values() if one in stored] == []


def test_the_visiting_auditor_is_the_one_of_the_other_councils(demo: House) -> None:
    auditors = {
        one.person
        for council in ("bromley", "leeds", "herefordshire")
        for one in demo.rules(council).offices.holders
        if one.post == f"{council}/visiting-auditor"
    }
    assert len(auditors) == 1
