"""Bromley's extension over HTTP: a Director takes up the option, with the agreement of four."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from urllib.parse import quote

import pytest
from msgspec.structs import replace

from domain.effects import Consultee, DelegateAuthority
from domain.values import Amount
from tests.cases.bromley import (
    ASSISTANT_DIRECTOR,
    CLERK,
    COMMISSIONER,
    DIRECTOR,
    LAWYER,
    PORTFOLIO_HOLDER,
    REFERENCE,
    SIGN,
    TEAM,
    Bromley,
)
from tests.web.conftest import Browser
from tests.web.journey import CLERK as LEEDS_CLERK
from tests.web.journey import DIRECTOR as LEEDS_DIRECTOR
from tests.web.journey import LAWYER as LEEDS_LAWYER
from tests.web.journey import OFFICER
from tests.web.test_putting_up import ASKED, DELEGATED, DEPUTY, PAGE, report, text
from tests.web.test_putting_up import meals as meals

CASE = f"/procurements/{REFERENCE}"
FOUR = (PORTFOLIO_HOLDER, ASSISTANT_DIRECTOR, LAWYER, CLERK)
EXTEND = DelegateAuthority(
    DIRECTOR.post,
    "extend the contract by its option",
    tuple(Consultee(one.post, "agreement") for one in FOUR),
    Amount("up-to", Decimal(7_200_000)),
    "none",
    extending=True,
)
FILLED = {"body": "It works well.", "option-1": "Tender again", "why-1": "It works well."}
AGREED = {"outcome-a": "agreed", "reasons": "It works well.", "interests": "none-declared"}


def signed(web: Browser, terms: DelegateAuthority) -> Browser:
    """The contract awarded and signed in 2022, its extension delegated in the same decision."""
    journey = Bromley(web.house)
    journey.awarded(terms).on(date(2022, 9, 2)).do(SIGN, LAWYER)
    journey.on(date(2027, 3, 1))
    web.house.catch_up()
    return web


@pytest.fixture
def site(web: Browser) -> Browser:
    return signed(web, EXTEND)


def route(web: Browser) -> str:
    """The form of the report under the authority: its address as the page of the routes has it."""
    (decision,) = [d for d, *_ in web.house.procurement(REFERENCE).resolved(DelegateAuthority)]
    under = f"officer {REFERENCE} {decision.id} b"
    return f"{CASE}/do/put-up-report?subject=extension&way={quote(under)}"


def test_it_is_offered_and_decided_with_the_agreement_of_all_four(site: Browser) -> None:
    site.sign_in(COMMISSIONER.post)
    said = text(site.get(f"{CASE}/do/put-up-report?subject=extension"))
    assert "Director of Adult Social Care decides" in said
    assert "Under delegated authority: extend the contract by its option." in said
    assert site.fill(route(site), **FILLED).status_code == 200
    number = Bromley(site.house).open_report.id
    asked = f"{CASE}/do/ask-consultees?subject={number}"
    assert text(site.get(asked)).count("an objection is a veto") == 4
    assert site.fill(asked).status_code == 200
    decide = f"{CASE}/reports/{number}/decide"
    for one in FOUR:
        refused = site.sign_in(DIRECTOR.post).fill(decide, **AGREED, step="confirm")
        assert refused.status_code == 422
        assert "has not answered yet" in text(refused)
        answer = f"{CASE}/do/answer-consultation?subject={quote(f'{number} {one.post}')}"
        assert (
            site.sign_in(one.post)
            .fill(answer, view="agrees", interests="none-declared")
            .status_code
            == 200
        )
    receipt = site.sign_in(DIRECTOR.post).fill(decide, **AGREED, step="confirm")
    assert "Decision recorded" in text(receipt)
    (granted,) = [d for d, *_ in site.house.procurement(REFERENCE).resolved(DelegateAuthority)]
    page = text(site.get(f"/delegations/{REFERENCE}/{granted.id}/b"))
    assert "Options to extend a contract may be taken up under it" in page
    assert "£7,200,000 over 24 months, to extend the contract" in page
    extend = f"{CASE}/do/extend-contract?subject=1"
    assert site.sign_in(TEAM.post).fill(extend).status_code == 200
    contract = site.house.procurement(REFERENCE).contract
    assert contract
    assert contract.extended == 1


def test_an_objection_of_an_officer_is_a_veto(site: Browser) -> None:
    site.sign_in(COMMISSIONER.post).fill(route(site), **FILLED)
    number = Bromley(site.house).open_report.id
    site.fill(f"{CASE}/do/ask-consultees?subject={number}")
    for one in FOUR:
        view = "objects" if one == LAWYER else "agrees"
        answer = f"{CASE}/do/answer-consultation?subject={quote(f'{number} {one.post}')}"
        said = {"view": view, "comment": "The terms have changed", "interests": "none-declared"}
        site.sign_in(one.post).fill(answer, **said)
    before = site.events
    decide = f"{CASE}/reports/{number}/decide"
    refused = site.sign_in(DIRECTOR.post).fill(decide, **AGREED, step="confirm")
    assert refused.status_code == 422
    assert "Legal Services does not agree, and without that nothing is agreed" in text(refused)
    assert site.events == before


def test_a_member_decides_and_consults_an_officer(web: Browser) -> None:
    one = Consultee(DIRECTOR.post)
    signed(web, replace(EXTEND, delegate=PORTFOLIO_HOLDER.post, consultees=(one,)))
    web.sign_in(COMMISSIONER.post).fill(route(web), **FILLED)
    number = Bromley(web.house).open_report.id
    web.fill(f"{CASE}/do/ask-consultees?subject={number}")
    answer = f"{CASE}/do/answer-consultation?subject={quote(f'{number} {DIRECTOR.post}')}"
    assert "Answer the consultation" in text(web.sign_in(DIRECTOR.post).get("/queue"))
    assert "weighs what you say" in text(web.get(answer))
    web.fill(answer, view="objects", comment="It works badly", interests="none-declared")
    decide, before = f"{CASE}/reports/{number}/decide", web.events
    web.sign_in(PORTFOLIO_HOLDER.post)
    refused = web.fill(decide, **AGREED, step="confirm")
    assert "Say why you depart from the answer of a consultee" in text(refused)
    assert (refused.status_code, web.events) == (422, before)
    receipt = web.fill(decide, **AGREED, departing="It works well elsewhere", step="confirm")
    assert "Decision recorded" in text(receipt)


def test_a_form_takes_as_many_consultees_as_are_needed(meals: Browser) -> None:
    asked = {**ASKED, **DELEGATED, "cap": "250,000", "cap-exempt": "no", "extending": "yes"}
    asked |= {"delegate": OFFICER, "awards": "none", "with": "delegation"}
    room = meals.fill(PAGE, **asked, add="consultee")
    assert 'name="consultee-4"' in room.text
    assert 'name="consultee-5"' not in room.text
    assert 'value="consultee-2">Add a consultee' in room.text
    posts = (LEEDS_DIRECTOR, DEPUTY, LEEDS_CLERK, LEEDS_LAWYER)
    named = {f"consultee-{n}": one for n, one in enumerate(posts, 1)}
    how = {f"how-{n}": "agreement" for n in range(1, 5)}
    asked |= {**named, **how, "with": "delegation consultee"}
    assert meals.fill(PAGE, **asked).status_code == 200
    effect = report(meals).recommendations[1].effect
    assert isinstance(effect, DelegateAuthority)
    assert effect.consultees == tuple(Consultee(one, "agreement") for one in posts)
    assert (effect.awards, effect.extending) == ("none", True)
