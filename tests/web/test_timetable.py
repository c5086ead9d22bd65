"""The timetable over HTTP: the picture, the table that says the same, and warnings in the queue."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from domain.timetable import timetable
from tests.domain.cases import OPEN
from tests.domain.timetables import of, on, recorded
from tests.scenario import DAY
from tests.web.conftest import Browser
from web.gantt import MOST_LABELS, MOST_LETTERS, gantt

LEEDS = "/procurements/leeds-2022-1"
DIRECTOR = "leeds/director-of-adults-and-health"


def page(web: Browser, path: str = f"{LEEDS}/timetable") -> str:
    answer = web.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_a_case_links_its_timetable(web: Browser) -> None:
    assert f'href="{LEEDS}/timetable"' in page(web.sign_in(DIRECTOR), LEEDS)


def test_the_table_says_what_the_picture_shows(web: Browser) -> None:
    shown = page(web.sign_in(DIRECTOR))
    assert "4 days to spare" in shown
    assert "which is no working day: New Year's Day (observed)" in shown
    picture, _, table = shown.partition("</svg>")
    drawn = re.findall(r"<text x=\"0\"[^>]*>(\d+\. [^<]+)</text>", picture)
    listed = re.findall(r"<strong>(\d+\. [^<]+)</strong>", table)
    assert len(drawn) == len(listed) == 17
    assert all(one.startswith(other.rstrip("…")) for one, other in zip(listed, drawn, strict=True))
    assert 'role="img" aria-labelledby="gantt-title gantt-desc"' in picture
    assert "<title id=" in picture
    assert "<desc id=" in picture
    assert "20 December 2022" in table
    assert "Evaluating tenders takes 5 working days: assumed (inferred" in table


def test_the_picture_needs_no_style_and_no_script_of_its_own(web: Browser) -> None:
    picture = re.search(r"(?s)<svg width=.*?</svg>", page(web.sign_in(DIRECTOR)))
    assert picture
    assert "style=" not in picture.group()
    assert "<script" not in picture.group()


def test_a_timetable_that_does_not_fit_says_what_would_help(web: Browser) -> None:
    web.house.clocks.forward("leeds", 10)
    shown = page(web.sign_in(DIRECTOR))
    assert "govuk-warning-text" in shown
    assert "too late" in shown
    assert "Lawful ways to be quicker" in shown
    assert "A shorter time to tender" in shown
    assert "url(#gantt-late)" in shown
    web.house.clocks.forward("leeds", 60)
    assert "still too late" in page(web)


def test_the_queue_warns_of_a_last_day_that_is_near_or_gone(web: Browser) -> None:
    shown = page(web.sign_in(DIRECTOR), "/queue")
    assert (
        "The last day is Tuesday 15 November 2022: after it the contract cannot start on" in shown
    )
    web.house.clocks.forward("leeds", 5)
    shown = page(web, "/queue")
    assert "The last day was Tuesday 15 November 2022: the contract cannot start on Monday" in shown
    assert f'href="{LEEDS}/timetable"' in shown


def test_the_queue_does_not_warn_where_there_is_time(web: Browser) -> None:
    shown = page(web.sign_in("bromley/democratic-services"), "/queue")
    assert "The last day" not in shown


@pytest.mark.parametrize(
    "path", ["/procurements/leeds-2022-77/timetable", "/procurements/x/timetable"]
)
def test_without_a_procurement_there_is_no_timetable(web: Browser, path: str) -> None:
    assert web.sign_in(DIRECTOR).get(path).status_code in (404, 409, 422)


def test_every_demo_case_has_a_timetable(web: Browser) -> None:
    web.sign_in(DIRECTOR)
    for one in web.house.views.procurements():
        assert "Every step and its days" in page(web, f"/procurements/{one.reference}/timetable")


def test_the_picture_fits_its_width_and_its_words_a_telephone() -> None:
    for authority in "leeds", "bromley", "herefordshire", "nottingham":
        p, today = recorded(authority)
        drawn = gantt(timetable(p, on(today, authority)))
        for row in drawn.rows:
            assert len(row.text) <= MOST_LETTERS
            assert row.y < drawn.height
            for bar in row.waits, row.spare, row.late:
                assert bar is None or (bar.width > 0 and 0 <= bar.x <= bar.x + bar.width <= 100)
            assert 0 <= row.at <= 100
        assert len(drawn.ticks) <= MOST_LABELS
        assert [one.x for one in drawn.ticks] == sorted({one.x for one in drawn.ticks})


def test_a_step_that_is_late_has_a_bar_of_missing_days() -> None:
    p, _ = recorded("leeds")
    drawn = gantt(timetable(p, on(date(2022, 11, 25))))
    late = [row.step.id for row in drawn.rows if row.step and row.late]
    assert late[:2] == ["procurement decision", "invited"]
    assert not any(row.spare for row in drawn.rows)
    fine = gantt(of(OPEN, day=date(2022, 9, 1)))
    assert not any(row.late for row in fine.rows)
    assert gantt(of(OPEN, day=DAY)).starts
