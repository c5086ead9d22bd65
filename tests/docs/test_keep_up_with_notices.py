"""The guide to notices says what the table of notices says, and its words are on the pages."""

from __future__ import annotations

import re
from datetime import date

from domain.public_notices import TABLE
from tests.docs.pages import DOCS, text
from tests.web.conftest import Browser
from tests.web.test_public_notices import example
from tests.web.test_standstill import LAWYER, OFFICER, said

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
    table, publish, end = [" ".join(one.split()) for one in named]
    assert f">{table}</h2>" in shown
    assert f">{end}</a>" in shown
    assert publish.removesuffix("…") in said(web.sign_in(OFFICER).get(page))
