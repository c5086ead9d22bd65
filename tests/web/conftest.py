"""The application over HTTP, on the demo, as a browser without JavaScript would use it."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from adapters.house import House
from web.app import create

ADDRESS = "http://testserver"


class Filled(HTMLParser):
    """What the fields of a page hold: text, the radio that is chosen, the option selected."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._text = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {key: value or "" for key, value in attrs}
        name, value = held.get("name", ""), held.get("value", "")
        if tag == "input" and (held.get("type") not in ("radio", "checkbox") or "checked" in held):
            self.found[name] = value
        elif tag in ("textarea", "select"):
            self._text, self._select = (name, "") if tag == "textarea" else ("", name)
            self.found[name] = ""
        elif tag == "option" and "selected" in held:
            self.found[self._select] = value

    def handle_data(self, data: str) -> None:
        if self._text:
            self.found[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""


class Browser:
    """Follows links and sends forms with what they hold; says where each form comes from."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.app = create(house, demo=True)
        self.client = TestClient(self.app, ADDRESS, raise_server_exceptions=False)

    def sign_in(self, post: str) -> Browser:
        holders = self.house.rules(post.partition("/")[0]).offices.holders
        person = next(one.person for one in holders if one.post == post)
        answer = self.post("/sign-in", {"person": str(person)})
        assert answer.status_code == 200
        return self

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def post(self, path: str, sent: dict[str, str], **headers: str) -> Any:
        ours = {"sec-fetch-site": "same-origin"}
        answer = self.client.post(path, data=sent, headers={**ours, **headers})
        self.house.catch_up()
        return answer

    def form(self, path: str) -> dict[str, str]:
        """What a browser would send of a page's main form if nothing were filled in."""
        page = Filled()
        page.feed(self.get(path).text.partition("<main")[2])
        return page.found

    def fill(self, path: str, **answers: str) -> Any:
        """Opens a form, fills it in and sends it; made up where the page shows none."""
        return self.post(path, {**self._made_up(path), **self.form(path), **answers})

    def _made_up(self, path: str) -> dict[str, str]:
        version = self.house.procurement(path.split("/")[2]).version
        return {"seen": str(version), "command": str(uuid4())}

    @property
    def events(self) -> int:
        return self.house.log.last_position()


@pytest.fixture
def web(demo: House) -> Iterator[Browser]:
    demo.catch_up()
    browser = Browser(demo)
    with browser.client:
        yield browser
