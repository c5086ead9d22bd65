"""A procurement replayed in the page: any event, any moment, and what changed in between."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from domain.values import procurement_id
from tests.web.conftest import Browser
from tests.web.journey import CASE, CLERK, DIRECTOR, OFFICER, decide, sign, walk

AUDITOR = "leeds/visiting-auditor"
HEREFORDSHIRE = "/procurements/herefordshire-2017-1"


def plainly(text: str) -> str:
    """What a page says between its tags, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text.partition("<main")[2])).split())


def shown(web: Browser, path: str) -> str:
    answer = web.get(path)
    assert answer.status_code == 200, path
    return plainly(answer.text)


def link(web: Browser, path: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', web.get(path).text)
    return html.unescape(found.group(1)) if found else ""


def test_a_replay_goes_from_event_to_event_and_back(web: Browser) -> None:
    walk(web, sign).sign_in(AUDITOR)
    last = web.house.log.version(procurement_id("leeds-2022-1"))
    path, seen = f"{CASE}/replay?version=1", []
    while path:
        said = shown(web, path)
        seen.append(path)
        assert f": event {len(seen)} of {last} " in said
        path = link(web, path, "next")
    assert len(seen) == last
    back = seen.pop()
    while seen:
        back = link(web, back, "prev")
        assert back == seen.pop()
    assert link(web, back, "prev") == ""


def test_a_step_shows_what_happened_and_what_it_changed(web: Browser) -> None:
    decide(web)
    last = web.house.procurement("leeds-2022-1").version
    said = shown(web.sign_in(AUDITOR), f"{CASE}/replay?version={last}")
    for part in (
        "Decided the report: (a) agreed and (b) agreed.",
        f"What changed since event {last - 1}",
        "Was: Report waits for a decision Is now: Decided",
        "Was: waits for a decision Is now: decided",
        "No longer so Decide the report “",
        "It is told by today’s program",
    ):
        assert part in said
    before = shown(web, f"{CASE}/replay?version={last - 1}")
    assert "Decided the report" not in before
    assert "Stage Report waits for a decision" in before


def test_any_two_versions_are_compared(web: Browser) -> None:
    walk(web, sign).sign_in(AUDITOR)
    last = web.house.procurement("leeds-2022-1").version
    said = shown(web, f"{CASE}/replay?version={last}&since=1")
    assert "What changed since event 1" in said
    assert "Was: Open Is now:" in said
    assert said.count("; event ") >= last - 1
    nothing = shown(web, f"{CASE}/replay?version={last}&since={last}")
    assert "Nothing that everybody is shown says anything else than before." in nothing
    everything = shown(web, f"{CASE}/replay?version=1&since=0")
    assert "What changed since there was nothing" in everything


def test_what_was_recorded_late_is_marked_with_how_late(web: Browser) -> None:
    web.sign_in("herefordshire/visiting-auditor")
    said = shown(web, f"{HEREFORDSHIRE}/replay?version=4")
    assert "late recorded 7 days after it happened" in said
    in_time, _, _ = shown(web, f"{HEREFORDSHIRE}/replay?version=8").partition("What changed")
    assert "after it happened" not in in_time


def test_the_day_before_a_decision_shows_what_was_known_and_what_was_known_only_later(
    web: Browser,
) -> None:
    """Nothing of the case of 2017 was on record here before it was taken over."""
    web.sign_in("herefordshire/visiting-auditor")
    decision = next(iter(web.house.procurement("herefordshire-2017-1").decisions))
    page = web.get(f"{HEREFORDSHIRE}/decisions/{decision}").text
    found = re.search(r'href="([^"]+)">The record as it stood the day before<', page)
    assert found
    assert found.group(1) == f"{HEREFORDSHIRE}/replay?at=2017-12-14"
    said = shown(web, found.group(1))
    assert "as known at the end of 14 December 2017" in said
    assert "Nothing of it was on record by then." in said
    later = said.partition("Known only later")[2]
    assert "Published the report." in later
    assert "recorded 14 days after it happened" in later
    assert "Decided the report" not in later


def test_a_decision_without_its_day_leads_to_the_event_before_it(web: Browser) -> None:
    web.sign_in("joint-public-health-board/visiting-auditor")
    reference = "joint-public-health-board-2020-1"
    decision = next(iter(web.house.procurement(reference).decisions))
    page = web.get(f"/procurements/{reference}/decisions/{decision}").text
    found = re.search(r'href="([^"]+)">The record as it stood before it was recorded<', page)
    assert found
    known, _, later = shown(web, found.group(1)).partition("Known only later")
    assert "Decided the report" not in known
    assert "by how much is not known: on which day it happened is not on record" in later


def test_a_moment_is_told_by_londons_clocks(web: Browser) -> None:
    web.house.clocks.forward("leeds", 3)
    decide(web)
    web.house.clocks.forward("leeds", 3)
    today = web.house.clocks.today("leeds")
    web.sign_in(AUDITOR)
    last = web.house.procurement("leeds-2022-1").version
    early = shown(web, f"{CASE}/replay?at=2022-11-14&time=08:59")
    assert f"Event {last - 1} of {last}" in early
    assert "14 November 2022, 08:59:00, London time" in early
    for at in "2022-11-14", "2022-11-14T23:00Z", str(today):
        assert f"Event {last} of {last}" in shown(web, f"{CASE}/replay?at={at}")


def test_a_moment_that_is_still_to_come_shows_what_is_known_now(web: Browser) -> None:
    web.sign_in(AUDITOR)
    said = shown(web, f"{CASE}/replay?at=2150-01-01")
    assert "as known 11 November 2022, " in said
    assert "still to come: this is what is known now" in said
    assert "still to come" not in shown(web, f"{CASE}/replay?at=2022-11-10")


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("version=99", 404, "There is no event 99 in leeds-2022-1; the last event is"),
        ("version=1&since=2", 404, "Compare event 1 with an earlier one, from 0 on, not with 2"),
        ("version=-1", 422, "could not be read"),
        ("version=one", 422, "could not be read"),
        ("version=99999999999999999999", 422, "could not be read"),
        ("at=yesterday", 422, "“yesterday” is no moment that exists; write 2022-11-14"),
        ("at=2022-02-30", 422, "is no moment that exists"),
        ("at=2022-11-14T12:00", 422, "has no time zone; write 2022-11-14T12:00Z"),
        ("at=2022-11-14&time=25:00", 422, "is no moment that exists; write 2022-11-14 and 12:00"),
        ("time=12:00", 422, "is no moment that exists"),
        (f"at={'9' * 50}", 422, "could not be read"),
    ],
)
def test_a_point_that_is_not_there_is_said_in_a_sentence(
    web: Browser, query: str, status: int, said: str
) -> None:
    answer = web.sign_in(AUDITOR).get(f"{CASE}/replay?{query}")
    assert answer.status_code == status
    assert said in html.unescape(answer.text)


def test_a_procurement_that_is_not_there_has_no_history(web: Browser) -> None:
    answer = web.sign_in(AUDITOR).get("/procurements/leeds-1900-1/replay")
    assert answer.status_code == 404
    assert "There is no procurement leeds-1900-1" in answer.text


def test_anybody_who_is_signed_in_replays_another_councils_case(web: Browser) -> None:
    said = shown(web.sign_in(DIRECTOR), f"{HEREFORDSHIRE}/replay")
    assert "Stage Awarded" in said


def test_each_entry_of_a_timeline_leads_to_how_it_stood_then(web: Browser) -> None:
    page = web.sign_in(OFFICER).get(CASE).text
    last = web.house.procurement("leeds-2022-1").version
    found = re.findall(r'href="([^"]+)">as it stood then', page)
    assert found == [f"{CASE}/replay?version={n}" for n in range(last, 0, -1)]
    assert f'href="{CASE}/replay?version={last}">Replay its history</a>' in page


def test_a_replay_needs_no_script(web: Browser) -> None:
    page = web.sign_in(OFFICER).get(f"{CASE}/replay").text
    assert page.count('<form method="get"') == 3
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)


def test_the_queue_of_an_earlier_day_is_what_it_was(web: Browser) -> None:
    mark, day = "leeds-2022-1 as it stood then", web.house.clocks.today("leeds")
    web.house.clocks.forward("leeds", 1)
    decide(web)
    assert "Decide the report" not in shown(web, "/queue")
    before = shown(web, f"/queue/then?at={day}")
    assert "Ready then" in before
    assert "Decide the report “" in before
    assert mark in before
    assert mark not in shown(web, f"/queue/then?at={day + timedelta(1)}")
    assert mark not in shown(web, f"/queue/then?at={day - timedelta(1)}")


def test_the_queue_is_shown_for_any_post_of_the_readers_council(web: Browser) -> None:
    web.sign_in(AUDITOR)
    day = web.house.clocks.today("leeds")
    assert "Nothing waited for you." in shown(web, f"/queue/then?at={day}")
    said = shown(web, f"/queue/then?at={day}&post={DIRECTOR}")
    assert "leeds-2022-1 as it stood then" in said
    assert "For Director of Adults and Health, Leeds City Council" in said
    page = web.get(f"/queue/then?at={day}&post={DIRECTOR}").text
    path = re.search(r'href="([^"]+)">leeds-2022-1 as it stood then', page)
    assert path
    assert "Report waits for a decision" in shown(web, path.group(1))


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("at=2022-02-30", 422, "“2022-02-30” is no day that exists; write 2022-11-14."),
        ("at=x", 422, "is no day that exists"),
        ("at=0001-01-01", 422, "is no day that exists"),
        ("at=2199-01-01", 422, "1 January 2199 is still to come"),
        ("at=2022-11-11&post=herefordshire/legal-services", 403, "You hold no post"),
        ("at=2022-11-11&post=x", 403, "You hold no post"),
    ],
)
def test_a_queue_that_cannot_be_shown_is_said_in_a_sentence(
    web: Browser, query: str, status: int, said: str
) -> None:
    answer = web.sign_in(CLERK).get(f"/queue/then?{query}")
    assert answer.status_code == status
    assert said in html.unescape(answer.text)
