"""Delegated authority over HTTP: put up under it, consult, answer, exercise; and its register."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from msgspec.structs import replace

from domain.delegating import RevokeAuthority
from domain.effects import AwardContract
from domain.reported import Document, Recommendation
from domain.reports import PutUpReport
from domain.values import Amount, Closed, When, procurement_id
from tests.cases.dorset import (
    BOARD,
    CLERK,
    CRM,
    DIRECTOR,
    LAWYER,
    OF_BCP,
    OF_DORSET,
    OFFICER,
    PARTS,
    PLATFORM,
    UNDER,
    WHOLE,
    Journey,
    award,
    choosing,
)
from tests.web.conftest import Browser

PAPER = (Document("It is time", "0" * 64),)
CASE = f"/procurements/{PLATFORM}"
REGISTER = f"/delegations/{WHOLE}/{UNDER.decision}/2"
FILLED = {"body": "It is time.", "option-1": "Stop", "why-1": "The service would be lost."}
AGREED = {"outcome-a": "agreed", "reasons": "It is needed.", "interests": "none-declared"}


def text(answer: Any) -> str:
    return unescape(answer.text)


@pytest.fixture
def site(web: Browser) -> Browser:
    """The platform tendered and evaluated, in November 2020."""
    journey = Journey(web.house).on(date(2020, 9, 1)).do(choosing(), DIRECTOR).open_parts()
    journey.on(date(2020, 10, 1)).decide_detailed_plan()
    journey.on(date(2020, 10, 5)).tender(PLATFORM, date(2020, 11, 4))
    journey.on(date(2020, 11, 5)).evaluate(PLATFORM, "Harbour Digital", 180000)
    web.house.catch_up()
    return web


def way(web: Browser) -> str:
    """The route under the delegated authority, as the first page offers it."""
    page = text(web.sign_in(OFFICER.post).get(f"{CASE}/do/put-up-report?subject=award"))
    cards = re.findall(r'<section class="cs-card">(.*?)</section>', page, re.S)
    card = next(one for one in cards if "Under delegated authority" in one and "officer" in one)
    found = re.search(r'href="\?([^"]+)"', card)
    assert found
    return f"{CASE}/do/put-up-report?{found.group(1)}"


def put_up(web: Browser) -> Any:
    return web.fill(way(web), **FILLED)


def about(web: Browser, act: str, post: str = "") -> str:
    report = web.house.procurement(PLATFORM).open_report
    assert report
    return f"{CASE}/do/{act}?subject={quote(f'{report.id} {post}'.strip())}"


def asked(web: Browser) -> Browser:
    put_up(web)
    assert web.fill(about(web, "ask-consultees")).status_code == 200
    return web


def answer(web: Browser, post: str, view: str, comment: str = "") -> Any:
    page = about(web.sign_in(post), "answer-consultation", post)
    return web.fill(page, view=view, comment=comment, interests="none-declared")


def decide_path(web: Browser) -> str:
    report = web.house.procurement(PLATFORM).open_report
    assert report
    return f"{CASE}/reports/{report.id}/decide"


def test_the_route_under_delegated_authority_is_offered_and_says_what_it_rests_on(
    site: Browser,
) -> None:
    page = text(site.sign_in(OFFICER.post).get(f"{CASE}/do/put-up-report?subject=award"))
    assert "Director of Public Health decides" in page
    assert "Under delegated authority: the award of any contracts" in page
    assert f"resolution (2) in {WHOLE} delegates it" in page


def test_consultees_find_it_in_their_queues_and_answer_once(site: Browser) -> None:
    asked(site)
    queue = text(site.sign_in(OF_DORSET.post).get("/queue"))
    assert "Answer the consultation on" in queue
    page = text(site.get(about(site, "answer-consultation", OF_DORSET.post)))
    assert "weighs what you say, and gives reasons where the decision departs from it" in page
    assert "The contract goes to Harbour Digital, amount: £180,000" in page
    assert "/papers/" in page
    assert answer(site, OF_DORSET.post, "agrees").status_code == 200
    before = site.events
    again = answer(site, OF_DORSET.post, "objects", "Second thoughts")
    assert again.status_code == 422
    assert "a consultation is answered once" in text(again)
    assert site.events == before
    assert "Answer the consultation on" not in text(site.get("/queue"))


def test_an_objection_says_why(site: Browser) -> None:
    asked(site)
    refused = answer(site, OF_DORSET.post, "objects")
    assert refused.status_code == 422
    assert "Say what stands against it" in text(refused)


def test_nobody_answers_for_another(site: Browser) -> None:
    asked(site)
    before = site.events
    page = about(site.sign_in(OFFICER.post), "answer-consultation", OF_DORSET.post)
    assert "This is for Portfolio Holder for Health, Dorset Council to do" in text(site.get(page))
    assert site.fill(page, view="agrees").status_code == 422
    assert site.events == before


def test_a_consultee_who_has_an_interest_leaves_it_to_a_deputy(site: Browser) -> None:
    asked(site)
    page = about(site.sign_in(OF_BCP.post), "stand-aside", OF_BCP.post)
    assert "No consent of Portfolio Holder for Health, BCP Council" in text(site.get(page))
    assert site.fill(page, why="conflicted", reason="A cousin works there").status_code == 200
    refused = answer(site, OF_BCP.post, "agrees")
    assert refused.status_code == 422
    assert "has an interest: a deputy answers instead" in text(refused)


def test_it_is_decided_after_everybody_was_heard_with_reasons_to_depart(site: Browser) -> None:
    asked(site)
    site.sign_in(DIRECTOR.post)
    page = text(site.get(decide_path(site)))
    assert "has not answered yet" in page
    assert "The authority that you exercise" in page
    assert "£300,000" in page
    answer(site, OF_DORSET.post, "objects", "One tender is no competition")
    answer(site, OF_BCP.post, "agrees")
    site.sign_in(DIRECTOR.post)
    page = text(site.get(decide_path(site)))
    assert "One tender is no competition" in page
    refused = site.fill(decide_path(site), **AGREED, step="confirm")
    assert refused.status_code == 422
    assert "Say why you depart from the answer of a consultee" in text(refused)
    why = "Two were asked, and the price is below the estimate"
    receipt = text(site.fill(decide_path(site), **AGREED, departing=why, step="confirm"))
    assert "Decision recorded" in receipt
    assert why in receipt
    assert f"resolution (2) in {WHOLE}" in receipt
    register = text(site.get("/delegations"))
    assert "£180,000" in register
    assert "within the budget" in register
    balance = text(site.get(REGISTER))
    assert "£120,000" in balance
    assert f"/procurements/{PLATFORM}/decisions/" in balance


def test_abandoning_before_signature_gives_back_what_was_drawn(site: Browser) -> None:
    asked(site)
    for one in OF_DORSET, OF_BCP:
        answer(site, one.post, "agrees")
    site.sign_in(DIRECTOR.post)
    assert site.fill(decide_path(site), **AGREED, step="confirm").status_code == 200
    page = text(site.get(REGISTER))
    assert "£120,000" in page
    assert "Given back" not in page
    form = f"{CASE}/do/abandon-procurement"
    assert site.fill(form, reason="No money is left").status_code == 200
    page = text(site.get(REGISTER))
    assert "£0 by 0 awards" in page
    assert "£180,000, drawn for 1 award and not signed for" in page
    assert "£300,000" in page
    assert "over 36 months, given back" in page
    trail = [one.sentence for one in site.house.views.trail(WHOLE)]
    back = f"Gave back £180,000 in {PLATFORM}, drawn and not signed for: No money is left."
    assert trail.count(back) == len(["the authority", "the budget"])
    items = text(site.get("/trail")).split('class="cs-timeline__item"')[1:]
    (drawn,) = [one for one in items if f"Drew on the budget of {WHOLE}: £180,000" in one]
    assert f'href="/procurements/{WHOLE}"' in drawn


def test_an_award_under_authority_revoked_before_it_is_not_signed_and_the_page_says_so(
    site: Browser,
) -> None:
    """That it was revoked is put on record only after the award."""
    asked(site)
    for one in OF_DORSET, OF_BCP:
        answer(site, one.post, "agrees")
    site.sign_in(DIRECTOR.post)
    assert site.fill(decide_path(site), **AGREED, step="confirm").status_code == 200
    Journey(site.house).on(date(2020, 11, 17))
    sign = f"{CASE}/do/sign-contract"
    assert "Signing is final. The authority" not in text(site.sign_in(LAWYER.post).get(sign))
    revoke = RevokeAuthority(procurement_id(WHOLE), UNDER.decision, "2", "Minute 12")
    day, source = When(date(2020, 11, 4)), "the minutes of 4 November"
    context = site.house.context(BOARD, replace(CLERK, person=None), uuid4(), day, source)
    site.house.engine.execute(revoke, context)
    reason = "The authority for it was revoked on 4 November 2020, and the award took effect on"
    assert reason in text(site.get(sign))
    refused = site.fill(sign)
    assert refused.status_code == 422
    assert reason in text(refused)


def the_board_awards_the_crm(site: Browser, effect: AwardContract) -> None:
    """In the other part of the plan, without delegated authority."""
    journey = Journey(site.house)
    journey.tender(CRM, date(2020, 12, 5)).on(date(2020, 12, 6)).evaluate(CRM, "Fleetwater", 130000)
    asks, board = (Recommendation("a", "Award it", effect),), f"{BOARD}/board"
    case, report = procurement_id(CRM), uuid4()
    journey.do(PutUpReport(case, report, "award", "board", "The CRM", board, asks, PAPER), OFFICER)
    journey.do(journey.decision(CRM), CLERK)


def test_what_is_left_is_what_others_leave_of_the_same_budget(site: Browser) -> None:
    the_board_awards_the_crm(site, award("Fleetwater", 130000))
    page = text(site.sign_in(DIRECTOR.post).get(REGISTER))
    assert "£0 by 0 awards" in page
    assert "£170,000" in page
    asked(site)
    path = decide_path(site.sign_in(DIRECTOR.post))
    more = f"£310,000 is more than the budget of {WHOLE} and the parts of its plan in all, £300,000"
    assert more in text(site.get(path))


def test_what_others_leave_is_not_told_where_what_they_drew_is_exempt(site: Browser) -> None:
    """Who knows the budget and what is left of it knows what was drawn."""
    price = Amount("exempt", closed=Closed("130000"))
    the_board_awards_the_crm(site, replace(award("Fleetwater", 1), amount=price))
    assert "£170,000" in text(site.sign_in(DIRECTOR.post).get(REGISTER))
    page = text(site.sign_in("leeds/legal-services").get(REGISTER))
    assert "£170,000" not in page
    assert "Exempt from publication, or not on record" in page


def test_two_windows_cannot_both_exercise_it(site: Browser) -> None:
    asked(site)
    for one in OF_DORSET, OF_BCP:
        answer(site, one.post, "agrees")
    path = decide_path(site.sign_in(DIRECTOR.post))
    first = {**site._made_up(path), **site.form(path), **AGREED, "step": "confirm"}
    second = {**site._made_up(path), **site.form(path), **AGREED, "step": "confirm"}
    assert site.post(path, first).status_code == 200
    before = site.events
    assert site.post(path, second).status_code in (409, 422)
    assert site.events == before


def test_who_gave_the_authority_revokes_it_and_nothing_is_decided_under_it(site: Browser) -> None:
    asked(site)
    for one in OF_DORSET, OF_BCP:
        answer(site, one.post, "agrees")
    form = f"/procurements/{WHOLE}/do/revoke-authority?subject={UNDER.decision}%202"
    assert site.sign_in(OFFICER.post).fill(form, reason="No").status_code == 422
    assert site.sign_in(CLERK.post).fill(form, reason="Minute 12 of 5 November").status_code == 200
    site.sign_in(DIRECTOR.post)
    before = site.events
    refused = site.fill(decide_path(site), **AGREED, step="confirm")
    assert refused.status_code == 422
    assert "The delegated authority was revoked: Minute 12 of 5 November" in text(refused)
    assert site.events == before
    assert "Nothing can be decided under it today." in text(site.get(REGISTER))


@pytest.mark.parametrize(
    "path",
    [
        f"/delegations/{WHOLE}/{UNDER.decision}/9",
        f"/delegations/{PARTS[1]}/{UNDER.decision}/2",
        "/delegations/leeds-2022-1/7a52b4d5-0d6e-4b5e-9a4b-3d2f3c1a0b1c/a",
        f"/delegations/nowhere-2020-1/{UNDER.decision}/2",
    ],
)
def test_an_authority_that_is_not_there_is_not_found(site: Browser, path: str) -> None:
    assert site.sign_in(OFFICER.post).get(path).status_code == 404


def test_the_decider_sees_that_consultees_are_awaited(site: Browser) -> None:
    def queued() -> str:
        _, _, found = text(site.sign_in(DIRECTOR.post).get("/queue")).partition("Decide the report")
        return found[:1500]

    asked(site)
    assert "Waiting for consultees." in queued()
    assert "has not answered yet" in queued()
    assert answer(site, OF_DORSET.post, "agrees").status_code == 200
    assert "Waiting for consultees." in queued()
    assert answer(site, OF_BCP.post, "objects", "Too dear").status_code == 200
    assert "Decide the report" in text(site.sign_in(DIRECTOR.post).get("/queue"))
    assert "Waiting for consultees." not in queued()
