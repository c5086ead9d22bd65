"""Who reads a closed appendix, over HTTP: deny by default, and every reading is noted (D9)."""

from __future__ import annotations

from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from domain.authority import AdoptConstitution
from domain.closed import ClosedPart, Exemption
from domain.values import Closed
from tests.cases.nottingham import DIRECTOR, MANAGER, REFERENCE, UNDER, Nottingham
from tests.scenario import holder, texts
from tests.web.conftest import Browser

COUNCILLOR = "nottingham/portfolio-holder-early-years"
BUYING, AUDITOR = "nottingham/procurement-officer", "nottingham/visiting-auditor"
MONITOR = "nottingham/monitoring-officer"
STRANGER = "leeds/chair-of-scrutiny"
PRICES, TERMS, ADVICE, NOTICE, WITHHELD = range(1, 6)
SECRETS = {PRICES: "ivory-kestrel", TERMS: "umber-lapwing", ADVICE: "jade-plover", NOTICE: "teal"}
CASE, LIST = f"/procurements/{REFERENCE}", "/closed-reads/nottingham"
PARTS = (
    ClosedPart("Appendix of prices", Exemption("Affairs of tenderers", 3), Closed(SECRETS[PRICES])),
    ClosedPart(
        "Appendix of terms",
        Exemption("Terms proposed", 3, negotiation=True),
        Closed(SECRETS[TERMS]),
    ),
    ClosedPart("Appendix of advice", Exemption("Legal privilege", 5), Closed(SECRETS[ADVICE])),
    ClosedPart("Appendix of notices", Exemption("An order", 6), Closed(SECRETS[NOTICE])),
    ClosedPart("Appendix withheld", Exemption("Prices", 3)),
)


def text(answer: Any) -> str:
    return unescape(answer.text)


def path(report: UUID, number: int) -> str:
    return f"{CASE}/reports/{report}/closed/{number}"


@pytest.fixture
def report(web: Browser) -> UUID:
    """An award report with closed papers, where one councillor is not named as their reader."""
    walk = Nottingham(web.house).to_evaluation("Umber Trust", "7543219").enter("7654321")
    constitution, _ = texts("nottingham")
    where = constitution.index("[closed]")
    closed = constitution[where:].replace(f'    "{COUNCILLOR}",\n', "", 1)
    changed = constitution[:where] + closed
    was = web.house.rules("nottingham").constitution
    today = web.house.clocks.today("nottingham")
    changed = changed.replace(f"in_force = {was.in_force}", f"in_force = {today}", 1)
    changed = changed.replace(f'"{was.version}"', '"nottingham-closed"', 1)
    web.house.execute(AdoptConstitution("nottingham", changed), holder(MONITOR), uuid4())
    readers = web.house.rules("nottingham").constitution.closed
    assert readers
    assert COUNCILLOR not in readers.posts
    command = walk.putting_up("award", "officer", DIRECTOR.post, walk.award(), UNDER)
    walk.do(replace(command, closed=PARTS), MANAGER)
    web.house.catch_up()
    return walk.report.id


def noted(web: Browser) -> list[tuple[str, str]]:
    return [(one.post, one.what) for one in web.house.closed_reads.latest("nottingham", 100)]


def test_scenario_23_who_reads_an_exempt_appendix(web: Browser, report: UUID) -> None:
    every = [path(report, number) for number in range(1, len(PARTS) + 1)]

    def denied(number: int, said: str) -> None:
        answer = web.get(path(report, number))
        assert answer.status_code == 403
        assert said in text(answer)
        assert "D9" in answer.text
        assert SECRETS[number] not in answer.text

    # The public and suppliers, who are not users.
    for one in every:
        answer = web.client.get(one, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")
    # A councillor of another council, and officers who are not named.
    for post, said in (
        (STRANGER, "You hold no post in this council"),
        (BUYING, "It is closed (Part 2): it is for"),
        (AUDITOR, "It is closed (Part 2): it is for"),
    ):
        web.sign_in(post)
        for number in SECRETS:
            denied(number, said)
    assert noted(web) == []
    # A councillor who is not named either.
    web.sign_in(COUNCILLOR)
    denied(TERMS, "It shows terms proposed in negotiating a contract")
    denied(ADVICE, "exempt under paragraph 5")
    assert noted(web) == []
    for number in PRICES, NOTICE:
        answer = web.get(path(report, number))
        assert answer.status_code == 200
        assert SECRETS[number] in answer.text
        assert "not for publication" in answer.text
    read = [(COUNCILLOR, "Appendix of notices"), (COUNCILLOR, "Appendix of prices")]
    assert noted(web) == read
    # A post that the constitution names.
    web.sign_in(MANAGER.post)
    for number, secret in SECRETS.items():
        assert secret in web.get(path(report, number)).text
    assert noted(web)[4:] == read
    assert [post for post, _ in noted(web)[:4]] == [MANAGER.post] * 4
    # Who read what is shown to who looks after the rules, and to who audits.
    for post in MONITOR, AUDITOR:
        page = text(web.sign_in(post).get(LIST))
        offices = web.house.rules("nottingham").offices
        assert page.count("Appendix of prices") == 2
        assert f", {offices.title(COUNCILLOR)}<" in page
        assert not any(secret in page for secret in SECRETS.values())
        assert LIST in web.get("/rules").text
    assert web.sign_in(BUYING).get(LIST).status_code == 403
    assert LIST not in web.get("/rules").text


def test_a_page_of_the_case_leads_to_what_may_be_read_and_shows_no_text(
    web: Browser, report: UUID
) -> None:
    for post, there in (
        (BUYING, set()),
        (AUDITOR, set()),
        (COUNCILLOR, {PRICES, NOTICE}),
        (MANAGER.post, set(SECRETS)),
    ):
        web.sign_in(post)
        for page in CASE, f"{CASE}/reports/{report}/decide":
            said = web.get(page).text
            links = {n for n in range(1, len(PARTS) + 1) if f'"{path(report, n)}"' in said}
            assert links == there, (post, page)
            assert not any(secret in said for secret in SECRETS.values())
    assert noted(web) == []


def test_what_is_not_there_is_not_noted(web: Browser, report: UUID) -> None:
    web.sign_in(MANAGER.post)
    for number in 0, WITHHELD, len(PARTS) + 1:
        assert web.get(path(report, number)).status_code == 404
    assert web.get(path(uuid4(), 1)).status_code == 404
    assert web.get("/closed-reads/nowhere").status_code == 404
    assert noted(web) == []
