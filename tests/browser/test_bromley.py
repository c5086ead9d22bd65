"""Bromley by hand in a browser: the Executive's decision, then the market and Gateway 1."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, open_case, sign_in
from tests.browser.test_leeds import decide, recorded

pytestmark = pytest.mark.browser
CASE, COUNCIL = "bromley-2021-1", "London Borough of Bromley"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_resolution_is_recorded_and_the_next_report_shows_its_route_first(
    site: Site, javascript: bool
) -> None:
    page = site.page(javascript=javascript)
    sign_in(page, "Democratic Services", COUNCIL)
    page.get_by_role("link", name=re.compile("^Record what the Executive decides")).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Adult Care and Health PDS Committee recommends")
    page.get_by_role("group", name="Were alternatives considered?").get_by_label("Yes").check()
    page.get_by_label("Alternative 1", exact=True).fill("Procure at once")
    page.get_by_label("Why alternative 1 was rejected").fill("The market is not known.")
    decide(page, "a")
    expect(main).to_contain_text("Executive")
    open_case(page, CASE)
    page.get_by_role("link", name=re.compile("^Publish the decision")).click()
    page.get_by_role("button", name="Publish the decision").click()
    recorded(page, "Published the decision.")

    sign_in(page, "Integrated Strategic Commissioner", COUNCIL)
    for _ in range(4):
        page.get_by_role("button", name=re.compile("^1 week on")).click()
    open_case(page, CASE)
    page.get_by_role("link", name="Sound the market", exact=True).click()
    page.get_by_label("A soft market test").check()
    page.get_by_label("What it is to show").fill("Who could deliver it")
    page.get_by_role("button", name="Record").click()
    recorded(page, "Began to sound the market, which obliges nobody")

    page.get_by_role("link", name=re.compile("Put up the first report at “Gateway 1")).click()
    expect(main).to_contain_text("Which route will it take?")
    expect(main).to_contain_text("recommends first; Executive decides")
    page.get_by_role("link", name=re.compile("Take this route.*key decision")).first.click()
    expect(main).to_contain_text("The route: Adult Care and Health PDS Committee recommends first")
    page.get_by_label("Recommendation (a)").fill("Procure the service anew")
    page.get_by_role("button", name="Delegate authority to award").click()
    expect(page.get_by_label("Recommendation (a)")).to_have_value("Procure the service anew")
    expect(main).to_contain_text("Delegated authority")
