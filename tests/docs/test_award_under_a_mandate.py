"""The guide to awarding under a mandate is followed: what it quotes is on the pages it leads to."""

from __future__ import annotations

import re

from tests.cases.dorset import DIRECTOR, OF_BCP, OF_DORSET, OFFICER, PLATFORM
from tests.docs.pages import DOCS
from tests.docs.pages import text as read
from tests.web import test_delegated
from tests.web.conftest import Browser

site = test_delegated.site
"""The platform of Dorset's plan, tendered and evaluated."""
LATER = {"departing": "The price is below the estimate", "step": "confirm"}


def quoted(step: int) -> list[str]:
    """What a step of the guide has in quotation marks."""
    guide = read(DOCS / "how-to" / "award-under-a-mandate.md")
    section = guide.partition(f"\n## {step}. ")[2].partition("\n## ")[0]
    found = [" ".join(one.split()) for one in re.findall(r"“([^”]+)”", section)]
    assert found
    return found


def shown(step: int, *pages: str) -> None:
    missing = [one for one in quoted(step) if not any(one in page for page in pages)]
    assert missing == []


def test_the_guide_can_be_followed_step_by_step(site: Browser) -> None:
    page, decide = test_delegated.text, test_delegated.decide_path
    shown(1, page(site.sign_in(DIRECTOR.post).get("/delegations")))
    ways = f"{test_delegated.CASE}/do/put-up-report?subject=award"
    shown(2, page(site.sign_in(OFFICER.post).get(ways)))
    test_delegated.asked(site)
    queue = page(site.sign_in(OF_DORSET.post).get("/queue"))
    shown(3, queue, page(site.sign_in(DIRECTOR.post).get(decide(site))))
    test_delegated.answer(site, OF_DORSET.post, "objects", "One tender is no competition")
    test_delegated.answer(site, OF_BCP.post, "agrees")
    path = decide(site.sign_in(DIRECTOR.post))
    agreed = test_delegated.AGREED
    asked, refused = site.get(path), site.fill(path, **agreed, step="confirm")
    shown(4, page(asked), page(refused), page(site.fill(path, **agreed, **LATER)))
    shown(5, page(site.get(test_delegated.REGISTER)))
    assert site.house.procurement(PLATFORM).open_report is None
