"""Nottingham as recorded: resolutions with parts, values that may not be shown, two consultees."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from adapters.house import House
from domain.delegation import delegation_id
from tests.cases.conftest import Show
from tests.cases.nottingham import COMMITTEE, RESOLVED

REFERENCE = "nottingham-2017-1"
DIRECTOR = "nottingham/director-of-public-health"


@pytest.fixture
def case(show: Show) -> Any:
    return show(REFERENCE)


@pytest.fixture
def decision(case: Any) -> Any:
    (found,) = case["decisions"]
    return found


@pytest.fixture
def resolutions(decision: Any) -> Any:
    return {one["label"]: one for one in decision["resolutions"]}


def note(case: Any, about: str) -> Any:
    (found,) = [one for one in case["notes"] if one["about"].startswith(about)]
    return found


def test_a_committee_that_is_not_named_took_a_key_decision(case: Any, decision: Any) -> None:
    assert decision["decided_by"] == COMMITTEE
    assert decision["by"] == {"person": None, "post": COMMITTEE, "deputising": False}
    assert (decision["decision_class"], decision["open_to_call_in"]) == ("key", True)
    assert note(case, "Which committee met, and when")["kind"] == "silence"


def test_its_date_is_unknown_and_lies_before_march_2018(decision: Any) -> None:
    assert decision["on"]["precision"] == "unknown"
    assert "before March 2018" in decision["on"]["basis"]
    assert decision["on_text"] == "on a day that is not on record"
    assert decision["effective"] is None


def test_it_made_three_resolutions_the_first_of_two_parts(resolutions: Any) -> None:
    assert list(resolutions) == ["1a", "1b", "2", "3"]
    assert {one["outcome"] for one in resolutions.values()} == {"agreed"}
    assert [one["effect"]["kind"] for one in resolutions.values()] == [
        "authorise-procurement",
        "require-report",
        "approve-budget",
        "delegate-authority",
    ]


def test_six_contracts_that_end_in_march_2018_become_one(case: Any) -> None:
    (existing,) = case["existing"]
    assert existing["what"].startswith("six public health contracts")
    assert (existing["ends"]["day"], existing["ends"]["precision"]) == ("2018-03-01", "month")
    assert existing["value"]["basis"] == "exempt"
    assert "Early Help" in case["purpose"]
    name = note(case, "What the council's own service is called")
    assert (name["kind"], name["used"], len(name["readings"])) == ("contradiction", 2, 2)
    assert note(case, "Who provides the six services now")["kind"] == "silence"


def test_four_officers_reported_and_one_of_them_is_who_authority_is_delegated_to(
    case: Any,
) -> None:
    (report,) = case["reports"]
    assert (report["author"]["post"], report["to"]) == (DIRECTOR, COMMITTEE)
    assert (report["decision_class"], report["state"]) == ("key", "decided")
    authors = note(case, "Who wrote the report")
    assert authors["readings"][0]["says"].startswith("four officers")
    assert "to whom authority is then delegated" in authors["because"]


def test_nottingham_ccg_took_part_in_the_review_and_commissions_midwifery(case: Any) -> None:
    (partner,) = case["parties"]
    assert (partner["name"], partner["part"]) == ("Nottingham CCG", "partner")
    assert "midwifery" in partner["note"]


def test_an_organisation_is_procured_and_how_the_tender_is_run_is_not_said(
    case: Any, resolutions: Any
) -> None:
    assert "procure an organisation" in resolutions["1a"]["wording"]
    assert resolutions["1a"]["effect"]["criteria"] == []
    silence = note(case, "How the tender is run")
    assert "Criteria are left to the invitation" in silence["because"]


def test_pregnancy_to_five_is_used_and_19_is_kept_as_the_other_reading(case: Any) -> None:
    found = note(case, "Up to which age the service reaches")
    assert (found["kind"], found["used"]) == ("contradiction", 1)
    assert "19" in found["readings"][1]["says"]


def test_its_values_are_exempt_and_not_known_here_either(case: Any, resolutions: Any) -> None:
    withheld = {"basis": "exempt", "pounds": None}
    for one in (
        case["value"],
        resolutions["1a"]["effect"]["up_to"],
        resolutions["2"]["effect"]["amount"],
    ):
        assert withheld.items() <= one.items()
        assert one.get("closed") is None
    assert case["value"]["text"] == "exempt from publication"


def test_exempt_appendix_1_is_withheld_and_no_paragraph_is_named(case: Any) -> None:
    (report,) = case["reports"]
    (appendix,) = report["closed"]
    assert appendix["title"].startswith("Exempt appendix 1")
    assert (appendix["text"], appendix["exemption"]["paragraph"]) == (None, None)
    assert note(case, "Why appendix 1 is exempt")["kind"] == "silence"


def test_the_budget_binds_and_above_the_indicative_values_a_separate_report_comes(
    resolutions: Any, demo: House
) -> None:
    assert "Values above the indicative ones take a separate report" in resolutions["2"]["wording"]
    gateway = demo.rules("nottingham").constitution.gateway("budget")
    assert gateway
    assert (gateway.asks_for, gateway.standing) == ("approve-budget", "sourced")


def test_authority_is_delegated_in_consultation_with_two_portfolio_holders(
    resolutions: Any, demo: House, decision: Any
) -> None:
    effect = resolutions["3"]["effect"]
    assert (effect["delegate"], effect["awards"], effect["cap"]) == (DIRECTOR, "one", None)
    assert [(one["post"], one["how"]) for one in effect["consultees"]] == [
        ("nottingham/portfolio-holder-adults-and-health", "consultation"),
        ("nottingham/portfolio-holder-early-years", "consultation"),
    ]
    found = demo.delegation(delegation_id(UUID(decision["id"]), "3"))
    assert (found.terms.delegate, found.procurements) == (DIRECTOR, (REFERENCE,))
    assert found.exercised == {}


def test_five_years_with_options_of_two_and_two(case: Any, resolutions: Any) -> None:
    assert (case["term"]["months"], case["term"]["extensions"]) == (60, [24, 24])
    effect = resolutions["3"]["effect"]
    assert (effect["months"], effect["extensions"]) == (60, [24, 24])
    garbled = note(case, "How the contract can be extended")
    assert (garbled["kind"], garbled["used"], len(garbled["readings"])) == ("inference", 1, 2)
    assert "(5+2+2)" in garbled["readings"][0]["says"]


def test_the_new_contract_is_read_as_starting_on_1_april_2018(case: Any) -> None:
    assert (case["term"]["starts"], case["term"]["ends"]) == ("2018-04-01", "2023-03-31")
    assert note(case, "When the new contract begins")["kind"] == "inference"


def test_both_readings_of_ten_per_cent_are_kept_and_neither_is_used(case: Any) -> None:
    found = note(case, "How much is saved")
    assert (found["kind"], found["used"]) == ("contradiction", None)
    first, second = found["readings"]
    assert "10% over three years" in first["says"]
    assert "a further 10% over the next three years" in second["says"]


def test_the_joint_venture_agreement_has_to_come_back(case: Any) -> None:
    (back,) = case["to_report_back"]
    assert back["id"] == f"{RESOLVED} 1b"
    assert (back["by"], back["to"], back["done"]) == (DIRECTOR, COMMITTEE, None)
    assert back["once"] == "the provider organisation is appointed"


def test_four_alternatives_were_rejected(decision: Any) -> None:
    assert [one["option"] for one in decision["alternatives"]] == [
        "Do nothing",
        "Procure the six contracts again, each on its own",
        "Bring the children's public health services in-house",
        "Outsource the Early Help teams",
    ]
