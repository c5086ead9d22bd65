"""Leeds' delivery partner: every fact of its record, and what follows it."""

from __future__ import annotations

from datetime import date

from adapters.house import House
from tests.cases.conftest import Show

REF = "leeds-2022-1"
DIRECTOR = "leeds/director-of-adults-and-health"


def test_what_is_bought_and_for_how_much(show: Show) -> None:
    case = show(REF)
    assert case["title"] == "Community Health and Wellbeing Service delivery partner"
    assert case["authority_title"] == "Leeds City Council"
    assert case["value"]["text"] == "up to £400,000"
    assert case["term"] == {
        "starts": "2023-01-02",
        "months": 24,
        "extensions": [],
        "ends": "2025-01-01",
    }
    first, second = case["phases"]
    assert (first["amount"]["basis"], first["amount"]["pounds"]) == ("up-to", "150000")
    assert (second["amount"]["basis"], second["amount"]["pounds"]) == ("up-to", "250000")
    assert second["condition"] == "Only if phase 1 shows that the model is financially viable"
    assert first["started"] is second["started"] is None


def test_the_framework_and_its_lot(show: Show) -> None:
    framework = show(REF)["framework"]
    assert framework["reference"] == "RM6187"
    assert framework["title"] == "Management Consultancy 3, Crown Commercial Service"
    assert framework["lot"].startswith("Lot 7")
    assert (framework["since"], framework["until"]) == ("2021-08-24", "2025-08-23")


def test_partner_and_funder(show: Show) -> None:
    parties = {one["part"]: one for one in show(REF)["parties"]}
    assert parties["partner"]["name"] == "Leeds Community Healthcare Trust"
    assert parties["funder"]["name"] == "NHS"
    assert "ringfenced" in parties["funder"]["note"]


def test_the_report_that_waits(show: Show) -> None:
    case = show(REF)
    assert case["stage"] == "Report waits for a decision"
    assert case["decisions"] == []
    (report,) = case["reports"]
    assert report["on_text"] == "11 November 2022"
    assert report["author"]["post"] == "leeds/deputy-director-integrated-commissioning"
    assert report["to_title"] == "Director of Adults and Health"
    assert report["decision_class"] == "significant-operational"
    assert report["state"] == "open"
    assert len(report["documents"]) == 2
    a, b = (one["effect"] for one in report["recommendations"])
    assert a["kind"] == "authorise-procurement"
    assert a["up_to"]["pounds"] == "400000"
    weights = {one["name"]: one["weight"] for one in a["criteria"]}
    assert weights == {"Quality": "60", "Price": "40"}
    assert a["social_value"] == "10"
    assert a["tender_days"] == 21
    assert a["standstill"] == "voluntary"
    assert b == {
        "kind": "award-by-later-decision",
        "decision_class": "significant-operational",
        "to": "the tenderer with the highest score",
    }


def test_the_timetable_that_hardly_fits(show: Show) -> None:
    """Tenders from the week of 14 November for three weeks; a start on a bank holiday."""
    tender, starts = show(REF)["reports"][0]["timetable"]
    assert tender["on"] == {"day": "2022-11-14", "precision": "week", "basis": ""}
    assert starts["on"]["day"] == "2023-01-02"


def test_the_start_is_a_bank_holiday(demo: House) -> None:
    assert demo.rules("leeds").calendar.why_closed(date(2023, 1, 2))


def test_both_readings_of_the_contradiction_stand_with_their_places(show: Show) -> None:
    (note,) = [one for one in show(REF)["notes"] if one["kind"] == "contradiction"]
    assert note["about"] == "How the award is decided"
    first, second = note["readings"]
    assert (first["says"], first["where"]) == (
        "by “significant operational decision”",
        "recommendation (b)",
    )
    assert (second["says"], second["where"]) == ("through an “admin DDN”", "paragraph 6")
    assert note["used"] == 1


def test_what_the_report_leaves_unclear_is_named(show: Show) -> None:
    about = [one["about"] for one in show(REF)["notes"]]
    assert about[1:] == [
        "Whether the decision is open to call-in",
        "Where the 10 % for social value sits",
        "What “Phase 1” means",
    ]


def test_the_directors_decision_waits_and_nothing_is_irregular(demo: House) -> None:
    (row,) = demo.views.queue([DIRECTOR])
    assert (row.do, row.since, row.due) == (
        "take-decision",
        date(2022, 11, 11),
        date(2022, 11, 14),
    )
    assert row.opens is None
    assert "£100,000 and £500,000" in row.whose
    (case,) = [one for one in demo.views.procurements() if one.reference == REF]
    assert (case.value, case.stage, case.irregularities) == (
        "up to £400,000",
        "Report waits for a decision",
        0,
    )
    assert demo.clocks.today("leeds") == date(2022, 11, 11)
    trail = demo.views.trail(REF)
    assert [one.event for one in trail][:2] == ["procurement-opened/1", "report-put-up/1"]
    assert all(one.source.startswith("Leeds City Council, report of 11") for one in trail)
