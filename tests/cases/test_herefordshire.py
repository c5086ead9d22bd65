"""Herefordshire as recorded: decided in 2017, and all that the record does not say is named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adapters.house import House
from tests.cases.conftest import Show

REFERENCE = "herefordshire-2017-1"
CABINET_MEMBER = "herefordshire/cabinet-member-health-and-wellbeing"
LEGAL = "herefordshire/legal-services"


@pytest.fixture
def case(show: Show) -> Any:
    return show(REFERENCE)


@pytest.fixture
def decision(case: Any) -> Any:
    (found,) = case["decisions"]
    return found


@pytest.fixture
def award(decision: Any) -> Any:
    (found,) = decision["resolutions"]
    return found


def test_the_cabinet_member_decided_on_15_december_2017(decision: Any) -> None:
    assert decision["on"] == {"day": "2017-12-15", "precision": "day", "basis": ""}
    assert decision["by"] == {"person": None, "post": CABINET_MEMBER, "deputising": False}
    assert decision["by_title"] == "Cabinet Member for Health and Wellbeing"


def test_it_is_a_key_decision_although_it_is_small(case: Any, demo: House) -> None:
    (report,) = case["reports"]
    threshold = demo.rules("herefordshire").constitution.key_threshold
    assert (case["decisions"][0]["decision_class"], report["decision_class"]) == ("key", "key")
    assert float(case["value"]["pounds"]) < float(threshold.above)
    assert report["class_reason"] == "The published record says that the decision is key, not why."


def test_it_awards_imosphere_directly_five_years_for_154_203(case: Any, award: Any) -> None:
    assert (award["label"], award["outcome"]) == ("a", "agreed")
    effect = award["effect"]
    assert (effect["kind"], effect["supplier"], effect["direct"]) == (
        "award-contract",
        "Imosphere",
        True,
    )
    assert (effect["amount"]["basis"], effect["amount"]["pounds"]) == ("exact", "154203")
    assert (effect["starts"], effect["months"]) == ("2018-01-01", 60)
    assert case["value"]["text"] == "£154,203"
    assert (case["term"]["starts"], case["term"]["ends"]) == ("2018-01-01", "2022-12-31")


def test_the_term_starts_on_a_bank_holiday(demo: House) -> None:
    assert "New Year" in demo.rules("herefordshire").calendar.why_closed(date(2018, 1, 1))


def test_five_years_bring_ten_percent_off(case: Any, decision: Any) -> None:
    (supplier,) = case["parties"]
    assert (supplier["name"], supplier["part"]) == ("Imosphere", "supplier")
    assert "ten per cent off" in supplier["note"]
    assert "ten per cent off" in decision["implications"]


def test_its_reasons_and_three_rejected_alternatives_are_on_record(decision: Any) -> None:
    assert "No other provider" in decision["reasons"]
    assert [one["option"] for one in decision["alternatives"]] == [
        "Buy no licence",
        "Procure from a new provider",
        "Extend the contract by one year",
    ]
    assert all(one["rejected_because"] for one in decision["alternatives"])


def test_8_december_is_read_as_the_day_the_report_was_published(case: Any) -> None:
    (report,) = case["reports"]
    assert report["published"]["day"] == report["on"]["day"] == "2017-12-08"
    assert "without saying of what" in report["published"]["basis"]
    (note,) = [one for one in case["notes"] if one["kind"] == "inference"]
    first, second = note["readings"]
    assert ("8 December 2017" in first["says"], "15 December 2017" in second["says"]) == (
        True,
        True,
    )
    assert note["used"] == 1


def test_when_work_began_is_not_on_record(demo: House) -> None:
    opened = demo.views.trail(REFERENCE)[0]
    assert (opened.on_text, opened.on) == ("on a day that is not on record", date(2017, 12, 8))
    (stamp,) = [one.stamp for one in demo.log.read(opened.stream, upto=1)]
    assert (stamp.on.precision, stamp.on.basis) == ("unknown", "the first date on the record")


def test_call_in_closes_on_21_december_and_it_takes_effect_on_the_22nd(
    decision: Any, award: Any
) -> None:
    assert decision["open_to_call_in"]
    assert decision["window"]["last_day"] == "2017-12-21"
    counted = [one["date"][-2:] for one in decision["window"]["days"] if one["counted"]]
    assert counted == ["15", "18", "19", "20", "21"]
    assert [one["why"] for one in decision["window"]["days"][1:3]] == ["Saturday", "Sunday"]
    assert decision["effective"] == award["effective"] == "2017-12-22"
    assert decision["published_effective"] == "2017-12-22"


def test_whether_it_was_called_in_is_not_on_record(case: Any, decision: Any) -> None:
    assert decision["called_in"] is None
    silences = [one for one in case["notes"] if one["kind"] == "silence"]
    assert [one["about"] for one in silences] == [
        "Whether the decision was called in",
        "Notice, interests and legal ground",
    ]


def test_no_notice_no_interests_and_no_legal_ground_are_named_wherever_they_matter(
    case: Any, decision: Any, award: Any, demo: House
) -> None:
    assert case["notices"] == {}
    assert decision["interests"] == "not-in-the-record"
    assert award["effect"]["ground"] == ""
    named = {(one["version"], one["rule"]) for one in case["irregularities"]}
    assert named == {(2, "L2"), (4, "D2"), (4, "D8"), (4, "L2")}
    trail = demo.views.trail(REFERENCE)
    assert "L2: An award without competition names its legal ground" in trail[1].irregularities
    assert trail[3].irregularities.splitlines() == [
        "D2: No notice of this key decision is on record",
        "L2: An award without competition names its legal ground",
        "D8: Say whether an interest was declared: nothing is on record",
    ]
    row = next(one for one in demo.views.procurements() if one.reference == REFERENCE)
    assert row.irregularities == len(case["irregularities"])


def test_the_signature_waits_for_legal_services_and_for_nobody_else(demo: House) -> None:
    (row,) = demo.queue([LEGAL]).rows
    assert (row.reference, row.do) == (REFERENCE, "sign-contract")
    assert (row.since, row.opens, row.due) == (date(2017, 12, 22), None, date(2018, 1, 1))
    assert row.due_because == "the contract should start"
    assert [tuple(one) for one in demo.views.waiting(REFERENCE)] == [tuple(row)[:-2]]
    assert demo.clocks.today("herefordshire") == date(2017, 12, 22)


def test_the_register_shows_it(demo: House) -> None:
    row = next(one for one in demo.views.procurements() if one.reference == REFERENCE)
    assert (row.value, row.stage, row.supplier) == ("£154,203", "Awarded", "")
    assert (row.starts, row.ends, row.events) == (date(2018, 1, 1), date(2022, 12, 31), 8)


def test_every_event_says_where_the_record_has_it(demo: House) -> None:
    source = "Herefordshire Council, decision of 15 December 2017: "
    trail = demo.views.trail(REFERENCE)
    assert all(one.source.startswith(source) for one in trail)
    assert [one.sentence for one in trail[3:5]] == [
        "Decided the report: (a) agreed.",
        "Published the decision. Call-in closes at the end of 21 December 2017. "
        "It takes effect on 22 December 2017.",
    ]
