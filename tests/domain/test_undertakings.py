from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.effects import RequireReport
from domain.terms import Undertaking
from domain.undertakings import (
    DischargeUndertaking,
    RecordUndertaking,
    UndertakingDischarged,
    UndertakingGiven,
    outstanding,
    undertakings,
)
from domain.values import When
from domain.withdrawing import WithdrawReport
from tests.domain.cases import DECISION_ID, REPORT_ID, UNHEARD_OF, but, given
from tests.domain.wyvern import (
    ALONE,
    CABINET,
    CASE,
    CLERK,
    DELEGATE,
    DIRECTOR,
    MANAGER,
    OPEN,
    OPEN_OTHER,
    OTHER_REFERENCE,
    REFERENCE,
    REPORT_BACK,
    STRATEGY,
    deciding,
    granted,
    plan,
    wyvern,
)
from tests.scenario import DAY, step

ONE = UUID(int=51)
DUE = When(date(2023, 11, 1), "month")
UNDERTAKE = step(
    RecordUndertaking(CASE, ONE, "Come back with the option", DELEGATE, CABINET, DUE), CLERK
)
DISCHARGE = step(DischargeUndertaking(CASE, str(ONE), "Reported on 8 November"), DIRECTOR)
REQUIRED = granted(ALONE, REPORT_BACK)
REQUIRED_ID = f"{DECISION_ID} d"
REPORTED = but(DISCHARGE, undertaking=REQUIRED_ID)


def open_ones(*steps: step) -> list[str]:
    return [one.id for one in outstanding(given(*steps).procurement(REFERENCE))]


def test_what_an_officer_undertook_is_put_on_record() -> None:
    event = UndertakingGiven(ONE, "Come back with the option", DELEGATE, CABINET, DUE, "")
    given(OPEN).when(UNDERTAKE).then(event)
    assert list(undertakings(given(OPEN, UNDERTAKE).procurement(REFERENCE))) == [
        Undertaking(str(ONE), "Come back with the option", DELEGATE, CABINET, When(DAY), DUE, "")
    ]


def test_an_undertaking_is_put_on_record_once() -> None:
    reason = given(OPEN, UNDERTAKE).when(UNDERTAKE).reason("C2")
    assert reason == "This undertaking is on record"


@pytest.mark.parametrize("who", ["officer", "to"])
def test_an_undertaking_is_between_posts(who: str) -> None:
    reason = given(OPEN).when(but(UNDERTAKE, **{who: "wyvern/nobody"})).reason("C1")
    assert reason == "There is no post “wyvern/nobody”"


@pytest.mark.parametrize("who", ["by", "to"])
def test_a_report_is_required_of_a_post_and_for_a_post(who: str) -> None:
    asked = plan(ALONE, replace(REPORT_BACK, **{who: "wyvern/nobody"}))
    assert given(OPEN).when(asked).reason("C1") == "There is no post “wyvern/nobody”"


def test_a_report_that_a_resolution_requires_has_to_come_back() -> None:
    (found,) = undertakings(given(*REQUIRED).procurement(REFERENCE))
    assert found == Undertaking(
        REQUIRED_ID,
        "how the service is used",
        DELEGATE,
        CABINET,
        When(DAY),
        None,
        "a year has passed",
    )


def test_a_report_that_was_not_agreed_to_does_not_have_to_come_back() -> None:
    no = Answer("d", "not-agreed", "Not needed")
    answers = (*(Answer(one, "agreed") for one in "abc"), no)
    decision = step(deciding(REPORT_ID, DECISION_ID, answers=answers), CLERK)
    assert open_ones(*REQUIRED[:-1], decision) == []


def test_what_has_come_back_is_outstanding_no_more() -> None:
    assert open_ones(*REQUIRED, UNDERTAKE) == [REQUIRED_ID, str(ONE)]
    given(OPEN, UNDERTAKE).when(DISCHARGE).then(
        UndertakingDischarged(str(ONE), "Reported on 8 November")
    )
    assert open_ones(*REQUIRED, UNDERTAKE, DISCHARGE) == [REQUIRED_ID]
    assert open_ones(*REQUIRED, UNDERTAKE, DISCHARGE, REPORTED) == []
    found = given(*REQUIRED, REPORTED.at(date(2023, 11, 8))).procurement(REFERENCE)
    assert found.discharged == {REQUIRED_ID: When(date(2023, 11, 8))}


def test_what_has_come_back_came_once() -> None:
    assert given(*REQUIRED, REPORTED).when(REPORTED).reason("C2") == "This has been done"
    stranger = but(DISCHARGE, undertaking=str(UNHEARD_OF))
    assert given(*REQUIRED).when(stranger).reason("C1") == "There is no such undertaking"


def test_who_owes_it_or_keeps_the_record_reports_back() -> None:
    given(*REQUIRED).when(REPORTED._replace(by=CLERK)).outcome()
    (refusal,) = given(*REQUIRED).when(REPORTED._replace(by=MANAGER)).then_refused("G1")
    assert refusal.reason == (
        "This is for Director of Public Health or Democratic Services to do, "
        "not for Commissioning Manager"
    )
    assert refusal.provenance == "illustrative: democratic services write the minutes"


def test_where_no_duty_names_anybody_only_who_owes_it_reports_back() -> None:
    duties = tuple(
        one for one in wyvern().constitution.duties if one.act != "discharge-undertaking"
    )
    record = given(*REQUIRED).under(wyvern(duties=duties))
    record.when(REPORTED).outcome()
    reason = record.when(REPORTED._replace(by=CLERK)).reason("G1")
    assert reason == "This is for Director of Public Health to do, not for Democratic Services"


def test_a_report_may_be_required_by_a_day() -> None:
    steps = granted(ALONE, RequireReport("how it went", DELEGATE, CABINET, DUE))
    (found,) = outstanding(given(*steps).procurement(REFERENCE))
    assert (found.due, found.once) == (DUE, "")


ANSWERING = but(STRATEGY, reports_back=str(ONE))


def test_a_report_that_answers_what_was_undertaken_is_the_report_back() -> None:
    record = given(OPEN, UNDERTAKE, ANSWERING.at(date(2022, 11, 21))).procurement(REFERENCE)
    assert outstanding(record) == []
    assert record.discharged == {str(ONE): When(date(2022, 11, 21))}
    assert open_ones(OPEN, UNDERTAKE, STRATEGY) == [str(ONE)]
    reason = given(OPEN, UNDERTAKE, ANSWERING).when(DISCHARGE).reason("C2")
    assert reason == "This has been done"


def test_a_report_answers_what_is_owed_and_not_done() -> None:
    assert given(OPEN).when(ANSWERING).reason("C1") == "There is no such undertaking"
    reason = given(OPEN, UNDERTAKE, DISCHARGE).when(ANSWERING).reason("C2")
    assert reason == "This has been done"


def test_a_report_that_is_taken_back_has_reported_nothing() -> None:
    withdraw = step(WithdrawReport(CASE, REPORT_ID, "A figure is wrong"), MANAGER)
    assert open_ones(OPEN, UNDERTAKE, ANSWERING, withdraw) == [str(ONE)]
    assert open_ones(OPEN, UNDERTAKE, DISCHARGE, STRATEGY, withdraw) == []


def test_what_is_owed_in_one_procurement_is_answered_in_that_one() -> None:
    shared = but(ANSWERING, also=(OTHER_REFERENCE,), class_reason="It affects no ward more")
    record = given(OPEN, OPEN_OTHER, UNDERTAKE, shared)
    here, there = (record.procurement(one) for one in (REFERENCE, OTHER_REFERENCE))
    assert (here.reports[REPORT_ID].reports_back, list(here.discharged)) == (str(ONE), [str(ONE)])
    assert (there.reports[REPORT_ID].reports_back, there.discharged) == (None, {})
