"""The LiveWell Dorset case as recorded: a plan approved, authority delegated, and no budget yet."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from adapters.house import House
from countersign.demo.load import FOLDER
from domain.delegation import Delegation, delegation_id
from domain.effects import ApproveBudget
from tests.cases.conftest import Show

BOARD = "joint-public-health-board"
REFERENCE = f"{BOARD}-2020-1"
DIRECTOR = f"{BOARD}/director-of-public-health"
OFFICER = f"{BOARD}/commissioning-officer"
CLERK = f"{BOARD}/democratic-services"
HOLDERS = [f"{BOARD}/portfolio-holder-dorset", f"{BOARD}/portfolio-holder-bcp"]
SERVICES = ["equipment", "platform", "crm"]
LAST_DAY = {"day": "2021-03-31", "precision": "day", "basis": ""}
THE_WHOLE_ITEM = "Joint Public Health Board, minutes on LiveWell Dorset digital services: "


@pytest.fixture
def case(show: Show) -> Any:
    return show(REFERENCE)


@pytest.fixture
def report(case: Any) -> Any:
    (found,) = case["reports"]
    return found


@pytest.fixture
def decision(case: Any) -> Any:
    (found,) = case["decisions"]
    return found


@pytest.fixture
def delegation(demo: House, decision: Any) -> Delegation:
    return demo.engine.load(delegation_id(UUID(decision["id"]), "2"), Delegation())


def note(case: Any, about: str) -> Any:
    (found,) = [one for one in case["notes"] if one["about"].startswith(about)]
    return found


def test_a_joint_board_of_two_councils_is_an_authority_of_its_own(case: Any, demo: House) -> None:
    assert case["authority"] == BOARD
    assert case["authority_title"] == "Joint Public Health Board (Dorset Council and BCP Council)"
    assert [(one["name"], one["part"]) for one in case["parties"]] == [
        ("Dorset Council", "lead-commissioner"),
        ("BCP Council", "commissioner"),
    ]
    assert demo.rules(BOARD).offices.is_body(f"{BOARD}/board")


def test_the_board_decided_on_a_report_of_the_director_of_public_health(
    report: Any, decision: Any
) -> None:
    assert report["author"] == {"person": None, "post": DIRECTOR, "deputising": False}
    assert (report["to_title"], report["state"]) == ("Joint Public Health Board", "decided")
    assert decision["by_title"] == "Joint Public Health Board"
    assert decision["decided_by"] == f"{BOARD}/board"


def test_the_day_of_the_decision_is_not_on_record_and_how_it_is_read_is_said(
    case: Any, report: Any, decision: Any
) -> None:
    for one in (report, decision):
        assert one["on"]["precision"] == "unknown"
        assert one["on_text"] == "on a day that is not on record"
    assert decision["at_once"]
    assert decision["on"]["basis"] == "the record has no date: the meeting that it fits best"
    found = note(case, "When the Board decided")
    assert found["kind"] == "inference"
    assert "(3 February, 21 July, 5 November)" in found["because"]


def test_three_services_lose_their_contracts_on_31_march_2021(case: Any) -> None:
    assert [one["ends"] for one in case["existing"]] == [LAST_DAY] * 3
    last_words = [one["what"].rpartition(" ")[2] for one in case["existing"]]
    assert last_words == ["support", "platform", "system"]
    assert {one["supplier"] + one["value"]["basis"] for one in case["existing"]} == {"unknown"}
    assert note(case, "The contracts that end")["kind"] == "silence"


def test_the_short_list_leaves_in_sourcing_open_for_equipment_only(demo: House) -> None:
    appraisal = demo.procurement(REFERENCE).appraisal
    assert appraisal
    assert appraisal.criteria == ("viability", "timescales", "business needs")
    assert {one: [o.id for o in appraisal.short_list(one)] for one in SERVICES} == {
        "equipment": ["equipment-in-house", "equipment-commissioned"],
        "platform": ["platform-commissioned"],
        "crm": ["crm-commissioned"],
    }
    assert "Dorset Council's IT services" in appraisal.options[0].title
    assert "its appendix with the long list is not on record here" in appraisal.note


def test_in_sourcing_of_platform_and_crm_fails_the_gateway_criteria_and_which_is_not_said(
    case: Any,
) -> None:
    failing = {one["id"]: one["fails"] for one in case["appraisal"]["options"] if one["fails"]}
    assert list(failing) == ["platform-in-house", "crm-in-house"]
    for (failure,) in failing.values():
        assert failure["criterion"] == ""
        assert "gateway criteria; which of them is not on record" in failure["because"]
    assert note(case, "Which gateway criterion")["kind"] == "silence"


def test_no_option_is_preferred_yet(case: Any) -> None:
    assert case["appraisal"]["preferred"] == {}
    found = note(case, "What the Board approved")
    assert (found["kind"], found["used"], len(found["readings"])) == ("contradiction", 1, 2)
    assert "No preferred option is on record" in found["because"]


def test_resolution_1_approves_the_sourcing_plan(decision: Any) -> None:
    plan = decision["resolutions"][0]
    assert (plan["label"], plan["outcome"]) == ("1", "agreed")
    assert plan["effect"]["kind"] == "approve-plan"
    assert "the sourcing plan of the background paper" in plan["effect"]["plan"]


def test_the_plan_covers_more_soundings_of_the_market(report: Any, decision: Any) -> None:
    assert decision["resolutions"][0]["effect"]["market_engagement"]
    assert "more soundings of the market" in report["implications"]


def test_resolution_2_delegates_awards_to_the_director_within_a_budget_that_is_not_set(
    case: Any, delegation: Delegation, demo: House
) -> None:
    terms = delegation.terms
    assert (delegation.authority, delegation.label, delegation.revoked) == (BOARD, "2", "")
    assert delegation.procurements == (REFERENCE,)
    assert (terms.delegate, terms.awards) == (DIRECTOR, "several")
    assert terms.purpose == "the award of any contracts that the sourcing plan requires"
    assert (terms.cap, terms.months, terms.expires) == (None, None, None)
    assert demo.procurement(REFERENCE).in_effect(ApproveBudget, date(2020, 7, 22)) is None
    assert (terms.budget_by, terms.budget_basis[:9]) == (DIRECTOR, "inferred:")
    assert note(case, "The budget")["kind"] == "silence"
    assert case["value"]["text"] == "not known"


def test_every_award_keeps_to_the_best_terms_and_nobody_has_to_show_it_first(
    case: Any, delegation: Delegation
) -> None:
    words = ["to suitable providers", "on the best terms achievable"]
    assert [one.words for one in delegation.terms.conditions] == words
    assert {one.when for one in delegation.terms.conditions} == {"in-every-award"}
    assert "record-condition-met" not in [one["do"] for one in case["next"]]


def test_nothing_is_drawn_from_it(delegation: Delegation, demo: House) -> None:
    assert not delegation.exercised
    (row,) = [one for one in demo.views.delegations() if one.authority == BOARD]
    assert (row.granted_in, row.label, row.delegate) == (REFERENCE, "2", DIRECTOR)
    assert (row.cap, row.awards, row.drawn, row.expires) == ("within the budget", 0, "£0", None)


def test_one_portfolio_holder_of_each_council_is_consulted_and_that_is_inferred(
    case: Any, delegation: Delegation, demo: House
) -> None:
    consultees = delegation.terms.consultees
    assert [one.post for one in consultees] == HOLDERS
    assert {one.how for one in consultees} == {"consultation"}
    assert all("without number" in one.basis for one in consultees)
    posts = {one.id: one for one in demo.rules(BOARD).offices.posts}
    assert {(posts[one].standing, posts[one].member) for one in HOLDERS} == {("inferred", True)}
    found = note(case, "Who the Portfolio Holders are, and how many")
    assert (found["kind"], found["used"]) == ("inference", 2)
    assert "15 July 2019" in found["readings"][1]["where"]


def test_the_board_hears_of_the_chosen_option_in_november(case: Any) -> None:
    (update,) = case["undertakings"]
    assert update["what"] == "tell the Board which option was chosen"
    assert (update["by"], update["to"]) == (DIRECTOR, f"{BOARD}/board")
    assert (update["due"]["day"], update["due"]["precision"]) == ("2020-11-01", "month")
    assert case["discharged"] == {}
    found = note(case, "The update to the November meeting")
    assert "not among the resolutions" in found["because"]


def test_its_reason_is_the_end_of_the_contracts_and_an_alternative_is_rejected(
    decision: Any,
) -> None:
    assert "31 March 2021" in decision["reasons"]
    (rejected,) = decision["alternatives"]
    assert "gateway criteria" in rejected["rejected_because"]


def test_key_call_in_and_interests_are_named_as_not_on_record(case: Any, decision: Any) -> None:
    assert decision["interests"] == "not-in-the-record"
    assert (decision["open_to_call_in"], case["notices"]) == (False, {})
    assert [(one["version"], one["rule"]) for one in case["irregularities"]] == [
        (4, "D8"),
        (6, "D8"),
    ]
    assert note(case, "Key decision, call-in and interests")["kind"] == "silence"


def test_choice_market_budget_and_update_wait_and_no_award_does(demo: House) -> None:
    rows = demo.views.waiting(REFERENCE)
    assert {
        (one.do, one.subject, one.post) for one in rows if one.do != "discharge-undertaking"
    } == {
        ("choose-preferred-options", "", DIRECTOR),
        ("engage-market", "", OFFICER),
        ("put-up-report", "budget", OFFICER),
        ("put-up-report", "budget", DIRECTOR),
    }
    owed = [one for one in rows if one.do == "discharge-undertaking"]
    assert {one.post for one in owed} == {DIRECTOR, CLERK}
    assert {(one.due, one.due_because) for one in owed} == {
        (date(2020, 11, 30), "it is owed to Joint Public Health Board")
    }


def test_the_register_shows_it(demo: House) -> None:
    row = next(one for one in demo.views.procurements() if one.reference == REFERENCE)
    assert (row.value, row.supplier, row.stage) == ("no budget yet", "", "Decided")
    assert (row.starts, row.ends, row.events, row.irregularities) == (None, None, 14, 2)


def test_every_event_says_where_the_record_has_it(demo: House) -> None:
    trail = demo.views.trail(REFERENCE)
    assert all(one.source.startswith(THE_WHOLE_ITEM) for one in trail)
    assert [one.event for one in trail[:7]] == [
        "procurement-opened/1",
        "options-appraised/1",
        "report-put-up/1",
        "decision-taken/1",
        "authority-delegated/1",
        "undertaking-given/1",
        "decision-published/1",
    ]
    assert {one.on_text for one in trail[:7]} == {"on a day that is not on record"}
    assert trail[1].sentence == "Appraised 6 options for 3 services: 4 on the short list."
    assert (
        trail[3].sentence
        == "Decided the report: (1) agreed and (2) agreed. It takes effect at once."
    )


def test_no_name_or_address_of_a_person_is_in_the_case(case: Any, demo: House) -> None:
    papers = (FOLDER / BOARD / "papers").iterdir()
    stored = str(case) + "".join(one.read_text("utf-8") for one in papers)
    assert not re.search(r"[\w.]+@[\w.]+", stored)
    assert [one for one in demo.identity.names().values() if one in stored] == []
