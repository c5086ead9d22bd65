"""An auditor steps through a case with the keyboard, and asks what was known the day before."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Site, sign_in

pytestmark = pytest.mark.browser
CASE = "/procurements/herefordshire-2017-1"


def test_the_arrow_keys_and_the_slider_go_from_event_to_event(site: Site) -> None:
    page = site.page()
    sign_in(page, "Visiting Auditor", "Herefordshire Council")
    page.goto(CASE)
    page.get_by_role("link", name="Replay its history").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("event 8 of 8")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_contain_text("event 7 of 8")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_contain_text("event 8 of 8")
    page.get_by_role("slider").focus()
    page.keyboard.press("Home")
    expect(page.get_by_role("heading", level=1)).to_contain_text("event 1 of 8")
    page.get_by_label("Compare with event").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_contain_text("event 1 of 8")
    assert Axe().run(page).violations_count == 0


def test_the_day_before_and_any_two_events_are_shown_without_a_script(site: Site) -> None:
    page = site.page(javascript=False)
    sign_in(page, "Visiting Auditor", "Herefordshire Council")
    page.goto(CASE)
    page.get_by_role("link", name="Resource allocation system: direct award").first.click()
    page.get_by_role("link", name="The record as it stood the day before").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("as known at the end of 14 December 2017")
    expect(main).to_contain_text("recorded 14 days after it happened")
    page.get_by_label("Day", exact=True).fill("2017-12-22")
    page.get_by_label("Time of day").fill("23:00")
    page.get_by_role("button", name="Show what was known then").click()
    expect(main).to_contain_text("Event 8 of 8")
    page.get_by_label("Compare with event").fill("0")
    page.get_by_role("button", name="Compare").click()
    expect(main).to_contain_text("What changed since there was nothing")
    page.goto("/queue")
    page.get_by_role("link", name="The queue as it stood on an earlier day").click()
    page.get_by_label("Day in London").fill("2017-12-22")
    page.get_by_label("Whose").select_option("herefordshire/democratic-services")
    page.get_by_role("button", name="Show the queue of that day").click()
    expect(main).to_contain_text("waited")
