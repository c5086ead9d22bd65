"""Leeds after the signature: a change of the contract from its report to the register."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from countersign.case_script import Step, read_case, run_case
from domain.contract import SignContract
from domain.effects import AuthoriseProcurement, AwardContract
from domain.opening import OpenProcurement
from domain.publishing import PublishNotice as Notice
from domain.reports import PutUpReport
from domain.values import Amount
from tests.docs.pages import DOCS
from tests.web.conftest import Browser
from tests.web.journey import (
    CASE,
    DIRECTOR,
    LAWYER,
    OFFICER,
    answers,
    decide_path,
    sign,
    walk,
)
from tests.web.test_journey import text
from tests.web.test_standstill import said, turn_to

REFERENCE = "leeds-2022-1"
WAY = "?subject=variation&way=significant-operational"
PUT_UP = f"{CASE}/do/put-up-report{WAY}"
FILLED = {
    "text-a": "A survey of carers",
    "change-ground": "additional",
    "because": "Only they know the data",
    "body": "Carers were not asked yet.",
    "option-1": "A new purchase",
    "why-1": "It would take a year.",
}


@pytest.fixture
def signed(web: Browser) -> Browser:
    """The contract is signed for £300,000."""
    walk(web, sign).sign_in(LAWYER)
    assert web.fill(f"{CASE}/do/sign-contract", amount="300,000").status_code == 200
    return web


def put_up(web: Browser, new_amount: str, **more: str) -> Any:
    web.sign_in(OFFICER)
    return web.fill(PUT_UP, **{**FILLED, "new-amount": new_amount, **more})


def resolved(web: Browser) -> str:
    decision = list(web.house.procurement(REFERENCE).decisions)[-1]
    return f"{decision} a"


def change(web: Browser) -> Any:
    return web.sign_in(LAWYER).fill(f"{CASE}/do/vary-contract?subject={resolved(web)}")


def test_the_form_asks_for_the_whole_amount_and_for_a_ground_of_the_law(signed: Browser) -> None:
    page = text(signed.sign_in(OFFICER).get(PUT_UP))
    assert "New amount of the whole contract" in page
    assert (
        "The whole, and not the difference. Empty where it stays as it is. It is £300,000" in page
    )
    assert "Additional works, services or supplies (regulation 72(1)(b))" in page
    assert "known risk" not in page


def test_51_per_cent_is_refused_and_50_per_cent_goes_to_the_director(signed: Browser) -> None:
    before = signed.events
    refused = put_up(signed, "453,000")
    assert refused.status_code == 422
    assert (
        "The change comes to £153,000, more than 50 % of the original amount, £300,000: "
        "£150,000 at most (T2)"
    ) in text(refused)
    assert signed.events == before
    answer = put_up(signed, "450,000")
    assert answer.status_code == 200
    path = decide_path(signed.sign_in(DIRECTOR))
    worked_out = "Worked out: from £300,000 to £450,000, £150,000 more (50 %)"
    assert worked_out in text(signed.get(path))
    assert "Legal ground: additional works, services or supplies (regulation 72(1)(b))" in text(
        signed.get(path)
    )
    checked = signed.fill(path, **answers(step="check"))
    assert worked_out in text(checked)
    assert "Decision recorded" in text(signed.fill(path, **answers()))
    done = text(change(signed))
    assert "Changed the contract (additional goods, services or works): from £300,000" in done
    for words in (worked_out, "Signed for £300,000, now £150,000 more (50 %), by 1 change"):
        assert words in text(signed.get(CASE))
    (row,) = [r for r in signed.house.views.procurements() if r.reference == REFERENCE]
    assert row.value == "£450,000"
    assert row.changed == "signed for £300,000, now £150,000 more (50 %), by 1 change"
    assert "signed for £300,000, now £150,000 more (50 %)" in text(signed.get("/procurements"))


def test_a_decision_that_amends_the_amount_keeps_to_the_limit(signed: Browser) -> None:
    put_up(signed, "450,000")
    path, before = decide_path(signed.sign_in(DIRECTOR)), signed.events
    amended = {"outcome-a": "agreed-as-amended", "wording-a": "More.", "reason-a": "Need"}
    refused = signed.fill(path, **answers(**amended), **{"amount-a": "450,001"})
    assert "more than 50 % of the original amount" in text(refused)
    assert signed.events == before
    signed.fill(path, **answers(**amended), **{"amount-a": "420,000"})
    change(signed)
    contract = signed.house.procurement(REFERENCE).contract
    assert contract
    assert contract.amount.pounds == 420_000


def test_what_was_changed_already_is_marked_wherever_it_is_shown(signed: Browser) -> None:
    signed.house.clocks.forward("leeds", 40)
    since = {"since-day": "9", "since-month": "1", "since-year": "2023"}
    assert put_up(signed, "450,000", **since).status_code == 200
    path = decide_path(signed.sign_in(DIRECTOR))
    marked = "Retrospective</strong> the contract was changed from 9 January 2023"
    queue = text(signed.get("/queue"))
    assert "retrospectively" in queue
    assert marked in text(signed.get(path))
    assert marked in text(signed.fill(path, **answers(step="check")))
    assert marked in text(signed.fill(path, **answers()))
    page = text(change(signed))
    assert marked in page
    assert "In retrospect: (a) from 9 January 2023." in page
    assert "1 of them in retrospect" in page
    contract = signed.house.procurement(REFERENCE).contract
    assert contract
    assert contract.variations[0].change.since == date(2023, 1, 9)


def test_a_contract_above_500_000_as_changed_is_a_key_decision(signed: Browser) -> None:
    more = {"change-ground": "provided-for"}
    refused = put_up(signed, "500,001", **more)
    assert "No such route leads there: choose another" in text(refused)
    key = PUT_UP.replace("significant-operational", "key")
    signed.sign_in(OFFICER)
    answer = signed.fill(key, **{**FILLED, "new-amount": "500,001", **more})
    assert answer.status_code == 200
    report = signed.house.procurement(REFERENCE).open_report
    assert report
    assert report.decision_class == "key"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("new-amount", "lots", "Enter the new amount in pounds"),
        ("more-months", "x", "Enter the months that are added as a number"),
        ("change-ground", "known-risk", "Choose a legal ground"),
        ("because", "", "Enter why the ground applies"),
        ("since-day", "40", "Enter from when it was changed"),
        ("text-a", "", "Enter what is to be agreed"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(
    signed: Browser, field: str, value: str, said: str
) -> None:
    before = signed.events
    answer = put_up(signed, "450,000", **{field: value})
    assert answer.status_code == 422
    assert said in text(answer)
    assert signed.events == before


@pytest.mark.parametrize("subject", ["", "nonsense", "00000000-0000-0000-0000-000000000001 a"])
@pytest.mark.parametrize("act", ["vary-contract", "publish-change-notice"])
def test_a_change_that_nobody_resolved_is_not_made(signed: Browser, act: str, subject: str) -> None:
    before = signed.events
    signed.sign_in(LAWYER if act == "vary-contract" else OFFICER)
    page = signed.get(f"{CASE}/do/{act}?subject={subject}")
    assert page.status_code == 200
    answer = signed.fill(f"{CASE}/do/{act}?subject={subject}")
    assert answer.status_code == 422
    assert "There is no such resolution to change the contract" in text(answer)
    assert signed.events == before


def test_the_notice_of_a_change_is_recorded(signed: Browser) -> None:
    put_up(signed, "450,000")
    signed.sign_in(DIRECTOR).fill(decide_path(signed), **answers())
    change(signed)
    about = resolved(signed)
    signed.sign_in(OFFICER)
    assert "Publish the notice of the change (a) of the contract" in text(signed.get("/queue"))
    answer = signed.fill(f"{CASE}/do/publish-change-notice?subject={about}")
    assert "Published the notice of the change (a) of the contract" in text(answer)
    assert "Notice of the change published" in text(signed.get(CASE))


def test_below_the_threshold_no_ground_is_needed_and_the_page_says_so(web: Browser) -> None:
    script = read_case(DOCS / "examples" / "varied.toml")
    page = f"/procurements/{script.reference}"
    turn_to(web, date(2026, 11, 3))
    signed = [n for n, one in enumerate(script.steps) if isinstance(one.command, SignContract)]
    # Below the threshold the law asks for no transparency notice, and none can be recorded.
    upto = [one for one in script.steps[: signed[0] + 1] if not isinstance(one.command, Notice)]
    steps = tuple(map(_smaller, upto))
    run_case(web.house, script._replace(steps=steps))
    web.house.catch_up()
    web.sign_in("leeds/commissioning-officer")
    shown = said(web.get(page))
    assert "a change of the contract needs no legal ground and no notice (UK10)" in shown
    form = said(web.get(f"{page}/do/put-up-report{WAY}"))
    assert "No ground is needed below the threshold (section 74(1))" in form
    assert "Below the threshold none is needed, unless the change lifts the contract to it" in form


def _smaller(one: Step) -> Step:
    """The same step with a tenth of its money."""
    command = one.command
    match command:
        case OpenProcurement():
            command = replace(command, value=_tenth(command.value))
        case PutUpReport():
            asked = command.recommendations[0]
            effect = asked.effect
            if isinstance(effect, AuthoriseProcurement):
                effect = replace(effect, up_to=_tenth(effect.up_to))
            elif isinstance(effect, AwardContract):
                effect = replace(effect, amount=_tenth(effect.amount))
            command = replace(command, recommendations=(replace(asked, effect=effect),))
        case SignContract():
            command = replace(command, amount=_tenth(command.amount))
    return one._replace(command=command)


def _tenth(amount: Amount) -> Amount:
    assert amount.pounds
    return replace(amount, pounds=amount.pounds / 10)
