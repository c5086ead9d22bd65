"""The trail over everything on record."""

from __future__ import annotations

import html
import re

from tests.web.conftest import Browser
from tests.web.journey import decide


def test_the_auditor_reads_every_event_of_every_council(web: Browser) -> None:
    decide(web)
    page = html.unescape(web.sign_in("leeds/visiting-auditor").get("/trail").text)
    assert page.count('class="cs-timeline__item"') == web.events
    for said in (
        "Decided the report: (a) agreed and (b) agreed.",
        "Adopted constitution herefordshire-2017, in force from 1 May 2017.",
        "Irregular: D2: No notice of this key decision is on record",
    ):
        assert said in page


def test_the_trail_goes_on_page_by_page(web: Browser) -> None:
    web.sign_in("leeds/visiting-auditor")
    older = web.get("/trail?before=5").text
    assert older.count('class="cs-timeline__item"') == 4
    assert not re.search("Older entries", older)
    for nonsense in "0", "-1", "x", "9" * 30:
        assert web.get(f"/trail?before={nonsense}").status_code == 422
