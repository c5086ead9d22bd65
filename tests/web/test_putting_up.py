"""Putting up a report: the route comes first, then what it asks for, and whatever is added."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from typing import Any
from uuid import uuid4

import pytest

from domain.effects import (
    ApproveBudget,
    ApprovePlan,
    AuthoriseProcurement,
    AwardByLaterDecision,
    DelegateAuthority,
    RequireReport,
)
from domain.messages import Actor
from domain.opening import OpenProcurement
from domain.reported import Report
from domain.values import Amount, procurement_id
from tests.scenario import OFFICER as PERSON
from tests.web.conftest import Browser
from tests.web.journey import CLERK, DIRECTOR, OFFICER

REFERENCE = "leeds-2022-4"
CASE = f"/procurements/{REFERENCE}"
KEY = f"{CASE}/do/put-up-report?subject=procurement&way=key"
PAGE = f"{CASE}/do/put-up-report?subject=procurement&way=significant-operational"
DEPUTY = "leeds/deputy-director-integrated-commissioning"
ASKED = {
    "text-a": "Approve a competition for meals at day centres",
    "up-to": "300,000",
    "up-to-exempt": "no",
    "criteria": "Quality 70\nPrice: 30 %",
    "tender-days": "30",
    "standstill": "voluntary",
    "body": "Four day centres need meals.",
    "option-1": "Cook in the centres",
    "why-1": "There are no kitchens.",
}
DELEGATED = {
    "delegate": DEPUTY,
    "purpose": "award the contract that the report asks for",
    "cap": "",
    "awards": "one",
    "consultee-1": DIRECTOR,
    "how-1": "agreement",
}
BACK = {
    "back-what": "how many meals were eaten",
    "back-by": OFFICER,
    "back-to": DIRECTOR,
    "back-once": "the first quarter is over",
}
CLOSED = {
    "closed-title": "Exempt appendix 1",
    "closed-text": "The incumbent charges 7654321",
    "paragraph": "3",
    "negotiation": "no",
    "closed-why": "The incumbent will tender",
}


@pytest.fixture
def meals(web: Browser) -> Browser:
    value = Amount("estimated", Decimal(300000))
    command = OpenProcurement(
        procurement_id(REFERENCE), REFERENCE, "Meals", "Hot meals", "Catering", "pcr2015", value
    )
    web.house.execute(command, PERSON, uuid4())
    web.house.catch_up()
    return web.sign_in(OFFICER)


def text(answer: Any) -> str:
    return unescape(answer.text)


def report(web: Browser) -> Report:
    found = web.house.procurement(REFERENCE).open_report
    assert found
    return found


def test_a_first_report_waits_in_the_queue_of_who_puts_reports_up(meals: Browser) -> None:
    assert "Put up the first report at “Authority to procure”" in text(meals.get("/queue"))


def test_the_routes_come_first_each_with_who_decides_and_where_the_rule_is_from(
    meals: Browser,
) -> None:
    said = text(meals.get(f"{CASE}/do/put-up-report?subject=procurement"))
    assert "Which route will it take?" in said
    decides = "Director of Adults and Health decides, as a"
    assert f"{decides} significant operational decision, not open to call-in." in said
    assert f"{decides} key decision, open to call-in." in said
    assert "It takes 28 clear days' notice: given today, it can be decided from" in said
    assert "inferred: decisions of 2022 published as between £100,000 and £500,000" in said
    assert 'name="title"' not in said


def test_what_it_asks_for_is_put_together_in_the_form(meals: Browser) -> None:
    assert meals.fill(PAGE, **ASKED).status_code == 200
    (asked,) = report(meals).recommendations
    assert isinstance(asked.effect, AuthoriseProcurement)
    assert asked.effect.up_to == Amount("up-to", Decimal(300000))
    weights = [(one.name, one.weight) for one in asked.effect.criteria]
    assert weights == [("Quality", Decimal(70)), ("Price", Decimal(30))]
    assert (asked.effect.tender_days, asked.effect.standstill) == (30, "voluntary")


def test_a_key_decision_of_small_value_says_why_it_is_key(meals: Browser) -> None:
    before = meals.events
    answer = meals.fill(KEY, **ASKED)
    assert answer.status_code == 422
    assert "say why the decision is key" in text(answer)
    assert meals.events == before


@pytest.mark.parametrize("criteria", ["Quality", "Quality 70\n30", "Quality 700\nPrice 30", "70"])
def test_criteria_that_cannot_be_read_get_a_sentence(meals: Browser, criteria: str) -> None:
    before = meals.events
    answer = meals.fill(PAGE, **{**ASKED, "criteria": criteria})
    assert answer.status_code == 422
    assert "Give each criterion with its weight, such as Quality 60" in text(answer)
    assert meals.events == before


def test_adding_to_the_form_keeps_what_was_filled_in(meals: Browser) -> None:
    form = meals.form(PAGE)
    page = text(meals.post(PAGE, {**form, **ASKED, "add": "delegation"}))
    assert "To whom" in page
    assert "There are no kitchens." in page
    assert "Add a closed appendix" in page
    both = text(meals.post(PAGE, {**form, **ASKED, "with": "delegation", "add": "closed"}))
    assert 'name="with" value="delegation closed"' in both


def test_authority_a_report_back_and_a_closed_appendix_can_be_added(meals: Browser) -> None:
    added = {"with": "delegation report-back closed"}
    answer = meals.fill(PAGE, **{**ASKED, **DELEGATED, **BACK, **CLOSED, **added})
    assert answer.status_code == 200
    found = report(meals)
    _, delegated, back = [one.effect for one in found.recommendations]
    assert isinstance(delegated, DelegateAuthority)
    assert (delegated.delegate, delegated.cap, delegated.awards) == (DEPUTY, None, "one")
    assert [(one.post, one.how) for one in delegated.consultees] == [(DIRECTOR, "agreement")]
    assert isinstance(back, RequireReport)
    assert (back.by, back.to, back.once) == (OFFICER, DIRECTOR, "the first quarter is over")
    (closed,) = found.closed
    assert (closed.title, closed.exemption.paragraph) == ("Exempt appendix 1", 3)


def test_a_share_above_the_cap_is_for_the_tender_ranked_first(meals: Browser) -> None:
    capped = {**ASKED, **DELEGATED, "with": "delegation", "cap": "250,000", "cap-exempt": "no"}
    for odd in "101", "-1", "ten":
        answer = meals.fill(PAGE, **{**capped, "above-first": odd})
        assert (answer.status_code, "the share in per cent" in text(answer)) == (422, True)
    answer = meals.fill(PAGE, **{**capped, "cap": "", "above-first": "10"})
    assert "A share above the cap takes a cap" in text(answer)
    assert meals.fill(PAGE, **{**capped, "above-first": "10"}).status_code == 200
    delegated = report(meals).recommendations[1].effect
    assert isinstance(delegated, DelegateAuthority)
    assert delegated.above_for_first == Decimal(10)
    decide = f"{CASE}/reports/{report(meals).id}/decide"
    said = "up to £250,000 over all awards, and 10 % above it for the tender ranked first"
    assert said in text(meals.sign_in(DIRECTOR).get(decide))
    agreed = {"outcome-a": "agreed", "outcome-b": "agreed", "reasons": "It is needed."}
    meals.fill(decide, **agreed, interests="none-declared", step="confirm")
    meals.house.catch_up()
    page = text(meals.get("/delegations"))
    assert "up to £250,000, and 10 % above it for the tender ranked first" in page
    (link,) = re.findall(rf'"(/delegations/{REFERENCE}/[^"]+)"', page)
    page = text(meals.get(link))
    assert re.search(r"Left for the tender ranked first</dt>\s*<dd[^>]*>£275,000", page)
    assert re.search(r"Left</dt>\s*<dd[^>]*>£250,000", page)


def test_a_closed_appendix_is_shown_to_nobody_where_no_rule_says_who_may_see_it(
    meals: Browser,
) -> None:
    meals.fill(PAGE, **{**ASKED, **CLOSED, "with": "closed"})
    meals.sign_in(DIRECTOR)
    decide = f"{CASE}/reports/{report(meals).id}/decide"
    for page in CASE, decide, "/trail":
        said = text(meals.get(page))
        assert "7654321" not in said
    assert "You may not see it." in text(meals.get(decide))


def test_what_a_report_requires_waits_until_it_is_discharged(meals: Browser) -> None:
    meals.fill(PAGE, **{**ASKED, **BACK, "with": "report-back"})
    agreed = {"outcome-a": "agreed", "outcome-b": "agreed", "reasons": "It is needed."}
    decide = f"{CASE}/reports/{report(meals).id}/decide"
    meals.sign_in(DIRECTOR)
    meals.fill(decide, **agreed, interests="none-declared", step="confirm")
    queue = text(meals.sign_in(OFFICER).get("/queue"))
    assert "Report back: how many meals were eaten, once the first quarter is over" in queue
    p = meals.house.procurement(REFERENCE)
    (decision,) = p.decisions
    form = f"{CASE}/do/discharge-undertaking?subject={decision}%20b"
    assert "Reported back: Nine thousand." in text(meals.fill(form, how="Nine thousand."))
    assert "how many meals" not in text(meals.get("/queue"))
    assert meals.fill(form, how="Again.").status_code == 422


def test_an_exempt_budget_shows_no_figure(meals: Browser) -> None:
    page = f"{CASE}/do/put-up-report?subject=procurement&way=significant-operational"
    exempt = {**ASKED, "up-to": "298765", "up-to-exempt": "yes"}
    meals.fill(page, **exempt)
    (asked,) = report(meals).recommendations
    assert isinstance(asked.effect, AuthoriseProcurement | ApproveBudget)
    said = text(meals.sign_in(CLERK).get(f"{CASE}"))
    assert "298,765" not in said
    assert "298765" not in said


def test_one_decision_over_several_procurements_is_recorded_in_each_and_shown_as_one(
    meals: Browser,
) -> None:
    other = "leeds-2022-5"
    value = Amount("estimated", Decimal(100000))
    command = OpenProcurement(
        procurement_id(other), other, "Trays", "Trays", "Catering", "pcr2015", value
    )
    meals.house.execute(command, PERSON, uuid4())
    both = {**ASKED, "with": "several", "also": other, "up-to": "90,000"}
    assert meals.fill(PAGE, **both).status_code == 200
    decide = f"{CASE}/reports/{report(meals).id}/decide"
    meals.sign_in(DIRECTOR)
    agreed = {"outcome-a": "agreed", "reasons": "It is needed.", "interests": "none-declared"}
    receipt = meals.fill(decide, **agreed, step="confirm")
    (decision,) = meals.house.procurement(REFERENCE).decisions
    assert list(meals.house.procurement(other).decisions) == [decision]
    assert f"/procurements/{other}/decisions/{decision}" in receipt.text
    published = meals.sign_in(CLERK).fill(f"{CASE}/do/publish-decision?subject={decision}")
    assert published.status_code == 200
    assert meals.house.procurement(other).decisions[decision].published


@pytest.mark.parametrize(
    ("also", "said"),
    [
        ("herefordshire-2017-1", "This procurement is another authority's"),
        ("leeds-2022-77", "There is no such procurement"),
        (REFERENCE, "A procurement is named twice"),
        ("meals", "A reference is written like leeds-2022-1"),
        ("", "Enter the references of the other procurements"),
    ],
)
def test_a_report_names_only_procurements_that_it_can_concern(
    meals: Browser, also: str, said: str
) -> None:
    before = meals.events
    answer = meals.fill(PAGE, **{**ASKED, "with": "several", "also": also})
    assert answer.status_code == 422
    assert said in text(answer)
    assert meals.events == before


# Several effects in one report, and several gateways passed by one.

BROMLEY = "bromley-2021-2"
GATEWAY_0 = f"/procurements/{BROMLEY}/do/put-up-report?subject=gateway-0"
COMMISSIONER = "bromley/integrated-strategic-commissioner"
BOTH = {
    "text-a": "Approve option 2",
    "sounded": "no",
    "with": "competition",
    **{name: value for name, value in ASKED.items() if name != "text-a"},
    "class_reason": "Two wards are affected",
}


@pytest.fixture
def bromley(web: Browser) -> Browser:
    value = Amount("estimated", Decimal(300000))
    command = OpenProcurement(
        procurement_id(BROMLEY), BROMLEY, "Carers", "Help for carers", "Care", "pcr2015", value
    )
    holders = web.house.rules("bromley").offices.holders
    person = next(one.person for one in holders if one.post == COMMISSIONER)
    web.house.execute(command, Actor(person, COMMISSIONER), uuid4())
    web.house.catch_up()
    return web.sign_in(COMMISSIONER)


def test_a_competition_added_to_a_plan_takes_the_report_through_both_gateways(
    bromley: Browser,
) -> None:
    way = f"{GATEWAY_0}&way=key"
    page = text(bromley.post(way, {**bromley.form(way), "text-a": "Kept", "add": "competition"}))
    titles = "“Gateway 0: strategic options” and “Gateway 1: commissioning strategy"
    assert f"One report passes {titles}" in page
    assert "Kept" in page
    assert bromley.fill(way, **BOTH).status_code == 200
    found = bromley.house.procurement(BROMLEY).open_report
    assert found
    assert (found.gateway, found.combines) == ("gateway-1", ("gateway-0",))
    plan, competition = [one.effect for one in found.recommendations]
    assert plan == ApprovePlan("Approve option 2")
    assert isinstance(competition, AuthoriseProcurement)
    assert competition.up_to == Amount("up-to", Decimal(300000))


def test_a_report_that_passes_two_gateways_comes_back_to_both(bromley: Browser) -> None:
    bromley.fill(f"{GATEWAY_0}&way=key", **BOTH)
    first = bromley.house.procurement(BROMLEY).open_report
    assert first
    case = f"/procurements/{BROMLEY}"
    bromley.fill(f"{case}/do/withdraw-report?subject={first.id}", reason="Again")
    again = f"{case}/do/put-up-report?subject=gateway-1"
    assert f'href="{again}"' in bromley.get(case).text
    assert bromley.fill(again, **{"up-to.2": "250,000"}).status_code == 200
    second = bromley.house.procurement(BROMLEY).open_report
    assert second
    assert (second.gateway, second.combines, second.version) == ("gateway-1", ("gateway-0",), 2)


@pytest.mark.parametrize(
    ("change", "at", "said"),
    [
        ({"up-to": ""}, "up-to", "Enter the amount in pounds"),
        ({"criteria": "Quality"}, "criteria", "Give each criterion with its weight"),
        ({"tender-days": "soon"}, "tender-days", "Enter the days that tenderers get"),
        ({"standstill": "long"}, "standstill", "Choose a standstill"),
        ({"text-a": ""}, "plan", "Enter the plan"),
    ],
)
def test_what_was_added_is_checked_as_where_it_stands_alone(
    bromley: Browser, change: dict[str, str], at: str, said: str
) -> None:
    before = bromley.events
    answer = bromley.fill(f"{GATEWAY_0}&way=key", **{**BOTH, **change})
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'id="{at}-error"' in answer.text
    assert bromley.events == before


def test_what_no_report_may_ask_for_at_a_gateway_cannot_be_added(web: Browser) -> None:
    case = "/procurements/joint-public-health-board-2020-1/do/put-up-report"
    web.sign_in("joint-public-health-board/commissioning-officer")
    budget = text(web.get(f"{case}?subject=budget"))
    assert "Authorise a competition" in budget
    assert "Leave the award to a later decision" not in budget
    plan = text(web.get(f"{case}?subject=plan&way=board"))
    assert "Authorise a competition" not in plan


def test_two_competitions_and_a_later_award_fit_one_report(meals: Browser) -> None:
    page = text(meals.post(PAGE, {**meals.form(PAGE), "with": "later", "add": "competition-2"}))
    assert "Recommendation (b): award by a later decision" in page
    assert "Recommendation (c): a competition" in page
    second = {name: value for name, value in ASKED.items() if name in ("criteria", "standstill")}
    second |= {"up-to": "90,000", "tender-days": "25", "up-to-exempt": "no"}
    more = {f"{key}.x2": value for key, value in second.items()}
    more |= {"up-to.x2-exempt": "no", "up-to.x2": "90,000"}
    later = {"later-class": "significant-operational", "later-to": "the best"}
    answer = meals.fill(PAGE, **ASKED, **more, **later, **{"with": "later competition-2"})
    assert answer.status_code == 200, text(answer)
    _, award, competition = [one.effect for one in report(meals).recommendations]
    assert award == AwardByLaterDecision("significant-operational", "the best")
    assert isinstance(competition, AuthoriseProcurement)
    assert (competition.up_to.pounds, competition.tender_days) == (Decimal(90000), 25)


@pytest.mark.parametrize("token", ["award", "competition", "x", "competition-99", "closed-was-1"])
def test_a_made_up_addition_adds_nothing(meals: Browser, token: str) -> None:
    assert meals.fill(PAGE, **ASKED, **{"with": f"{token} {token}"}).status_code == 200
    assert len(report(meals).recommendations) == 1
    assert report(meals).closed == ()


def test_a_report_may_name_no_alternative_and_the_decider_is_asked_then(meals: Browser) -> None:
    none = {key: one for key, one in ASKED.items() if key not in ("option-1", "why-1")}
    half = meals.fill(PAGE, **none, **{"why-1": "There are no kitchens."})
    assert half.status_code == 422
    assert "Enter alternative 1" in text(half)
    assert meals.fill(PAGE, **none).status_code == 200
    assert report(meals).alternatives == ()
    page = text(meals.sign_in(DIRECTOR).get(f"{CASE}/reports/{report(meals).id}/decide"))
    assert "Were alternatives considered?" in page
