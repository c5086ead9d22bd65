"""Leeds: a key decision with less notice, from the forward plan to the report to the council."""

from __future__ import annotations

import pytest

from tests.web.conftest import Browser
from tests.web.journey import CASE, CLERK, DIRECTOR, OFFICER, answers, decide_path
from tests.web.test_journey import text

EXCEPT, AGREE, REPORT = (
    f"{CASE}/do/{act}?subject=procurement"
    for act in ("notify-general-exception", "agree-special-urgency", "report-special-urgency")
)
CHAIR, DEPUTY = "leeds/chair-of-scrutiny", "leeds/chair-of-council"


@pytest.fixture
def key(web: Browser) -> Browser:
    """The report is put up again as a key decision, of which no notice was given."""
    report = web.house.procurement("leeds-2022-1").open_report
    assert report
    web.sign_in(OFFICER).fill(f"{CASE}/do/withdraw-report?subject={report.id}", reason="It is key")
    page = f"{CASE}/do/put-up-report?subject=procurement&way=key"
    assert web.fill(page, body="It is key.", class_reason="Three wards").status_code == 200
    again = web.house.procurement("leeds-2022-1").open_report
    assert again
    assert again.decision_class == "key"
    return web


def test_notice_under_the_general_exception_is_given_from_the_page(key: Browser) -> None:
    key.sign_in(CLERK)
    assert "clear days have to pass" in text(key.get(EXCEPT))
    answer = key.fill(EXCEPT, told="chair", reasons="A bid runs out")
    said = "Gave notice under the general exception to the chair of the scrutiny committee"
    assert said in text(answer)


def test_without_a_chair_the_form_asks_why(key: Browser) -> None:
    answer = key.sign_in(CLERK).fill(EXCEPT, told="members", reasons="A bid runs out")
    assert answer.status_code == 422
    assert "say why there is no chair to tell" in text(answer)
    told = {"told": "members", "no_chair": "The seat is vacant"}
    answer = key.fill(EXCEPT, **told, reasons="A bid runs out")
    assert "There was no chair to tell: The seat is vacant." in text(answer)


def test_an_unreadable_answer_changes_nothing(key: Browser) -> None:
    answer = key.sign_in(CLERK).fill(EXCEPT, told="nobody", reasons="")
    assert answer.status_code == 422
    assert "Choose who was told" in text(answer)
    assert not key.house.procurement("leeds-2022-1").exceptions


def test_an_urgent_decision_is_agreed_taken_and_reported(key: Browser) -> None:
    key.sign_in(DEPUTY)
    assert "comes first" in text(key.fill(AGREE, reasons="A bid runs out"))
    ill = {"why-1": "absent", "because-1": "The chair is ill."}
    answer = key.fill(AGREE, reasons="A bid runs out", **ill)
    assert "Who is asked first could not be: absent (The chair is ill)." in text(answer)
    key.sign_in(DIRECTOR)
    options = {"option-1": "Stop", "why-1": "The work would be lost."}
    answer = key.fill(decide_path(key), **answers(), **options)
    assert answer.status_code == 200, text(answer)
    key.sign_in(CLERK)
    assert "Report the urgent decision on" in text(key.get("/queue"))
    assert "Reported the decision of special urgency" in text(key.fill(REPORT))
