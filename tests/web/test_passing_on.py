"""A part of delegated authority over HTTP: passed on, offered as a route, shown, taken back."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

from countersign.cli import app
from tests.houses import file_of
from tests.web.conftest import Browser
from tests.web.journey import CLERK, DIRECTOR, LAWYER, OFFICER
from tests.web.test_putting_up import ASKED, CASE, DELEGATED, DEPUTY, PAGE, REFERENCE, text
from tests.web.test_putting_up import meals as meals
from tests.web.test_putting_up import report as asked_for

CAPPED = {**ASKED, **DELEGATED, "with": "delegation", "cap": "250,000", "cap-exempt": "no"}
AGREED = {"outcome-a": "agreed", "outcome-b": "agreed", "reasons": "It is needed."}
PART = {"to": LAWYER, "up-to": "100,000", "reason": "The smaller kitchens"}


def grant(web: Browser, passing_on: str) -> str:
    """The Director delegates to the deputy; the subject of what is done about it."""
    assert web.fill(PAGE, **CAPPED, **{"passing-on": passing_on}).status_code == 200
    decide = f"{CASE}/reports/{asked_for(web).id}/decide"
    web.sign_in(DIRECTOR).fill(decide, **AGREED, interests="none-declared", step="confirm")
    (decision,) = web.house.procurement(REFERENCE).decisions
    return f"{decision} b"


def act(name: str, subject: str) -> str:
    return f"{CASE}/do/{name}?subject={quote(subject)}"


def passed_on(web: Browser) -> tuple[str, Any]:
    subject = grant(web, "yes")
    return subject, web.sign_in(DEPUTY).fill(act("pass-on-authority", subject), **PART)


def balance(web: Browser, subject: str) -> str:
    return text(web.get(f"/delegations/{REFERENCE}/{subject.replace(' ', '/')}"))


def test_the_page_of_the_authority_shows_the_chain(meals: Browser) -> None:
    subject, answer = passed_on(meals)
    assert answer.status_code == 200
    page = balance(meals, subject)
    assert "A part of it may be passed on to another post" in page
    chain = (
        "Director of Adults and Health delegated it to Deputy Director, Integrated Commissioning"
    )
    assert f"{chain}, who passed on:" in page
    assert "up to £100,000, £100,000 left. The smaller kitchens" in page
    assert "passed on in part" in text(meals.get("/delegations"))


def test_the_form_says_what_is_left_and_refuses_more(meals: Browser) -> None:
    subject = grant(meals, "yes")
    form = act("pass-on-authority", subject)
    assert "Left of it today: £250,000." in text(meals.sign_in(DEPUTY).get(form))
    before = meals.events
    answer = meals.fill(form, **{**PART, "up-to": "250,001"})
    assert (answer.status_code, meals.events) == (422, before)
    assert "£250,001 is more than is left, £250,000" in text(answer)
    assert meals.fill(form, **{**PART, "to": "leeds/nobody"}).status_code == 422
    assert meals.events == before


def test_where_nothing_allows_it_there_is_no_form_and_it_is_refused(meals: Browser) -> None:
    subject, before = grant(meals, "no"), meals.events
    form = act("pass-on-authority", subject)
    assert "There is nothing of the kind to do" in text(meals.sign_in(DEPUTY).get(form))
    assert "pass-on-authority" not in text(meals.get(CASE))
    answer = meals.fill(form, **PART)
    assert answer.status_code == 422
    assert meals.events == before


@pytest.mark.parametrize("by", [DEPUTY, DIRECTOR])
def test_either_takes_it_back(meals: Browser, by: str) -> None:
    subject, _ = passed_on(meals)
    form = act("take-back-authority", f"{subject} 1")
    before = meals.events
    assert meals.sign_in(CLERK).fill(form, reason="No").status_code == 422
    assert meals.events == before
    assert form in text(meals.sign_in(by).get(CASE)).replace(" ", "%20")
    assert meals.fill(form, reason="Every kitchen is bought together").status_code == 200
    page = balance(meals, subject)
    assert re.search(r"Taken back</strong> on .*: Every kitchen is bought together", page)
    assert "passed on in part" not in text(meals.get("/delegations"))
    again = meals.fill(act("take-back-authority", f"{subject} x"), reason="Again")
    assert again.status_code == 422


def test_no_part_is_taken_back_of_what_was_never_delegated(meals: Browser) -> None:
    meals.sign_in(DEPUTY)
    for name in "pass-on-authority", "take-back-authority":
        for subject in "", "x", "00000000-0000-0000-0000-000000000001 b 1":
            answer = meals.get(act(name, subject))
            assert answer.status_code == 200
            assert "There is nothing of the kind to do" in text(answer)


def test_whoever_has_a_part_is_offered_as_who_decides(meals: Browser) -> None:
    passed_on(meals)
    said = text(meals.sign_in(OFFICER).get(f"{CASE}/do/put-up-report?subject=award"))
    assert "Legal Services decides" in said
    assert f"resolution (b) in {REFERENCE} delegates it, and part 1 of it was passed on" in said
    assert "Deputy Director, Integrated Commissioning decides" in said


def test_the_command_line_lists_the_parts(meals: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    passed_on(meals)
    monkeypatch.setenv("COUNTERSIGN_DATA", str(file_of(meals.house).parent))
    told = CliRunner().invoke(app, ["delegations"]).output
    assert f"passed on: part 1 to {LAWYER}, up to £100,000" in told
