"""What is no page is taken away by the browser itself: the script that follows links leaves it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from adapters.evidence.keyring import make
from adapters.evidence.sealer import Sealer
from adapters.evidence.signer import Signer
from tests.web.conftest import Browser

BEGIN = (
    *("/trail", "/evidence", "/questions", "/refused/leeds", "/closed-reads/leeds", "/rules"),
    *("/procurements/leeds-2022-1", "/procurements/herefordshire-2017-1"),
)
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)[^>]*>')


def test_links_to_what_is_no_page_are_left_to_the_browser(web: Browser, tmp_path: Path) -> None:
    keys = make(tmp_path / "seal", "council.example/log")
    Sealer(web.house.log, web.house.database, Signer(keys, tmp_path / "signed")).seal()
    web.sign_in("leeds/visiting-auditor")
    links: dict[str, set[bool]] = {}
    for path in (*BEGIN, "/procurements/herefordshire-2017-1/proof/4"):
        page = web.get(path)
        assert page.status_code == 200, path
        for one in LINK.finditer(page.text):
            left = 'hx-boost="false"' in one.group(0)
            links.setdefault(unescape(one.group(1)), set()).add(left)
    others = {
        path: left
        for path, left in links.items()
        if not web.get(path).headers["content-type"].startswith("text/html")
    }
    assert {path: left for path, left in others.items() if left != {True}} == {}
    for end in ".csv", ".json", ".pdf", ".zip", "/checkpoint", "/proof":
        assert any(path.endswith(end) for path in others), end
