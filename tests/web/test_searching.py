"""Searching the trail in the page, and what was found to take away."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from uuid import uuid4

import pytest

from domain.opening import NoteOnSource
from domain.values import procurement_id
from tests.scenario import CLERK
from tests.web.conftest import Browser
from tests.web.journey import decide
from web.taken import cell

CASE = procurement_id("leeds-2022-1")
ITEM = 'class="cs-timeline__item"'


@pytest.fixture
def auditor(web: Browser) -> Browser:
    return web.sign_in("leeds/visiting-auditor")


def test_a_search_says_how_many_fit_and_shows_them(auditor: Browser) -> None:
    page = auditor.get("/trail?kind=decision-taken&only-irregular=yes").text
    assert "3 entries found" in page
    assert page.count(ITEM) == 3
    assert re.search('name="only-irregular" type="checkbox" value="yes" checked', page)
    assert not re.search('name="only-imported" type="checkbox" value="yes" checked', page)
    assert '<option value="decision-taken" selected>' in page


def test_older_entries_are_of_the_same_question(auditor: Browser) -> None:
    house = auditor.house
    for n in range(102):
        note = NoteOnSource(CASE, "silence", f"Matter {n}", "No word of it")
        context = house.context("leeds", CLERK, uuid4(), source="An older system")
        house.engine.execute(note, context)
    house.catch_up()
    asked = "words=silent&council=leeds"
    page = auditor.get(f"/trail?{asked}").text
    assert page.count(ITEM) == 100
    older = html.unescape(re.findall(r'href="([^"]*)">Older entries', page)[0])
    assert older.startswith(f"/trail?{asked}&before=")
    rest = auditor.get(older).text
    notes = auditor.get(f"/trail.json?{asked}").json()["entries"]
    assert rest.count(ITEM) == len(notes) - 100 > 0
    assert {one["council"] for one in notes} == {"leeds"}
    assert f'href="/trail.csv?{html.escape(asked)}"' in rest


def test_who_acted_is_named_where_the_name_is_known(auditor: Browser) -> None:
    decide(auditor)
    auditor.sign_in("leeds/visiting-auditor")
    names = auditor.house.identity.names()
    (taken,) = auditor.get("/trail.json?kind=decision-taken&council=leeds").json()["entries"]
    assert taken["person_name"] in names.values()
    page = auditor.get(f"/trail?person={taken['person']}").text
    assert f"{taken['person_name']}, Director" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("post=leeds/nobody", "Choose one of these: nothing else is on record"),
        ("person=somebody", "Choose one of these"),
        ("happened-from-day=31&happened-from-month=2&happened-from-year=2022", "31 2 2022 is not"),
        ("recorded-to-year=2022", "Enter a day: day, month and year"),
        (
            "recorded-from-day=2&recorded-from-month=1&recorded-from-year=2022"
            "&recorded-to-day=1&recorded-to-month=1&recorded-to-year=2022",
            "Enter a day that is not before the first day",
        ),
        ("words=" + "a+" * 11, "Look for 10 words and 200 characters at most"),
        ("words=a%00b", "Look for words that can be written"),
        ("reference=Leeds/1", "Enter a reference as it is written"),
        ("colour=red", "There is nothing to search by “colour”"),
    ],
)
def test_what_cannot_be_asked_is_said_where_it_was_asked(
    auditor: Browser, asked: str, said: str
) -> None:
    answer = auditor.get(f"/trail?{asked}")
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert ITEM not in answer.text
    for form in "csv", "json":
        answer = auditor.get(f"/trail.{form}?{asked}")
        assert answer.status_code == 422
        assert said in html.unescape(answer.text)


def test_nothing_found_is_said(auditor: Browser) -> None:
    page = auditor.get("/trail?words=hippopotamus").text
    assert "0 entries found" in page


def test_the_spreadsheet_has_every_entry_whatever_fits_on_a_page(auditor: Browser) -> None:
    answer = auditor.get("/trail.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="trail.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == auditor.events
    first = rows[-1]
    assert (first["position"], first["council"], first["deputising"]) == ("1", "leeds", "no")
    for one in rows[:20]:
        if one["page"]:
            assert auditor.get(one["page"].partition("#")[0]).status_code == 200


def test_what_programs_take_says_what_was_asked_and_is_whole(auditor: Browser) -> None:
    found = json.loads(auditor.get("/trail.json?gateway=award&words=").text)
    assert found["asked"] == {"gateway": "award"}
    assert found["number"] == len(found["entries"]) > 0
    assert found["read_up_to"] == auditor.events
    assert {one["gateway"] for one in found["entries"]} == {"award"}
    assert auditor.get("/trail.json?words=hippopotamus").json()["entries"] == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"
    assert cell(None) == ""
    assert cell([f"{start}1", "2"]).startswith("'")


def test_there_is_no_other_form_to_take_it_away_in(auditor: Browser) -> None:
    assert auditor.get("/trail.xml").status_code == 422
