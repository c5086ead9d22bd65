"""Nottingham over HTTP: a committee meets in private, after two notices or because it is urgent."""

from __future__ import annotations

from datetime import date

import pytest

from countersign.case_script import read_case, run_case
from tests.docs.pages import DOCS
from tests.web.conftest import Browser
from tests.web.test_nottingham import CLERK, text

REFERENCE, OTHER = "nottingham-2017-920", "nottingham-2017-1"
CASE, BODY = f"/procurements/{REFERENCE}", "nottingham/commissioning-committee"
MAYOR = "nottingham/lord-mayor"
MEETS = {"day-day": "16", "day-month": "1", "day-year": "2018"}
ABOUT = f"{BODY}%202018-01-16"
ANNOUNCE, URGENT = (
    f"{CASE}/do/{act}?subject={BODY}"
    for act in ("announce-private-meeting", "agree-urgent-private-meeting")
)
AGAIN, SAY, RESPOND = (
    f"{CASE}/do/{act}?subject={ABOUT}"
    for act in (
        "announce-private-meeting-again",
        "record-openness-representation",
        "respond-to-openness-representation",
    )
)


def on(web: Browser, day: date) -> None:
    clocks = web.house.clocks
    clocks.forward("nottingham", (day - clocks.today("nottingham")).days)
    web.house.catch_up()


@pytest.fixture
def closed(web: Browser) -> Browser:
    """A report with a closed paper waits for the committee, and no notice was given."""
    on(web, date(2017, 11, 14))
    script = read_case(DOCS / "examples" / "private.toml")
    run_case(web.house, script._replace(steps=(script.steps[0], script.steps[2])))
    web.house.catch_up()
    return web.sign_in(CLERK)


def test_the_notice_waits_in_the_queue_and_names_several_procurements(closed: Browser) -> None:
    assert "Give notice that the Commissioning Committee takes" in text(closed.get("/queue"))
    page = text(closed.get(ANNOUNCE))
    assert "given today, it is for a meeting from Wednesday 13 December 2017" in page
    told = closed.fill(ANNOUNCE, **MEETS, reasons="What is paid is exempt", also=OTHER)
    assert told.status_code == 200, text(told)
    assert (
        "Gave notice that the commissioning committee on 16 January 2018 meets in private "
        "(Schedule 12A, paragraph 3): What is paid is exempt. The notice names "
        "nottingham-2017-920 and nottingham-2017-1."
    ) in text(told)
    (meeting,) = closed.house.procurement(OTHER).private_meetings
    assert (meeting.body, meeting.day) == (BODY, date(2018, 1, 16))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"paragraphs": "3, 9"}, "Enter the paragraphs as numbers from 1 to 7, such as 1, 3"),
        ({"paragraphs": ""}, "The notice names the paragraph of Schedule 12A"),
        ({"also": "No such thing"}, "Enter references such as leeds-2022-1"),
        ({"also": "nottingham-2017-77"}, "There is no such procurement"),
        ({"day-day": "12", "day-month": "12", "day-year": "2017"}, "28 clear days lie between"),
        ({"day-day": "40"}, "is not a date that exists"),
        ({"reasons": ""}, "Enter why it is held in private"),
    ],
)
def test_a_notice_that_cannot_stand_changes_nothing(
    closed: Browser, wrong: dict[str, str], said: str
) -> None:
    before = closed.events
    answer = closed.fill(ANNOUNCE, **{**MEETS, "reasons": "What is paid is exempt", **wrong})
    assert answer.status_code == 422
    assert said in text(answer)
    assert closed.events == before


def test_a_representation_is_answered_before_the_second_notice(closed: Browser) -> None:
    closed.fill(ANNOUNCE, **MEETS, reasons="What is paid is exempt")
    unsaid = closed.fill(SAY, sender="a neighbour", says="")
    assert unsaid.status_code == 422
    assert "Choose who made it" in text(unsaid)
    closed.fill(SAY, sender="member-of-the-public", says="Parents should hear it")
    page = text(closed.get(CASE))
    assert "From a member of the public: Parents should hear it" in page
    assert "no response yet" in page
    early = closed.fill(AGAIN)
    assert early.status_code == 422
    assert "1 representation without a response" in text(early)
    assert "“Parents should hear it”" in text(closed.get(f"{RESPOND}%201"))
    closed.fill(f"{RESPOND}%201", response="Only the figures are closed")
    assert "“Parents should hear it” Response: “Only the figures are closed”" in text(
        closed.get(AGAIN)
    )
    given = text(closed.fill(AGAIN))
    assert "with the reasons again, 1 representation received and the response to it." in given
    (report,) = closed.house.procurement(REFERENCE).reports
    decide = f"{CASE}/reports/{report}/decide"
    waits = "Commissioning Committee meets in private on Tuesday 16 January 2018"
    assert waits in text(closed.get(decide))
    on(closed, date(2018, 1, 16))
    assert waits not in text(closed.get(decide))


def test_a_chair_agrees_that_a_private_meeting_cannot_be_deferred(closed: Browser) -> None:
    closed.sign_in(MAYOR)
    soon = {"day-day": "20", "day-month": "11", "day-year": "2017"}
    first = closed.fill(URGENT, **soon, reasons="The contract ends")
    assert first.status_code == 422
    assert "Chair of the Overview and Scrutiny Committee comes first" in text(first)
    away = {"why-1": "absent", "because-1": "Abroad"}
    agreed = text(closed.fill(URGENT, **soon, reasons="The contract ends", **away))
    assert "is urgent and cannot reasonably be deferred" in agreed
    assert "Who is asked first could not be: absent (Abroad)." in agreed
    assert "Lord Mayor agreed that it cannot reasonably be deferred" in agreed


@pytest.mark.parametrize("subject", ["", "nonsense", f"{BODY} 2018-13-41 x", f"{BODY} 2018-01-16"])
def test_a_link_that_leads_nowhere_is_said_to(closed: Browser, subject: str) -> None:
    for act in ("announce-private-meeting-again", "respond-to-openness-representation"):
        page = closed.get(f"{CASE}/do/{act}?subject={subject}")
        assert page.status_code < 500
        answer = closed.fill(f"{CASE}/do/{act}?subject={subject}", response="Yes")
        assert 400 <= answer.status_code < 500


def test_the_rules_page_says_who_gives_notice(closed: Browser) -> None:
    page = text(closed.get("/rules"))
    assert (
        "Commissioning Committee: closed papers are taken in private after 28 clear days' notice "
        "and a second 5 clear working days before, given by Democratic Services"
    ) in page
    assert (
        "Special urgency, and urgent meetings in private: Chair of the Overview and Scrutiny "
        "Committee, Lord Mayor, else Sheriff of Nottingham agrees"
    ) in page
