"""How often one may ask within a minute; what is refused for it is not recorded."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from adapters.house import House
from adapters.scratch import Scratch
from tests.web.conftest import ADDRESS, Browser
from tests.web.journey import CASE, DIRECTOR, OFFICER
from web.app import create
from web.limits import Limits

LIMIT = "forms under your name"


@pytest.fixture
def strict(demo: House) -> Iterator[Browser]:
    """A page on which two may sign in, and each may send three forms."""
    demo.catch_up()
    browser = Browser(demo)
    browser.app = create(demo, demo=True, limits=Limits(Scratch(), sign_ins=2, forms=3))
    browser.client = TestClient(browser.app, ADDRESS)
    while time.time() % 60 > 50:
        time.sleep(1)
    with browser.client:
        yield browser


def test_whoever_sends_too_many_forms_is_told_when_there_is_room_again(strict: Browser) -> None:
    strict.sign_in(DIRECTOR)
    for _ in range(3):
        assert strict.post("/clocks/leeds", {"by": "day"}).status_code == 200
    day, events = strict.house.clocks.today("leeds"), strict.events
    answer = strict.post("/clocks/leeds", {"by": "day"})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 60
    seconds = answer.headers["retry-after"]
    assert f"More than 3 {LIMIT} came within a minute" in answer.text
    assert f"Nothing was recorded: try again in {seconds} second" in answer.text
    assert (strict.house.clocks.today("leeds"), strict.events) == (day, events)
    form = strict.form(f"{CASE}/do/abandon-procurement")
    assert strict.post(f"{CASE}/do/abandon-procurement", form).status_code == 429
    assert strict.events == events


def test_looking_is_not_limited_and_others_are_not_either(strict: Browser) -> None:
    strict.sign_in(DIRECTOR)
    for _ in range(4):
        strict.post("/clocks/leeds", {"by": "day"})
    for _ in range(10):
        assert strict.get("/queue").status_code == 200
    strict.sign_in(OFFICER)
    assert strict.post("/clocks/leeds", {"by": "day"}).status_code == 200


def test_too_many_attempts_to_sign_in_are_refused_and_signing_out_is_not(strict: Browser) -> None:
    strict.sign_in(DIRECTOR)
    strict.sign_in(DIRECTOR)
    person = next(iter(strict.house.identity.names()))
    answer = strict.post("/sign-in", {"person": str(person)})
    assert answer.status_code == 429
    assert "More than 2 attempts to sign in came within a minute" in answer.text
    assert int(answer.headers["retry-after"]) > 0
    assert strict.post("/sign-out", {}).status_code == 200


def test_a_guess_at_who_there_is_counts_as_an_attempt(strict: Browser) -> None:
    for status in 404, 404, 429:
        assert strict.post("/sign-in", {"person": "nobody"}).status_code == status
