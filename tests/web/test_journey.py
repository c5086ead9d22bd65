"""The Leeds case over HTTP: what each step records, and what is refused on the way."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pytest

from domain.wording import long_day
from tests.web.conftest import Browser
from tests.web.journey import (
    CASE,
    CLERK,
    DIRECTOR,
    LAWYER,
    OFFICER,
    answers,
    award,
    decide,
    decide_path,
    evaluate,
    invite,
    notify,
    put_up,
    sign,
    stand_still,
    start,
    walk,
)


def text(answer: Any) -> str:
    return html.unescape(answer.text)


def test_the_case_goes_from_decision_to_phase_2(web: Browser) -> None:
    walk(web, sign)
    assert "Signed the contract with Northmoor" in text(sign(web))
    web.house.clocks.forward("leeds", 20)
    assert "Started phase 1" in text(start(web, 1))
    assert "Put up the report" in text(put_up(web, "phase"))
    assert "Decision recorded" in text(decide(web))
    assert "Started phase 2" in text(start(web, 2))


def test_phase_2_waits_for_its_decision(web: Browser) -> None:
    walk(web, sign)
    sign(web)
    web.house.clocks.forward("leeds", 20)
    start(web, 1)
    before, answer = web.events, start(web, 2)
    assert answer.status_code == 422
    assert "Phase 2 waits for a decision to release it: only if phase 1 shows" in text(answer)
    assert web.events == before


def test_nobody_signs_inside_the_standstill(web: Browser) -> None:
    walk(web, stand_still)
    before, answer = web.events, sign(web)
    assert answer.status_code == 422
    assert "Sign from" in text(answer)
    assert "(P4)" in text(answer)
    assert web.events == before


def test_a_call_off_after_the_frameworks_end_is_refused(web: Browser) -> None:
    decide(web)
    web.house.clocks.forward("leeds", 1017)
    before, answer = web.events, invite(web)
    assert answer.status_code == 422
    assert "Framework RM6187 ended on 23 August 2025" in text(answer)
    assert web.events == before


def test_a_report_is_decided_once(web: Browser) -> None:
    path = decide_path(web)
    form = web.sign_in(DIRECTOR).form(path)
    assert "Decision recorded" in text(web.post(path, {**form, **answers()}))
    before = web.events
    other = web.post(path, {**form, **answers(reasons="Other reasons")})
    assert other.status_code == 409
    assert "Decided the report: (a) agreed and (b) agreed." in text(other)
    assert "This report is decided." in text(other)
    assert web.events == before


def test_the_same_form_sent_twice_happens_once(web: Browser) -> None:
    path = decide_path(web)
    form = web.sign_in(DIRECTOR).form(path)
    for _ in range(2):
        assert "Decision recorded" in text(web.post(path, {**form, **answers()}))
    assert len(web.house.procurement("leeds-2022-1").decisions) == 1


def test_only_the_director_decides(web: Browser) -> None:
    path, before = decide_path(web), web.events
    form = web.sign_in(DIRECTOR).form(path)
    answer = web.sign_in(CLERK).post(path, {**form, **answers()})
    assert answer.status_code == 422
    assert "This is for Director of Adults and Health to do, not for Democratic Services" in text(
        answer
    )
    answer = web.sign_in("leeds/deputy-director-integrated-commissioning").post(
        path, {**form, **answers()}
    )
    assert "The author of a report may not decide it" in text(answer)
    answer = web.sign_in("herefordshire/legal-services").post(path, {**form, **answers()})
    assert answer.status_code == 403
    assert "You hold no post in this council" in text(answer)
    assert web.events == before


def test_answers_are_checked_before_they_are_recorded_and_can_be_changed(web: Browser) -> None:
    path, before = decide_path(web), web.events
    form = web.sign_in(DIRECTOR).form(path)
    check = web.post(path, {**form, **answers(step="check", reasons="Because <b>now</b>")})
    assert "Check your decision" in text(check)
    assert "&lt;b&gt;now&lt;/b&gt;" in check.text
    again = web.post(path, {**form, **answers(step="change", reasons="Because now")})
    assert "Because now" in text(again)
    assert web.events == before


def test_what_is_not_agreed_as_it_stands_needs_words(web: Browser) -> None:
    path, before = decide_path(web), web.events
    form = web.sign_in(DIRECTOR).form(path)
    wrong = {"outcome-a": "agreed-as-amended", "outcome-b": "not-agreed", "reasons": ""}
    answer = web.post(path, {**form, **answers(interests="declared", **wrong)})
    assert answer.status_code == 422
    for said in (
        "Enter the wording of (a) as amended",
        "Give a reason: (b) is not agreed as it stands",
        "Enter the reasons for the decision",
        "Say which interest",
    ):
        assert said in text(answer)
    assert web.events == before


def test_a_decision_is_checked_again_when_the_day_has_changed_since(web: Browser) -> None:
    path, before = decide_path(web), web.events
    form = web.sign_in(DIRECTOR).form(path)
    assert "You decide as Director of Adults and Health" in text(web.get(path))
    web.house.clocks.forward("leeds", 1)
    again = web.post(path, {**form, **answers()})
    assert again.status_code == 409
    day = long_day(web.house.clocks.today("leeds"))
    assert f"It is now {day}, and was" in text(again)
    assert "You decide as Director of Adults and Health, on " + day in text(again)
    assert "The programme needs it." in again.text
    assert web.events == before
    assert "Decision recorded" in text(web.post(path, {**web.form(path), **answers()}))


AGREED = (
    "Tenders are scored on Quality 60 % and Price 40 %",
    "Tenderers get at least 21 days",
    "Social value counts for 10 % of the overall score",
    "A voluntary standstill is held before the contract is signed",
    "The award is a later decision, of the kind “",
)


def test_what_a_resolution_does_is_said_wherever_it_is_read(web: Browser) -> None:
    path = decide_path(web)
    form = web.sign_in(DIRECTOR).form(path)
    pages = [web.get(path), web.post(path, {**form, **answers(step="check")})]
    pages += [web.post(path, {**form, **answers()}), web.get(CASE)]
    for page in pages:
        for said in ("A competition may be held, up to £400,000", *AGREED):
            assert said in text(page)


def test_the_amount_as_amended_is_shown_before_it_binds(web: Browser) -> None:
    path = decide_path(web)
    form = web.sign_in(DIRECTOR).form(path)
    amended = {"outcome-a": "agreed-as-amended", "wording-a": "Less.", "reason-a": "Thrift"}
    check = web.post(path, {**form, **answers(step="check", **amended), "amount-a": "300,000"})
    assert "A competition may be held, up to £300,000" in text(check)
    assert "up to £400,000" not in text(check).partition("<dl")[2].partition("</dl>")[0]


def test_an_award_and_the_release_of_a_phase_say_what_they_do(web: Browser) -> None:
    walk(web, sign)
    for said in (
        "The contract goes to Northmoor, amount: £380,000",
        "It starts on 2 January 2023 and runs for 24 months",
    ):
        assert said in text(web.get(CASE))
    sign(web)
    web.house.clocks.forward("leeds", 20)
    start(web, 1)
    put_up(web, "phase")
    web.sign_in(DIRECTOR)
    assert "Phase 2 may be started and paid for" in text(web.get(decide_path(web)))


def test_an_award_without_competition_says_so_and_whether_its_ground_is_named(web: Browser) -> None:
    page = web.sign_in("leeds/visiting-auditor").get("/procurements/herefordshire-2017-1")
    assert "Without competition; no legal ground is named" in text(page)


@pytest.mark.parametrize("part", ["wording", "amount"])
def test_an_amendment_that_the_answer_would_drop_is_a_mistake(web: Browser, part: str) -> None:
    path, before = decide_path(web), web.events
    form = web.sign_in(DIRECTOR).form(path)
    answer = web.post(path, {**form, **answers(), f"{part}-a": "300,000"})
    assert answer.status_code == 422
    assert f"You gave an amended {part}: choose “Agreed as amended”, or clear it" in text(answer)
    assert 'value="300,000"' in answer.text or ">300,000</textarea>" in answer.text
    assert web.events == before


def test_a_lower_cap_binds_the_award(web: Browser) -> None:
    path = decide_path(web)
    form = web.sign_in(DIRECTOR).form(path)
    amended = {
        "outcome-a": "agreed-as-amended",
        "wording-a": "Up to £300,000.",
        "reason-a": "Thrift",
    }
    more = {**answers(**amended), "amount-a": "300,000"}
    assert "Decision recorded" in text(web.post(path, {**form, **more}))
    for one in invite, evaluate:
        assert one(web).status_code == 200
    answer = put_up(web, "award")
    assert answer.status_code == 422
    assert "£380,000 is more than was authorised, £300,000" in text(answer)


def test_a_report_that_is_not_agreed_comes_back_in_a_new_version(web: Browser) -> None:
    path = decide_path(web)
    form = web.sign_in(DIRECTOR).form(path)
    refused = {"outcome-a": "not-agreed", "reason-a": "Too dear"}
    refused |= {"outcome-b": "not-agreed", "reason-b": "Too early"}
    web.post(path, {**form, **answers(**refused)})
    assert "Put up a new version" in text(web.sign_in(OFFICER).get(CASE))
    assert "version 2" in text(put_up(web, "procurement", "significant-operational"))


def test_a_report_can_be_withdrawn_and_the_procurement_abandoned(web: Browser) -> None:
    report = decide_path(web).split("/")[-2]
    web.sign_in(OFFICER)
    answer = web.fill(f"{CASE}/do/withdraw-report?subject={report}", reason="New figures")
    assert "Withdrew the report: New figures" in text(answer)
    web.sign_in(DIRECTOR)
    answer = web.fill(f"{CASE}/do/abandon-procurement", reason="The programme ended")
    assert "Abandoned the procurement: The programme ended" in text(answer)
    assert "The procurement was abandoned" in text(web.get(CASE))


def test_the_award_follows_the_scores_and_the_offer(web: Browser) -> None:
    walk(web, award)
    assert "Award the contract to Northmoor, who scored highest, for £380,000" in text(
        web.sign_in(OFFICER).get(f"{CASE}/do/put-up-report?subject=award")
    )
    award(web)
    stand_still(web)
    web.sign_in(LAWYER)
    answer = web.fill(f"{CASE}/do/sign-contract", amount="380,000.01", months="25")
    assert "The award is for £380,000 at most" in text(answer)
    assert "The award is for 24 months at most" in text(answer)


def test_a_late_call_in_is_refused_with_the_day_on_which_the_window_closed(web: Browser) -> None:
    case = "/procurements/herefordshire-2017-1"
    decision = next(iter(web.house.procurement("herefordshire-2017-1").decisions))
    web.sign_in("herefordshire/democratic-services")
    form = {"members": "M1\nM2\nM3", "grounds": "No competition was held", "resolutions-a": "yes"}
    before = web.events
    answer = web.fill(f"{case}/do/record-call-in?subject={decision}", **form)
    assert "The call-in is late: the window closed at the end of Thursday 21 December 2017" in text(
        answer
    )
    assert web.events == before


@pytest.mark.parametrize("step", [invite, notify, sign])
def test_acts_out_of_turn_are_refused_with_the_reason(
    web: Browser, step: Callable[[Browser], Any]
) -> None:
    before = web.sign_in(OFFICER).events
    answer = step(web)
    assert answer.status_code == 422
    assert "Nothing was recorded" in text(answer)
    assert web.events == before


def test_after_the_frameworks_end_the_director_may_only_say_no(web: Browser) -> None:
    web.house.clocks.forward("leeds", 1017)
    path = decide_path(web)
    form = web.sign_in(DIRECTOR).form(path)
    assert "(a) cannot be agreed as it stands." in text(web.get(path))
    assert "Framework RM6187 ended" in text(web.post(path, {**form, **answers()}))
    no = {f"outcome-{label}": "not-agreed" for label in "ab"}
    no |= {f"reason-{label}": "Too late" for label in "ab"}
    assert "Decision recorded" in text(web.post(path, {**form, **answers(**no)}))
