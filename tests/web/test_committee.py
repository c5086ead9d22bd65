"""What bodies resolve, recorded by democratic services over HTTP: recommended, then decided."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any
from uuid import uuid4

import pytest

from domain.authority import AdoptConstitution
from domain.undertakings import outstanding
from domain.values import When, procurement_id
from tests.scenario import holder, texts
from tests.web import journey
from tests.web.conftest import Browser

CASE = "/procurements/bromley-2021-1"
CLERK = "bromley/democratic-services"
MONITOR = "bromley/monitoring-officer"
COMMISSIONER = "bromley/integrated-strategic-commissioner"
RESOLVED = {
    "outcome-a": "agreed",
    "reasons": "The market should be known before a procurement starts.",
    "alternatives": "rejected",
    "option-1": "Start a procurement at once",
    "why-1": "Nobody knows yet who could deliver it.",
    "interests": "none-declared",
    "step": "confirm",
}

PROCURE = {
    "text-a": "Procure the service anew",
    "up-to": "17500000",
    "up-to-exempt": "no",
    "criteria": "Quality 60\nPrice 40",
    "tender-days": "35",
    "standstill": "required",
    "body": "The market test showed three suppliers.",
    "option-1": "Do nothing",
    "why-1": "The contract ends.",
    "class_reason": "It is a large spend",
}


def text(answer: Any) -> str:
    return unescape(answer.text)


def decide_path(web: Browser) -> str:
    report = web.house.procurement("bromley-2021-1").open_report
    assert report
    return f"{CASE}/reports/{report.id}/decide"


@pytest.fixture
def decided(web: Browser) -> Browser:
    web.sign_in(CLERK)
    assert web.fill(decide_path(web), **RESOLVED).status_code == 200
    (decision,) = web.house.procurement("bromley-2021-1").decisions
    assert web.fill(f"{CASE}/do/publish-decision?subject={decision}").status_code == 200
    return web


def test_who_decides_sees_what_was_recommended(web: Browser) -> None:
    page = text(web.sign_in(CLERK).get(decide_path(web)))
    assert "Recommended to the Executive" in page
    assert "What the Executive resolved" in page
    assert "Your decision" not in page
    assert "to you" not in page
    check = text(web.fill(decide_path(web), **{**RESOLVED, "step": "check"}))
    assert "Check what the Executive resolved" in check
    assert "your decision" not in check
    assert "Adult Care and Health PDS Committee recommends" in page
    assert "You record it as Democratic Services" in page


def test_a_committees_resolution_is_recorded_as_the_bodys_decision(decided: Browser) -> None:
    (decision,) = decided.house.procurement("bromley-2021-1").decisions.values()
    assert (decision.decided_by, decision.by.post) == ("bromley/executive", CLERK)
    page = text(decided.get(f"{CASE}/decisions/{decision.id}"))
    assert "Recorded by" in page
    assert "The market may be sounded, which obliges nobody" in page


def test_an_officer_records_no_resolution(web: Browser) -> None:
    before = web.events
    path = decide_path(web.sign_in(COMMISSIONER))
    assert "You cannot decide this" in text(web.get(path))
    assert web.fill(path, **RESOLVED).status_code == 422
    assert web.events == before


def test_gateway_1_waits_for_gateway_0_and_a_recommendation_opens_nothing(web: Browser) -> None:
    before = web.events
    form = f"{CASE}/do/put-up-report?subject=gateway-1"
    page = text(web.sign_in(COMMISSIONER).get(form))
    assert "waits: decide or withdraw it first" in page or "nothing of the kind" in page
    refused = web.fill(f"{form}&way=key", title="Gateway 1", body="Now")
    assert refused.status_code == 422
    assert web.events == before


def test_the_market_is_sounded_once_the_decision_has_effect(decided: Browser) -> None:
    form = f"{CASE}/do/engage-market"
    filled = {"kind": "soft-market-test", "purpose": "Who could deliver it"}
    early = decided.sign_in(COMMISSIONER).fill(form, **filled)
    assert early.status_code == 422
    assert "takes effect on" in text(early)
    decided.house.clocks.forward("bromley", 30)
    assert decided.fill(form, **filled).status_code == 200
    close = f"{CASE}/do/close-market-engagement"
    told = decided.fill(close, findings="Three could.", suppliers="3")
    assert "Recorded what the market showed, 3 suppliers: Three could." in text(told)
    assert "Market sounded" in text(decided.get(CASE))


def test_a_second_body_recommends_before_the_executive_decides(decided: Browser) -> None:
    decided.house.clocks.forward("bromley", 80)
    web = decided.sign_in(COMMISSIONER)
    page = text(web.get(f"{CASE}/do/put-up-report?subject=gateway-1"))
    assert "Adult Care and Health PDS Committee recommends first; Executive decides" in page
    form = f"{CASE}/do/put-up-report?subject=gateway-1&way=key"
    owed = "(Integrated Commissioning Team to Adult Care and Health PDS Committee)"
    assert owed in text(web.get(form))
    case = web.house.procurement("bromley-2021-1")
    gateway_1, specification = (one.id for one in case.undertakings)
    wrong = web.fill(form, **PROCURE, reports_back="the weather")
    assert wrong.status_code == 422
    assert "Choose one that has still to be reported back, or none" in text(wrong)
    put = web.fill(form, **PROCURE, reports_back=gateway_1)
    assert put.status_code == 200, text(put)
    assert "It answers what had to be reported back." in text(put)
    case = web.house.procurement("bromley-2021-1")
    assert [one.id for one in outstanding(case)] == [specification]
    report = web.house.procurement("bromley-2021-1").open_report
    assert report
    body = "bromley/adult-care-and-health-pds-committee"
    web.sign_in(CLERK)
    early = web.fill(decide_path(web), **RESOLVED)
    assert early.status_code == 422
    assert "comes first" in text(early)
    form = f"{CASE}/do/recommend?subject={report.id}%20{body}"
    missing = web.fill(form, **{"view-a": "not-supported", "reasons": "Resolved"})
    assert missing.status_code == 422
    assert "Give a reason: it is not supported as it is" in text(missing)
    early = web.fill(form, **{"view-a": "supported", "reasons": "Resolved"}, **met(4, 6))
    assert early.status_code == 422
    assert "before the report was put up: 5 June 2021" in text(early)
    web.house.clocks.forward("bromley", 5)
    recommended = web.fill(
        form, **{"view-a": "supported", "reasons": "Resolved to support it"}, **met(8, 6)
    )
    assert (
        "Recommended to the decision maker: (a) supported. Resolved to support it. "
        "Recorded on 10 June 2021, after the meeting."
    ) in text(recommended)
    assert "recorded on 10 June 2021 for the meeting on 8 June 2021" in text(web.get(CASE))
    again = web.fill(form, **{"view-a": "supported", "reasons": "Again"}, **met(8, 6))
    assert again.status_code == 422
    assert "has made its recommendation" in text(again)


def test_a_new_version_answers_what_the_one_before_was_to_answer(decided: Browser) -> None:
    decided.house.clocks.forward("bromley", 80)
    web = decided.sign_in(COMMISSIONER)
    form = f"{CASE}/do/put-up-report?subject=gateway-1"
    owed = web.house.procurement("bromley-2021-1").undertakings[0].id
    assert web.fill(f"{form}&way=key", **PROCURE, reports_back=owed).status_code == 200
    report = web.house.procurement("bromley-2021-1").open_report
    assert report
    withdrawn = web.fill(f"{CASE}/do/withdraw-report?subject={report.id}", reason="A slip")
    assert withdrawn.status_code == 200
    assert owed in [one.id for one in outstanding(web.house.procurement("bromley-2021-1"))]
    assert web.fill(form).status_code == 200
    assert owed not in [one.id for one in outstanding(web.house.procurement("bromley-2021-1"))]


def test_an_undertaking_is_recorded_and_discharged(web: Browser) -> None:
    web.sign_in(CLERK)
    form = f"{CASE}/do/record-undertaking"
    said = {"what": "A note on volunteers", "by": COMMISSIONER, "to": "bromley/executive"}
    told = web.fill(form, **said, **{"due-day": "1", "due-month": "9", "due-year": "2021"})
    assert "An officer undertook, due 1 September 2021: A note on volunteers." in text(told)
    assert "A note on volunteers" in text(web.sign_in(COMMISSIONER).get("/queue"))
    wrong = web.sign_in(CLERK).fill(form, **{**said, "by": "bromley/nobody"})
    assert wrong.status_code == 422


def met(day: int, month: int) -> dict[str, str]:
    return {"met-day": str(day), "met-month": str(month), "met-year": "2021"}


def test_a_decision_is_recorded_for_the_day_of_the_meeting(web: Browser) -> None:
    web.house.clocks.forward("bromley", 16)
    path = decide_path(web.sign_in(CLERK))
    assert 'name="met-day" type="text" inputmode="numeric" value="02"' in web.get(path).text
    check = text(web.fill(path, **{**RESOLVED, **met(31, 3), "step": "check"}))
    assert "what the Executive resolved on Wednesday 31 March 2021" in check
    assert web.fill(path, **RESOLVED, **met(31, 3)).status_code == 200
    (decision,) = web.house.procurement("bromley-2021-1").decisions.values()
    assert (decision.on, decision.recorded) == (When(date(2021, 3, 31)), date(2021, 4, 2))
    page = text(web.get(f"{CASE}/decisions/{decision.id}"))
    assert "recorded on 2 April 2021 for the meeting on 31 March 2021" in page
    assert "Recorded on 2 April 2021, after the meeting." in text(web.get(CASE))
    assert web.fill(f"{CASE}/do/publish-decision?subject={decision.id}").status_code == 200
    (published,) = web.house.procurement("bromley-2021-1").decisions.values()
    assert published.window
    assert published.window.days[0].date == date(2021, 4, 2)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (met(18, 3), "The meeting of 18 March 2021 is still to come: today is 17 March 2021"),
        (met(16, 3), "The meeting cannot have been before the report was put up"),
        (met(31, 2), "is not a date that exists"),
        ({**met(1, 3), "met-year": "1"}, "is not in the years 1900 to 2199"),
        (met(1, 3) | {"met-day": ""}, "Enter the day of the meeting: day, month and year"),
    ],
)
def test_the_day_of_a_meeting_is_one_that_can_have_been(
    web: Browser, day: dict[str, str], said: str
) -> None:
    before = web.events
    for step in "check", "confirm":
        answer = web.sign_in(CLERK).fill(decide_path(web), **{**RESOLVED, **day, "step": step})
        assert answer.status_code == 422
        assert said in text(answer)
        assert 'href="#met"' in answer.text
    assert web.events == before


def test_the_rules_of_the_day_of_the_meeting_count(web: Browser) -> None:
    """The rules that closed such decisions to call-in came into force after the meeting."""
    constitution, _ = texts("bromley")
    changed = constitution.replace("2021-01-01", "2021-04-01", 1).replace(
        'version = "bromley-2021"', 'version = "bromley-april"', 1
    )
    changed = changed.replace("call_in = true", "call_in = false")
    web.house.clocks.forward("bromley", 16)
    web.house.execute(AdoptConstitution("bromley", changed), holder(MONITOR), uuid4())
    path, sent = decide_path(web.sign_in(CLERK)), {**RESOLVED, **met(31, 3)}
    checked = text(web.fill(path, **{**sent, "step": "check"}))
    assert "It is judged by the rules of Wednesday 31 March 2021" in checked
    assert web.fill(path, **sent).status_code == 200
    (decision,) = web.house.procurement("bromley-2021-1").decisions.values()
    assert decision.open_to_call_in
    last = web.house.log.read(procurement_id("bromley-2021-1"))[-1]
    assert last.stamp.versions.constitution == "bromley-2021"
    seen = text(web.get(f"{CASE}/decisions/{decision.id}/seen"))
    page, judged = seen.partition("Rules on the page")[2].split("Rules it was judged by")
    assert "bromley-april" in page
    assert "bromley-2021" in judged


def test_who_decides_alone_is_asked_for_no_meeting(web: Browser) -> None:
    page = text(web.sign_in(journey.DIRECTOR).get(journey.decide_path(web)))
    assert "You decide as" in page
    assert "Day of the meeting" not in page


NONE = {key: one for key, one in RESOLVED.items() if key not in ("option-1", "why-1")}
NONE |= {"alternatives": "none", "no_alternatives": "the report came with one option."}


def test_that_no_alternative_was_considered_is_on_record_with_its_reason(web: Browser) -> None:
    web.sign_in(CLERK)
    check = text(web.fill(decide_path(web), **{**NONE, "step": "check"}))
    said = "None was considered, because the report came with one option."
    assert said in check
    assert web.fill(decide_path(web), **NONE).status_code == 200
    (decision,) = web.house.procurement("bromley-2021-1").decisions.values()
    assert not decision.alternatives
    assert said in text(web.get(f"{CASE}/decisions/{decision.id}"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"alternatives": ""}, "Choose whether alternatives were considered"),
        ({"no_alternatives": " "}, "Enter why no alternative was considered"),
        ({"option-1": "Wait"}, "You gave an alternative: choose “Yes” or clear it"),
        ({"alternatives": "rejected"}, "You said why there was none: choose “No” or clear it"),
        ({"alternatives": "rejected", "no_alternatives": ""}, "Enter alternative 1"),
        (
            {"alternatives": "rejected", "no_alternatives": "", "why-1": "It is late"},
            "Enter alternative 1",
        ),
    ],
)
def test_whether_alternatives_were_considered_is_one_answer(
    web: Browser, changes: dict[str, str], said: str
) -> None:
    before = web.events
    answer = web.sign_in(CLERK).fill(decide_path(web), **{**NONE, **changes})
    assert answer.status_code == 422
    assert said in text(answer)
    assert web.events == before


def test_a_post_that_only_reads_is_offered_in_no_form(web: Browser) -> None:
    page = text(web.sign_in(CLERK).get(f"{CASE}/do/record-undertaking"))
    assert '<option value="bromley/executive">' in page
    assert "bromley/visiting-auditor" not in page
    before = web.events
    said = {"what": "A note", "by": "bromley/visiting-auditor", "to": "bromley/executive"}
    assert web.fill(f"{CASE}/do/record-undertaking", **said).status_code == 422
    assert web.events == before
