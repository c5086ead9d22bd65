"""A portfolio holder is told of a consultation, answers, and the delegate exercises the mandate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from standardwebhooks import Webhook

from adapters.house import House
from domain.reported import Recommendation
from tests.browser.conftest import Running, Site, sign_in
from tests.browser.test_leeds import decide
from tests.cases.dorset import DIRECTOR as DELEGATE
from tests.cases.dorset import PLATFORM, UNDER, Journey, award, choosing
from tests.copying import copied
from tests.tools.receiver import Received, Receiver

pytestmark = pytest.mark.browser
COUNCIL = "Joint Public Health Board"
HOLDERS = (
    "Portfolio Holder for Health, Dorset Council",
    "Portfolio Holder for Health, BCP Council",
)
PRICE = 180000


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as found:
        yield found


@pytest.fixture
def asked_soon(demo_file: Path, tmp_path: Path, running: Running) -> Iterator[Site]:
    """The platform is evaluated, and its award put up under the delegated authority."""
    house = House(copied(demo_file, tmp_path))
    journey = Journey(house).on(date(2020, 9, 1)).do(choosing(), DELEGATE).open_parts()
    journey.on(date(2020, 10, 1)).decide_detailed_plan()
    journey.on(date(2020, 10, 5)).tender(PLATFORM, date(2020, 11, 4))
    journey.on(date(2020, 11, 5)).evaluate(PLATFORM, "Harbour Digital", PRICE)
    asks = Recommendation("a", "Award it", award("Harbour Digital", PRICE))
    journey.put_up(PLATFORM, "award", asks, under=UNDER)
    house.close()
    with running(tmp_path, COUNTERSIGN_UNSAFE_WEBHOOKS="yes") as site:
        yield site


def register(page: Page, receiver: Receiver) -> str:
    """The holder's own endpoint: its secret."""
    page.get_by_role("link", name="Told").click()
    page.get_by_role("link", name="Say where and of what you are told").click()
    page.get_by_role("link", name="Register an endpoint").click()
    page.get_by_label("What is it?").fill("My assistant")
    page.get_by_label("Short name").fill("assistant")
    page.get_by_label(HOLDERS[0]).check()
    page.get_by_label("A webhook, signed").check()
    page.get_by_label("Where", exact=True).fill(receiver.url)
    page.get_by_role("button", name="Register it").click()
    secret = page.locator("#secret").inner_text()
    page.get_by_role("link", name="Go on to the endpoint").click()
    return secret


def verified(page: Page) -> None:
    for _ in range(50):
        if page.get_by_text("In use").count():
            return
        page.wait_for_timeout(100)
        page.reload()
    raise AssertionError("the receiver did not verify it")


def came(page: Page, receiver: Receiver) -> Received:
    for _ in range(100):
        if found := receiver.events("consultation.asked"):
            return found[0]
        page.wait_for_timeout(50)
    raise AssertionError("nothing came")


def answer(page: Page, comment: str) -> None:
    page.get_by_label("I agree").check()
    page.get_by_label("What you want to be weighed").fill(comment)
    page.get_by_role("group", name=re.compile("an interest")).get_by_label("No").check()
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_role("heading", name="What may happen next").wait_for()


def test_a_holder_is_told_answers_and_the_delegate_exercises_the_mandate(
    asked_soon: Site, receiver: Receiver
) -> None:
    page = asked_soon.page()
    main = page.get_by_role("main")
    sign_in(page, HOLDERS[0], COUNCIL)
    secret = register(page, receiver)
    verified(page)

    sign_in(page, "Commissioning Officer", COUNCIL)
    page.get_by_role("link", name=re.compile("^Ask the consultees about")).click()
    page.get_by_role("button", name="Ask them").click()
    page.get_by_role("heading", name="What may happen next").wait_for()

    told = came(page, receiver)
    body = Webhook(secret).verify(told.raw, told.headers)
    assert body["data"]["procurement"] == PLATFORM
    link = body["data"]["link"]
    assert link.startswith(asked_soon.address)

    sign_in(page, HOLDERS[0], COUNCIL)
    page.goto(link)
    answer(page, "The price is fair")
    page.get_by_role("link", name="Told").click()
    row = main.get_by_role("row", name=re.compile("asked for your view"))
    expect(row).to_contain_text("Delivered")
    expect(row).to_contain_text("Agrees")
    expect(row).to_contain_text("The price is fair")
    assert receiver.events("consultation.answered")

    sign_in(page, HOLDERS[1], COUNCIL)
    page.get_by_role("link", name=re.compile("^Answer the consultation")).click()
    answer(page, "I agree")

    sign_in(page, "Director of Public Health", COUNCIL)
    page.get_by_role("link", name=re.compile("^Decide")).first.click()
    expect(main).to_contain_text("The price is fair")
    page.get_by_role("group", name="Were alternatives considered?").get_by_label("Yes").check()
    page.get_by_label("Alternative 1", exact=True).fill("Go on without a contract")
    page.get_by_label("Why alternative 1 was rejected").fill("LiveWell would stop")
    decide(page, "a")
    page.goto(f"/procurements/{PLATFORM}")
    expect(main).to_contain_text("Awarded, in standstill")
    page.goto(f"/delegations/{UNDER.granted_in}/{UNDER.decision}/{UNDER.label}")
    expect(main).to_contain_text("£180,000")
