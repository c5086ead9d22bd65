"""Decisions whose day is not on record: the page shows no day of effect that nobody recorded."""

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
