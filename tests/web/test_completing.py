"""Completing the record of a decision over HTTP: offered, filled in, shown as added later."""

from __future__ import annotations

from html import unescape
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from domain.answers import Answer
from domain.decisions import TakeDecision
from domain.messages import Actor
from domain.values import When
from tests.cases.nottingham import ADULTS, CASE, EARLY_YEARS, RESOLVED, Nottingham
from tests.web.conftest import Browser

PAGE = "/procurements/nottingham-2017-1"
DECISION = f"{PAGE}/decisions/{RESOLVED}"
FORM = f"{PAGE}/do/complete-decision-record?subject={RESOLVED}"
CLERK, AUDITOR = "nottingham/democratic-services", "nottingham/visiting-auditor"
DAY = {"made_on-day": "13", "made_on-month": "6", "made_on-year": "2017"}


def text(answer: Any) -> str:
    return " ".join(unescape(answer.text).split())


@pytest.fixture
def clerk(web: Browser) -> Browser:
    return web.sign_in(CLERK)


def test_the_page_of_the_decision_says_what_is_missing_and_leads_to_the_form(
    clerk: Browser,
) -> None:
    page = text(clerk.get(DECISION))
    assert "What the record lacks" in page
    assert "The record names the day of the decision: it has no date." in page
    assert "It cannot be published without." in page
    assert "Complete the record" in page
    assert "Complete the record</a>" not in text(clerk.sign_in(AUDITOR).get(DECISION))


def test_it_is_refused_to_publish_with_every_missing_item_at_once(clerk: Browser) -> None:
    before = clerk.events
    answer = clerk.fill(f"{PAGE}/do/publish-decision?subject={RESOLVED}")
    assert (answer.status_code, clerk.events) == (422, before)
    for said in "it has no date", "nothing is on record", "Name the paragraph of Schedule 12A":
        assert said in text(answer)


def test_what_is_added_is_shown_as_added_after_the_decision(clerk: Browser) -> None:
    asked = text(clerk.get(FORM))
    assert "marked as added after the decision" in asked
    assert "The reasons for the decision" not in asked
    told = clerk.fill(FORM, interests="none-declared", **DAY, **{"paragraph-1": "3"})
    assert "Added to the record of the decision, after it was made: its day, 13 June 2017" in text(
        told
    )
    page = text(clerk.get(DECISION))
    assert "What the record lacks" not in page
    assert "The date: added on 14 June 2017 by Democratic Services, after the decision" in page
    assert "The interests: added on 14 June 2017" in page
    assert "The paragraph of “Exempt appendix 1: the contracts and their values”: added" in page
    assert "Exempt under paragraph 3 of Schedule 12A" in page
    published = clerk.fill(f"{PAGE}/do/publish-decision?subject={RESOLVED}")
    assert "Published the decision." in text(published)


def test_a_part_of_it_may_stay_unknown(clerk: Browser) -> None:
    assert clerk.fill(FORM, **DAY).status_code == 200
    page = text(clerk.get(FORM))
    assert "On which day" not in page
    assert "Say whether an interest was declared: nothing is on record" in page


def test_bad_answers_are_said_by_their_field_and_nothing_is_recorded(clerk: Browser) -> None:
    before = clerk.events
    for sent, said in (
        ({}, "Add something that is missing from the record"),
        ({"made_on-day": "31", "made_on-month": "6", "made_on-year": "2017"}, "not a date"),
        ({"made_on-day": "1", "made_on-month": "7", "made_on-year": "2017"}, "cannot be the day"),
        ({"interests": "declared"}, "Say which interest it is, and what follows from it"),
        ({"interests": "perhaps"}, "Choose whether there is an interest"),
        ({"paragraph-1": "9"}, "Choose a paragraph"),
    ):
        answer = clerk.fill(FORM, **sent)
        assert answer.status_code == 422, sent
        assert said in text(answer), sent
    assert clerk.events == before


def test_somebody_else_cannot_do_it(web: Browser) -> None:
    before = web.events
    web.sign_in("nottingham/legal-services")
    assert web.fill(FORM, interests="none-declared").status_code == 422
    assert web.events == before


def test_a_member_who_answers_is_asked_for_an_interest(web: Browser) -> None:
    walk = Nottingham(web.house).to_evaluation("Meadows Health", "7000000").enter("7000000")
    walk.put_up_award(walk.award()).ask()
    form = f"{PAGE}/do/answer-consultation?subject={quote(f'{walk.report.id} {ADULTS.post}')}"
    web.sign_in(ADULTS.post)
    assert "Do you have an interest to declare?" in text(web.get(form))
    before = web.events
    missing = web.fill(form, view="agrees")
    assert (missing.status_code, web.events) == (422, before)
    declared = {"interests": "declared", "interests_note": "A trustee; dispensation of 1 June"}
    told = text(web.fill(form, view="agrees", **declared))
    assert "Declared an interest: A trustee; dispensation of 1 June." in told
    walk.answer(EARLY_YEARS, "agrees").exercise()
    (*_, last) = walk.case.decisions
    page = text(web.get(f"{PAGE}/decisions/{last}"))
    assert "Interest declared: A trustee; dispensation of 1 June" in page
    assert "No interest declared" in page


def test_reasons_alternatives_and_notes_can_be_added_too(web: Browser) -> None:
    walk = Nottingham(web.house).to_evaluation("Meadows Health", "7000000").enter("7000000")
    walk.put_up_award(walk.award()).consult()
    number = uuid4()
    taken = TakeDecision(
        CASE,
        walk.report.id,
        number,
        (Answer("a", "agreed"),),
        interests="declared",
        under=walk.report.under,
    )
    director = Actor(None, "nottingham/director-of-public-health")
    today = When(web.house.clocks.today("nottingham"))
    context = web.house.context("nottingham", director, uuid4(), today, "the minutes")
    web.house.engine.execute(taken, context)
    web.house.catch_up()
    form = f"{PAGE}/do/complete-decision-record?subject={number}"
    web.sign_in(CLERK)
    half = web.fill(form, **{"option-1": "Wait"})
    assert half.status_code == 422
    assert "Enter why alternative 1 was rejected" in text(half)
    said = {
        "reasons": "The best tender",
        "option-1": "Wait",
        "why-1": "It is needed",
        "note": "None of hers",
    }
    assert web.fill(form, **said).status_code == 200
    page = text(web.get(f"{PAGE}/decisions/{number}"))
    for one in (
        "The best tender",
        "It is needed",
        "None of hers",
        "Which interest was declared: added",
    ):
        assert one in page
