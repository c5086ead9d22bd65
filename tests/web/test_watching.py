"""Requests and commands under watch: ids, measures, and logs that give nothing away."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from msgspec.structs import replace

from adapters.house import House
from adapters.metrics import Metrics
from adapters.scratch import Scratch
from adapters.watched import WatchedEngine
from countersign.logs import set_up
from domain.refusals import Refused
from tests.cases.nottingham import DIRECTOR as NOTTINGHAM
from tests.cases.nottingham import MANAGER, Nottingham, exempt
from tests.web.conftest import ADDRESS, Browser
from tests.web.journey import (
    CASE,
    DIRECTOR,
    answers,
    decide,
    decide_path,
    sign,
    stand_still,
    walk,
)
from tests.web.test_canary import BUDGET, LOSER, PRICE, WINNER, found_in
from web.watching import watched

CANARY = "vermilion-egret"
Lines = Callable[[], list[dict[str, Any]]]


class Watched(Browser):
    """The page as it is served: its commands and requests are counted and logged."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self.metrics = Metrics()
        self.metrics.tell_of(house)
        house.engine = WatchedEngine(house.log, lambda: None, self.metrics)
        self.client = TestClient(
            watched(self.app, self.metrics), ADDRESS, raise_server_exceptions=False
        )

    @property
    def told(self) -> str:
        return self.metrics.text().decode()


@pytest.fixture
def web(demo: House) -> Iterator[Watched]:
    demo.catch_up()
    browser = Watched(demo)
    with browser.client:
        yield browser


@pytest.fixture(params=["json", "text"])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What is logged, in either form."""
    with logged(request.param) as written:
        yield written


@pytest.fixture
def lines() -> Iterator[Lines]:
    """The lines of the log so far."""
    with logged("json") as written:
        yield lambda: [json.loads(one) for one in written.getvalue().splitlines()]


@contextmanager
def logged(form: str) -> Iterator[io.StringIO]:
    written, root = io.StringIO(), logging.getLogger()
    kept, level = root.handlers, root.level
    set_up(form, "debug", written)
    yield written
    root.handlers = kept
    root.setLevel(level)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("a1b2c3d4-0000-4000-8000-5e6f7a8b9c0d", True),
        ("req_12345678", True),
        ("short", False),
        ("x" * 65, False),
        ("with space and more", False),
        ('"},{"level":"error', False),
    ],
)
def test_a_request_keeps_its_id_where_that_is_sane(web: Watched, given: str, taken: bool) -> None:
    answer = web.client.get("/health/live", headers={"X-Request-ID": given})
    assert (answer.headers["x-request-id"] == given) == taken
    assert re.fullmatch(r"[A-Za-z0-9_-]{8,64}", answer.headers["x-request-id"])


def test_each_answer_has_an_id_of_its_own_errors_too(web: Watched) -> None:
    break_it(web.app)
    answers = [web.get(path) for path in ("/sign-in", "/nowhere", "/break", "/static/app.js")]
    assert [one.status_code for one in answers] == [200, 404, 500, 200]
    assert len({one.headers["x-request-id"] for one in answers}) == 4


def test_what_is_logged_for_a_command_has_its_id_and_that_of_the_request(
    web: Watched, lines: Lines
) -> None:
    path = decide_path(web.sign_in(DIRECTOR))
    command = web.form(path)["command"]
    answer = decide(web)
    assert answer.status_code == 200
    (said,) = [one for one in lines() if one["event"] == "command"]
    assert said["kind"] == "take-decision"
    assert said["outcome"] == "recorded"
    assert len(said["command_id"]) == len(command)
    (asked,) = [one for one in lines() if one["event"] == "request" and one["status"] == 303][-1:]
    assert asked["request_id"] == said["request_id"]
    assert asked["route"].endswith("/reports/{report}/decide")


def test_a_refusal_is_counted_and_logged_by_its_rule(web: Watched, lines: Lines) -> None:
    assert sign(walk(web, stand_still)).status_code == 422
    said = [one for one in lines() if one["event"] == "command"][-1]
    assert (said["kind"], said["outcome"]) == ("sign-contract", "refused")
    assert said["rules"]
    told = web.told
    assert 'countersign_commands_total{kind="sign-contract",outcome="refused"} 1.0' in told
    assert 'countersign_commands_total{kind="take-decision",outcome="recorded"} 2.0' in told
    for rule in said["rules"]:
        assert f'countersign_refusals_total{{rule="{rule}"}} 1.0' in told


def test_a_form_sent_again_is_counted_as_repeated(web: Watched) -> None:
    path = decide_path(web.sign_in(DIRECTOR))
    sent = {**web.form(path), **answers()}
    for _ in range(2):
        assert web.post(path, sent).status_code == 200
        web.app.state.scratch = Scratch()  # As where what was answered is forgotten.
    for outcome in "recorded", "repeated":
        asked = f'countersign_commands_total{{kind="take-decision",outcome="{outcome}"}} 1.0'
        assert asked in web.told


def test_requests_are_measured_by_route_and_never_by_address(web: Watched) -> None:
    web.sign_in(DIRECTOR).get(f"{CASE}?done=1")
    web.get(f"/{CANARY}")
    web.client.request(CANARY.upper(), "/")
    found = re.findall(
        r'request_seconds_count\{method="(\w+)",route="([^"]+)",status="(\d+)"', web.told
    )
    assert ("GET", "/procurements/{reference}", "200") in found
    assert ("GET", "none", "404") in found
    assert CANARY not in web.told.lower()
    assert "leeds-2022-1" not in web.told


def test_no_log_line_holds_what_people_write_or_are_called(web: Watched, log: io.StringIO) -> None:
    break_it(web.app)
    web.sign_in(DIRECTOR)
    token = "".join(web.client.cookies.values())
    path = decide_path(web)
    web.fill(path, step="confirm", reasons=CANARY)
    web.fill(f"{CASE}/do/abandon-procurement", reason=CANARY)
    web.get(f"/procurements/{CANARY}?done={CANARY}")
    web.client.get("/queue", headers={"X-Request-ID": f"{CANARY} {CANARY}", "User-Agent": CANARY})
    assert web.get(f"/break?said={CANARY}").status_code == 500
    logging.getLogger("somebody.else").error("could not send %s", CANARY)
    logging.getLogger("uvicorn.error").error("failed", exc_info=ValueError(CANARY))
    written = log.getvalue()
    names = [*web.house.identity.names().values()]
    assert [one for one in (CANARY, token, *names) if one in written] == []
    assert "ValueError" in written
    assert "could not send %s" in written
    assert "web/watching.py" in written or "test_watching.py" in written


def test_no_log_line_and_no_measure_holds_a_closed_value(demo: House, log: io.StringIO) -> None:
    web = Watched(demo)
    walk = Nottingham(demo).to_evaluation(WINNER, PRICE, LOSER).enter(BUDGET)
    dear = replace(walk.award(), amount=exempt("8471236.59"))
    with pytest.raises(Refused):
        walk.do(walk.putting_up("award", "officer", NOTTINGHAM.post, dear), MANAGER)
    assert 'kind="record-evaluation",outcome="recorded"' in web.told
    assert 'kind="put-up-report",outcome="refused"' in web.told
    assert "record-evaluation" in log.getvalue()
    for said in log.getvalue(), web.told:
        assert found_in(said) == []
        assert "8471236" not in said


def break_it(app: FastAPI) -> None:
    """A page that fails with what was asked in its message, as a bug would."""

    def broken(said: str = "") -> None:
        logger = logging.getLogger("countersign.broken")
        try:
            raise KeyError(said)
        except KeyError as error:
            logger.exception("it failed")
            raise ValueError(f"cannot read {said}") from error

    app.add_api_route("/break", broken)
