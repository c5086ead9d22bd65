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


def test_what_happened_to_delegated_authority_leads_to_its_page(web: Browser) -> None:
    """Its stream counts events of its own: their numbers are none of the procurement's."""
    page = html.unescape(web.sign_in("leeds/visiting-auditor").get("/trail").text)
    items = page.split('class="cs-timeline__item"')[1:]
    links = [found for one in items for found in re.findall(r'href="(/[^"#]+#?[^"]*)">[^<]', one)]
    registers = {one for one in links if one.startswith("/delegations/")}
    assert registers
    for one in registers:
        assert web.get(one).status_code == 200
    for one in {link for link in links if "#event-" in link}:
        path, _, event = one.partition("#")
        assert f'id="{event}"' in web.get(path).text
