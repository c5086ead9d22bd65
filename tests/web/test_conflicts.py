"""The conflicts assessment over HTTP: asked for, made, revised and shown with its versions (G5)."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from countersign.case_script import read_case, run_case
from tests.docs.pages import DOCS
from tests.web.conftest import Browser
from tests.web.test_standstill import OFFICER, said, turn_to

DIRECTOR = "leeds/director-of-adults-and-health"
ASSESS = "do/record-conflicts-assessment"
CLOSES = {"closes-day": "30", "closes-month": "4", "closes-year": "2026"}
WEIGHTS = {"weight-1": "60", "weight-2": "40"}
EVALUATOR = {
    "found": "yes",
    "part-1": "evaluator",
    "post-1": "",
    "kind-1": "potential",
    "interest-1": "Worked at a day centre until 2024",
    "steps-1": "Does not score that centre",
}


def authorised(web: Browser) -> str:
    """The example as far as its authority to procure; where its page is."""
    script = read_case(DOCS / "examples" / "claimed.toml")
    turn_to(web, date(2026, 2, 24))
    run_case(web.house, script._replace(steps=script.steps[:3]))
    web.house.catch_up()
    web.sign_in(OFFICER)
    return f"/procurements/{script.reference}"


def test_tenders_are_invited_once_conflicts_are_assessed(web: Browser) -> None:
    page = authorised(web)
    queue = said(web.get("/queue"))
    assert "Record the conflicts assessment" in queue
    assert "Record the invitation to tender" not in queue
    early = said(web.fill(f"{page}/do/invite-tenders", **CLOSES, **WEIGHTS), 422)
    assert "Before the tender notice (UK4) it is assessed who could have a conflict" in early
    form = said(web.get(f"{page}/{ASSESS}"))
    assert "Say who it is by part and post, never by name" in form
    assert form.count("No names and nothing about health: this is public") == 2
    done = said(web.fill(f"{page}/{ASSESS}", found="no"))
    assert "Assessed conflicts of interest: none was found." in done
    assert "no conflict of interest was found. " in " ".join(done.split())
    queue = said(web.get("/queue"))
    assert "the conflicts assessment" not in queue
    assert "Record the invitation to tender" in queue
    said(web.fill(f"{page}/do/invite-tenders", **CLOSES, **WEIGHTS))


def test_a_new_version_starts_from_the_last_and_both_are_shown(web: Browser) -> None:
    page = authorised(web)
    done = said(web.fill(f"{page}/{ASSESS}", **EVALUATOR))
    assert "Assessed conflicts of interest: evaluator (a potential conflict)." in done
    form = said(web.get(f"{page}/{ASSESS}"))
    assert "This becomes version 2" in form
    assert "Worked at a day centre until 2024" in form
    more = said(web.post(f"{page}/{ASSESS}", {**EVALUATOR, "add": "conflict"}))
    assert "Conflict 2" in more
    second = {
        "with": "conflict",
        "part-2": "decision-maker",
        "post-2": DIRECTOR,
        "kind-2": "actual",
        "interest-2": "A brother is employed by a tenderer",
        "steps-2": "The deputy decides",
        "excludes-2": "yes",
    }
    done = said(web.fill(f"{page}/{ASSESS}", **EVALUATOR, **second))
    assert "Revised the conflicts assessment, version 2: " in done
    assert "A supplier whose advantage cannot be avoided is excluded." in done
    assert "Director of Adults and Health, as decision maker: a conflict." in done
    assert "a supplier is excluded" in done
    assert "Version 1, 24 February 2026" in done


def test_what_cannot_be_an_assessment_is_sent_back(web: Browser) -> None:
    page = authorised(web)
    assert "Choose whether a conflict was found" in said(web.fill(f"{page}/{ASSESS}"), 422)
    none = said(web.fill(f"{page}/{ASSESS}", found="yes"), 422)
    assert "Enter the interest, or answer no" in none
    half = {**EVALUATOR, "interest-1": ""}
    assert "Enter the interest" in said(web.fill(f"{page}/{ASSESS}", **half), 422)
    both = said(web.fill(f"{page}/{ASSESS}", **{**EVALUATOR, "found": "no"}), 422)
    assert "Conflicts are named, or none was found: not both (G5)" in both
    strange = {**EVALUATOR, "post-1": "leeds/nobody"}
    assert "Choose a post" in said(web.fill(f"{page}/{ASSESS}", **strange), 422)


def test_what_came_to_light_stands_in_the_form_and_on_the_page_until_it_is_dealt_with(
    web: Browser,
) -> None:
    script = read_case(DOCS / "examples" / "claimed.toml")
    turn_to(web, date(2026, 5, 6))
    *before, last = script.steps[:8]
    fields = {"interests": "declared", "interests_note": "A share in Tenderer A, sold since"}
    declared = last._replace(command=replace(last.command, **fields))
    run_case(web.house, script._replace(steps=(*before, declared)))
    web.house.catch_up()
    page = f"/procurements/{script.reference}"
    web.sign_in(OFFICER)
    shown = said(web.get(page))
    assert "to be revised" in shown
    web.fill(f"{page}/do/send-assessment-summaries")
    refused = said(web.fill(f"{page}/do/send-award-notices"), 422)
    assert "Revise it before the contract award notice (UK6)" in refused
    form = said(web.get(f"{page}/{ASSESS}"))
    assert "Came to light since: an interest was declared when" in form
    filled = {
        **EVALUATOR,
        "part-2": "decision-maker",
        "post-2": DIRECTOR,
        "kind-2": "perceived",
        "interest-2": "A share in Tenderer A, sold since",
        "steps-2": "The sale is on the register",
    }
    done = said(web.fill(f"{page}/{ASSESS}", **filled))
    assert "to be revised" not in done
    assert "The standstill ends with" in said(web.fill(f"{page}/do/send-award-notices"))
