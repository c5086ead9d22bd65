"""What was refused is noted for auditors, with nothing that was typed, and never in the way."""

from __future__ import annotations

import html
import json
import logging

import pytest

from tests.cases.nottingham import DIRECTOR as NOTTINGHAM_DIRECTOR
from tests.cases.nottingham import Nottingham
from tests.houses import tamper
from tests.web.conftest import Browser
from tests.web.journey import CASE, CLERK, LAWYER, OFFICER, decide_path
from web.forms import FORMS
from web.routes.access import in_words

AUDITOR, STRANGER = "leeds/visiting-auditor", "nottingham/legal-services"
TYPED = "Because of a purple ocelot"


def noted(web: Browser, authority: str = "leeds") -> list[tuple[str, str, str, str, int]]:
    rows = web.house.refused_attempts.latest(authority, 100)
    return [(one.what, one.post, one.reference, one.rules, one.times) for one in rows]


def abandon(web: Browser) -> int:
    status: int = web.fill(f"{CASE}/do/abandon-procurement", reason=TYPED).status_code
    return status


def test_an_act_that_rules_refused_is_noted_once_a_minute(web: Browser) -> None:
    web.sign_in(CLERK)
    assert abandon(web) == 422
    assert noted(web) == [("abandon-procurement", CLERK, "leeds-2022-1", "G1", 1)]
    assert abandon(web) == 422
    assert [times for *_, times in noted(web)] == [2]
    assert web.house.log.last_position() == web.events


def test_what_was_only_filled_in_wrongly_is_no_attempt(web: Browser) -> None:
    web.sign_in(OFFICER)
    assert web.fill(f"{CASE}/do/abandon-procurement", reason="").status_code == 422
    web.get(f"{CASE}/do/record-evaluation")
    web.get("/nowhere")
    assert noted(web) == []


def test_a_decision_that_is_checked_and_refused_is_noted(web: Browser) -> None:
    web.sign_in(LAWYER)
    sent = {"outcome-a": "agreed", "outcome-b": "agreed", "reasons": TYPED}
    answer = web.fill(decide_path(web), **sent, interests="none-declared", step="check")
    assert answer.status_code == 422
    ((what, post, reference, rules, _),) = noted(web)
    assert (what, post, reference) == ("take-decision", LAWYER, "leeds-2022-1")
    assert rules


def test_a_page_that_is_not_for_the_reader_is_noted_with_its_pattern(web: Browser) -> None:
    web.sign_in(OFFICER)
    assert web.get("/closed-reads/leeds?before=77").status_code == 403
    assert noted(web) == [("GET /closed-reads/{authority}", OFFICER, "", "", 1)]
    web.sign_in(STRANGER)
    assert abandon(web) == 403
    assert web.get("/refused/leeds").status_code == 403
    assert noted(web)[:2] == [
        ("GET /refused/{authority}", "", "", "", 1),
        ("POST /procurements/{reference}/do/{act}", "", "leeds-2022-1", "", 1),
    ]
    assert web.get("/refused/nowhere").status_code == 404


def test_whoever_looks_after_the_rules_and_auditors_see_it_and_nobody_else(web: Browser) -> None:
    web.sign_in(CLERK)
    abandon(web)
    for post in AUDITOR, "leeds/monitoring-officer":
        page = html.unescape(web.sign_in(post).get("/refused/leeds").text)
        assert "Abandon" in page
        assert "Democratic Services" in page
        assert 'href="/rules#G1"' in page
        assert TYPED not in page
        assert 'href="/refused/leeds"' in web.get("/trail").text
        assert 'href="/refused/leeds"' in web.get("/rules").text
    web.sign_in(OFFICER)
    for there in "/refused/leeds", "/refused/leeds.csv", "/refused/leeds.json":
        assert web.get(there).status_code == 403
    assert 'href="/refused/leeds"' not in web.get("/trail").text


def test_both_lists_are_taken_away(web: Browser) -> None:
    web.sign_in(CLERK)
    abandon(web)
    web.sign_in(AUDITOR)
    (one,) = web.get("/refused/leeds.json").json()["entries"]
    assert (one["what"], one["post"], one["rules"], one["times"]) == (
        "abandon-procurement",
        CLERK,
        ["G1"],
        1,
    )
    assert one["person_name"]
    assert "abandon-procurement" in web.get("/refused/leeds.csv").text
    for form in "csv", "json":
        assert web.get(f"/closed-reads/leeds.{form}").status_code == 200
    assert json.loads(web.get("/closed-reads/leeds.json").text)["number"] == 0


def test_a_refusal_that_compared_closed_figures_tells_no_rule_that_could_give_them_away(
    web: Browser,
) -> None:
    walk = Nottingham(web.house).to_evaluation("Umber Lapwing Trust", "7543219.83")
    walk.put_up_award(walk.award()).consult().enter("7000000")
    web.house.catch_up()
    report = walk.report.id
    web.sign_in(NOTTINGHAM_DIRECTOR.post)
    path = f"/procurements/nottingham-2017-1/reports/{report}/decide"
    sent = {"outcome-a": "agreed", "reasons": "r", "interests": "none-declared"}
    sent |= {"alternatives": "none", "no_alternatives": "One tender came"}
    answer = web.fill(path, **sent)
    assert answer.status_code == 422
    assert [(what, rules) for what, _, _, rules, _ in noted(web, "nottingham")] == [
        ("take-decision", "D9")
    ]


def test_an_answer_goes_out_where_it_cannot_be_noted(
    web: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    tamper(web.house, "DROP TABLE refused_attempts")
    caplog.set_level(logging.ERROR, "countersign.refused")
    web.sign_in(CLERK)
    assert abandon(web) == 422
    assert web.get("/closed-reads/leeds").status_code == 403
    said = [one.getMessage() for one in caplog.records]
    assert said == ["a refused act could not be noted", "a refused page could not be noted"]


def test_every_act_has_words() -> None:
    assert in_words("sign-contract") == FORMS["sign-contract"].title
    assert in_words("take-decision") == "Decide a report"
    assert in_words("correct-calendar") == "correct calendar"
    assert in_words("GET /closed-reads/{authority}") == "Open /closed-reads/…"
