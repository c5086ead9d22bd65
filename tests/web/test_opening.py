"""Opening a procurement from the page: on its own, and as a part of an approved plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from domain.effects import ApproveBudget
from domain.terms import ExistingContract
from domain.values import Amount, Closed, Term, When
from tests.cases.dorset import BOARD, CLERK, DIRECTOR, OFFICER, WHOLE
from tests.web import journey
from tests.web.conftest import Browser

PLAN = f"/procurements/{WHOLE}"
PART_FORM = f"{PLAN}/do/open-procurement"
LEEDS_FORM = "/procurements/open/leeds"
PART = f"{BOARD}-2020-2"
FILLED = {"title": "LiveWell: platform", "purpose": "A platform from April 2021"}
BUDGET = {
    "text-a": "Approve the budget",
    "budget": "190,000",
    "budget-exempt": "no",
    "body": "The platform costs this much.",
    "option-1": "Spend less",
    "why-1": "Nobody offers it for less.",
}
COMPETITION = {
    "up-to": "190,000",
    "up-to-exempt": "no",
    "criteria": "Quality 60\nPrice 40",
    "tender-days": "30",
    "standstill": "required",
}
OWN = {
    "reference": "leeds-2022-7",
    "title": "Meals",
    "purpose": "Hot meals at four day centres",
    "category": "Catering",
    "regime": "pcr2015",
    "subject": "services",
}
EMPTY = {"seen": "0", "command": "7a52b4d5-0d6e-4b5e-9a4b-3d2f3c1a0b1c"}


def text(answer: Any) -> str:
    return unescape(answer.text)


def sent(web: Browser, **answers: str) -> Any:
    """Sends the form for a procurement of Leeds on its own."""
    return web.post(LEEDS_FORM, {**web.form(LEEDS_FORM), **OWN, **answers})


def day(name: str, sent: str) -> dict[str, str]:
    return dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), sent.split(), strict=True))


def test_a_part_of_the_plan_is_opened_from_the_plans_page_and_goes_on_from_there(
    web: Browser,
) -> None:
    page = text(web.sign_in(OFFICER.post).get(PLAN))
    assert f'href="{PART_FORM}">Open a part of this plan' in page
    form = web.form(PART_FORM)
    assert (form["reference"], form["category"]) == (
        PART,
        "IT and digital services for public health",
    )
    assert (form["starts-day"], form["starts-month"], form["starts-year"]) == ("01", "04", "2021")
    opened = web.fill(PART_FORM, **FILLED, months="36", regime="pcr2015")
    assert "Opened the procurement" in text(opened)
    assert opened.url.path == f"/procurements/{PART}"
    found = web.house.procurement(PART)
    assert (found.part_of, found.term) == (WHOLE, Term(date(2021, 4, 1), 36))
    assert found.value == Amount("unknown")
    assert "Put up the first report at “Detailed sourcing plan and budget”" in text(
        web.get("/queue")
    )


def test_a_part_is_taken_to_a_competition_by_one_report_on_its_budget(web: Browser) -> None:
    web.sign_in(OFFICER.post).fill(PART_FORM, **FILLED, months="36", value="190,000")
    report = f"/procurements/{PART}/do/put-up-report?subject=budget"
    added = web.post(report, {**web.form(report), **BUDGET, "add": "competition"})
    assert "Recommendation (b): a competition" in text(added)
    assert "Authorise a competition" in text(web.get(report))
    sent = {**web._made_up(report), **web.form(report), **BUDGET, "with": "competition"}
    before, wrong = web.events, web.post(report, {**sent, **COMPETITION, "up-to": "much"})
    assert wrong.status_code == 422
    assert "Enter the amount in pounds" in text(wrong)
    assert 'id="up-to-error"' in wrong.text
    assert web.events == before
    assert web.post(report, {**sent, **COMPETITION}).status_code == 200
    found = web.house.procurement(PART).open_report
    assert found
    budget, competition = found.recommendations
    assert budget.effect == ApproveBudget(Amount("approved", Decimal(190000)))
    assert competition.text == "Approve a competition, up to £190,000"
    agreed = {"outcome-a": "agreed", "outcome-b": "agreed", "reasons": "It is enough."}
    decide = f"/procurements/{PART}/reports/{found.id}/decide"
    web.sign_in(DIRECTOR.post)
    receipt = web.fill(decide, **agreed, interests="none-declared", step="confirm")
    assert "Decision recorded" in text(receipt)
    invited = web.sign_in(OFFICER.post).fill(f"/procurements/{PART}/do/invite-tenders")
    assert "Invited tenders until" in text(invited)


def test_whoever_may_not_open_one_is_offered_none_and_refused(web: Browser) -> None:
    web.sign_in(CLERK.post)
    assert "/procurements/open/" not in web.get("/procurements").text
    before = web.events
    assert "Open a part of this plan" in text(web.get(PLAN))
    assert f'href="{PART_FORM}"' not in web.get(PLAN).text
    assert 'name="title"' not in web.get(PART_FORM).text
    assert web.post(PART_FORM, {**EMPTY, "reference": PART, **FILLED}).status_code == 422
    stranger = web.post(LEEDS_FORM, {**EMPTY, **OWN})
    assert stranger.status_code == 403
    assert "You hold no post in this council" in text(stranger)
    assert web.events == before


def test_where_no_plan_is_approved_no_part_is_offered(web: Browser) -> None:
    page = text(web.sign_in("bromley/commissioning-team").get("/procurements/bromley-2021-1"))
    assert "Open a part of this plan" not in page
    page = text(web.sign_in(journey.OFFICER).get(f"{journey.CASE}/do/open-procurement"))
    assert "There is nothing of the kind to do in this procurement now" in page


def test_whoever_may_open_one_does_so_from_the_list(web: Browser) -> None:
    page = web.sign_in(journey.OFFICER).get("/procurements").text
    assert f'href="{LEEDS_FORM}"' in page
    assert web.form(LEEDS_FORM)["reference"] == "leeds-2022-2"
    starts = day("starts", "1 4 2023")
    term = {"months": "24", "options": "12, 12", "notice": "6"}
    answer = sent(web, value="£300,000", council="D1", **term, **starts)
    assert answer.url.path == "/procurements/leeds-2022-7"
    found = web.house.procurement("leeds-2022-7")
    assert found.value == Amount("estimated", Decimal(300000))
    assert found.term == Term(date(2023, 4, 1), 24, (12, 12), 6)
    assert (found.part_of, found.council_reference) == (None, "D1")
    assert "Meals" in text(web.get("/procurements"))


def test_whether_vat_is_in_the_value_decides_on_the_threshold(web: Browser) -> None:
    web.house.clocks.forward("leeds", (date(2026, 3, 2) - web.house.clocks.today("leeds")).days)
    web.sign_in(journey.OFFICER)
    act = {"regime": "pa2023", "value": "£175,000"}
    opened = text(sent(web, **act, reference="leeds-2026-7", vat="included"))
    assert "Below: £175,000 is below £207,720" in opened
    opened = text(sent(web, **act, reference="leeds-2026-8"))
    assert "Above: £210,000 reaches £207,720, with VAT, which was added to the value" in opened


def test_the_same_form_sent_twice_opens_one(web: Browser) -> None:
    form = {**web.sign_in(journey.OFFICER).form(LEEDS_FORM), **OWN}
    before = web.events
    for _ in range(2):
        assert web.post(LEEDS_FORM, form).url.path == "/procurements/leeds-2022-7"
    assert web.events == before + 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "Enter a title"),
        ("purpose", "", "Enter what it is for"),
        ("category", "", "Enter a category"),
        ("regime", "common law", "Choose the law"),
        ("regime", "pa2023", "The Procurement Act 2023 governs what began on 24 February 2025 on"),
        (
            "regime",
            "psr2023",
            "The Provider Selection Regime governs what began on 1 January 2024 on",
        ),
        ("reference", "", "Enter a reference"),
        ("reference", "Leeds 7", "Write the reference like leeds-2022-1"),
        ("reference", "bromley-2022-7", "Write the reference like leeds-2022-1"),
        ("reference", "leeds-2022-1", "This procurement is open already"),
        ("value", "lots", "Enter the value in pounds, such as 1,250"),
        ("months", "24", "Enter the first day: day, month and year"),
        ("options", "12", "Enter the first day: day, month and year"),
        ("notice", "6", "Enter the first day: day, month and year"),
        ("starts-day", "1", "Enter the first day: day, month and year"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_at_its_field(
    web: Browser, field: str, value: str, said: str
) -> None:
    web.sign_in(journey.OFFICER)
    before, answer = web.events, sent(web, **{field: value})
    assert answer.status_code == 422
    assert said in text(answer)
    at = "starts" if field in ("months", "options", "notice", "starts-day") else field
    assert f'id="{at}-error"' in answer.text
    assert web.events == before


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        ("1 1 1", "1 1 1 is not in the years 1900 to 2199"),
        ("1 1 2250", "is not in the years 1900 to 2199"),
        ("31 2 2023", "is not a date that exists"),
        ("1 1 2190", "is outside the calendar, which covers"),
    ],
)
def test_a_contract_begins_in_a_year_that_can_be_meant(
    web: Browser, starts: str, said: str
) -> None:
    web.sign_in(journey.OFFICER)
    before, answer = web.events, sent(web, months="24", **day("starts", starts))
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'id="starts-error"' in answer.text
    assert web.events == before


@pytest.mark.parametrize("options", ["many", "0", "12, x", "601", " ".join("1" * 10)])
def test_options_are_months_in_their_order(web: Browser, options: str) -> None:
    web.sign_in(journey.OFFICER)
    before = web.events
    answer = sent(web, months="24", options=options, **day("starts", "1 4 2023"))
    assert answer.status_code == 422
    assert "Give each option in months, in their order, such as 24, 24" in text(answer)
    assert web.events == before


@pytest.mark.parametrize(
    ("options", "notice", "said"),
    [
        ("", "6", "Enter the options to extend that take this notice"),
        ("12", "61", "Enter the notice in months: a whole number from 0 to 60"),
        ("12", "1.5", "Enter the notice in months: a whole number from 0 to 60"),
        ("12", "soon", "Enter the notice in months"),
    ],
)
def test_notice_is_whole_months_for_an_option(
    web: Browser, options: str, notice: str, said: str
) -> None:
    web.sign_in(journey.OFFICER)
    before, starts = web.events, day("starts", "1 4 2023")
    answer = sent(web, months="24", options=options, notice=notice, **starts)
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'id="notice-error"' in answer.text
    assert web.events == before


def test_when_it_commenced_and_what_health_care_is_bought_with_are_said_at_the_opening(
    web: Browser,
) -> None:
    web.house.clocks.forward("leeds", (date(2026, 3, 2) - web.house.clocks.today("leeds")).days)
    web.sign_in(journey.OFFICER)
    new = {"reference": "leeds-2026-7", "regime": "pcr2015"}
    answer = sent(web, **new)
    assert "The 2015 Regulations govern only what began before 24 February 2025" in text(answer)
    assert 'id="regime-error"' in answer.text
    answer = sent(web, **new, **day("commenced", "3 3 2026"))
    assert "3 March 2026 has yet to come: leave out when it commences" in text(answer)
    assert 'id="commenced-error"' in answer.text
    opened = text(sent(web, **new, **day("commenced", "3 2 2025")))
    assert "It commenced on 3 February 2025." in opened
    assert "3 February 2025, before it was opened here" in opened

    health = {
        "reference": "leeds-2026-8",
        "with": "mixed",
        "regime": "psr2023",
        "subject": "health-care",
        "mixed-health": "60",
        "mixed-rest": "40",
    }
    assert "Choose whether the rest can be had apart" in text(sent(web, **health))
    answer = sent(web, **health, **{"mixed-separable": "yes"})
    assert "the rest could reasonably be supplied under a separate contract (P1)" in text(answer)
    assert 'id="regime-error"' in answer.text
    opened = text(sent(web, **health, **{"mixed-separable": "no"}))
    assert "It is for health care and something else." in opened
    assert "health care £60, the rest £40; the rest could not reasonably be supplied" in opened
    assert "the day on which it was opened, 2 March 2026, stands in" in opened


def test_a_framework_says_when_its_own_procurement_commenced(web: Browser) -> None:
    web.sign_in(journey.OFFICER)
    answer = sent(web, **FRAMEWORK, **day("framework-commenced", "24 8 2021"))
    assert "Nothing is called off before the framework commenced, on 24 August 2021" in text(answer)
    assert 'id="framework-commenced-error"' in answer.text
    opened = text(sent(web, **FRAMEWORK, **day("framework-commenced", "1 2 2021")))
    assert "1 February 2021, with the procurement of its framework" in opened


FRAMEWORK = {
    "with": "framework phases existing",
    "framework-reference": "RM6187",
    "framework-title": "Management Consultancy Framework Three",
    "framework-lot": "Lot 7",
    **day("framework-since", "23 8 2021"),
    **day("framework-until", "22 8 2025"),
    "phase-1": "Find out",
    "amount-1": "100,000",
    "phase-2": "Deliver",
    "amount-2": "200,000",
    "condition-2": "Only if phase 1 shows that it is viable",
    "contract-1": "Meals",
    "with-1": "Acme Meals",
    **day("ends-1", "31 3 2023"),
}


def test_framework_phases_and_contracts_replaced_can_be_added(web: Browser) -> None:
    web.sign_in(journey.OFFICER)
    page = text(web.post(LEEDS_FORM, {**EMPTY, **OWN, "add": "framework"}))
    assert "Its reference" in page
    assert "Hot meals at four day centres" in page
    assert sent(web, value="300,000", **FRAMEWORK).status_code == 200
    found = web.house.procurement("leeds-2022-7")
    assert found.framework
    assert (found.framework.lot, found.framework.until) == ("Lot 7", date(2025, 8, 22))
    assert [one.purpose for one in found.phases] == ["Find out", "Deliver"]
    assert found.existing == (ExistingContract("Meals", When(date(2023, 3, 31)), "Acme Meals"),)


@pytest.mark.parametrize(
    ("change", "at", "said"),
    [
        ({"value": "299,999"}, "amount-1", "The phases come to £300,000, the whole to £299,999"),
        ({"phase-1": "", "phase-2": ""}, "phase-1", "Enter what phase 1 is for"),
        ({"amount-2": "x"}, "amount-2", "Enter the amount of phase 2 in pounds"),
        (day("framework-until", "1 1 2021"), "framework-until", "The last day is before the first"),
        (day("framework-until", "1 1 2022"), "framework-until", "ended on 1 January 2022"),
        ({"framework-lot": ""}, "framework-lot", "Enter the lot"),
        ({"contract-1": ""}, "contract-1", "Name a contract that it replaces"),
        (day("ends-1", "1 1 1"), "ends-1", "is not in the years 1900 to 2199"),
    ],
)
def test_what_was_added_gets_its_sentence_too(
    web: Browser, change: dict[str, str], at: str, said: str
) -> None:
    web.sign_in(journey.OFFICER)
    before = web.events
    answer = sent(web, **{"value": "300,000", **FRAMEWORK, **change})
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'id="{at}-error"' in answer.text
    assert web.events == before


def test_a_part_may_have_an_exempt_value_and_replaces_contracts_of_the_plan(web: Browser) -> None:
    web.sign_in(OFFICER.post)
    page = web.post(PART_FORM, {**web._made_up(PART_FORM), "add": "existing"}).text
    assert "LiveWell Dorset digital platform" in page
    sealed = {"value": "190,000", "value-exempt": "yes", "value-per": "year"}
    contract = {"contract-2": "Digital platform", **day("ends-2", "31 3 2021")}
    web.fill(
        PART_FORM,
        **FILLED,
        **sealed,
        **contract,
        months="36",
        regime="pcr2015",
        **{"with": "existing"},
    )
    found = web.house.procurement(PART)
    assert found.value == Amount("exempt", per="year", closed=Closed("190000"))
    assert [one.what for one in found.existing] == ["Digital platform"]
    assert "190" not in text(web.sign_in(journey.DIRECTOR).get(f"/procurements/{PART}"))


@pytest.mark.parametrize("council", ["nowhere", "leeds-2022-1", "%00"])
def test_a_council_that_is_not_there_gets_a_page(web: Browser, council: str) -> None:
    answer = web.sign_in(journey.OFFICER).get(f"/procurements/open/{council}")
    assert answer.status_code in (404, 422)
    assert "<h1" in answer.text
