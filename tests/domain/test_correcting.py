"""A calendar that is corrected says which cases it touches, and counts again what still runs."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain.authority import Authority
from domain.correcting import CalendarCorrected, CorrectCalendar, PeriodsRecounted, corrected
from domain.deadlines import Division
from domain.values import authority_id
from tests.domain import herefordshire
from tests.domain.cases import EVALUATED, NOTICES, OPEN, SIGNED, given
from tests.domain.laws import SIGNATURE, told
from tests.domain.test_authority import ADOPTED, MONITOR
from tests.scenario import OFFICER, REFERENCE, holder, rules, step

CALENDAR = rules("leeds").calendar
JUBILEE = date(2022, 12, 21)
ENGLAND: tuple[Division, ...] = ("england-and-wales",)
UK6, ONE_OFF = date(2026, 11, 19), date(2026, 11, 26)


def correcting(day: date, on: date, *touches: str, name: str = "Jubilee") -> step:
    command = CorrectCalendar("leeds", day, ENGLAND, "Proclaimed", name, touches)
    return step(command, MONITOR, on)


def test_a_bank_holiday_more_is_in_the_calendar_under_a_version_of_its_own() -> None:
    after = corrected(CALENDAR, JUBILEE, ENGLAND, "Jubilee")
    assert after.why_closed(JUBILEE) == "Jubilee"
    assert after.why_closed(JUBILEE, "scotland") == ""
    assert after.version == f"{CALENDAR.version}, corrected 1"
    again = corrected(after, JUBILEE, ENGLAND, "")
    assert again.why_closed(JUBILEE) == ""
    assert again.version == f"{CALENDAR.version}, corrected 2"
    assert again.holidays == CALENDAR.holidays


def test_the_authority_goes_by_the_corrected_calendar() -> None:
    record = given(*ADOPTED)
    event = CalendarCorrected("leeds", JUBILEE, ENGLAND, "Jubilee", "Proclaimed", ())
    record.when(correcting(JUBILEE, date(2022, 12, 1))).then(event)
    found: Authority = given(*ADOPTED, correcting(JUBILEE, date(2022, 12, 1))).record[
        authority_id("leeds")
    ]
    assert found.rules(date(2022, 11, 14)).calendar.why_closed(JUBILEE) == "Jubilee"
    assert found.calendars[0] == CALENDAR


def test_a_standstill_that_runs_is_counted_again() -> None:
    steps = (*ADOPTED, *told("pa2023", UK6))
    correction = correcting(ONE_OFF, date(2026, 11, 20), REFERENCE)
    _, event = given(*steps).when(correction).outcome()
    assert isinstance(event, PeriodsRecounted)
    (one,) = event.recounted
    assert (one.what, one.was, one.count.last_day) == (
        "standstill",
        date(2026, 12, 1),
        date(2026, 12, 2),
    )
    assert not one.over
    record = given(*steps, correction)
    (refusal,) = record.when(SIGNATURE.at(date(2026, 12, 2))).then_refused("P3")
    assert "26 November 2026: Jubilee (England and Wales)" in refusal.reason
    record.when(SIGNATURE.at(date(2026, 12, 3))).outcome()


def test_one_that_is_over_stays_and_says_so() -> None:
    steps = (*ADOPTED, *told("pa2023", UK6))
    correction = correcting(ONE_OFF, date(2026, 12, 2), REFERENCE)
    _, event = given(*steps).when(correction).outcome()
    assert isinstance(event, PeriodsRecounted)
    assert event.recounted[0].over
    given(*steps, correction).when(SIGNATURE.at(date(2026, 12, 2))).outcome()


def test_one_before_a_contract_that_is_signed_stays() -> None:
    rolled = date(2022, 12, 22)
    steps = (*ADOPTED, *SIGNED)
    _, event = given(*steps).when(correcting(rolled, date(2022, 12, 23), REFERENCE)).outcome()
    assert isinstance(event, PeriodsRecounted)
    assert event.recounted[0].over


def test_a_window_for_call_in_is_counted_again_and_the_decision_takes_effect_later() -> None:
    monitor = holder("herefordshire/monitoring-officer")
    reference = herefordshire.REFERENCE
    command = CorrectCalendar(
        "herefordshire", date(2017, 12, 20), ENGLAND, "Proclaimed", "Jubilee", (reference,)
    )
    adopted = [
        step(replace(one.command, authority="herefordshire"), monitor) for one in ADOPTED[2:]
    ]
    live = (*herefordshire.DECIDED, herefordshire.PUBLISHED)
    record = given(*adopted, *live, step(command, monitor, date(2017, 12, 18)))
    (decision,) = record.procurement(reference).decisions.values()
    assert decision.window
    assert decision.window.last_day == date(2017, 12, 22)
    assert decision.effective == date(2017, 12, 23)
    record.when(herefordshire.CALL_IN.at(date(2017, 12, 22))).outcome()


@pytest.mark.parametrize(
    ("correction", "rule"),
    [
        (correcting(date(2041, 1, 2), date(2022, 12, 1)), "C1"),
        (correcting(date(2022, 12, 24), date(2022, 12, 1)), "D7"),
        (correcting(JUBILEE, date(2022, 12, 1), name=""), "C2"),
        (correcting(date(2022, 12, 26), date(2022, 12, 1), name="Boxing Day"), "C2"),
        (correcting(JUBILEE, date(2022, 12, 1), "leeds-2022-99"), "C1"),
        (correcting(JUBILEE, date(2022, 12, 1), REFERENCE), "C1"),
        (correcting(JUBILEE, date(2022, 12, 1))._replace(by=OFFICER), "G1"),
    ],
)
def test_a_correction_makes_sense(correction: step, rule: str) -> None:
    given(*ADOPTED, OPEN).when(correction).then_refused(rule)


def test_calendar_days_change_only_where_they_end() -> None:
    steps = (*ADOPTED, *EVALUATED, NOTICES)
    given(*steps).when(correcting(JUBILEE, date(2022, 12, 13), REFERENCE)).then_refused("C1")
    ends = correcting(date(2022, 12, 22), date(2022, 12, 13), REFERENCE)
    _, event = given(*steps).when(ends).outcome()
    assert isinstance(event, PeriodsRecounted)
    assert event.recounted[0].count.last_day == date(2022, 12, 23)
