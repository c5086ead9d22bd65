"""A change of the rules tried on a page: what it tells, to whom, and that nothing of it is kept."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

import pytest

from adapters.house import House
from domain.authority import AdoptConstitution
from domain.messages import Actor
from tests.adapters.looking import dump
from tests.cases.nottingham import REFERENCE
from tests.proposals.test_closed_parts import PRICE, to_the_award
from tests.scenario import holder, texts
from tests.web.conftest import Browser
from tests.web.journey import CASE, DIRECTOR

MONITOR, AUDITOR = "leeds/monitoring-officer", "leeds/visiting-auditor"
PAGE = "/rules/leeds/proposal"
"""Where a proposal for Leeds is tried."""
LOWER = texts("leeds")[0].replace("above = 500000\nstanding", "above = 250000\nstanding")
BOARD = LOWER.replace("director-of-adults-and-health", "executive-board")


def main(page: str) -> str:
    return unescape(page.partition("<main")[2])


@pytest.mark.parametrize("post", [MONITOR, AUDITOR])
def test_who_adopts_and_who_only_reads_may_try_a_change(web: Browser, post: str) -> None:
    web.sign_in(post)
    assert f'href="{PAGE}"' in web.get("/rules").text
    assert "Nothing is recorded, and nothing of it is kept" in web.get(PAGE).text
    before, kept = web.events, dump(web.house)
    answer = web.post(PAGE, {"text": BOARD.replace("leeds-2022", "leeds-2023", 1)})
    assert answer.status_code == 200
    assert '<a href="/rules" aria-current="page">Rules</a>' in answer.text
    said = main(answer.text)
    assert "Version leeds-2023, in force from 1 January 2022, against leeds-2022" in said
    assert "above which amount changes from £500,000 to £250,000" in said
    assert "would have gone to leeds/executive-board, and not to Director of Adults" in said
    assert "Above £250,000 a decision is key, unless a reason is given." in said
    assert "1 thing would wait for leeds/executive-board, where nothing does now" in said
    assert "The offices have no post leeds/executive-board" in said
    assert f'href="{CASE}#event-2"' in said
    assert (web.events, dump(web.house)) == (before, kept)
    assert "leeds-2023" not in web.get("/rules").text


def test_a_file_counts_before_the_text(web: Browser) -> None:
    web.sign_in(MONITOR)
    sent = {"file": ("proposal.toml", LOWER.encode(), "application/toml")}
    ours = {"sec-fetch-site": "same-origin"}
    answer = web.client.post(PAGE, data={"text": "no TOML"}, files=sent, headers=ours)
    assert answer.status_code == 200
    assert "£500,000 to £250,000" in main(answer.text)
    without = {"file": ("", b"", "application/octet-stream")}
    answer = web.client.post(PAGE, data={"text": LOWER}, files=without, headers=ours)
    assert answer.status_code == 200
    binary = {"file": ("proposal.toml", b"\xff\xfe", "application/toml")}
    answer = web.client.post(PAGE, data={"text": LOWER}, files=binary, headers=ours)
    assert answer.status_code == 422
    assert "the file: is not text in UTF-8" in main(answer.text)


def test_the_rules_in_force_change_nothing(web: Browser) -> None:
    said = main(web.sign_in(MONITOR).post(PAGE, {"text": texts("leeds")[0]}).text)
    for nothing in "No rule differs.", "Nothing would have gone otherwise.", "Nobody's.":
        assert nothing in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the text: is empty: paste a constitution, or choose its file"),
        ("authority = leeds", "line 1, column 13"),
        ("colour = 1", "colour: is not known here; there are agenda, authority, budget_setting"),
        ("colour = 1", "version: is missing"),
        (LOWER.replace("members = 4", 'members = "four"'), "call_in.members: should be int, not"),
        (LOWER.replace('act = "sign-contract"', 'act = "dance"'), "“dance” is not one of"),
        (texts("bromley")[0], "authority: is bromley, and this page is for leeds"),
        ("x" * 1_000_001, "the text: is longer than 1,000,000 characters"),
    ],
)
def test_what_is_no_constitution_gets_every_mistake_with_its_place(
    web: Browser, text: str, said: str
) -> None:
    before = web.events
    answer = web.sign_in(MONITOR).post(PAGE, {"text": text})
    assert answer.status_code == 422
    assert said in main(answer.text)
    assert web.events == before


def test_what_was_sent_is_shown_again_and_does_nothing_there(web: Browser) -> None:
    hostile = LOWER.replace('title = "Award"', 'title = "<script>alert(1)</script></textarea>"')
    page = web.sign_in(MONITOR).post(PAGE, {"text": hostile}).text
    assert "<script>alert" not in page
    assert page.count("</textarea>") == 1
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "post", [DIRECTOR, "leeds/democratic-services", "herefordshire/monitoring-officer"]
)
def test_for_others_it_is_not(web: Browser, post: str) -> None:
    web.sign_in(post)
    assert f'href="{PAGE}"' not in web.get("/rules").text
    for answer in web.get(PAGE), web.post(PAGE, {"text": LOWER}):
        assert answer.status_code == 403
        assert "A proposal is tried by Monitoring Officer, or by who only reads" in answer.text


def test_there_is_a_page_for_councils_only(web: Browser) -> None:
    assert web.sign_in(MONITOR).get("/rules/york/proposal").status_code == 404


def test_closed_figures_are_not_used_for_who_may_not_see_them(demo: House) -> None:
    web = Browser(to_the_award(demo, PRICE))
    path, text = "/rules/nottingham/proposal", texts("nottingham")[0]
    assert "above = 750000" in text
    low = text.replace("above = 750000", "above = 700000")
    high = text.replace("above = 750000", "above = 700001")
    with web.client:
        web.sign_in("nottingham/visiting-auditor")
        pages = [main(web.post(path, {"text": one}).text) for one in (low, high)]
    for page in pages:
        assert f"{REFERENCE}: closed parts are on record." in page
        assert "a decision is key" not in page
    blank = [re.sub("70000[01]|700,00[01]", "", one) for one in pages]
    assert blank[0] == blank[1]


def test_the_versions_of_the_rules_are_told_with_how_each_differs(web: Browser) -> None:
    text = LOWER.replace("leeds-2022", "leeds-2023", 1).replace("2022-01-01", "2022-11-01", 1)
    by: Actor = holder(MONITOR)
    command = AdoptConstitution("leeds", text)
    web.house.engine.execute(command, web.house.context("leeds", by, UUID(int=1)))
    web.house.catch_up()
    said = main(web.sign_in(DIRECTOR).get("/rules").text)
    history = said.partition("leeds-2023, in force from 1 November 2022:")[2]
    assert "above which amount changes from £500,000 to £250,000" in history
    assert "leeds-2022, in force from 1 January 2022" in history
