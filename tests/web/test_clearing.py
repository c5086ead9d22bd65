"""Clearances of a report over HTTP: awaited, given, shown where it is decided, given again."""

from __future__ import annotations

from html import unescape
from typing import Any
from urllib.parse import quote

import pytest

from domain.withdrawing import WithdrawReport
from tests.cases.nottingham import (
    ADULTS,
    CASE,
    DIRECTOR,
    EARLY_YEARS,
    MANAGER,
    UNDER,
    Nottingham,
)
from tests.web.conftest import Browser

PAGE = "/procurements/nottingham-2017-1"
FINANCE, LAWYER = "nottingham/strategic-finance", "nottingham/legal-services"


def text(answer: Any) -> str:
    return " ".join(unescape(answer.text).split())


@pytest.fixture
def walk(web: Browser) -> Nottingham:
    """The award is put up, and nobody has cleared it yet."""
    found = Nottingham(web.house).to_evaluation("Meadows Health", "7000000").enter("7000000")
    return put_up(found)


def put_up(walk: Nottingham) -> Nottingham:
    award = walk.putting_up("award", "officer", DIRECTOR.post, walk.award(), UNDER)
    return walk.do(award, MANAGER)


def form(walk: Nottingham, kind: str) -> str:
    return f"{PAGE}/do/give-clearance?subject={quote(f'{walk.report.id} {kind}')}"


def test_a_clearance_is_in_the_queue_of_the_post_that_gives_it(
    web: Browser, walk: Nottingham
) -> None:
    queue = text(web.sign_in(FINANCE).get("/queue"))
    assert "Give the finance clearance of “It is time”" in queue
    assert "legal clearance" not in queue
    walk.ask().answer(ADULTS, "agrees").answer(EARLY_YEARS, "agrees")
    queue = text(web.sign_in(DIRECTOR.post).get("/queue"))
    assert "Waiting for clearances." in queue


def test_what_is_missing_stands_on_the_page_of_the_decision_with_its_post(
    web: Browser, walk: Nottingham
) -> None:
    page = text(web.sign_in(DIRECTOR.post).get(f"{PAGE}/reports/{walk.report.id}/decide"))
    assert "Clearances of version 1" in page
    for name in "Strategic Finance", "Legal Services":
        assert f"it is for {name} to give" in page
    assert "good practice before an award" in page


def test_its_comment_is_read_by_who_decides_and_stays_with_the_decision(
    web: Browser, walk: Nottingham
) -> None:
    web.sign_in(FINANCE)
    asked = text(web.get(form(walk, "finance")))
    assert "This is the finance clearance of version 1" in asked
    said = {"outcome": "cleared-with-comments", "comment": "The saving comes in the third year"}
    told = text(web.fill(form(walk, "finance"), **said))
    assert "The finance clearance of version 1: cleared with comments." in told
    web.sign_in(LAWYER).fill(form(walk, "legal"), outcome="cleared", comment="No objection")
    page = text(web.sign_in(DIRECTOR.post).get(f"{PAGE}/reports/{walk.report.id}/decide"))
    assert "The saving comes in the third year" in page
    walk.consult().exercise()
    (*_, last) = walk.case.decisions
    decided = text(web.get(f"{PAGE}/decisions/{last}"))
    assert "Clearances of version 1" in decided
    assert "The saving comes in the third year" in decided


def test_a_form_that_lacks_an_answer_or_comes_from_another_post_records_nothing(
    web: Browser, walk: Nottingham
) -> None:
    before = web.events
    empty = web.sign_in(FINANCE).fill(form(walk, "finance"))
    assert empty.status_code == 422
    assert "Choose whether it is cleared" in text(empty)
    assert "Enter your comments" in text(empty)
    said = {"outcome": "cleared", "comment": "Fine"}
    other = web.sign_in(LAWYER).fill(form(walk, "finance"), **said)
    assert other.status_code == 422
    assert "This is for Strategic Finance to do" in text(other)
    assert web.fill(form(walk, "climate"), **said).status_code == 422
    nothing = f"{PAGE}/do/give-clearance?subject=nothing"
    assert "There is nothing of the kind to do" in text(web.get(nothing))
    assert web.fill(nothing, **said).status_code == 422
    assert web.events == before


def test_a_new_version_says_for_which_one_it_was_given(web: Browser, walk: Nottingham) -> None:
    walk.clear().do(WithdrawReport(CASE, walk.report.id, "A figure is wrong"), MANAGER)
    put_up(walk)
    page = text(web.sign_in(FINANCE).get(PAGE))
    assert "Given for version 1; version 2 needs it again, from Strategic Finance" in page
    assert "It was given for version 1." in text(web.get(form(walk, "finance")))


def test_a_clearance_that_was_refused_bars_the_decision_and_calls_for_a_new_version(
    web: Browser, walk: Nottingham
) -> None:
    said = {"outcome": "not-cleared", "comment": "The option has no budget"}
    web.sign_in(FINANCE).fill(form(walk, "finance"), **said)
    page = text(web.sign_in(DIRECTOR.post).get(f"{PAGE}/reports/{walk.report.id}/decide"))
    assert "The finance clearance was refused for this version: it takes a new one" in page
    assert "Withdraw the report" in text(web.sign_in(MANAGER.post).get("/queue"))


def test_the_rules_page_says_who_clears_what(web: Browser) -> None:
    page = text(web.sign_in(FINANCE).get("/rules"))
    assert "Clearance before a decision, finance: Strategic Finance, for “Award”" in page
