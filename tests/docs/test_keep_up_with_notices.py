"""The guide to notices says what the table of notices says, and its words are on the pages."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.public_notices import TABLE
from projections.queue import SIGHT
from tests.docs.pages import DOCS, text
from tests.web.conftest import Browser
from tests.web.test_public_notices import example
from tests.web.test_standstill import LAWYER, OFFICER, said, turn_to

GUIDE = DOCS / "how-to" / "keep-up-with-notices.md"


def rows(heading: str) -> list[tuple[str, ...]]:
    """The table under a heading, without its head."""
    section = text(GUIDE).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [one for one in section.splitlines() if one.startswith("|")]
    return [tuple(cell.strip() for cell in one.strip("|").split("|")) for one in lines[2:]]


def test_the_table_of_the_guide_is_the_table_of_the_law() -> None:
    assert rows("All of them") == [
        (one.code.replace("-", " "), one.name, one.trigger, one.due) for one in TABLE
    ]


def test_each_is_recorded_with_what_the_guide_says() -> None:
    *own, others = rows("Put one on record")
    found = {code: re.findall(r"`(.+?)`", how)[0] for code, how in own}
    assert found == {one.code: one.by for one in TABLE if one.by != "publish-notice"}
    assert "`publish-notice`" in others[1]


def test_what_the_guide_names_is_on_the_page(web: Browser) -> None:
    page = example(web, "announced", 13, date(2026, 6, 8))
    shown = said(web.sign_in(LAWYER).get(page))
    named = re.findall(r"(?<![*\w])\*([A-Z][^*]+)\*", text(GUIDE))
    rules, notices, table, publish, end = [" ".join(one.split()) for one in named]
    assert f'href="/rules/leeds/notices">{notices}</a>' in said(web.get("/rules"))
    assert f">{rules}</a>" in shown
    assert f">{table}</h2>" in shown
    assert f">{end}</a>" in shown
    assert publish.removesuffix("…") in said(web.sign_in(OFFICER).get(page))


def test_the_councils_own_come_up_when_the_guide_says(web: Browser) -> None:
    assert "from four weeks before the day" in text(GUIDE)
    assert timedelta(weeks=4) == SIGHT
    turn_to(web, date(2026, 3, 3))
    assert "(UK17)" not in said(web.sign_in(OFFICER).get("/queue"))
    turn_to(web, date(2026, 3, 4))
    assert "(UK17)" in said(web.get("/queue"))
