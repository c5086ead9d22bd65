"""Proofs of authority, and what rests on what, as pages and as JSON."""

from __future__ import annotations

import re
from html import unescape

import pytest

from adapters.house import House
from domain.decided import DecisionTaken
from domain.opening import ProcurementOpened
from domain.wording import short_day
from tests.cases import nottingham
from tests.cases.nottingham import Nottingham
from tests.cases.proving import versions
from tests.web.conftest import Browser
from tests.web.journey import CASE, DIRECTOR, OFFICER, award, decide, sign, walk

HEREFORDSHIRE = "/procurements/herefordshire-2017-1"
SEES, AUDITOR = "nottingham/strategic-commissioning-manager", "nottingham/visiting-auditor"


def main(page: str) -> str:
    """The words of a page's main part."""
    inner = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inner)).split())


def links(page: str, there: str) -> list[str]:
    return [one for one in re.findall(r'href="([^"]+)"', page) if there in one]


@pytest.fixture
def exercised(demo: House) -> Nottingham:
    """The Director has awarded under delegated authority, at an exempt price."""
    found = Nottingham(demo).to_evaluation("Umber Lapwing Trust", "7543219.83")
    return found.enter("7654321.17").put_up_award(found.award()).consult().exercise()


def test_a_decision_leads_to_its_proof_from_its_page_its_case_and_the_trail(web: Browser) -> None:
    decide(web)
    (number,) = versions(web.house, "leeds-2022-1", DecisionTaken)
    (decision,) = web.house.procurement("leeds-2022-1").decisions
    for path in CASE, f"{CASE}/decisions/{decision}", "/trail":
        assert f"{CASE}/proof/{number}" in links(web.get(path).text, "/proof/")


def test_the_proof_says_who_held_the_post_and_by_which_rule(web: Browser) -> None:
    decide(web)
    (number,) = versions(web.house, "leeds-2022-1", DecisionTaken)
    page = web.get(f"{CASE}/proof/{number}").text
    said = main(page)
    assert "Director of Adults and Health decides" in said
    day = short_day(web.house.clocks.today("leeds"))
    assert f"who held the post on {day}" in said
    assert "Nothing against it" in said
    assert "None declared" in said
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)


def test_a_page_of_another_council_can_be_read_too_and_says_what_its_record_lacks(
    web: Browser,
) -> None:
    page = web.sign_in(DIRECTOR).get(f"{HEREFORDSHIRE}/proof/4").text
    said = main(page)
    assert "Herefordshire Council: <strong>" in page
    assert "The record names no person" in said
    assert "No notice of this key decision is on record" in said
    assert "Interests Cabinet Member for Health and Wellbeing Not in the record" in said
    assert "Yes, taken over from Herefordshire Council, decision of 15 December 2017" in said


def test_it_leads_to_the_entries_of_the_trail_by_which_its_rules_were_adopted(
    web: Browser,
) -> None:
    page = web.sign_in(DIRECTOR).get(f"{HEREFORDSHIRE}/proof/4").text
    there = links(page, "/trail?before=")
    assert len(there) == 3
    for link in there:
        path, _, entry = unescape(link).partition("#")
        listed = web.get(path).text
        _, _, one = listed.partition(f'id="{entry}"')
        assert "Adopted" in one.partition("</li>")[0]


def test_the_same_is_had_as_json(web: Browser) -> None:
    answer = web.sign_in(DIRECTOR).get(f"{HEREFORDSHIRE}/proof/4.json")
    assert answer.headers["content-type"] == "application/json"
    found = answer.json()
    assert (found["kind"], found["version"]) == ("decision", 4)
    assert found["grounds"][0]["standing"] == "sourced"
    assert [one["what"] for one in found["adopted"]] == ["calendar", "constitution", "offices"]


def test_a_signature_leads_to_the_proof_of_the_award_that_it_carries_out(web: Browser) -> None:
    walk(web, sign)
    sign(web)
    number = versions(web.house, "leeds-2022-1", DecisionTaken)[-1]
    last = web.house.procurement("leeds-2022-1").version
    page = web.get(f"{CASE}/proof/{last}").text
    assert f"{CASE}/proof/{number}" in links(page, "/proof/")
    assert "Who decided an award may not sign the contract" in main(page)


@pytest.mark.parametrize("number", ["0", "900", "-1", "x", "9" * 30, "4.txt"])
@pytest.mark.parametrize("ending", ["", ".json"])
def test_what_is_no_step_is_answered_with_a_page_that_helps(
    web: Browser, number: str, ending: str
) -> None:
    answer = web.sign_in(OFFICER).get(f"{CASE}/proof/{number}{ending}")
    assert answer.status_code in (404, 422)
    assert "Sign out" in answer.text


def test_a_step_that_is_no_decision_answer_or_signature_has_no_proof(web: Browser) -> None:
    (opened,) = versions(web.house, "leeds-2022-1", ProcurementOpened)
    answer = web.sign_in(OFFICER).get(f"{CASE}/proof/{opened}")
    assert answer.status_code == 404
    assert "there is no authority to prove" in answer.text


def test_closed_figures_of_a_balance_are_for_who_may_see_them(exercised: Nottingham) -> None:
    house = exercised.house
    number = versions(house, nottingham.REFERENCE, DecisionTaken)[-1]
    path = f"/procurements/{nottingham.REFERENCE}/proof/{number}"
    seen = main(Browser(house).sign_in(SEES).get(path).text)
    assert "closed: £7,543,219.83" in seen
    assert "closed: £111,101.34" in seen
    for post, there in (AUDITOR, path), (DIRECTOR, path), (SEES, f"{path}.json"):
        said = Browser(house).sign_in(post).get(there).text
        assert "exempt from publication" in said
        assert not re.search(r"7,?543,?219|111,?101|7,?654,?321", said)


def test_a_delegation_leads_to_what_rests_on_it_and_that_to_the_proofs(
    exercised: Nottingham,
) -> None:
    web = Browser(exercised.house).sign_in(AUDITOR)
    under = nottingham.UNDER
    page = web.get(f"/delegations/{under.granted_in}/{under.decision}/{under.label}").text
    number = versions(exercised.house, nottingham.REFERENCE, DecisionTaken)[-1]
    proof = f"/procurements/{nottingham.REFERENCE}/proof/{number}"
    assert proof in links(page, "/proof/")
    (there,) = links(page, "/trace/")
    traced = web.get(there).text
    assert links(traced, "/proof/") == [proof]
    assert "Award" in main(traced)
    assert "Read for this, in the whole log: 5 openings," in main(traced)


def test_rules_lead_to_what_rests_on_each_version_and_each_post(web: Browser) -> None:
    walk(web, award)
    award(web)
    page = web.sign_in(DIRECTOR).get("/rules").text
    for what in "constitution", "offices":
        version = getattr(web.house.rules("leeds"), what).version
        (there,) = [one for one in links(page, f"/trace/{what}/leeds/") if version in one]
        said = main(web.get(there).text)
        assert said.count("Proof of authority") == 2
    post = main(web.get(f"/trace/posts/{DIRECTOR}").text)
    assert "What rests on Director of Adults and Health" in post
    assert post.count("Directly") == 2


def test_one_person_in_a_post_is_traced_by_name(web: Browser) -> None:
    decide(web)
    (number,) = versions(web.house, "leeds-2022-1", DecisionTaken)
    (there,) = links(web.get(f"{CASE}/proof/{number}").text, "person=")
    said = main(web.get(there).text)
    assert "as Director of Adults and Health" in said
    assert "1 step, the first recorded first" in said


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/trace/posts/leeds/jester", 404),
        ("/trace/posts/leeds/legal-services?person=nobody", 422),
        ("/trace/posts/nowhere/clerk", 404),
        ("/trace/constitution/leeds/none", 404),
        ("/trace/constitution/leeds/a%2Fb%00", 404),
        ("/trace/offices/nowhere/none", 404),
        ("/trace/minutes/leeds/none", 422),
        ("/trace/delegations/leeds-2022-1/7a52b4d5-0d6e-4b5e-9a4b-3d2f3c1a0b1c/2", 404),
        ("/trace/delegations/leeds-2022-1/x/2", 422),
    ],
)
def test_what_was_never_on_record_is_traced_to_a_page_that_helps(
    web: Browser, path: str, status: int
) -> None:
    answer = web.sign_in(OFFICER).get(path)
    assert answer.status_code == status
    assert "Sign out" in answer.text
