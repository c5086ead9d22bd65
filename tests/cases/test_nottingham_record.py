"""Nottingham's record as its people find it: queue, register, trail, rules, irregularities."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from adapters.house import House
from tests.cases.conftest import Show
from tests.cases.nottingham import CLERK, DIRECTOR, MANAGER, REFERENCE, RESOLVED

SOURCE = "Nottingham City Council, minutes on the 0-5 integrated services contract: "


@pytest.fixture
def case(show: Show) -> Any:
    return show(REFERENCE)


def test_notice_and_interests_are_not_in_the_record_and_that_shows(case: Any, demo: House) -> None:
    (decision,) = case["decisions"]
    assert (case["notices"], decision["interests"]) == ({}, "not-in-the-record")
    assert {(one["version"], one["rule"]) for one in case["irregularities"]} == {
        (3, "D2"),
        (3, "D5"),
        (3, "D8"),
    }
    notes = {one["about"]: one["kind"] for one in case["notes"]}
    assert notes["Notice, interests, and whether the decision was called in"] == "silence"
    irregular = [one.irregularities for one in demo.views.trail(REFERENCE) if one.irregularities]
    said = (
        "D2: No notice of this key decision is on record\n"
        "D5: No notice is on record that Commissioning Committee takes closed papers in private\n"
        "D8: Say whether an interest was declared: nothing is on record"
    )
    assert irregular == [said, said], "the decision, and the authority that it delegates"


def test_the_register_shows_no_figure(demo: House) -> None:
    row = next(one for one in demo.views.procurements() if one.reference == REFERENCE)
    assert (row.value, row.supplier, row.stage) == ("exempt from publication", "", "Decided")
    assert (row.starts, row.ends) == (date(2018, 4, 1), date(2023, 3, 31))
    assert row.irregularities == 3


def test_what_waits_is_a_complete_record_the_figures_and_the_report_back(demo: House) -> None:
    waiting = {(one.do, one.subject.split()[-1], one.post) for one in demo.views.waiting(REFERENCE)}
    assert waiting == {
        ("complete-decision-record", str(RESOLVED), CLERK.post),
        ("enter-exempt-figure", "1a", CLERK.post),
        ("enter-exempt-figure", "1a", MANAGER.post),
        ("enter-exempt-figure", "2", CLERK.post),
        ("enter-exempt-figure", "2", MANAGER.post),
        ("discharge-undertaking", "1b", DIRECTOR.post),
        ("discharge-undertaking", "1b", CLERK.post),
    }
    assert demo.clocks.today("nottingham") == date(2017, 6, 14)


def test_closed_parts_are_for_those_who_decide_advise_sign_or_keep_the_record(
    demo: House,
) -> None:
    closed = demo.rules("nottingham").constitution.closed
    assert closed
    assert {one.removeprefix("nottingham/") for one in closed.posts} == {
        "director-of-public-health",
        "portfolio-holder-adults-and-health",
        "portfolio-holder-early-years",
        "strategic-commissioning-manager",
        "democratic-services",
        "legal-services",
        "strategic-finance",
        "monitoring-officer",
    }


def test_the_rules_say_what_was_found_and_what_was_not(demo: House) -> None:
    rules = demo.rules("nottingham").constitution
    assert rules.call_in
    assert (rules.call_in.working_days, rules.call_in.counted_from) == (5, "publication")
    assert (rules.call_in.standing, "16 June 2015" in rules.call_in.where) == ("inferred", True)
    assert (rules.key_threshold.above, rules.key_threshold.standing) == (
        Decimal(750_000),
        "inferred",
    )
    assert "2015 to 2017 was not found" in rules.key_threshold.where
    assert {one.id: one.call_in for one in rules.classes} == {
        "key": True,
        "committee": True,
        "officer": True,
    }


def test_every_event_says_where_the_record_has_it(demo: House) -> None:
    trail = demo.views.trail(REFERENCE)
    assert all(one.source.startswith(SOURCE) for one in trail)
    said = [one.sentence for one in trail]
    assert said[0] == (
        "Opened the procurement “0-5 integrated services”, value exempt from publication."
    )
    assert said[2:4] == [
        "Decided the report: (1)(a) agreed, (1)(b) agreed, (2) agreed and (3) agreed.",
        "Delegated authority by resolution (3), within the budget: "
        "approval of the outcome of the tender, and award of the contract.",
    ]


def test_no_name_or_address_of_a_person_is_in_the_case(case: Any, demo: House) -> None:
    stored = str(case)
    assert not re.search(r"[\w.]+@[\w.]+", stored)
    assert [one for one in demo.identity.names().values() if one in stored] == []
