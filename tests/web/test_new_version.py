"""A new version of a report starts from the one before, and everything in it can be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from domain.closed import ClosedPart, Exemption
from domain.conditioned import Condition
from domain.effects import (
    ApproveBudget,
    ApprovePlan,
    AuthoriseProcurement,
    AwardContract,
    Consultee,
    DelegateAuthority,
    Effect,
    RequireReport,
)
from domain.opening import OpenProcurement
from domain.reported import Document, Recommendation, Report
from domain.reports import PutUpReport
from domain.values import Amount, Closed, When, procurement_id
from domain.withdrawing import WithdrawReport
from tests.cases import dorset
from tests.cases.nottingham import CASE as NOTTINGHAM
from tests.cases.nottingham import DIRECTOR as DPH
from tests.cases.nottingham import MANAGER, REFERENCE, UNDER, Nottingham
from tests.scenario import OFFICER as PERSON
from tests.web.conftest import Browser
from tests.web.journey import CASE, CLERK, DIRECTOR, OFFICER, award, put_up, walk

PAGE = f"{CASE}/do/put-up-report?subject=procurement"
LEEDS, NEW = "leeds-2022-1", "/procurements/leeds-2022-4"
FILLED = {"body": "Once more.", "option-1": "Stop", "why-1": "It is needed."}
DEPUTY = "leeds/deputy-director-integrated-commissioning"


def text(answer: Any) -> str:
    return unescape(answer.text)


def reports(web: Browser, reference: str = LEEDS) -> list[Report]:
    return list(web.house.procurement(reference).reports.values())


@pytest.fixture
def withdrawn(web: Browser) -> Browser:
    """The report of 11 November 2022, taken back before it was decided."""
    (report,) = reports(web)
    form = f"{CASE}/do/withdraw-report?subject={report.id}"
    assert web.sign_in(OFFICER).fill(form, reason="The figure was wrong").status_code == 200
    return web


def test_nothing_but_one_figure_is_changed_and_both_versions_are_on_the_page(
    withdrawn: Browser,
) -> None:
    page = text(withdrawn.get(PAGE))
    assert "Put up a new version of" in page
    assert "What the version before said is filled in." in page
    answer = withdrawn.fill(PAGE, **{"up-to.1": "350,000"})
    assert answer.status_code == 200, text(answer)
    old, new = reports(withdrawn)
    assert (old.version, old.state, new.version, new.state) == (1, "withdrawn", 2, "open")
    a, b = old.recommendations
    assert isinstance(a.effect, AuthoriseProcurement)
    lower = replace(a.effect, up_to=Amount("up-to", Decimal(350000)))
    assert new.recommendations == (replace(a, effect=lower), b)
    kept = ("title", "decision_class", "class_reason", "to", "alternatives", "implications")
    for name in (*kept, "timetable", "closed", "combines", "under", "procurements"):
        assert getattr(new, name) == getattr(old, name), name
    assert new.documents[1:] == old.documents[1:]
    assert new.documents[0].digest != old.documents[0].digest
    page = text(withdrawn.get(CASE))
    assert "version 2" in page
    assert "A competition may be held, up to £400,000" in page
    assert "A competition may be held, up to £350,000" in page
    assert "withdrawn" in page


def test_its_text_is_the_text_of_the_version_before_under_a_new_day(withdrawn: Browser) -> None:
    before = withdrawn.house.documents.get(reports(withdrawn)[0].documents[0].digest)
    assert before
    form = withdrawn.form(PAGE)
    assert form["body"].strip() in before.body.decode()
    withdrawn.fill(PAGE)
    after = withdrawn.house.documents.get(reports(withdrawn)[1].documents[0].digest)
    assert after
    assert form["body"].strip() in after.body.decode()


CHANGES: list[tuple[dict[str, str], Callable[[Report], object], object]] = [
    ({"title": "Another"}, lambda r: r.title, "Another"),
    ({"text-was-1": "Buy it"}, lambda r: r.recommendations[0].text, "Buy it"),
    (
        {"text-was-1": ""},
        lambda r: r.recommendations[0].text,
        "Approve a competition, up to £400,000",
    ),
    ({"tender-days.1": "30"}, lambda r: r.recommendations[0].effect.tender_days, 30),  # type: ignore[union-attr]
    ({"social-value.1": ""}, lambda r: r.recommendations[0].effect.social_value, None),  # type: ignore[union-attr]
    ({"criteria.1": ""}, lambda r: r.recommendations[0].effect.criteria, ()),  # type: ignore[union-attr]
    ({"standstill.1": "none"}, lambda r: r.recommendations[0].effect.standstill, "none"),  # type: ignore[union-attr]
    (
        {"up-to.1": "200,000", "up-to.1-per": "year"},
        lambda r: r.recommendations[0].effect.up_to.per,  # type: ignore[union-attr]
        "year",
    ),
    ({"later-to.2": "the best"}, lambda r: r.recommendations[1].effect.to, "the best"),  # type: ignore[union-attr]
    ({"without": "was-2"}, lambda r: [one.label for one in r.recommendations], ["a"]),
    ({"without": "was-1"}, lambda r: [one.label for one in r.recommendations], ["a"]),
    ({"implications": "None"}, lambda r: r.implications, "None"),
    ({"class_reason": "Because"}, lambda r: r.class_reason, "Because"),
    ({"option-1": "Wait"}, lambda r: r.alternatives[0].option, "Wait"),
    ({"paper-title-2": ""}, lambda r: len(r.documents), 1),
    ({"paper-title-2": "EIA"}, lambda r: r.documents[1].title, "EIA"),
    ({"planned-1": ""}, lambda r: len(r.timetable), 1),
    ({"planned-on-1-day": "21"}, lambda r: r.timetable[0].on, When(date(2022, 11, 21))),
    ({"without": "timetable"}, lambda r: r.timetable, ()),
]


@pytest.mark.parametrize(("change", "seen", "wanted"), CHANGES)
def test_each_thing_can_be_changed(
    withdrawn: Browser, change: dict[str, str], seen: Callable[[Report], object], wanted: object
) -> None:
    answer = withdrawn.fill(PAGE, **change)
    assert answer.status_code == 200, text(answer)
    assert seen(reports(withdrawn)[1]) == wanted


def test_the_text_of_another_paper_can_be_changed(withdrawn: Browser) -> None:
    withdrawn.fill(PAGE, **{"paper-2": "# Equality\n\nDone."})
    old, new = reports(withdrawn)
    assert old.documents[1].digest != new.documents[1].digest
    paper = withdrawn.get(f"{CASE}/papers/{new.documents[1].digest}")
    assert "Done." in text(paper)


def test_another_route_can_be_taken(withdrawn: Browser) -> None:
    assert (
        'href="?subject=procurement&amp;way=other">Take another route' in withdrawn.get(PAGE).text
    )
    assert "Which route will it take?" in text(withdrawn.get(f"{PAGE}&way=other"))
    answer = withdrawn.fill(f"{PAGE}&way=key", class_reason="Two wards are affected")
    assert answer.status_code == 200, text(answer)
    assert reports(withdrawn)[1].decision_class == "key"


@pytest.mark.parametrize(
    ("change", "at", "said"),
    [
        ({"up-to.1": "lots"}, "up-to.1", "Enter the amount in pounds"),
        ({"tender-days.1": "-1"}, "tender-days.1", "a whole number from 0 to 400"),
        ({"criteria.1": "Quality"}, "criteria.1", "Give each criterion with its weight"),
        ({"social-value.1": "101"}, "social-value.1", "Enter social value between 0 and 100"),
        ({"later-class.2": "royal"}, "later-class.2", "Choose a kind of decision"),
        ({"planned-on-1-day": ""}, "planned-on-1", "is planned: day, month and year"),
        ({"paper-2": ""}, "paper-2", "Enter the text of paper 2"),
        ({"body": ""}, "body", "Enter the report"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_at_its_field(
    withdrawn: Browser, change: dict[str, str], at: str, said: str
) -> None:
    before, answer = withdrawn.events, withdrawn.fill(PAGE, **change)
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'id="{at}-error"' in answer.text
    assert withdrawn.events == before


def test_something_can_be_added_to_a_new_version_and_taken_out_again(withdrawn: Browser) -> None:
    form = withdrawn.form(PAGE)
    page = withdrawn.post(PAGE, {**form, "add": "budget"})
    assert "Recommendation (c): a budget" in text(page)
    assert 'value="budget">Take out recommendation (c)' in text(page)
    page = withdrawn.post(PAGE, {**form, "with": "budget", "drop": "was-2"})
    assert "Recommendation (b): a budget" in text(page)
    money = {"budget": "400,000", "budget-per": "total", "budget-exempt": "no"}
    sent = {**form, **money, "anew": "yes", "with": "budget", "without": "was-2"}
    assert withdrawn.post(PAGE, sent).status_code == 200
    _, b = reports(withdrawn)[1].recommendations
    wanted = ApproveBudget(Amount("approved", Decimal(400000)), anew=True)
    assert (b.label, b.text, b.effect) == ("b", "Approve a budget: £400,000", wanted)


def test_the_same_new_version_sent_twice_happens_once(withdrawn: Browser) -> None:
    form, before = withdrawn.form(PAGE), withdrawn.events
    made = {**withdrawn._made_up(PAGE), **form}
    for _ in range(2):
        assert withdrawn.post(PAGE, made).status_code == 200
    assert withdrawn.events == before + 1


def test_an_award_report_starts_again_with_its_award(web: Browser) -> None:
    walk(web, award)
    put_up(web, "award")
    report = reports(web)[-1]
    web.fill(f"{CASE}/do/withdraw-report?subject={report.id}", reason="Wrong term")
    answer = web.fill(f"{CASE}/do/put-up-report?subject=award", **{"months.1": "18"})
    assert answer.status_code == 200, text(answer)
    (asked,) = reports(web)[-1].recommendations
    assert isinstance(asked.effect, AwardContract)
    assert isinstance(report.recommendations[0].effect, AwardContract)
    assert asked.effect == replace(report.recommendations[0].effect, months=18)


def test_a_report_that_was_referred_to_another_body_starts_again_too(web: Browser) -> None:
    report = web.house.procurement(LEEDS).open_report
    assert report
    elsewhere = {"outcome": "referred-to-another-body", "reason": "It is the Board's"}
    sent = {f"{key}-{label}": value for key, value in elsewhere.items() for label in "ab"}
    sent |= {"reasons": "It is not mine", "interests": "none-declared", "step": "confirm"}
    receipt = web.sign_in(DIRECTOR).fill(f"{CASE}/reports/{report.id}/decide", **sent)
    assert receipt.status_code == 200, text(receipt)
    assert web.sign_in(OFFICER).fill(PAGE).status_code == 200
    old, new = reports(web)
    assert (old.state, new.version) == ("decided", 2)
    assert new.recommendations == old.recommendations


# Closed figures and texts, delegated authority, and several procurements.


def test_a_closed_figure_is_filled_in_for_who_may_see_it_and_a_closed_text_is_kept(
    web: Browser,
) -> None:
    walk_ = Nottingham(web.house).to_evaluation("Umber Trust", "7543219").enter("7654321")
    appendix = ClosedPart("Appendix 2", Exemption("Affairs of tenderers", 3), Closed("A kestrel"))
    command = walk_.putting_up("award", "officer", DPH.post, walk_.award(), UNDER)
    walk_.do(replace(command, closed=(appendix,)), MANAGER)
    walk_.do(WithdrawReport(NOTTINGHAM, walk_.report.id, "Again"), MANAGER)
    page = f"/procurements/{REFERENCE}/do/put-up-report?subject=award"
    form = web.sign_in(MANAGER.post).form(page)
    assert (form["amount.1"], form["closed-text.1"].strip()) == ("7,543,219", "")
    hidden = text(web.sign_in("nottingham/procurement-officer").get(page))
    assert "7543219" not in hidden.replace(",", "")
    assert "kestrel" not in hidden
    web.sign_in(MANAGER.post)
    answer = web.fill(page, **FILLED, **{"closed-text.1": "An osprey"})
    assert answer.status_code == 200, text(answer)
    *_, old, new = reports(web, REFERENCE)
    assert (new.recommendations, new.under) == (old.recommendations, UNDER)
    assert new.consultees == old.consultees
    assert new.closed == (replace(appendix, text=Closed("An osprey")),)
    walk_.do(WithdrawReport(NOTTINGHAM, new.id, "Once more"), MANAGER)
    terms = {"negotiation.1": "yes"}
    assert web.fill(page, **{**FILLED, "title": "Once more"}, **terms).status_code == 200
    exemption = replace(appendix.exemption, negotiation=True)
    assert reports(web, REFERENCE)[-1].closed == (replace(new.closed[0], exemption=exemption),)


def test_what_its_author_may_not_see_is_neither_shown_nor_put_up_again(web: Browser) -> None:
    (report,) = reports(web)
    web.sign_in(OFFICER).fill(f"{CASE}/do/withdraw-report?subject={report.id}", reason="Exempt it")
    closed = {
        "with": "closed",
        "closed-title": "Exempt appendix 1",
        "closed-text": "A kestrel",
        "paragraph": "3",
        "negotiation": "no",
        "closed-why": "Affairs of tenderers",
    }
    sealed = {"up-to.1": "398765", "up-to.1-exempt": "yes"}
    assert web.fill(PAGE, **sealed, **closed).status_code == 200
    second = reports(web)[1]
    web.fill(f"{CASE}/do/withdraw-report?subject={second.id}", reason="Again")
    page = text(web.get(PAGE))
    assert "398765" not in page.replace(",", "")
    assert "kestrel" not in page
    assert "Leave it empty to keep the figure that is closed" in page
    before = web.events
    for changed in {"title": "Once more"}, {"closed-text.1": "An osprey", "up-to.1": "1"}:
        answer = web.fill(PAGE, **{"up-to.1-exempt": "yes", **changed})
        assert answer.status_code == 422
        assert "no rule of Leeds City Council says who may see them (D9)" in text(answer)
    assert web.events == before


def test_numbered_parts_about_several_procurements_stay_what_they_are(web: Browser) -> None:
    dorset.Journey(web.house).on(date(2020, 9, 1)).do(dorset.choosing(), dorset.DIRECTOR)
    journey = dorset.Journey(web.house).open_parts()
    journey.put_up(dorset.WHOLE, "budget", *dorset.DETAILED_PLAN, also=dorset.PARTS)
    report = journey.open_report(dorset.WHOLE)
    case = f"/procurements/{dorset.WHOLE}"
    web.house.catch_up()
    web.sign_in(dorset.OFFICER.post)
    web.fill(f"{case}/do/withdraw-report?subject={report.id}", reason="A figure is wrong")
    page = f"{case}/do/put-up-report?subject=budget"
    assert web.fill(page, **FILLED, **{"up-to.3": "125,000"}).status_code == 200
    for reference in (dorset.WHOLE, *dorset.PARTS):
        *_, old, new = reports(web, reference)
        assert (new.version, new.procurements) == (2, report.procurements)
        dear, about = old.recommendations[2], dorset.CRM
        assert isinstance(dear.effect, AuthoriseProcurement)
        lower = replace(dear.effect, up_to=dorset.up_to(125000))
        wanted = (*old.recommendations[:2], replace(dear, effect=lower, about=about))
        assert new.recommendations == wanted
    again = journey.open_report(dorset.WHOLE)
    web.fill(f"{case}/do/withdraw-report?subject={again.id}", reason="The plan alone")
    wrong = web.fill(page, **{"about-was-3": "the CRM"})
    assert "A reference is written like leeds-2022-1" in text(wrong)
    alone = web.fill(page, without="several was-2 was-3")
    assert alone.status_code == 200, text(alone)
    assert journey.open_report(dorset.WHOLE).procurements == (dorset.WHOLE,)


def test_delegated_authority_and_a_report_back_start_again_too(web: Browser) -> None:
    page, kind = f"{NEW}/do/put-up-report?subject=procurement", "significant-operational"
    value = Amount("estimated", Decimal(300000))
    ident = procurement_id("leeds-2022-4")
    opened = OpenProcurement(ident, "leeds-2022-4", "Meals", "Meals", "Food", "pcr2015", value)
    web.house.execute(opened, PERSON, uuid4())
    conditions = (
        Condition("the grant is confirmed", shown_by=CLERK),
        Condition("the site is ours", shown_by=OFFICER),
        Condition("the bond is lodged", "before-signature", CLERK),
        Condition("to a suitable provider", "in-every-award"),
    )
    asked: tuple[Effect, ...] = (
        AuthoriseProcurement(Amount("up-to", Decimal(300000)), (), 0),
        DelegateAuthority(
            DEPUTY,
            "award it",
            (Consultee(DIRECTOR, "agreement", "read so"), Consultee(CLERK)),
            Amount("about", Decimal(100), "year", "excluded"),
            "several",
            36,
            (12, 12),
            date(2025, 1, 1),
            conditions,
        ),
        RequireReport("how it went", OFFICER, DIRECTOR, When(date(2023, 5, 1), "month"), "it ran"),
        ApprovePlan("The plan as it is", market_engagement=True),
    )
    asks = tuple(Recommendation("abcd"[n], "Agree", one) for n, one in enumerate(asked))
    papers = (Document("It is time", web.house.documents.put(b"# It is time")),)
    command = PutUpReport(ident, uuid4(), "procurement", kind, "It is time", DIRECTOR, asks, papers)
    web.house.execute(command, PERSON, uuid4())
    report = reports(web, "leeds-2022-4")[0]
    web.house.execute(WithdrawReport(ident, report.id, "Again"), PERSON, uuid4())
    web.house.catch_up()
    answer = web.sign_in(OFFICER).fill(page, **FILLED)
    assert answer.status_code == 200, text(answer)
    assert reports(web, "leeds-2022-4")[1].recommendations == asks
