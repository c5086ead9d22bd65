"""The page of a decision says how its record is kept, until when, and under which law."""

from __future__ import annotations

from html import unescape
from typing import Any

from tests.cases.journey import Journey
from tests.web.conftest import Browser


def text(answer: Any) -> str:
    return " ".join(unescape(answer.text).split())


def page_of(web: Browser, reference: str) -> str:
    (decision, *_) = web.house.procurement(reference).decisions
    return text(web.get(f"/procurements/{reference}/decisions/{decision}"))


def test_record_report_and_papers_of_a_member_are_kept_until_a_day(web: Browser) -> None:
    page = page_of(web.sign_in("herefordshire/legal-services"), "herefordshire-2017-1")
    assert "To be kept until 15 December 2023" in page
    assert "To be kept until 15 December 2021" in page
    assert "are kept by regulation 21 of the Local Authorities (Executive Arrangements)" in page
    assert "Decided by an officer" not in page


def test_the_decision_of_an_officer_says_whose_it_is_and_what_is_published(web: Browser) -> None:
    Journey(web.house).decide()
    page = page_of(web.sign_in("leeds/democratic-services"), "leeds-2022-1")
    assert "Decided by an officer: Director of Adults and Health." in page
    assert "does not say whether this is a decision of the executive" in page
    assert "The record and the report, with the background papers; nothing that is exempt" in page


def test_of_an_undated_decision_it_says_that_the_time_is_not_known(web: Browser) -> None:
    page = page_of(web.sign_in("nottingham/democratic-services"), "nottingham-2017-1")
    assert "the day of the decision is not on record" in page
