"""Pages that stay open while somebody else acts, in a browser of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.architecture.sources import ROOT
from tests.browser.conftest import Site, open_case, sign_in
from tests.browser.test_leeds import CASE, DIRECTOR, OFFICER, decide
from tests.cli.running import countersign

pytestmark = pytest.mark.browser
CLERK = "Democratic Services"


def decided(page: Page) -> None:
    sign_in(page, DIRECTOR)
    page.get_by_role("link", name=re.compile("^Decide the report")).click()
    decide(page, "a", "b")


def test_a_new_row_comes_by_itself_and_the_focus_stays(site: Site) -> None:
    mine, other = site.page(), site.page()
    sign_in(mine, CLERK)
    row = mine.get_by_role("link", name="Publish the decision")
    expect(row).to_have_count(0)
    held = mine.get_by_role("button", name=re.compile("^1 week on"))
    held.focus()
    decided(other)
    expect(row).to_have_count(1)
    expect(held).to_be_focused()
    expect(mine.locator("[data-says]")).to_have_text("Your queue was brought up to date.")
    expect(mine.get_by_role("heading", name="My queue")).to_have_count(1)


def test_the_focus_stays_in_its_row_while_others_come(site: Site, tmp_path: Path) -> None:
    mine, other = site.page(), site.page()
    decided(other)
    sign_in(mine, CLERK)
    publish = mine.get_by_role("link", name="Publish the decision")
    publish.focus()
    there = publish.get_attribute("href")
    assert countersign(tmp_path, "case", "run", ROOT / "docs/examples/not-key.toml").code == 0
    expect(publish).to_have_count(2)
    expect(mine.locator(":focus")).to_have_attribute("href", there or "")


def test_the_focus_goes_to_the_list_where_its_row_is_gone(site: Site) -> None:
    mine, other = site.page(), site.page()
    sign_in(mine, DIRECTOR)
    mine.get_by_role("link", name=re.compile("^Decide the report")).focus()
    decided(other)
    expect(mine.get_by_role("link", name=re.compile("^Decide the report"))).to_have_count(0)
    expect(mine.locator("#waiting")).to_be_focused()


def test_an_open_case_says_that_something_has_happened_and_an_own_act_does_not(
    site: Site,
) -> None:
    mine, other = site.page(), site.page()
    sign_in(mine, OFFICER)
    open_case(mine, CASE)
    news = mine.get_by_text("Something has happened here since you opened this page")
    decided(other)
    expect(news).to_be_visible()
    mine.get_by_role("link", name="Look again").click()
    expect(mine.locator(".cs-stage")).to_have_text("Decided")
    expect(news).to_have_count(0)

    sign_in(other, CLERK)
    other.get_by_role("link", name="Publish the decision").click()
    other.get_by_role("button", name="Publish the decision").click()
    expect(other.get_by_role("alert")).to_contain_text("Published the decision")
    expect(news).to_be_visible()
    expect(other.get_by_text("Something has happened here since")).to_have_count(0)


def test_whoever_signs_out_elsewhere_is_shown_nothing_new(site: Site) -> None:
    mine, other = site.page(), site.page()
    sign_in(mine, CLERK)
    cookies = mine.context.cookies()
    mine.request.post("/sign-out", headers={"sec-fetch-site": "same-origin"})
    assert cookies
    decided(other)
    expect(mine.get_by_role("link", name="Publish the decision")).to_have_count(0)


def test_without_javascript_the_queue_is_as_it_was(site: Site) -> None:
    mine, other = site.page(javascript=False), site.page()
    sign_in(mine, CLERK)
    decided(other)
    expect(mine.get_by_role("link", name="Publish the decision")).to_have_count(0)
    mine.reload()
    expect(mine.get_by_role("link", name="Publish the decision")).to_have_count(1)
