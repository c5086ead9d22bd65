"""Leeds over HTTP: scrutiny has a decision reported to the council that was not treated as key."""

from __future__ import annotations

import pytest

from countersign.case_script import read_case, run_case
from tests.docs.pages import DOCS
from tests.web.conftest import Browser
from tests.web.journey import CLERK
from tests.web.test_journey import text

REFERENCE = "leeds-2022-930"
CASE = f"/procurements/{REFERENCE}"
CHAIR = "leeds/chair-of-scrutiny"
BY = {"due-day": "11", "due-month": "1", "due-year": "2023"}


@pytest.fixture
def decided(web: Browser) -> Browser:
    script = read_case(DOCS / "examples" / "not-key.toml")
    run_case(web.house, script._replace(steps=script.steps[:3]))
    web.house.catch_up()
    return web.sign_in(CHAIR)


def decision(web: Browser) -> str:
    (found,) = web.house.procurement(REFERENCE).decisions
    return str(found)


def test_the_report_is_required_shown_queued_and_made(decided: Browser) -> None:
    require = f"{CASE}/do/require-report-to-council?subject={decision(decided)}"
    told = decided.fill(require, because="It is in every ward", **BY)
    assert told.status_code == 200, text(told)
    assert "Scrutiny required a report to the council by 11 January 2023" in text(told)
    assert "on “Day trips: authority to procure”: the decision, its reasons" in text(told)
    decided.sign_in(CLERK)
    assert "Report back: on “Day trips: authority to procure”" in text(decided.get("/queue"))
    report = f"{CASE}/do/report-to-council?subject={decision(decided)}%20report-to-council"
    page = text(decided.get(report))
    assert "by Director of Adults and Health, 21 March 2022; its reasons: Carers asked" in page
    done = text(decided.fill(report, why_not_key="No ward loses anything"))
    assert "why it was not treated as key: No ward loses anything." in done


def test_what_is_missing_is_asked_for_and_nothing_recorded(decided: Browser) -> None:
    before = decided.events
    require = f"{CASE}/do/require-report-to-council?subject={decision(decided)}"
    answer = decided.fill(require, because="", **BY)
    assert answer.status_code == 422
    assert "Enter why it should have been treated as key" in text(answer)
    past = decided.fill(require, because="It is", **{**BY, "due-year": "2021"})
    assert "11 January 2021 is no day by which to report" in text(past)
    for subject in ("", "nonsense", decision(decided)):
        path = f"{CASE}/do/report-to-council?subject={subject}"
        assert decided.get(path).status_code < 500
        assert 400 <= decided.fill(path, why_not_key="It was small").status_code < 500
    assert decided.events == before
