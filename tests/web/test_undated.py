"""What is not on record: the page shows no day of effect and no least time that nobody recorded."""

from __future__ import annotations

import html
import re

from tests.web.conftest import Browser

REFERENCE = "joint-public-health-board-2020-1"


def text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_an_undated_decision_has_effect_at_once_and_not_from_a_day(web: Browser) -> None:
    web.sign_in("joint-public-health-board/visiting-auditor")
    (decision,) = web.house.procurement(REFERENCE).decisions.values()
    page = text(web.get(f"/procurements/{REFERENCE}").text)
    assert "agreed in effect at once" in page
    assert "in effect from" not in page
    page = text(web.get(f"/procurements/{REFERENCE}/decisions/{decision.id}").text)
    assert "Takes effect At once" in page
    assert "agreed effect at once" in page


def test_a_resolution_that_sets_no_least_time_to_tender_claims_none(web: Browser) -> None:
    page = text(
        web.sign_in("nottingham/visiting-auditor").get("/procurements/nottingham-2017-1").text
    )
    assert "A competition may be held, exempt from publication" in page
    assert "Tenderers get at least" not in page


def test_a_queue_shows_since_when_as_exactly_as_it_is_known(web: Browser) -> None:
    page = text(web.sign_in("bromley/democratic-services").get("/queue").text)
    _, _, decide = page.partition("Record what the Executive decides")
    assert "Since on a day that is not on record" in decide[:500]
    assert "17 March 2021" not in decide[:500]
    page = text(web.sign_in("leeds/director-of-adults-and-health").get("/queue").text)
    assert "Since 11 November 2022" in page
