"""Who may open what, where forms may come from, and what every answer carries."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import Browser
from tests.web.journey import CASE, DIRECTOR, decide, sign, walk

OPEN = {"/", "/sign-in", "/sign-out"}
SIGNED_IN = {
    "/queue",
    "/rules",
    "/procurements",
    "/procurements/{reference}",
    "/procurements/{reference}/papers/{digest}",
    "/procurements/{reference}/reports/{report}/decide",
    "/procurements/{reference}/decisions/{decision}",
    "/procurements/{reference}/do/{act}",
    "/clocks/{authority}",
}
ID = "7a52b4d5-0d6e-4b5e-9a4b-3d2f3c1a0b1c"


def paths(web: Browser) -> set[str]:
    return set(web.app.openapi()["paths"])


def test_every_route_says_who_may_call_it(web: Browser) -> None:
    assert paths(web) == OPEN | SIGNED_IN


def test_whoever_is_not_signed_in_is_asked_to(web: Browser) -> None:
    for path in SIGNED_IN:
        there = re.sub(r"\{(report|decision)\}", ID, path)
        there = re.sub(r"\{\w+\}", "leeds-2022-1", there)
        for answer in (
            web.client.get(there, follow_redirects=False),
            web.client.post(
                there, headers={"sec-fetch-site": "same-origin"}, follow_redirects=False
            ),
        ):
            if answer.status_code != 405:
                assert answer.status_code == 303
                assert answer.headers["location"].startswith("/sign-in?next=")


def test_a_session_ends_with_signing_out(web: Browser) -> None:
    web.sign_in(DIRECTOR)
    kept = dict(web.client.cookies)
    web.post("/sign-out", {})
    web.client.cookies.update(kept)
    assert web.client.get("/queue", follow_redirects=False).status_code == 303


def test_a_session_cookie_is_for_this_site_and_for_no_script(web: Browser) -> None:
    person = next(iter(web.house.identity.names()))
    form = {"person": str(person), "next": "//elsewhere.example"}
    ours = {"sec-fetch-site": "same-origin"}
    answer = web.client.post("/sign-in", data=form, headers=ours, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert answer.headers["location"] == "/queue"


@pytest.mark.parametrize("next_", ["//evil", "https://evil", "/\\evil", "javascript:x", "/a\nb"])
def test_signing_in_leads_nowhere_else(web: Browser, next_: str) -> None:
    person = next(iter(web.house.identity.names()))
    form = {"person": str(person), "next": next_}
    ours = {"sec-fetch-site": "same-origin"}
    answer = web.client.post("/sign-in", data=form, headers=ours, follow_redirects=False)
    assert answer.headers["location"] == "/queue"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ],
)
def test_a_form_from_elsewhere_is_refused(web: Browser, headers: dict[str, str]) -> None:
    web.sign_in(DIRECTOR)
    before, day = web.events, web.house.clocks.today("leeds")
    for path in "/clocks/leeds", f"{CASE}/do/abandon-procurement", "/sign-out":
        answer = web.client.post(path, data={"by": "day", "reason": "x"}, headers=headers)
        assert answer.status_code == 403
        assert "Nothing was recorded" in answer.text
    assert (web.events, web.house.clocks.today("leeds")) == (before, day)
    assert web.get("/queue").status_code == 200


def test_a_browser_that_only_names_its_origin_may_send_forms(web: Browser) -> None:
    web.sign_in(DIRECTOR)
    origin = {"origin": "http://testserver"}
    answer = web.client.post("/clocks/leeds", data={"by": "day"}, headers=origin)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/queue", "/nowhere", "/static/app.js", "/procurements/no-1", "/static/none", "/sign-in"],
)
def test_every_answer_carries_the_strict_headers(web: Browser, path: str) -> None:
    headers = web.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_no_page_needs_what_the_policy_forbids(web: Browser) -> None:
    walk(web, sign)
    for path in "/queue", "/procurements", "/rules", CASE, f"{CASE}/do/record-evaluation":
        html = web.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html), path


def test_looking_changes_nothing(web: Browser) -> None:
    decide(web)
    before, seen, waiting = web.events, set(), ["/queue", "/procurements", "/rules", CASE]
    while waiting:
        path = waiting.pop()
        if path in seen or not path.startswith("/") or path.startswith("/static"):
            continue
        seen.add(path)
        answer = web.get(path)
        assert answer.status_code == 200, path
        waiting += [one.partition("#")[0] for one in re.findall(r'href="([^"]+)"', answer.text)]
    assert len(seen) > 10
    assert web.events == before
