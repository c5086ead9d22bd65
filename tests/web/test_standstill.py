"""Between an award and its contract, over HTTP, under the laws of 2023."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

from countersign.case_script import read_case, run_case
from domain.decisions import TakeDecision
from tests.docs.pages import DOCS
from tests.web.conftest import Browser

OFFICER, LAWYER = "leeds/commissioning-officer", "leeds/legal-services"
SIGNED = {
    "amount": "430000",
    "months": "36",
    "starts-day": "1",
    "starts-month": "10",
    "starts-year": "2026",
}


def awarded(web: Browser, example: str) -> str:
    """The example as far as its decision to award, on the day after it; where its page is."""
    script = read_case(DOCS / "examples" / f"{example}.toml")
    turn_to(web, date(2026, 5, 6))
    *_, last = (n for n, one in enumerate(script.steps) if isinstance(one.command, TakeDecision))
    run_case(web.house, script._replace(steps=script.steps[: last + 1]))
    web.house.catch_up()
    return f"/procurements/{script.reference}"


def turn_to(web: Browser, day: date) -> None:
    web.house.clocks.forward("leeds", (day - web.house.clocks.today("leeds")).days)


def said(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return unescape(answer.text)


def test_under_the_act_summaries_notices_a_claim_and_the_signature(web: Browser) -> None:
    page = awarded(web, "claimed")
    web.sign_in(OFFICER)
    early = web.fill(f"{page}/do/send-award-notices")
    assert "Assessment summaries go first" in said(early, 422)
    form = said(web.get(f"{page}/do/send-assessment-summaries"))
    assert "Tenderer A and Tenderer B were each sent" in form
    done = said(web.fill(f"{page}/do/send-assessment-summaries"))
    assert "Sent every tenderer who was assessed its assessment summary." in done
    indicators = f"{page}/do/set-performance-indicators"
    few = said(web.fill(indicators, indicators="Calls answered\n\nVisits made"), 422)
    assert "Set 3 performance indicators at least, not 2 indicators" in few
    three = "Calls answered\nVisits made\n Complaints upheld "
    done = said(web.fill(indicators, indicators=three))
    assert "Set 3 performance indicators." in done
    assert "<li>Complaints upheld</li>" in done
    form = said(web.get(f"{page}/do/send-award-notices"))
    assert "the contract award notice (UK6) published today, Wednesday 6 May 2026" in form
    assert "How the notices were sent" not in form
    done = said(web.fill(f"{page}/do/send-award-notices"))
    assert "The standstill ends with Friday 15 May 2026" in done
    assert "Assessment summaries were sent on Wednesday 6 May 2026" in done

    turn_to(web, date(2026, 5, 15))
    web.sign_in(LAWYER)
    wrong = {"claimant": "Tenderer B", "issued-day": "31", "issued-month": "2"}
    answer = web.fill(f"{page}/do/record-claim", **wrong, **{"issued-year": "2026"})
    assert "31 2 2026 is not a date that exists" in said(answer, 422)
    notified = {f"notified-{k}": v for k, v in (("day", "15"), ("month", "5"), ("year", "2026"))}
    issued = {f"issued-{k}": v for k, v in (("day", "14"), ("month", "5"), ("year", "2026"))}
    filled = {"claimant": "Tenderer B", **issued, **notified}
    done = said(web.fill(f"{page}/do/record-claim", **filled))
    assert "suspends the award" in done
    turn_to(web, date(2026, 6, 1))
    refused = said(web.fill(f"{page}/do/sign-contract", **SIGNED), 422)
    assert "The claim of Tenderer B, notified on Friday 15 May 2026, suspends the award" in refused
    over = f"{page}/do/end-claim?subject=Tenderer B"
    assert "Choose how it ended" in said(web.fill(over), 422)
    done = said(web.fill(over, how="lifted-by-the-court"))
    assert "the court lifted the suspension" in done
    assert "Signed the contract with Tenderer A" in said(
        web.fill(f"{page}/do/sign-contract", **SIGNED)
    )


def test_a_claim_after_the_standstill_is_a_warning(web: Browser) -> None:
    page = awarded(web, "claimed")
    web.sign_in(OFFICER)
    web.fill(f"{page}/do/send-assessment-summaries")
    web.fill(f"{page}/do/send-award-notices")
    turn_to(web, date(2026, 5, 18))
    day = {f"{what}-{k}": v for what in ("issued", "notified") for k, v in
           (("day", "18"), ("month", "5"), ("year", "2026"))}  # fmt: skip
    done = said(web.sign_in(LAWYER).fill(f"{page}/do/record-claim", claimant="Tenderer B", **day))
    assert "does not by itself bar the signature: take legal advice" in done


@pytest.mark.parametrize(
    ("outcome", "then"),
    [
        ("stands", "the award stands, and the standstill ends with Wednesday 27 May 2026"),
        ("goes-back", "the award goes back to an earlier step"),
    ],
)
def test_a_representation_keeps_the_standstill_open(web: Browser, outcome: str, then: str) -> None:
    page = awarded(web, "represented")
    web.sign_in(OFFICER)
    assert "notice of the intended award" in said(web.get(f"{page}/do/send-award-notices"))
    web.fill(f"{page}/do/send-award-notices")
    about = {"provider": "Tenderer B", "about": "How quality was scored"}
    assert "under review" in said(web.fill(f"{page}/do/record-representation", **about))
    queue = said(web.get("/queue"))
    assert "Review the representation of Tenderer B" in queue
    turn_to(web, date(2026, 5, 19))
    refused = web.sign_in(LAWYER).fill(f"{page}/do/sign-contract", **SIGNED)
    assert "The standstill is kept open: what Tenderer B represented" in said(refused, 422)
    review = f"{page}/do/review-representation?subject=Tenderer B"
    web.sign_in(OFFICER)
    assert "Choose what was decided" in said(web.fill(review, because="Checked"), 422)
    done = said(web.fill(review, outcome=outcome, because="The scores were checked"))
    assert then in done
    if outcome == "goes-back":
        assert "no longer hold" in done
        assert "Sent the award notices" in said(web.fill(f"{page}/do/send-award-notices"))


def test_notices_by_post_under_the_law_of_2015(web: Browser) -> None:
    script = read_case(DOCS / "examples" / "whole-life.toml")
    evaluated = [n for n, one in enumerate(script.steps) if "RecordEvaluation" in repr(one.command)]
    turn_to(web, date(2022, 12, 1))
    run_case(web.house, script._replace(steps=script.steps[: evaluated[0] + 1]))
    page, today = f"/procurements/{script.reference}", date(2022, 12, 1)
    web.sign_in(OFFICER)
    form = f"{page}/do/send-award-notices"
    assert "Choose how the notices were sent" in said(web.fill(form), 422)
    assert "Enter when the last was posted" in said(web.fill(form, means="mixed"), 422)
    posted = today - timedelta(days=2)
    day = {f"otherwise-{k}": str(getattr(posted, k)) for k in ("day", "month", "year")}
    late = {"received-day": "2", "received-month": "12", "received-year": "2022"}
    assert "What is recorded today" in said(web.fill(form, means="mixed", **day, **late), 422)
    done = said(web.fill(form, means="mixed", **day))
    assert "The standstill ends with Wednesday 14 December 2022" in done
