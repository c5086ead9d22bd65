"""Leeds as recorded: a report waits for the Director, and every fact of it is there to read."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from adapters.house import House
from tests.cases.conftest import Show

REFERENCE = "leeds-2022-1"
DIRECTOR = "leeds/director-of-adults-and-health"
DEPUTY_DIRECTOR = "leeds/deputy-director-integrated-commissioning"
OPERATIONAL = "significant-operational"


@pytest.fixture
def case(show: Show) -> Any:
    return show(REFERENCE)


@pytest.fixture
def report(case: Any) -> Any:
    (found,) = case["reports"]
    return found


def test_the_deputy_director_put_up_a_report_on_11_november_2022(report: Any) -> None:
    assert report["on"] == {"day": "2022-11-11", "precision": "day", "basis": ""}
    assert report["author"] == {"person": None, "post": DEPUTY_DIRECTOR, "deputising": False}
    assert (report["to"], report["to_title"]) == (DIRECTOR, "Director of Adults and Health")
    assert (report["state"], report["version"]) == ("open", 1)
    assert [one["title"] for one in report["documents"]] == [
        "Report to the Director of Adults and Health",
        "Appendix: equality assessment",
    ]


def test_it_asks_for_a_significant_operational_decision_that_is_not_open_to_call_in(
    case: Any, report: Any, demo: House
) -> None:
    kind = demo.rules("leeds").constitution.decision_class(OPERATIONAL)
    assert kind
    assert (kind.key, kind.call_in) == (False, False)
    assert report["decision_class"] == OPERATIONAL
    note = next(one for one in case["notes"] if "open to call-in" in one["about"])
    assert note["kind"] == "silence"
    assert note["readings"][0]["where"] == "paragraph 23"
    assert "yes and no boxes" in note["because"]


def test_a_competition_under_rm6187_lot_7_is_asked_for(case: Any, report: Any) -> None:
    framework = case["framework"]
    assert framework["reference"] == "RM6187"
    assert framework["lot"].startswith("Lot 7: Health, Social Care")
    assert (framework["since"], framework["until"]) == ("2021-08-24", "2025-08-23")
    assert "RM6187" in report["recommendations"][0]["text"]
    assert case["regime"] == "pcr2015"


def test_the_contract_is_worth_up_to_400_000_over_24_months(case: Any, report: Any) -> None:
    assert case["value"] == {
        "basis": "up-to",
        "pounds": "400000",
        "per": "total",
        "vat": "not-stated",
        "text": "up to £400,000",
    }
    assert case["term"]["months"] == 24
    assert report["recommendations"][0]["effect"]["up_to"]["pounds"] == "400000"


def test_it_starts_on_2_january_2023_which_is_a_bank_holiday(case: Any, demo: House) -> None:
    assert (case["term"]["starts"], case["term"]["ends"]) == ("2023-01-02", "2025-01-01")
    assert "New Year" in demo.rules("leeds").calendar.why_closed(date(2023, 1, 2))


def test_it_has_two_phases_with_a_gate_between_them(case: Any, demo: House) -> None:
    first, second = case["phases"]
    for phase, pounds in ((first, "150000"), (second, "250000")):
        assert (phase["amount"]["basis"], phase["amount"]["pounds"]) == ("up-to", pounds)
        assert phase["started"] is None
    assert first["condition"] == ""
    assert second["condition"] == "Only if phase 1 shows that the model is financially viable"
    rules = demo.rules("leeds").constitution
    (route,) = [one for one in rules.routes if one.gateway == "phase"]
    assert (route.decision_class, route.decided_by) == ("administrative", DIRECTOR)
    assert "paragraph 23" in route.where


def test_the_nhs_pays_and_the_trust_is_a_partner(case: Any, report: Any) -> None:
    parts = {one["part"]: (one["name"], one["note"]) for one in case["parties"]}
    assert parts["funder"][0] == "NHS"
    assert "ringfenced" in parts["funder"][1]
    assert parts["partner"][0] == "Leeds Community Healthcare Trust"
    assert "ringfenced" in report["implications"]


def test_tenders_are_weighed_60_to_40_with_social_value_at_10_percent(
    case: Any, report: Any
) -> None:
    effect = report["recommendations"][0]["effect"]
    assert effect["criteria"] == [
        {"name": "Quality", "weight": "60"},
        {"name": "Price", "weight": "40"},
    ]
    assert effect["social_value"] == "10"
    note = next(one for one in case["notes"] if "social value" in one["about"])
    assert "is not said" in note["because"]


def test_tenderers_get_three_weeks_at_least_from_the_week_of_14_november(report: Any) -> None:
    assert report["recommendations"][0]["effect"]["tender_days"] == 21
    tender, start = report["timetable"]
    assert (tender["act"], tender["on"]["day"], tender["on"]["precision"]) == (
        "invite-tenders",
        "2022-11-14",
        "week",
    )
    assert (start["what"], start["on"]["day"]) == ("contract starts", "2023-01-02")


def test_the_standstill_is_voluntary(report: Any) -> None:
    assert report["recommendations"][0]["effect"]["standstill"] == "voluntary"


def test_the_award_is_a_later_decision_of_the_same_kind(report: Any) -> None:
    later = report["recommendations"][1]
    assert later["label"] == "b"
    assert later["effect"]["kind"] == "award-by-later-decision"
    assert later["effect"]["decision_class"] == OPERATIONAL


def test_both_readings_of_the_contradiction_are_shown_and_which_one_is_used(case: Any) -> None:
    (note,) = [one for one in case["notes"] if one["kind"] == "contradiction"]
    recommendation, paragraph = note["readings"]
    assert recommendation["where"] == "recommendation (b)"
    assert "significant operational decision" in recommendation["says"]
    assert paragraph["where"] == "paragraph 6"
    assert "admin DDN" in paragraph["says"]
    assert note["used"] == 1
    assert note["because"].startswith("The recommendation is what the Director is asked to decide")


def test_phase_1_of_the_rollout_is_not_phase_1_of_the_contract(case: Any) -> None:
    (note,) = [one for one in case["notes"] if one["kind"] == "inference"]
    assert [one["where"] for one in note["readings"]] == ["paragraph 7", "paragraph 16"]
    assert note["used"] == 1


def test_two_alternatives_were_rejected(report: Any) -> None:
    staff, framework = report["alternatives"]
    assert "own staff" in staff["option"]
    assert "other national framework" in framework["option"]


def test_nothing_is_decided_and_nothing_is_irregular(case: Any) -> None:
    assert case["decisions"] == case["irregularities"] == []
    assert case["tender"] is case["evaluation"] is case["standstill"] is case["contract"] is None
    assert (case["stage"], case["as_of"]) == ("Report waits for a decision", "2022-11-11")


def test_it_waits_in_the_queue_of_the_director_and_of_nobody_else(demo: House) -> None:
    (row,) = demo.queue([DIRECTOR]).rows
    assert (row.reference, row.do, row.post) == (REFERENCE, "take-decision", DIRECTOR)
    assert (row.since, row.due) == (date(2022, 11, 11), date(2022, 11, 14))
    assert row.due_because == "the report plans: tender published, for three weeks at least"
    assert (row.opens, row.blocked_by) == (None, "")
    assert row.whose.startswith("inferred: decisions of 2022")
    assert [tuple(one) for one in demo.views.waiting(REFERENCE)] == [tuple(row)[:-2]]


def test_the_register_shows_it(demo: House) -> None:
    row = next(one for one in demo.views.procurements() if one.reference == REFERENCE)
    assert (row.value, row.supplier, row.stage) == (
        "up to £400,000",
        "",
        "Report waits for a decision",
    )
    assert (row.starts, row.ends, row.last_on) == (
        date(2023, 1, 2),
        date(2025, 1, 1),
        date(2022, 11, 11),
    )
    assert row.irregularities == 0


def test_the_trail_says_where_each_fact_stands_in_the_report(demo: House) -> None:
    trail = demo.views.trail(REFERENCE)
    assert [one.event for one in trail] == [
        "procurement-opened/1",
        "report-put-up/1",
        *["source-note-made/1"] * 4,
    ]
    source = "Leeds City Council, report of 11 November 2022: "
    assert all(one.source.startswith(source) for one in trail)
    assert trail[1].source == f"{source}the whole report"
    assert trail[2].source == f"{source}recommendation (b); paragraphs 6 and 23"
    assert trail[2].sentence == (
        "The source contradicts itself: How the award is decided. "
        "Used here: by “significant operational decision”."
    )


def test_no_name_or_address_of_a_person_is_in_the_case(case: Any, demo: House) -> None:
    stored = str(case)
    assert not re.search(r"[\w.]+@[\w.]+", stored)
    assert [one for one in demo.identity.names().values() if one in stored] == []
