"""Who may open what, where forms may come from, and what every answer carries."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import Browser
from tests.web.journey import (
    CASE,
    CLERK,
    DIRECTOR,
    LAWYER,
    OFFICER,
    decide,
    sign,
    stand_still,
    walk,
)

OPEN = {"/", "/sign-in", "/sign-out", "/health/live", "/health/ready"}
SIGNED_IN = {
    "/queue",
    "/queue/then",
    "/rules",
    "/rules/{authority}/calendar",
    "/rules/{authority}/notices",
    "/rules/{authority}/proposal",
    "/trace/delegations/{reference}/{decision}/{label}",
    "/trace/posts/{authority}/{post}",
    "/trace/{what}/{authority}/{version}",
    "/questions",
    "/questions/{name}",
    "/questions/{name}.{form}",
    "/trail",
    "/trail.{form}",
    "/evidence",
    "/evidence/checkpoint",
    "/procurements/{reference}/entries/{version}/proof",
    "/procurements",
    "/procurements/open/{authority}",
    "/procurements/{reference}",
    "/procurements/{reference}/pack.zip",
    "/procurements/{reference}/proof/{version}",
    "/procurements/{reference}/proof/{version}.json",
    "/procurements/{reference}/proof/{version}.pdf",
    "/procurements/{reference}/replay",
    "/procurements/{reference}/timetable",
    "/procurements/{reference}/papers/{digest}",
    "/procurements/{reference}/reports/{report}/closed/{number}",
    "/procurements/{reference}/reports/{report}/decide",
    "/procurements/{reference}/decisions/{decision}",
    "/procurements/{reference}/decisions/{decision}/seen",
    "/procurements/{reference}/decisions/{decision}/seen.json",
    "/procurements/{reference}/do/{act}",
    "/delegations",
    "/delegations/{reference}/{decision}/{label}",
    "/closed-reads/{authority}",
    "/closed-reads/{authority}.{form}",
    "/refused/{authority}",
    "/refused/{authority}.{form}",
    "/clocks/{authority}",
    "/live",
    "/told",
    "/endpoints",
    "/endpoints/{authority}",
    "/endpoints/{authority}/{name}",
    "/endpoints/{authority}/{name}/{delivery}",
}
ID = "7a52b4d5-0d6e-4b5e-9a4b-3d2f3c1a0b1c"


def paths(web: Browser) -> set[str]:
    return set(web.app.openapi()["paths"])


def test_every_route_says_who_may_call_it(web: Browser) -> None:
    assert paths(web) == OPEN | SIGNED_IN


def test_the_head_of_a_page_is_that_of_the_page(web: Browser) -> None:
    web.sign_in(DIRECTOR)
    for path in "/queue", CASE, "/sign-in", "/procurements/none-2022-1":
        page, head = web.client.get(path), web.client.head(path)
        assert (head.status_code, head.content) == (page.status_code, b"")
        for one in "content-type", "cache-control", "content-security-policy":
            assert head.headers[one] == page.headers[one]
    assert web.client.head("/clocks/leeds").status_code == 405


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


def test_signing_in_leads_back_to_where_the_reader_was_going(web: Browser) -> None:
    there = f"{CASE}/do/start-phase?subject=2"
    asked = web.client.get(there, follow_redirects=False).headers["location"]
    assert asked == f"/sign-in?next={CASE}/do/start-phase%3Fsubject%3D2"
    assert f'name="next" value="{there}"' in web.get(asked).text


@pytest.mark.parametrize(
    ("path", "back"),
    [
        (f"{CASE}/do/start-phase?subject=2", f"{CASE}/do/start-phase?subject=2"),
        (f"{CASE}?done=3", CASE),
        ("/nowhere?a=1&b=2", "/nowhere?a=1&amp;b=2"),
    ],
)
def test_moving_a_clock_leads_back_to_the_page_and_announces_nothing_again(
    web: Browser, path: str, back: str
) -> None:
    page = web.sign_in(DIRECTOR).get(path)
    assert f'name="back" value="{back}"' in page.text


def test_a_clock_that_cannot_move_leads_to_the_queue(web: Browser) -> None:
    answer = web.sign_in(DIRECTOR).post("/clocks/leeds", {"by": "year"})
    assert 'name="back" value="/queue"' in answer.text


@pytest.mark.parametrize("path", ["/nowhere", "/procurements/x-1", f"{CASE}?done=many"])
def test_an_error_shows_who_is_signed_in_and_where_to_go(web: Browser, path: str) -> None:
    assert "Sign out" not in web.get("/nowhere").text
    page = web.sign_in(DIRECTOR).get(path).text
    assert "Sign out" in page
    assert 'aria-label="Pages"' in page
    assert "Leeds City Council: <strong>" in page


def test_another_councils_case_shows_that_councils_clock(web: Browser) -> None:
    clock = "Herefordshire Council: <strong>"
    assert clock not in web.sign_in(DIRECTOR).get("/queue").text
    assert clock in web.get("/procurements/herefordshire-2017-1").text


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


@pytest.mark.parametrize(
    ("post", "said", "status"),
    [
        ("leeds/visiting-auditor", "not for Visiting Auditor", 422),
        (CLERK, "not for Democratic Services", 422),
        ("herefordshire/legal-services", "You hold no post in this council", 403),
    ],
)
def test_whoever_has_no_duty_is_shown_no_form_and_cannot_send_one(
    web: Browser, post: str, said: str, status: int
) -> None:
    path = f"{CASE}/do/abandon-procurement"
    page = web.sign_in(post).get(path)
    assert said in page.text
    assert 'name="reason"' not in page.text
    before, answer = web.events, web.fill(path, reason="To see what happens")
    assert answer.status_code == status
    assert said in answer.text
    assert 'name="reason"' not in answer.text
    assert web.events == before


def test_there_is_no_form_for_what_cannot_come_next(web: Browser) -> None:
    page = web.sign_in(OFFICER).get(f"{CASE}/do/record-evaluation")
    assert "There is nothing of the kind to do in this procurement now" in page.text
    assert 'name="panel"' not in page.text


def test_a_rule_that_stands_against_it_leaves_the_form_to_whose_duty_it_is(web: Browser) -> None:
    walk(web, stand_still)
    page = web.sign_in(LAWYER).get(f"{CASE}/do/sign-contract")
    assert "Not before" in page.text
    assert 'name="months"' in page.text


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
