"""Nottingham over HTTP: exempt figures, tenders on weights of their own, an exempt evaluation."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest

from tests.cases.nottingham import RESOLVED, Nottingham
from tests.web.conftest import Browser

CASE = "/procurements/nottingham-2017-1"
MANAGER, BUYER = "nottingham/strategic-commissioning-manager", "nottingham/procurement-officer"
CLERK, AUDITOR = "nottingham/democratic-services", "nottingham/visiting-auditor"


def text(answer: Any) -> str:
    return unescape(answer.text)


@pytest.fixture
def published(web: Browser) -> Browser:
    walk = Nottingham(web.house).publish()
    walk.on(date(2017, 6, 22))
    return web


def test_the_figure_of_the_budget_is_seen_by_who_may_see_it_and_by_nobody_else(
    published: Browser,
) -> None:
    form = f"{CASE}/do/enter-exempt-figure?subject={RESOLVED}%202"
    published.sign_in(MANAGER)
    entered = published.fill(form, amount="7,123,456", per="total")
    assert "Entered the figure of resolution (2), exempt from publication." in text(entered)
    assert "£7,123,456" in text(published.get(CASE))
    assert "7,123,456" not in text(published.sign_in(AUDITOR).get(CASE))
    assert published.sign_in(MANAGER).fill(form, amount="1", per="total").status_code == 422


def test_where_the_decision_left_the_weights_open_the_invitation_gives_them(
    published: Browser,
) -> None:
    form = f"{CASE}/do/invite-tenders"
    page = text(published.sign_in(BUYER).get(form))
    assert "left the weights to the invitation" in page
    before = published.events
    wrong = published.fill(form, criteria="Quality 60\nPrice")
    assert wrong.status_code == 422
    assert "Give each criterion with its weight, such as Quality 60" in text(wrong)
    assert published.events == before
    invited = published.fill(form, criteria="Quality 60\nPrice 40")
    assert "Invited tenders until 22 July 2017, on Quality 60 % and Price 40 %." in text(invited)


def test_an_exempt_evaluation_shows_numbers_and_the_award_stays_exempt(
    published: Browser,
) -> None:
    web = published.sign_in(BUYER)
    web.fill(f"{CASE}/do/invite-tenders", criteria="Quality 60\nPrice 40")
    web.house.clocks.forward("nottingham", 31)
    scores = {"score-1-1": "80", "score-1-2": "70", "score-2-1": "60", "score-2-2": "60"}
    names = {"tenderer-1": "Meadows Health", "tenderer-2": "Trent Care"}
    prices = {"price-1": "7,000,000", "price-2": "7,100,000"}
    form = f"{CASE}/do/record-evaluation"
    told = web.fill(form, panel="A panel", exempt="yes", **names, **prices, **scores)
    assert "Tenderer 1 came first" in text(told)
    assert "Meadows Health" not in text(web.get(CASE))
    seen = text(web.sign_in(MANAGER).get(CASE))
    assert "Meadows Health" in seen
    assert "£7,000,000" in seen


def test_a_council_that_lets_nobody_see_closed_parts_is_not_offered_any(web: Browser) -> None:
    form = "/procurements/leeds-2022-1/do/record-evaluation"
    page = text(web.sign_in("leeds/commissioning-officer").get(form))
    assert "exempt from publication?" not in page


def test_members_call_in_the_resolutions_that_are_ticked(web: Browser) -> None:
    Nottingham(web.house).publish()
    form = f"{CASE}/do/record-call-in?subject={RESOLVED}"
    page = web.sign_in(CLERK).get(form).text
    assert page.count('type="checkbox" value="yes" checked>') == 4
    assert "(1)(a) " in page
    asked = {**web.form(form), "members": "m1\nm2\nm3", "grounds": "The price is not known"}
    before, ticks = web.events, [one for one in asked if one.startswith("resolutions-")]
    assert len(ticks) == 4
    none = {key: one for key, one in asked.items() if key not in ticks}
    refused = web.post(form, none)
    assert refused.status_code == 422
    assert "Tick the resolutions that are called in: one at least" in text(refused)
    assert 'href="#resolutions"' in refused.text
    assert "checked" not in refused.text
    assert web.events == before
    told = web.post(form, {**none, ticks[0]: "yes", ticks[2]: "yes"})
    assert "Received a call-in of (1)(a) and (2) from 3 members" in text(told)
    called = web.house.procurement("nottingham-2017-1").decisions[RESOLVED].called_in
    assert called
    assert called.resolutions == ("1a", "2")
