"""Bad input gets a sentence that helps, a 4xx and an unchanged log."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from adapters.documents import documents
from adapters.house import House
from countersign.case_script import read_case, run_case
from countersign.demo.load import FOLDER, adopt
from domain.reported import Milestone
from domain.reports import PutUpReport
from domain.values import When
from tests.web.conftest import Browser
from tests.web.journey import (
    CASE,
    DIRECTOR,
    LAWYER,
    OFFICER,
    award,
    decide,
    evaluate,
    invite,
    put_up,
    sign,
    walk,
)

INVITE, EVALUATE = f"{CASE}/do/invite-tenders", f"{CASE}/do/record-evaluation"


def refused(web: Browser, path: str, said: str, **sent: str) -> None:
    before = web.events
    answer = web.fill(path, **sent)
    assert 400 <= answer.status_code < 500
    assert said in html.unescape(answer.text)
    assert "Traceback" not in answer.text
    assert web.events == before


@pytest.mark.parametrize(
    ("day", "month", "year", "said"),
    [
        ("31", "2", "2023", "31 2 2023 is not a date that exists"),
        ("0", "0", "0", "is not a date that exists"),
        ("1", "1", "99999999999999999999", "is not a date that exists"),
        ("", "12", "2022", "Enter the closing day: day, month and year"),
        ("one", "12", "2022", "in numbers"),
        ("²", "12", "2022", "in numbers"),
        ("12", "11", "2022", "Tenderers get 21 days at least"),
    ],
)
def test_a_closing_day_exists_and_leaves_time(
    web: Browser, day: str, month: str, year: str, said: str
) -> None:
    decide(web)
    web.sign_in(OFFICER)
    parts = {"closes-day": day, "closes-month": month, "closes-year": year}
    refused(web, INVITE, said, **parts)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (("60", "41"), "The weights come to 101 %, not to 100 %"),
        (("50", "50"), "The decision fixed the weights: Quality 60 % and Price 40 %"),
        (("NaN", "40"), "as a number"),
        (("-1", "101"), "between 0 and 100"),
    ],
)
def test_weights_are_those_that_were_decided(
    web: Browser, weights: tuple[str, str], said: str
) -> None:
    decide(web)
    web.sign_in(OFFICER)
    refused(web, INVITE, said, **{"weight-1": weights[0], "weight-2": weights[1]})


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("price-1", "NaN", "at most two decimals"),
        ("price-1", "Infinity", "at most two decimals"),
        ("price-1", "1.005", "at most two decimals"),
        ("price-1", "-5", "at most two decimals"),
        ("price-1", "1e400", "at most two decimals"),
        ("price-1", "many", "in pounds, such as 1,250"),
        ("score-1-1", "101", "between 0 and 100"),
        ("score-1-1", "", "as a number"),
        ("score-1-1", "sNaN", "as a number"),
        ("score-1-1", "1e1", "as a number"),
        ("score-1-1", "1e-999999", "as a number"),
        ("score-1-1", "1.23456", "as a number"),
        ("score-1-1", "٣", "as a number"),
        ("score-1-1", "0" * 13, "as a number"),
        ("panel", "", "Enter who scored the tenders"),
        ("tenderer-1", "", "Enter at least one tender"),
    ],
)
def test_a_tender_has_a_price_and_scores(web: Browser, field: str, value: str, said: str) -> None:
    walk(web, evaluate)
    web.house.clocks.forward("leeds", 22)
    whole = {"tenderer-1": "One", "price-1": "1", "score-1-1": "1", "score-1-2": "1", "panel": "We"}
    refused(web, EVALUATE, said, **{**whole, field: value})


@pytest.mark.parametrize("months", ["1e9999999", "0", "601", "2.5", "-1", "two", ""])
def test_a_term_is_a_whole_number_of_months(web: Browser, months: str) -> None:
    walk(web, sign)
    web.sign_in(LAWYER)
    said = "Enter the term in months: a whole number from 1 to 600"
    refused(web, f"{CASE}/do/sign-contract", said, months=months)


def test_a_form_makes_room_for_another_tender_and_keeps_what_was_typed(web: Browser) -> None:
    walk(web, evaluate)
    web.house.clocks.forward("leeds", 22)
    answer = web.fill(EVALUATE, more="1", **{"tenderer-1": "Kept & safe"})
    assert answer.status_code == 200
    assert 'name="tenderer-4"' in answer.text
    assert "Kept &amp; safe" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/procurements/leeds-2022-99", 404),
        ("/procurements/%00", 404),
        ("/procurements/x", 404),
        (f"{CASE}/do/fly-to-the-moon", 404),
        (f"{CASE}/papers/{'0' * 64}", 404),
        (f"{CASE}/papers/..%2f..%2fetc%2fpasswd", 404),
        (f"{CASE}/reports/7a52b4d5-0d6e-4b5e-9a4b-3d2f3c1a0b1c/decide", 404),
        (f"{CASE}/reports/none/decide", 422),
        (f"{CASE}/decisions/7a52b4d5-0d6e-4b5e-9a4b-3d2f3c1a0b1c", 404),
        (f"{CASE}?done=many", 422),
        (f"{CASE}?done=999999", 200),
        (f"{CASE}/do/start-phase?subject=two", 200),
        (f"{CASE}/do/put-up-report?subject=nowhere", 200),
        ("/nowhere", 404),
    ],
)
def test_an_address_of_nothing_gets_a_page(web: Browser, path: str, status: int) -> None:
    answer = web.sign_in(DIRECTOR).get(path)
    assert answer.status_code == status
    assert "<h1" in answer.text


def test_an_address_of_no_page_is_told_so_in_a_sentence(web: Browser) -> None:
    for path in "/nowhere", "/procurements/leeds-2022-1/nowhere":
        answer = web.sign_in(DIRECTOR).get(path)
        assert "There is no such page. Check the address" in answer.text
        assert "Not Found" not in answer.text


@pytest.mark.parametrize("lost", ["seen", "command"])
def test_a_form_that_lost_its_version_or_id_is_refused(web: Browser, lost: str) -> None:
    refused(
        web.sign_in(DIRECTOR),
        f"{CASE}/do/abandon-procurement",
        "open it again",
        reason="x",
        **{lost: "gone"},
    )


@pytest.mark.parametrize("gateway", ["nowhere", "award", "phase", ""])
def test_a_report_goes_up_to_a_gateway_whose_turn_it_is(web: Browser, gateway: str) -> None:
    before, kept = web.events, papers(web)
    assert put_up(web, gateway).status_code == 422
    assert web.events == before
    assert papers(web) == kept


def test_a_report_keeps_its_paper_once(web: Browser) -> None:
    walk(web, award)
    kept, before = papers(web), web.events
    path = f"{CASE}/do/put-up-report?subject=award"
    form = web.sign_in(OFFICER).form(path)
    filled = {**form, "body": "It is time.", "option-1": "Stop", "why-1": "It would be lost."}
    for _ in range(2):
        assert web.post(path, filled).status_code == 200
    assert (web.events, papers(web)) == (before + 1, kept + 1)


def papers(web: Browser) -> int:
    """How many papers the house keeps."""
    with web.house.database.read() as db:
        return db.scalars(select(func.count()).select_from(documents)).one()


@pytest.mark.parametrize("by", ["year", "-1", "", "next week"])
def test_a_clock_moves_by_what_is_offered(web: Browser, by: str) -> None:
    before = web.sign_in(DIRECTOR).house.clocks.today("leeds")
    assert web.post("/clocks/leeds", {"by": by}).status_code == 422
    assert web.post("/clocks/nowhere", {"by": "day"}).status_code == 404
    assert web.house.clocks.today("leeds") == before


def test_a_clock_offers_no_date_more_than_ten_years_ahead(house: House) -> None:
    web = _with_a_plan_for(date(2090, 1, 1), house).sign_in(DIRECTOR)
    assert 'value="week"' in web.get("/queue").text
    assert 'value="next"' not in web.get("/queue").text
    before = house.clocks.today("leeds")
    answer = web.post("/clocks/leeds", {"by": "next"})
    assert answer.status_code == 422
    assert "by ten years at most" in answer.text
    assert house.clocks.today("leeds") == before


def _with_a_plan_for(day: date, house: House) -> Browser:
    """The Leeds case, but for its report, which plans nothing before that day."""
    script = read_case(FOLDER / "leeds" / "case.toml")
    house.clocks.start("leeds", script.clock.starts)
    adopt(house, "leeds", FOLDER / "leeds")
    plan = (Milestone("Tenders are invited", When(day), "invite-tenders"),)
    steps = [
        one._replace(command=replace(one.command, timetable=plan))
        if isinstance(one.command, PutUpReport)
        else one
        for one in script.steps
    ]
    run_case(house, script._replace(steps=tuple(steps)))
    holders = house.rules("leeds").offices.holders
    house.identity.introduce({one.person: "Somebody" for one in holders})
    house.catch_up()
    return Browser(house)


def test_what_people_type_is_shown_and_never_run(web: Browser) -> None:
    mean = "<script>alert(1)</script>"
    walk(web, invite)
    invite(web)
    web.house.clocks.forward("leeds", 22)
    scores = {"score-1-1": "1", "score-1-2": "1", "price-1": "1", "panel": mean}
    web.fill(EVALUATE, **{"tenderer-1": mean, **scores})
    web.sign_in(OFFICER)
    body = f"{mean}\n\n[click](javascript:alert(1)) <img src=x onerror=alert(1)>"
    form = {"body": body, "option-1": mean, "why-1": mean, "title": mean}
    web.fill(f"{CASE}/do/put-up-report?subject=award", **form)
    paper = re.findall(rf'href="({CASE}/papers/[0-9a-f]+)"', web.get(CASE).text)[-1]
    for path in CASE, paper, "/queue", f"{CASE}/do/sign-contract":
        html_ = web.get(path).text
        assert "<script>alert" not in html_
        assert 'href="javascript:' not in html_
        assert "<img src=x" not in html_


def test_a_form_of_many_megabytes_is_refused(web: Browser) -> None:
    refused(
        web.sign_in(DIRECTOR),
        f"{CASE}/do/abandon-procurement",
        "more than a form",
        reason="x" * 3_000_000,
    )


def test_a_form_in_pieces_is_refused(web: Browser) -> None:
    before = web.sign_in(DIRECTOR).events
    path = f"{CASE}/do/abandon-procurement"

    def pieces() -> Iterator[bytes]:
        for _ in range(30):
            yield b"x" * 100_000

    for length in {}, {"content-length": "10"}:
        headers = {"sec-fetch-site": "same-origin", "transfer-encoding": "chunked", **length}
        answer = web.client.post(path, content=pieces(), headers=headers)
        assert answer.status_code == 411
        assert "Nothing was recorded" in answer.text
    assert web.events == before


def test_nobody_signs_in_as_somebody_who_is_not_listed(web: Browser) -> None:
    for person in "7a52b4d5-0d6e-4b5e-9a4b-3d2f3c1a0b1c", "nobody", "somebody@example.org":
        answer = web.post("/sign-in", {"person": person})
        assert answer.status_code == 404
        assert "There is no such person here. Choose one of those listed." in answer.text
    assert web.post("/sign-in", {"person": ""}).status_code in (404, 422)
