"""What waits where the records of Dorset and Herefordshire stop, taken further over HTTP."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

from tests.cases.dorset import CHOICES, CLERK, DIRECTOR, OFFICER, RESOLVED, WHOLE
from tests.web.conftest import Browser

DORSET, HEREFORDSHIRE = f"/procurements/{WHOLE}", "/procurements/herefordshire-2017-1"
LEGAL = "herefordshire/legal-services"
PREFERRED = {f"option-{service}": option for service, option in CHOICES.items()}
BUDGET = {
    "text-a": "Approve a budget for three years",
    "budget": "300,000",
    "budget-exempt": "no",
    "body": "The chosen options cost this much.",
    "option-1": "Spend less",
    "why-1": "Nobody offers it for less.",
}


def text(answer: Any) -> str:
    return unescape(answer.text)


def test_dorset_chooses_out_of_the_short_list(web: Browser) -> None:
    form = f"{DORSET}/do/choose-preferred-options"
    page = text(web.sign_in(DIRECTOR.post).get(form))
    assert "Commission the digital platform" in page
    assert "Bring the digital platform in-house" not in page
    before = web.events
    built = {**PREFERRED, "option-platform": "platform-in-house"}
    refused = web.fill(form, because="Cheaper", **built)
    assert refused.status_code == 422
    assert web.events == before
    assert web.fill(form, because="The best of the short list", **PREFERRED).status_code == 200
    assert "preferred" in text(web.get(DORSET))


def test_dorset_tells_the_board_and_sets_the_budget_that_nobody_had_set(web: Browser) -> None:
    register = f"/delegations/{WHOLE}/{RESOLVED}/2"
    assert "Nothing can be awarded until such a budget has effect" in text(
        web.sign_in(DIRECTOR.post).get(register)
    )
    assert "No budget yet" in text(web.get("/procurements"))
    (owed,) = web.house.procurement(WHOLE).undertakings
    told = web.fill(f"{DORSET}/do/discharge-undertaking?subject={owed.id}", how="At the meeting")
    assert "Reported back: At the meeting." in text(told)
    put_up = web.sign_in(OFFICER.post).fill(f"{DORSET}/do/put-up-report?subject=budget", **BUDGET)
    assert put_up.status_code == 200
    report = web.house.procurement(WHOLE).open_report
    assert report
    decide = f"{DORSET}/reports/{report.id}/decide"
    agreed = {"outcome-a": "agreed", "reasons": "It is enough.", "interests": "none-declared"}
    receipt = web.sign_in(DIRECTOR.post).fill(decide, **agreed, step="confirm")
    assert "Decision recorded" in text(receipt)
    assert "What is irregular in this record" not in text(receipt)
    assert "£300,000" in text(web.get(register))
    assert "Budget approved £300,000" in text(web.get("/procurements"))
    assert web.sign_in(CLERK.post).get(register).status_code == 200


def test_herefordshire_signs_and_publishes_its_contract(web: Browser) -> None:
    assert web.house.clocks.today("herefordshire") == date(2017, 12, 22)
    web.sign_in(LEGAL)
    assert "Sign the contract" in text(web.get("/queue"))
    signed = web.fill(f"{HEREFORDSHIRE}/do/sign-contract")
    assert "Signed the contract with Imosphere: £154,203" in text(signed)
    web.sign_in("herefordshire/democratic-services")
    published = web.fill(f"{HEREFORDSHIRE}/do/publish-contract")
    assert "Entered the contract in the public register of contracts." in text(published)
