"""The visiting auditor reads everything, in pages that anybody can use."""

from __future__ import annotations

from uuid import uuid5

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from domain.values import procurement_id
from tests.browser.conftest import Site, open_case, sign_in

pytestmark = pytest.mark.browser


def test_the_auditor_reads_the_decision_of_2017_with_what_its_record_lacks(site: Site) -> None:
    page = site.page()
    sign_in(page, "Visiting Auditor", "Herefordshire Council")
    page.get_by_role("link", name="Procurements").first.click()
    page.get_by_role("link", name="Resource allocation system").click()
    main = page.get_by_role("main")
    for said in (
        "£154,203",
        "in effect from 22 December 2017",
        "No notice of this key decision is on record",
        "An award without competition names its legal ground",
        "nothing is on record",
        "Whether the decision was called in",
        "read as the report's: the page gives a publication date without saying of what",
    ):
        expect(main).to_contain_text(said)
    page.get_by_role("link", name="Resource allocation system: direct award").first.click()
    expect(main).to_contain_text("Call-in closes at the end of Thursday 21 December 2017")
    expect(main).to_contain_text("Not in the record")


def test_the_auditor_sees_all_five_cases_and_no_closed_part(site: Site) -> None:
    page = site.page()
    sign_in(page, "Visiting Auditor", "Nottingham City Council")
    page.get_by_role("link", name="Procurements").first.click()
    expect(page.get_by_role("main").get_by_role("row")).to_have_count(6)
    page.get_by_role("link", name="0-5 integrated services").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Exempt appendix 1")
    expect(main).to_contain_text("The record withholds it: it is not here either.")
    page.get_by_role("link", name="Delegations").click()
    expect(page.get_by_role("main")).to_contain_text("Director of Public Health")
    page.get_by_role("link", name="approval of the outcome of the tender").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing can be decided under it today.")


def test_the_auditor_can_act_nowhere(site: Site) -> None:
    page = site.page(javascript=False)
    sign_in(page, "Visiting Auditor")
    open_case(page, "leeds-2022-1")
    expect(page.locator(".cs-act--open")).to_have_count(0)
    page.goto("/procurements/leeds-2022-1/do/abandon-procurement")
    expect(page.get_by_role("main")).to_contain_text("not for Visiting Auditor")
    expect(page.get_by_role("button", name="Abandon the procurement")).to_have_count(0)


RESOLVED = uuid5(procurement_id("nottingham-2017-1"), "decision resolved")
AUTHORITY = f"/delegations/nottingham-2017-1/{RESOLVED}/3"
PAGES = (
    "/queue",
    "/procurements",
    "/rules",
    "/trail",
    "/procurements/leeds-2022-1",
    "/procurements/herefordshire-2017-1",
    "/procurements/joint-public-health-board-2020-1",
    "/procurements/bromley-2021-1",
    "/procurements/nottingham-2017-1",
    "/procurements/leeds-2022-1/do/put-up-report?subject=award",
    "/delegations",
    AUTHORITY,
    "/procurements/leeds-2022-1/do/abandon-procurement",
    "/procurements/no-such-1",
)


def test_no_page_has_a_barrier_that_axe_finds(site: Site) -> None:
    page = site.page()
    page.goto("/sign-in")
    found = (
        {"/sign-in": Axe().run(page).generate_report()} if Axe().run(page).violations_count else {}
    )
    sign_in(page, "Director of Adults and Health")
    page.get_by_role("link", name="Decide the report").click()
    page.get_by_role("button", name="Check your decision").click()
    page.get_by_role("alert").wait_for()
    for path in (page.url.removeprefix(site.address), *PAGES):
        if path in PAGES:
            page.goto(path)
        result = Axe().run(page)
        if result.violations_count:
            found[path] = result.generate_report()
    assert found == {}


def test_pages_fit_a_telephone(site: Site) -> None:
    page = site.page()
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, "Director of Adults and Health")
    for path in PAGES:
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{path} is {wide} wide"


LENGTHEN = """for (const one of document.querySelectorAll("main :is(h1, h2, p, li, dd, td, th)"))
    one.append("W".repeat(190))"""


def test_a_name_of_190_letters_does_not_widen_a_page(site: Site) -> None:
    page = site.page()
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, "Director of Adults and Health")
    for path in PAGES:
        page.goto(path)
        page.evaluate(LENGTHEN)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{path} is {wide} wide"
