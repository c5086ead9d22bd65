"""Call-in on the page: who asks and when it came in, and decisions too urgent for it."""

from __future__ import annotations

from datetime import date

from countersign.case_script import read_case, run_case
from domain.called_in import Requester
from tests.cases.nottingham import RESOLVED, Nottingham
from tests.docs.pages import DOCS
from tests.web.conftest import Browser
from tests.web.journey import answers
from tests.web.test_nottingham import CASE, CLERK, text

URGENT = "leeds-2022-910"
FORM = f"{CASE}/do/record-call-in?subject={RESOLVED}"
ASKED = {"members": "12, scrutiny, Red\n31, ward\nAB", "grounds": "The price is not known"}


def test_members_ask_in_a_capacity_and_it_may_have_come_in_before(web: Browser) -> None:
    Nottingham(web.house).publish()
    today = web.house.clocks.today("nottingham")
    web.house.clocks.forward("nottingham", 1)
    day = {"received-day": today.day, "received-month": today.month, "received-year": today.year}
    sent = {**ASKED, **{key: str(one) for key, one in day.items()}, "at": "23:58"}
    told = web.sign_in(CLERK).fill(FORM, **sent)
    assert told.status_code == 200, text(told)
    called = web.house.procurement("nottingham-2017-1").decisions[RESOLVED].called_in
    assert called
    assert called.members == (Requester("12", "scrutiny", "Red"), Requester("31", "ward"), AB)
    assert called.on == today
    assert "at 11.58 pm" in text(told)


AB = Requester("AB")


def test_what_cannot_be_read_is_said_and_nothing_recorded(web: Browser) -> None:
    Nottingham(web.house).publish()
    before = web.sign_in(CLERK).events
    answer = web.fill(FORM, members="12, mayor", grounds="Why", at="5 pm")
    assert answer.status_code == 422
    assert "“12, mayor” cannot be read" in text(answer)
    assert "Enter the time at which it came in, such as 16:45" in text(answer)
    answer = web.fill(FORM, **ASKED, at="16:45")
    assert "Enter the day on which it came in" in text(answer)
    coming = date(2190, 1, 1)
    day = {"received-day": "1", "received-month": "1", "received-year": str(coming.year)}
    answer = web.fill(FORM, **ASKED, **day, at="16:45")
    assert answer.status_code == 422
    assert web.events == before


def test_a_decision_that_was_agreed_to_be_urgent_takes_effect_at_once(web: Browser) -> None:
    script = read_case(DOCS / "examples" / "urgent.toml")
    run_case(web.house, script._replace(steps=script.steps[:3]))
    (report,) = web.house.procurement(URGENT).reports
    form = f"/procurements/{URGENT}/do/agree-urgency?subject={report}"
    page = text(web.sign_in("leeds/democratic-services").get(form))
    assert "Only if delay would seriously prejudice the council or the public (illustrative" in page
    sent = {"agreed_by": "leeds/chair-of-council", "because": "People wait in hospital"}
    refused = web.fill(form, **sent)
    assert "Chair of the Scrutiny Board comes first" in text(refused)
    agreed = web.fill(form, **sent, **{"why-1": "absent", "because-1": "Abroad"})
    assert agreed.status_code == 200, text(agreed)
    web.sign_in("leeds/director-of-adults-and-health")
    there = f"/procurements/{URGENT}/reports/{report}/decide"
    assert "Agreed by Lord Mayor: People wait in hospital" in text(web.get(there))
    none = {"alternatives": "none", "no_alternatives": "There is no other bed"}
    checked = web.fill(there, **none, **answers(urgent="They cannot wait", step="check"))
    assert "exempt from call-in, being urgent" in text(checked)
