"""Herefordshire: a cabinet member with an interest hands the matter over from the page."""

from __future__ import annotations

import pytest

from countersign.case_script import read_case
from countersign.docs import run_example
from tests.docs.pages import DOCS
from tests.web.conftest import Browser
from tests.web.test_journey import text

REFERENCE = "herefordshire-2017-9"
PAGE = f"/procurements/{REFERENCE}"
MEMBER = "herefordshire/cabinet-member-health-and-wellbeing"
LEADER = "herefordshire/leader-of-the-council"
OFFICER = "herefordshire/commissioning-officer"


@pytest.fixture
def form(web: Browser) -> str:
    """The report of the example waits: what follows in it has not been done."""
    script = read_case(DOCS / "examples" / "handed-over.toml")
    run_example(web.house, script._replace(steps=script.steps[:4]))
    report = web.house.procurement(REFERENCE).open_report
    assert report
    return f"{PAGE}/do/hand-over-report?subject={report.id}"


def test_the_matter_is_handed_over_and_waits_for_the_other(web: Browser, form: str) -> None:
    web.sign_in(MEMBER)
    assert "Leader of the Council then decides" in text(web.get(form))
    answer = text(web.fill(form, interest="A brother owns it"))
    assert "Handed the report over because of an interest: A brother owns it." in answer
    assert "It is now for the Leader of the Council to decide." in answer
    title = "Decide the report “Meals at home: award”"
    assert title not in text(web.get("/queue"))
    assert title in text(web.sign_in(LEADER).get("/queue"))


def test_without_an_interest_the_form_asks_again(web: Browser, form: str) -> None:
    answer = web.sign_in(MEMBER).fill(form, interest="")
    assert answer.status_code == 422
    assert "Enter which interest you have" in text(answer)


def test_nobody_else_hands_it_over(web: Browser, form: str) -> None:
    before = web.house.log.last_position()
    answer = web.sign_in(OFFICER).fill(form, interest="A brother owns it")
    assert answer.status_code == 422
    assert "This is for Cabinet Member for Health and Wellbeing to do" in text(answer)
    assert web.house.log.last_position() == before


def test_an_unknown_report_is_not_handed_over(web: Browser, form: str) -> None:
    unknown = f"{form.partition('=')[0]}=00000000-0000-0000-0000-000000000001"
    answer = web.sign_in(MEMBER).fill(unknown, interest="A brother owns it")
    assert answer.status_code == 422
    assert "There is no such report" in text(answer)
