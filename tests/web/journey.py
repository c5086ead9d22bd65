"""The Leeds case over HTTP, one function for each step of the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.web.conftest import Browser

CASE = "/procurements/leeds-2022-1"
DIRECTOR = "leeds/director-of-adults-and-health"
OFFICER = "leeds/commissioning-officer"
LAWYER = "leeds/legal-services"
CLERK = "leeds/democratic-services"


def decide_path(web: Browser) -> str:
    report = web.house.procurement("leeds-2022-1").open_report
    assert report
    return f"{CASE}/reports/{report.id}/decide"


def answers(**more: str) -> dict[str, str]:
    agreed = {"outcome-a": "agreed", "outcome-b": "agreed", "reasons": "The programme needs it."}
    return {**agreed, "interests": "none-declared", "step": "confirm", **more}


def decide(web: Browser) -> Any:
    web.sign_in(DIRECTOR)
    return web.fill(decide_path(web), **answers())


def invite(web: Browser) -> Any:
    return web.sign_in(OFFICER).fill(f"{CASE}/do/invite-tenders")


def evaluate(web: Browser) -> Any:
    web.house.clocks.forward("leeds", 22)
    scores = {"score-1-1": "82", "score-1-2": "71", "score-2-1": "64", "score-2-2": "90"}
    names = {"tenderer-1": "Northmoor", "tenderer-2": "Calder"}
    prices = {"price-1": "380,000", "price-2": "£345000.50"}
    page = f"{CASE}/do/record-evaluation"
    return web.fill(page, panel="Leeds City Council\n", **names, **prices, **scores)


def notify(web: Browser) -> Any:
    return web.fill(f"{CASE}/do/send-award-notices", means="electronic")


def put_up(web: Browser, gateway: str, way: str = "") -> Any:
    web.sign_in(OFFICER)
    filled = {"body": "It is time.", "option-1": "Stop", "why-1": "The work would be lost."}
    return web.fill(f"{CASE}/do/put-up-report?subject={gateway}&way={way}", **filled)


def award(web: Browser) -> Any:
    put_up(web, "award")
    return decide(web)


def sign(web: Browser) -> Any:
    return web.sign_in(LAWYER).fill(f"{CASE}/do/sign-contract")


def stand_still(web: Browser) -> None:
    web.house.clocks.forward("leeds", 11)


def start(web: Browser, phase: int) -> Any:
    return web.sign_in(OFFICER).fill(f"{CASE}/do/start-phase?subject={phase}")


STEPS: tuple[Callable[[Browser], Any], ...] = (
    decide,
    invite,
    evaluate,
    notify,
    award,
    stand_still,
    sign,
)


def walk(web: Browser, until: Callable[[Browser], Any]) -> Browser:
    """All steps before one."""
    for one in STEPS[: STEPS.index(until)]:
        answer = one(web)
        assert answer is None or answer.status_code == 200, answer.text
    return web
