"""A body meets on a report that was published in time, where its council's rules ask for it."""

from __future__ import annotations

from datetime import date

from domain.agenda import Agenda
from domain.report_acts import PublishReport
from domain.values import When
from tests import scenario
from tests.domain import cases
from tests.domain.cases import REPORT_ID, acts, but, given, leeds
from tests.domain.test_recommending import PUT_UP, SCRUTINISED
from tests.domain.timetables import days, of
from tests.domain.wyvern import CASE, CLERK, OPEN, REFERENCE, RESOLVED, STRATEGY, wyvern
from tests.scenario import DAY, step

FIVE = Agenda(clear_days=5, standing="illustrative", where="a test")
RULES = wyvern(agenda=FIVE)
PUBLISHED = step(PublishReport(CASE, REPORT_ID), CLERK)
WAITING = (OPEN, STRATEGY, PUBLISHED)
EARLY, FIRST = date(2022, 11, 21), date(2022, 11, 22)
"""Published on Monday 14 November 2022: the five working days are 15 to 21 November."""
SAYS = (
    "5 clear days lie between the report's publication and the meeting of {}: "
    "from Tuesday 22 November 2022"
)


def test_a_body_decides_five_clear_days_after_its_report_was_published() -> None:
    record = given(*WAITING, rules_=RULES)
    (refusal,) = record.when(RESOLVED.at(EARLY)).then_refused("D6")
    assert refusal.reason == SAYS.format("Cabinet")
    assert (refusal.cured_on, refusal.provenance) == (FIRST, "illustrative: a test")
    record.when(RESOLVED.at(FIRST)).outcome()


def test_the_days_are_counted_to_the_meeting_and_not_to_its_record() -> None:
    record = scenario.given(*WAITING, rules_=RULES)
    late = RESOLVED.at(date(2022, 12, 5))
    record.when(but(late, met=FIRST)).outcome()
    record.when(but(late, met=EARLY)).then_refused("D6")


def test_calendar_days_are_counted_where_the_rules_say_so() -> None:
    in_days = wyvern(agenda=Agenda(clear_days=5, unit="days", standing="sourced", where="a test"))
    record = given(*WAITING, rules_=in_days)
    record.when(RESOLVED.at(date(2022, 11, 20))).outcome()
    record.when(RESOLVED.at(date(2022, 11, 19))).then_refused("D6")


def test_a_report_that_was_not_published_is_not_decided_at_a_meeting() -> None:
    record = given(OPEN, STRATEGY, rules_=RULES)
    reason = "The report is published 5 clear days before Cabinet meets: publish it first"
    assert record.when(RESOLVED.at(FIRST)).reason("D6") == reason
    given(OPEN, STRATEGY).when(RESOLVED.at(DAY)).outcome()


def test_a_month_of_publication_counts_as_its_last_day() -> None:
    month = PUBLISHED._replace(on=When(DAY, "month"), source="the minutes")
    record = given(OPEN, STRATEGY, month, rules_=RULES)
    record.when(RESOLVED.at(date(2022, 12, 7))).then_refused("D6")
    record.when(RESOLVED.at(date(2022, 12, 8))).outcome()


def test_a_body_recommends_at_a_meeting_as_well() -> None:
    record = given(*PUT_UP, PUBLISHED, rules_=RULES)
    (refusal,) = record.when(SCRUTINISED.at(EARLY)).then_refused("D6")
    assert refusal.reason == SAYS.format("Scrutiny Committee")
    assert refusal.cured_on == FIRST
    record.when(SCRUTINISED.at(FIRST)).outcome()
    given(*PUT_UP, rules_=RULES).when(SCRUTINISED.at(FIRST)).then_refused("D6")


def test_who_decides_alone_is_asked_for_no_agenda() -> None:
    alone = leeds(agenda=FIVE)
    given(cases.OPEN, cases.REPORT, rules_=alone).when(cases.DECISION).outcome()


def test_what_waits_says_from_which_day_it_can_be_decided() -> None:
    (offered,) = [
        one
        for one in acts(*WAITING, on=EARLY, rules_=RULES, reference=REFERENCE).values()
        if one.do == "take-decision"
    ]
    assert [(one.rule, one.cured_on) for one in offered.refusals] == [("D6", FIRST)]


def test_a_timetable_waits_for_the_publication_and_its_clear_days() -> None:
    waits = of(OPEN, STRATEGY, day=DAY, rules_=RULES, reference=REFERENCE)
    assert days(waits)["strategy decision"] == FIRST
    later = of(OPEN, STRATEGY, day=date(2022, 11, 16), rules_=RULES, reference=REFERENCE)
    assert days(later)["strategy decision"] == date(2022, 11, 24)
    assert "strategy out" not in days(of(OPEN, STRATEGY, day=DAY, reference=REFERENCE))


def test_a_timetable_counts_from_the_publication_on_record() -> None:
    out = of(*WAITING, day=date(2022, 11, 16), rules_=RULES, reference=REFERENCE)
    assert days(out)["strategy out"] == DAY
    assert days(out)["strategy decision"] == FIRST
    given(*WAITING, RESOLVED.at(days(out)["strategy decision"]), rules_=RULES)


def test_a_timetable_asks_no_agenda_of_who_decides_alone() -> None:
    alone = of(cases.OPEN, cases.REPORT, day=DAY, rules_=leeds(agenda=FIVE))
    assert "procurement out" not in days(alone)
