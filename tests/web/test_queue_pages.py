"""A queue that is longer than a page."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from domain.messages import Context
from domain.opening import NoteOnSource
from domain.procurement import Procurement
from domain.shortenings import warning
from projections import queue
from tests.cases.journey import LEEDS
from tests.scenario import CLERK, DIRECTOR
from tests.web.conftest import Browser
from web import drawn
from web.routes.queue import PAGE

READY, LATER = 120, 15


@pytest.fixture
def crowded(web: Browser) -> Browser:
    """The Director of Leeds has far more to do than there is room for."""
    web.house.catch_up()
    table, today = queue.table, web.house.clocks.today("leeds")
    with web.house.database.write() as db:
        one = db.execute(select(table).where(table.c.post == DIRECTOR.post)).mappings().one()
        rows = []
        for n in range(READY + LATER - 1):
            opens = today + timedelta(days=n) if n >= READY - 1 else None
            due = today + timedelta(days=(n * 37) % 50 - 10) if n % 3 else None
            new = {"procurement": uuid4(), "reference": f"leeds-2022-{n + 100}", "last": None}
            rows.append({**one, **new, "opens": opens, "due": due, "title": f"Case number {n}"})
        db.execute(insert(table), rows)
    return web.sign_in(DIRECTOR.post)


def shown(web: Browser, path: str) -> str:
    answer = web.get(path)
    assert answer.status_code == 200
    return unescape(answer.text)


def references(page: str) -> list[str]:
    return re.findall(r"no-visited-state[^>]*>(leeds-2022-[0-9]+)<", page)


def test_every_item_stands_on_one_page_and_what_can_be_done_comes_first(crowded: Browser) -> None:
    pages = [shown(crowded, f"/queue?page={n}") for n in (1, 2, 3)]
    found = [references(one) for one in pages]
    assert [len(one) for one in found] == [PAGE, PAGE, READY + LATER - 2 * PAGE]
    every = [one for part in found for one in part]
    assert len(set(every)) == READY + LATER
    waiting = {f"leeds-2022-{n + 100}" for n in range(READY, READY + LATER - 1)}
    assert waiting <= set(every[READY:])
    assert "Coming to you" not in pages[0]
    assert f"{PAGE} of {READY}" in pages[0]
    assert "Ready for you" in pages[2]
    assert "Coming to you" in pages[2]


def test_what_is_due_first_is_at_the_top_and_what_has_no_date_at_the_end(crowded: Browser) -> None:
    rows = crowded.house.queue([DIRECTOR.post]).rows
    ready = [one.due or date.max for one in rows if not one.later]
    assert ready == sorted(ready)
    assert ready[0] < crowded.house.clocks.today("leeds")
    assert ready[-1] == date.max


def test_one_goes_from_page_to_page(crowded: Browser) -> None:
    first, second, third = (
        shown(crowded, one) for one in ("/queue", "/queue?page=2", "/queue?page=3")
    )
    assert "Page 1 of 3" in first
    assert 'href="/queue?page=2" rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'href="/queue" rel="prev"' in second
    assert 'href="/queue?page=3" rel="next"' in second
    assert "<title>My queue, page 2 – Countersign</title>" in second
    assert 'rel="next"' not in third


def test_a_page_that_is_empty_by_now_leads_to_the_first(crowded: Browser) -> None:
    assert "There is nothing on this page any more" in shown(crowded, "/queue?page=4")


@pytest.mark.parametrize("page", ["0", "-1", "two", "9" * 30, "1e3"])
def test_a_page_that_cannot_be_is_refused(crowded: Browser, page: str) -> None:
    assert crowded.get(f"/queue?page={page}").status_code == 422


def test_a_short_queue_is_on_one_page(web: Browser) -> None:
    page = shown(web.sign_in(DIRECTOR.post), "/queue")
    assert "Page 1" not in page
    assert "1 of" not in page


def test_a_last_day_is_worked_out_anew_when_its_case_or_the_day_has_changed(
    web: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out: list[date] = []

    def counted(last: date, case: Procurement, context: Context) -> str:
        worked_out.append(context.day)
        return warning(last, case, context)

    monkeypatch.setattr(drawn, "warning", counted)
    web.sign_in(DIRECTOR.post)
    today = web.house.clocks.today("leeds")
    for _ in range(3):
        assert "Timetable</strong> The last day is" in shown(web, "/queue")
    assert worked_out == [today]
    web.house.execute(NoteOnSource(LEEDS, "silence", "A day", "It is not there"), CLERK, uuid4())
    web.house.catch_up()
    shown(web, "/queue")
    assert worked_out == [today, today]
    web.house.clocks.forward("leeds", 30)
    page = shown(web, "/queue")
    assert "Timetable</strong> The last day was" in page
    assert "Overdue" in page
    assert worked_out == [today, today, today + timedelta(days=30)]
