"""Makes the golden examples that are missing, from real histories; those that are there stay.

python -m tests.golden.make
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid5

from msgspec.structs import replace

from adapters.holidays import calendar
from adapters.house import House
from adapters.log import Stored
from countersign.demo.load import SETTING_UP
from domain.abandoning import AbandonProcurement
from domain.authority import AdoptCalendar, AdoptConstitution, AdoptOffices, AuthorityCommand
from domain.clearances import GiveClearance
from domain.completing import CompleteDecisionRecord
from domain.delegating import RevokeAuthority
from domain.effects import ApproveBudget
from domain.exempt import EnterExemptFigure
from domain.messages import Actor
from domain.opening import NoteOnSource
from domain.own_notices import PublishAuthorityNotice
from domain.publication import PublishDecision
from domain.report_acts import PublishReport
from domain.reported import Milestone
from domain.terms import Party, Reading
from domain.values import Amount, When, procurement_id
from domain.withdrawing import WithdrawReport
from tests.domain import cases, laws, varying, wyvern
from tests.domain.cases import AWARD_REPORT_ID, DECISION_ID, REPORT_ID, asks, but
from tests.domain.owing import in_wyvern, publish
from tests.domain.test_appraisal import APPRAISE, CHOOSE
from tests.domain.test_conditions import SHOWN, SUBJECT
from tests.domain.test_conflicts import CONFLICTED
from tests.domain.test_correcting import correcting
from tests.domain.test_ending import END
from tests.domain.test_endpoints import LIFE
from tests.domain.test_engagement import CLOSE, ENGAGE
from tests.domain.test_extension import decision, report, take_up
from tests.domain.test_gateways import WAIVE
from tests.domain.test_indicators import INDICATED
from tests.domain.test_not_key import REQUIRED, TOLD
from tests.domain.test_passing_on import PASSED, TAKE_BACK
from tests.domain.test_private_meetings import AGAIN, ANNOUNCE, RESPONDED, SAID
from tests.domain.test_private_meetings import URGENT as URGENT_MEETING
from tests.domain.test_recommending import KEY_STRATEGY, SCRUTINISED
from tests.domain.test_scenarios_of_interests import HANDED_OVER
from tests.domain.test_short_notice import AGREED, EXCEPTION, REPORTED
from tests.domain.test_undertakings import DISCHARGE, UNDERTAKE
from tests.domain.test_urgency import AGREED_URGENT, DECIDED_URGENT
from tests.scenario import CASE, CLERK, DIRECTOR, OFFICER, REFERENCE, holder, step, texts

HERE = Path(__file__).parent
SOURCE = "Leeds City Council, report of 11 November 2022"
MAY_2022 = When(date(2022, 5, 1), "month", "the oldest minute that mentions it")
READINGS = (Reading("this much", "paragraph 1"), Reading("that much", "paragraph 2"))

OPEN = but(
    cases.OPEN,
    parties=(Party("Leeds Community Healthcare Trust", "partner", "sits on the panel"),),
    council_reference="D55555",
)
REPORT = but(
    cases.KEY_REPORT,
    alternatives=cases.REJECTED,
    implications="A ringfenced budget",
    timetable=(Milestone("tender published", When(date(2022, 12, 19), "week"), "invite-tenders"),),
)
CALLED_IN = (
    OPEN._replace(source=f"{SOURCE}: paragraph 1", on=MAY_2022),
    step(NoteOnSource(CASE, "contradiction", "The value", "It is later", READINGS, 2), CLERK),
    cases.NOTICE,
    REPORT,
    but(cases.KEY_DECISION, interests="not-in-the-record")._replace(source="the minutes: item 4"),
    cases.CALL_IN,
    cases.NO_ACTION,
)
SIGNED = (
    cases.OPEN,
    cases.REPORT,
    step(PublishReport(CASE, REPORT_ID), CLERK),
    cases.DECISION,
    step(PublishDecision(CASE, DECISION_ID), CLERK),
    cases.TENDER,
    cases.EVALUATION,
    cases.NOTICES,
    cases.AWARD_REPORT,
    cases.AWARD,
    cases.SIGNATURE,
    cases.PHASE_1,
    cases.REGISTER,
)
GIVEN_UP = (
    cases.OPEN,
    cases.REPORT,
    step(WithdrawReport(CASE, REPORT_ID, "A figure is wrong")),
    step(AbandonProcurement(CASE, "No money is left"), DIRECTOR),
)
RECOMMENDED = (wyvern.OPEN, WAIVE, KEY_STRATEGY, SCRUTINISED)
EXEMPT = Amount("exempt")
TWO_OPTIONS = replace(wyvern.DIRECT, extensions=(24, 24))
PLAN = but(
    wyvern.plan(wyvern.TERMS, ApproveBudget(EXEMPT), wyvern.REPORT_BACK), report=AWARD_REPORT_ID
)
AWARD = but(wyvern.AWARD, report=REPORT_ID, departing="The price is that of the market")
DELEGATED = (
    wyvern.OPEN,
    APPRAISE,
    CHOOSE,
    PLAN,
    step(wyvern.deciding(AWARD_REPORT_ID, DECISION_ID, *"abcde"), wyvern.CLERK),
    step(EnterExemptFigure(wyvern.CASE, DECISION_ID, "d", EXEMPT), wyvern.CLERK, source="a letter"),
    UNDERTAKE,
    DISCHARGE,
    ENGAGE,
    but(wyvern.AWARD_REPORT, report=REPORT_ID, recommendations=(asks(TWO_OPTIONS),)),
    but(wyvern.ASK, report=REPORT_ID),
    but(wyvern.HEALTH_ABSENT, report=REPORT_ID),
    but(wyvern.HEALTH_OBJECTS, report=REPORT_ID)._replace(by=wyvern.DEPUTY_FOR_HEALTH),
    but(wyvern.FAMILIES_AGREES, report=REPORT_ID),
    AWARD,
    step(RevokeAuthority(wyvern.CASE, DECISION_ID, "c", "It has been used"), wyvern.CLERK),
    wyvern.SIGNATURE,
    CLOSE,
    report(1),
    decision(1),
    take_up(1),
)
UNDER_THE_ACT = (
    *laws.awarded("pa2023"),
    laws.SUMMARIES,
    CONFLICTED.at(date(2026, 11, 18)),
    INDICATED.at(date(2026, 11, 18)),
    cases.NOTICES.at(date(2026, 11, 19)),
    laws.CLAIM.at(date(2026, 12, 1)),
    laws.OVER.at(date(2026, 12, 9)),
)
REPRESENTED = (
    *laws.told("psr2023", date(2026, 11, 19)),
    laws.REPRESENTED.at(date(2026, 11, 25)),
    laws.REVIEWED.at(date(2026, 12, 1)),
)
OWN_NOTICE = (
    step(
        PublishAuthorityNotice("leeds", "UK8", date(2026, 4, 1), "2026/S 000-020001"),
        OFFICER,
        date(2026, 7, 14),
    ),
)
CORRECTED = (
    *laws.told("pa2023", date(2026, 11, 19)),
    correcting(date(2026, 11, 26), date(2026, 11, 20), REFERENCE),
)
GIVEN_BACK = (
    *wyvern.AWARDED,
    step(AbandonProcurement(wyvern.CASE, "No money is left"), wyvern.MANAGER),
)
CHANGED = (*varying.contract(), *varying.varied(varying.to("1500000", since=date(2026, 6, 1))))
ENDED = (
    *varying.contract(),
    END,
    in_wyvern(publish("UK11", date(2026, 9, 30), identifier="2026/S 000-012345")),
)
URGENT = (cases.OPEN, cases.NOTICE, cases.KEY_REPORT, AGREED_URGENT, DECIDED_URGENT)
SHORT = (cases.OPEN, cases.KEY_REPORT, EXCEPTION, AGREED, cases.DECISION, REPORTED)
NOT_KEY = (cases.OPEN, cases.REPORT, cases.DECISION, REQUIRED, TOLD)
IN_PRIVATE = (wyvern.OPEN, ANNOUNCE, URGENT_MEETING, SAID, RESPONDED, AGAIN)
PASSED_ON = (*PASSED, TAKE_BACK)
NOTTINGHAM = procurement_id("nottingham-2022-1")
CLEARED = (
    but(cases.OPEN, procurement=NOTTINGHAM, reference="nottingham-2022-1")._replace(
        by=holder("nottingham/procurement-officer")
    ),
    but(
        cases.AWARD_REPORT,
        procurement=NOTTINGHAM,
        report=REPORT_ID,
        decision_class="key",
        to="nottingham/commissioning-committee",
    )._replace(by=holder("nottingham/strategic-commissioning-manager"), source="the minutes"),
    step(
        GiveClearance(NOTTINGHAM, REPORT_ID, "legal", "cleared-with-comments", "Seal the contract"),
        holder("nottingham/legal-services"),
    ),
)
COMPLETED = (
    *CALLED_IN[:5],
    step(
        CompleteDecisionRecord(CASE, DECISION_ID, interests="declared", interests_note="A trustee"),
        CLERK,
        date(2022, 12, 14),
    ),
)
SUBJECT_TO = (*SUBJECT, SHOWN)
HISTORIES: tuple[tuple[step, ...], ...] = (
    CALLED_IN,
    SIGNED,
    GIVEN_UP,
    RECOMMENDED,
    DELEGATED,
    GIVEN_BACK,
    PASSED_ON,
    SUBJECT_TO,
    UNDER_THE_ACT,
    REPRESENTED,
    CORRECTED,
    OWN_NOTICE,
    CHANGED,
    ENDED,
    URGENT,
    SHORT,
    HANDED_OVER,
    IN_PRIVATE,
    NOT_KEY,
    CLEARED,
    COMPLETED,
    LIFE,
)
"""All of one procurement, with the same ids, so that every example fits the others."""


def file_of(tag: str) -> Path:
    return HERE / f"{tag.replace('/', '-')}.json"


def adopted(authority: str) -> tuple[AuthorityCommand, ...]:
    constitution, offices = texts(authority)
    return (
        AdoptCalendar(authority, calendar(2022, 2026)),
        AdoptConstitution(authority, constitution),
        AdoptOffices(authority, offices),
    )


def stored(history: tuple[step, ...]) -> Iterator[Stored]:
    """What the log stores of a history, in a house of its own."""
    authority = history[0].by.post.partition("/")[0]
    with TemporaryDirectory() as folder:
        house = House(Path(folder) / "golden.db")
        house.clocks.start(authority, date(2022, 11, 11))
        for n, command in enumerate(adopted(authority)):
            by = Actor(None, SETTING_UP)
            house.execute(command, by, uuid5(CASE, f"adoption {n}"), authority=authority)
        for n, one in enumerate(history):
            on = one.on if isinstance(one.on, When) else When(one.on)
            if (days := (on.read_as - house.clocks.today(authority)).days) > 0:
                house.clocks.forward(authority, days)
            context = house.context(authority, one.by, uuid5(CASE, f"{n}"), on, one.source)
            house.engine.execute(one.command, context)
        yield from house.log.tail(0, 1000)
        house.close()


def make() -> Iterator[Path]:
    """Writes the first event of each kind that has no example yet, byte for byte as stored."""
    for history in HISTORIES:
        for one in stored(history):
            if not (file := file_of(one.topic)).exists():
                file.write_bytes(one.state)
                yield file


if __name__ == "__main__":
    for made in make():
        print(f"made {made}: read it, and commit it")
