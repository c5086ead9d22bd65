"""The Leeds case, from the Director's decision to phase 2, by hand in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, open_case, sign_in

pytestmark = pytest.mark.browser
CASE = "leeds-2022-1"
OFFICER, DIRECTOR = "Commissioning Officer", "Director of Adults and Health"


def act(page: Page, title: str) -> None:
    """From the case to the form of something that may be done."""
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("heading", name=title, level=1).wait_for()


def forward(page: Page, button: str, shows: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{button}")).click()
    expect(page.locator(".cs-clock")).to_contain_text(shows)


def recorded(page: Page, sentence: str) -> None:
    expect(page.get_by_role("alert")).to_contain_text(sentence)


def decide(page: Page, *labels: str) -> None:
    """Agrees to each recommendation, checks the answers and records the decision."""
    for label in labels:
        page.locator(f"#outcome-{label}").check()
    page.get_by_label("Reasons for the decision").fill("It is what the programme needs now.")
    page.get_by_role("group", name=re.compile("an interest")).get_by_label("No").check()
    page.get_by_role("button", name=re.compile("^Check ")).click()
    page.get_by_role("heading", name=re.compile("^Check ")).wait_for()
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_role("heading", name="Decision recorded").wait_for()


def put_up(page: Page, title: str, body: str) -> None:
    act(page, title)
    page.get_by_label("The report").fill(body)
    page.get_by_label("Resource implications").fill("Within what was approved.")
    page.get_by_label("Alternative 1", exact=True).fill("Stop here")
    page.get_by_label("Why alternative 1 is not recommended").fill("The work would be lost.")
    page.get_by_role("button", name="Put up the report").click()
    recorded(page, "Put up the report")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_the_director_decides_and_the_case_goes_to_signature_and_phase_2(
    site: Site, javascript: bool
) -> None:
    to_phase_2(site.page(javascript=javascript))


def test_the_same_on_two_pages_two_workers_postgresql_and_valkey(stack_site: Site) -> None:
    to_phase_2(stack_site.page())


def to_phase_2(page: Page) -> None:
    sign_in(page, DIRECTOR)
    page.get_by_role("link", name=re.compile("^Decide the report")).click()
    page.get_by_role("link", name="Report to the Director of Adults and Health").click()
    expect(page.locator("article")).to_contain_text("RM6187")
    page.get_by_role("button", name="Go to the decision").click()
    decide(page, "a", "b")

    sign_in(page, "Democratic Services")
    page.get_by_role("link", name="Publish the decision").click()
    page.get_by_role("button", name="Publish the decision").click()
    recorded(page, "Published the decision")

    sign_in(page, OFFICER)
    forward(page, "To 20 November 2022", "Sunday 20 November 2022")
    page.get_by_role("link", name="Record the invitation to tender").click()
    expect(page.get_by_label("Day")).to_have_value("11")
    page.get_by_role("button", name="Record").click()
    recorded(page, "Invited tenders until 11 December 2022, on Quality 60 % and Price 40 %")

    page.get_by_role("link", name="My queue").click()
    expect(page.get_by_role("table", name="Coming to you")).to_contain_text("12 December 2022")
    forward(page, "To 12 December 2022", "Monday 12 December 2022")
    page.get_by_role("link", name="Record the evaluation of tenders").click()
    page.get_by_label("Who scored the tenders").fill(
        "Leeds City Council\nLeeds Community Healthcare"
    )
    for n, (name, price, quality, cost) in enumerate(
        [("Northmoor Advisory", "380000", "82", "71"), ("Calder Partners", "£345,000", "64", "90")],
        1,
    ):
        page.locator(f"#tenderer-{n}").fill(name)
        page.locator(f"#price-{n}").fill(price)
        page.locator(f"#score-{n}-1").fill(quality)
        page.locator(f"#score-{n}-2").fill(cost)
    page.get_by_role("button", name="Record", exact=True).click()
    recorded(page, "Northmoor Advisory came first with 77.6 at £380,000")

    act(page, "Record the award notices")
    page.get_by_label("Electronically: ten days").check()
    page.get_by_role("button", name="Record", exact=True).click()
    recorded(page, "The voluntary standstill ends with Thursday 22 December 2022")
    put_up(page, "Put up the report on the award", "The panel scored both tenders.")

    sign_in(page, DIRECTOR)
    page.get_by_role("link", name=re.compile("^Decide the report.*award")).click()
    decide(page, "a")

    sign_in(page, "Legal Services")
    waits = page.get_by_role("table", name="Coming to you")
    expect(waits).to_contain_text("From Friday 23 December 2022")
    page.goto(f"/procurements/{CASE}/do/sign-contract")
    page.get_by_role("button", name="Sign the contract").click()
    expect(page.get_by_role("alert")).to_contain_text("Sign from Friday 23 December 2022")
    forward(page, "To 23 December 2022", "Friday 23 December 2022")
    page.goto("/queue")
    page.get_by_role("link", name="Sign the contract").click()
    page.get_by_role("button", name="Sign the contract").click()
    recorded(page, "Signed the contract with Northmoor Advisory: £380,000, 2 January 2023")

    sign_in(page, OFFICER)
    page.get_by_role("link", name="Publish the contract").click()
    page.get_by_role("button", name="Record").click()
    recorded(page, "public register of contracts")
    forward(page, "To 2 January 2023", "Monday 2 January 2023")
    act(page, "Start phase 1")
    page.get_by_role("button", name="Start the phase").click()
    recorded(page, "Started phase 1")

    page.goto(f"/procurements/{CASE}/do/start-phase?subject=2")
    page.get_by_role("button", name="Start the phase").click()
    expect(page.get_by_role("alert")).to_contain_text("Phase 2 waits for a decision to release it")
    open_case(page, CASE)
    put_up(page, "Put up the report on the release of phase 2", "Phase 1 shows that it pays.")
    sign_in(page, DIRECTOR)
    page.get_by_role("link", name=re.compile("^Decide the report.*phase")).click()
    decide(page, "a")
    sign_in(page, OFFICER)
    page.get_by_role("link", name="Start phase 2").click()
    page.get_by_role("button", name="Start the phase").click()
    recorded(page, "Started phase 2")
    expect(page.locator(".cs-stage")).to_have_text("Contract signed, phase 2 under way")


def test_the_author_may_deputise_for_the_director_and_still_not_decide(site: Site) -> None:
    page = site.page()
    sign_in(page, "Deputy Director, Integrated Commissioning")
    page.get_by_role("link", name=re.compile("^Decide the report")).click()
    expect(page.get_by_role("main")).to_contain_text("The author of a report may not decide it")
    expect(page.get_by_role("button", name="Check your decision")).to_have_count(0)


def test_a_page_gone_stale_says_what_changed(site: Site) -> None:
    page, other = site.page(), site.page(javascript=False)
    for one in page, other:
        sign_in(one, DIRECTOR)
        one.get_by_role("link", name=re.compile("^Decide the report")).click()
        for label in "a", "b":
            one.locator(f"#outcome-{label}").check()
        one.get_by_label("Reasons for the decision").fill("The programme needs it.")
        one.get_by_role("group", name="Do you have an interest").get_by_label("No").check()
        one.get_by_role("button", name="Check your decision").click()
        one.get_by_role("heading", name="Check your decision").wait_for()
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_role("heading", name="Decision recorded").wait_for()
    other.get_by_role("button", name="Record the decision").click()
    expect(other.get_by_role("main")).to_contain_text(
        "Decided the report: (a) agreed and (b) agreed"
    )
    expect(other.get_by_role("button", name="Check your decision")).to_have_count(0)
    other.get_by_role("link", name="See the procurement").click()
    expect(other.locator(".cs-stage")).to_have_text("Decided")
