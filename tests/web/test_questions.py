"""Saved questions in the page: each entry leads to its case, and the whole is taken away."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest

from projections.questions import QUESTIONS
from tests.web.conftest import Browser


@pytest.fixture
def auditor(web: Browser) -> Browser:
    return web.sign_in("leeds/visiting-auditor")


def test_every_question_is_reached_from_the_trail_and_from_the_evidence(auditor: Browser) -> None:
    for page in "/trail", "/evidence":
        assert 'href="/questions"' in auditor.get(page).text
    index = auditor.get("/questions").text
    for name in QUESTIONS:
        assert f'href="/questions/{name}"' in index
        page = html.unescape(auditor.get(f"/questions/{name}").text)
        assert QUESTIONS[name].asks in page
        assert QUESTIONS[name].reads in page
        assert "Read for this: 5 cases with 56 steps, read whole." in page


def test_an_entry_names_its_case_the_day_the_reason_and_the_rule(auditor: Browser) -> None:
    page = html.unescape(auditor.get("/questions/waivers").text)
    assert "awards the contract to Imosphere without competition" in page
    assert 'href="/rules#L2"' in page
    assert "15 December 2017" in page
    assert "Irregular" in page
    path, _, event = re.findall(r'href="(/procurements/[^"]*#event-\d+)"', page)[0].partition("#")
    assert f'id="{event}"' in auditor.get(path).text


def test_a_council_is_asked_alone(auditor: Browser) -> None:
    page = html.unescape(auditor.get("/questions/own-report?council=nottingham").text)
    assert "nottingham-2017-1" in page
    assert "joint-public-health-board-2020-1" not in page
    assert '<option value="nottingham" selected>' in page
    assert "/questions/own-report.json?council=nottingham" in page
    assert (
        "Nothing of the kind is on record." in auditor.get("/questions/waivers?council=leeds").text
    )


def test_the_whole_answer_is_taken_away(auditor: Browser) -> None:
    found = auditor.get("/questions/own-report.json").json()
    assert (found["question"], found["number"]) == ("own-report", 2)
    assert found["reads"] == QUESTIONS["own-report"].reads
    assert {one["council"] for one in found["entries"]} == {
        "joint-public-health-board",
        "nottingham",
    }
    text = auditor.get("/questions/late-publications.csv?council=nottingham").text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [one["rule"] for one in rows] == ["D2", "D5"]
    for one in rows:
        assert auditor.get(one["page"]).status_code == 200


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/questions/why", "There is no question “why”; there are in-retrospect"),
        ("/questions/why.csv", "There is no question “why”"),
        ("/questions/waivers?council=york", "There is no council “york”; there are bromley"),
        ("/questions/waivers.json?council=york", "There is no council “york”"),
    ],
)
def test_what_there_is_not_is_said_with_what_there_is(
    auditor: Browser, path: str, said: str
) -> None:
    answer = auditor.get(path)
    assert answer.status_code == 404
    assert said in html.unescape(answer.text)


def test_going_on_ends_where_there_is_no_more(auditor: Browser) -> None:
    page = html.unescape(auditor.get("/questions/waivers?after=nottingham-2017-1").text)
    assert "Nothing more of the kind is on record." in page
    assert "Read for this: 0 cases with 0 steps" in page
