"""The notices of a council on a page of its own: what is owed, and the form to record one (P8)."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest

from tests.web.conftest import Browser
from tests.web.test_public_notices import example
from tests.web.test_standstill import LAWYER, OFFICER, turn_to

PAGE = "/rules/leeds/notices"
UK8 = {"notice": "UK8 2026-04-01", "identifier": "2026/S 000-020001"}
NEXT = "UK8 Contract payment notice: 1 July 2026 to 30 September 2026"


@pytest.fixture
def july(web: Browser) -> Browser:
    """Leeds on 14 July 2026, in the post that publishes its notices."""
    turn_to(web, date(2026, 7, 14))
    return web.sign_in(OFFICER)


def main(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return " ".join(unescape(answer.text.partition("<main")[2]).split())


def row(shown: str, start: str) -> str:
    """What the table says of a notice."""
    (found,) = [one for one in shown.partition("</table>")[0].split("<tr") if start in one]
    return found


def test_from_the_queue_one_is_recorded_and_the_next_one_follows(july: Browser) -> None:
    queue = main(july.get("/queue"))
    act = "Publish the contract payment notice (UK8) for 1 April 2026 to 30 June 2026"
    link = f"{PAGE}?subject=UK8#record"
    assert f'href="{link}">{act}</a>' in queue
    assert "/procurements/leeds<" not in queue
    assert 'href="/procurements/leeds"' not in queue
    shown = main(july.get(link))
    state = "not published yet"
    assert state in row(shown, "UK8 Contract payment notice: 1 April 2026 to 30 June 2026")
    assert july.form(link)["notice"] == UK8["notice"]
    before = july.events
    sent = {**july.form(link), **UK8}
    done = main(july.post(PAGE, sent))
    assert july.events == before + 1
    published = row(done, "UK8 Contract payment notice: 1 April 2026 to 30 June 2026")
    assert "Published 14 July 2026" in published
    assert "2026/S 000-020001" in published
    assert "From 1 October 2026" in row(done, NEXT)
    assert "contract payment notice (UK8)" not in main(july.get("/queue"))
    assert main(july.post(PAGE, sent))
    assert july.events == before + 1


def test_that_there_was_nothing_to_publish_is_said_with_why(july: Browser) -> None:
    sent = {**july.form(PAGE), **UK8, "identifier": "", "nothing": "No payment above £30,000"}
    done = main(july.post(PAGE, sent))
    assert "Not published: No payment above £30,000" in done
    trail = [one.sentence for one in july.house.views.trail("leeds")]
    said = "There was no contract payment notice (UK8) for 1 April 2026 to 30 June 2026: "
    assert trail[-1] == f"{said}No payment above £30,000."


def test_what_is_still_to_come_waits_in_the_queue_and_leads_to_the_page(web: Browser) -> None:
    turn_to(web, date(2025, 3, 10))
    queue = main(web.sign_in(OFFICER).get("/queue"))
    assert f'href="{PAGE}">Publish the pipeline notice (UK1)' in queue
    assert "From Tuesday 1 April 2025." in queue
    assert "Record the notice" not in main(web.get(PAGE))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"notice": ""}, "Choose a notice"),
        ({"notice": "UK8"}, "Choose a notice"),
        ({"notice": "UK7 2026-04-01"}, "Choose a notice"),
        ({"notice": "UK8 soon"}, "Choose a notice"),
        ({"notice": "UK8 2026-07-01"}, "The next contract payment notice (UK8) to record is that"),
        ({"notice": "UK8 0001-01-01"}, "The next contract payment notice (UK8) to record is that"),
        ({"nothing": "Nothing was paid"}, "Either it was published, or there was nothing"),
        ({"nothing": "x" * 2001, "identifier": ""}, "Shorten why there was nothing to 2,000"),
        ({"identifier": "x" * 101}, "Shorten what the platform calls it to 100 characters"),
        ({"seen": ""}, "does not say which state it was made from"),
        ({"command": "x"}, "The form has lost its id"),
    ],
)
def test_what_is_no_such_notice_is_said_and_not_recorded(
    july: Browser, wrong: dict[str, str], says: str
) -> None:
    before = july.events
    assert says in main(july.post(PAGE, {**july.form(PAGE), **UK8, **wrong}), 422)
    assert july.events == before


def test_too_early_is_refused_with_the_day(web: Browser) -> None:
    turn_to(web, date(2026, 6, 30))
    web.sign_in(OFFICER)
    before = web.events
    said = main(web.post(PAGE, {**web.form(PAGE), **UK8}), 422)
    assert "is published from Wednesday 1 July 2026 (P8)" in said
    assert web.events == before


def test_of_two_who_record_it_at_once_one_finds_it_done(july: Browser) -> None:
    mine, theirs = july.form(PAGE), july.form(PAGE)
    main(july.post(PAGE, {**theirs, **UK8}))
    before = july.events
    answer = main(july.post(PAGE, {**mine, **UK8}), 409)
    assert "something has happened since you looked" in answer
    fresh = {**july.form(PAGE), **UK8}
    assert "for 1 April 2026 to 30 June 2026 is on record (C2)" in main(july.post(PAGE, fresh), 422)
    assert july.events == before


@pytest.mark.parametrize("post", [LAWYER, "herefordshire/legal-services"])
def test_everybody_reads_it_and_only_who_publishes_records(july: Browser, post: str) -> None:
    sent = {**july.form(PAGE), **UK8}
    july.sign_in(post)
    before = july.events
    assert f'href="{PAGE}"' in july.get("/rules").text
    shown = main(july.get(PAGE))
    assert "UK8 Contract payment notice" in shown
    assert "Record the notice" not in shown
    whose = "Commissioning Officer"
    assert whose in main(july.post(PAGE, sent), 403)
    assert july.events == before


def test_those_of_its_procurements_are_there_with_links(web: Browser) -> None:
    page = example(web, "announced", 6, date(2026, 4, 1))
    web.sign_in("leeds/director-of-adults-and-health")
    web.fill(f"{page}/do/abandon-procurement", reason="The money is gone")
    shown = row(main(web.get(PAGE)), "UK12 Procurement termination notice")
    assert f'href="{page}#notices"' in shown
    assert "not published yet" in shown


def test_there_are_notices_of_councils_only(web: Browser) -> None:
    web.sign_in(OFFICER)
    assert web.get("/rules/york/notices").status_code == 404
    assert web.post("/rules/york/notices", UK8).status_code == 404
