"""Scenarios about call-in that the rules were written for, by their numbers."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from adapters.holidays import calendar
from domain.answers import Answer
from domain.authority import Rules
from domain.closing_call_in import CloseCallIn
from domain.deadlines import Period
from domain.effects import AuthoriseProcurement
from tests.domain import herefordshire
from tests.domain.cases import (
    CALL_IN,
    DECISION_ID,
    KEY_DECIDED,
    KEY_DECISION,
    KEY_REPORT,
    NOTICE,
    OPEN,
    RECONSIDERED,
    REFERRED_BACK,
    SECOND_ID,
    TENDER,
    but,
    given,
    leeds,
)
from tests.domain.test_urgency import AGREED_URGENT, DECIDED_URGENT
from tests.scenario import CASE, CLERK, rules, step


def lapsing() -> Rules:
    """Leeds as if a call-in lapsed where scrutiny has not met within ten working days."""
    rule = leeds().constitution.call_in
    assert rule
    return leeds(call_in=replace(rule, scrutiny_meets=Period(10), lapses=True))


def test_scenario_7_a_call_in_that_came_on_the_last_day_may_be_recorded_later() -> None:
    record = given(*herefordshire.DECIDED, herefordshire.PUBLISHED)
    in_time = datetime(2017, 12, 21, 23, 59, tzinfo=UTC)
    record.when(but(herefordshire.CALL_IN.at(date(2017, 12, 22)), received=in_time)).outcome()
    late = but(herefordshire.CALL_IN, received=datetime(2017, 12, 22, 0, 0, tzinfo=UTC))
    reason = record.when(late.at(date(2017, 12, 22))).reason("D10")
    assert (
        reason == "The call-in is late: the window closed at the end of Thursday 21 December 2017"
    )


def test_scenario_8_a_bank_holiday_in_the_window_moves_its_end() -> None:
    rule = rules("bromley").constitution.call_in
    assert rule
    found = rule.window(date(2021, 3, 31), calendar())
    assert (found.last_day, found.effective) == (date(2021, 4, 9), date(2021, 4, 10))


def test_scenario_9_what_is_referred_back_waits_and_is_not_called_in_again() -> None:
    referred = given(*KEY_DECIDED, CALL_IN, REFERRED_BACK)
    later = but(TENDER.at(date(2023, 1, 9)), closes=date(2023, 2, 20))
    reason = referred.when(later).reason("D10")
    assert reason == "The decision that authorises this procurement has no effect yet"
    confirmed = given(*KEY_DECIDED, CALL_IN, REFERRED_BACK, RECONSIDERED)
    confirmed.when(later).outcome()
    second = but(CALL_IN.at(date(2023, 1, 10)), decision=SECOND_ID)
    reason = confirmed.when(second).reason("D10")
    assert reason == "A decision that was reconsidered is not open to call-in"


def test_scenario_9_an_amended_decision_is_a_new_version() -> None:
    b = Answer("b", "agreed")
    amended = but(RECONSIDERED, answers=(Answer("a", "agreed-as-amended", "x", "Amended"), b))
    found = given(*KEY_DECIDED, CALL_IN, REFERRED_BACK, amended).procurement()
    assert found.decisions[SECOND_ID].replaces == DECISION_ID
    assert found.decisions[SECOND_ID].resolutions[0].wording == "Amended"


def test_scenario_10_a_call_in_lapses_once_scrutiny_has_missed_its_day() -> None:
    record = given(*KEY_DECIDED, CALL_IN, rules_=lapsing())
    lapsed = step(CloseCallIn(CASE, DECISION_ID, "lapsed"), CLERK, date(2022, 12, 30))
    (refusal,) = record.when(lapsed).then_refused("D10")
    assert refusal.reason == (
        "Scrutiny may meet until the end of Friday 30 December 2022: only then does the call-in "
        "lapse"
    )
    assert refusal.cured_on == date(2022, 12, 31)
    after = lapsed.at(date(2022, 12, 31))
    found = given(*KEY_DECIDED, CALL_IN, after, rules_=lapsing()).procurement()
    assert found.in_effect(AuthoriseProcurement, date(2022, 12, 30)) is None
    assert found.in_effect(AuthoriseProcurement, date(2022, 12, 31)) is not None


def test_scenario_10_nothing_lapses_where_no_rule_says_so() -> None:
    lapsed = step(CloseCallIn(CASE, DECISION_ID, "lapsed"), CLERK, date(2024, 1, 1))
    (refusal,) = given(*KEY_DECIDED, CALL_IN).when(lapsed).then_refused("D10")
    assert refusal.reason.startswith("No rule lets this call-in lapse")
    assert refusal.provenance.startswith("inferred: published rows")
    given(*KEY_DECIDED, CALL_IN).under(leeds(call_in=None)).when(lapsed).then_refused("D10")


def test_scenario_12_urgency_takes_the_agreement_that_the_rules_ask_for() -> None:
    waiting = (OPEN, NOTICE, KEY_REPORT)
    (refusal,) = given(*waiting).when(DECIDED_URGENT).then_refused("D10")
    assert refusal.reason == (
        "Urgency takes the agreement of Chair of the Scrutiny Board (Lord Mayor only where that "
        "post cannot), and none is on record"
    )
    assert refusal.provenance.startswith("illustrative: ")
    given(*waiting, AGREED_URGENT).when(DECIDED_URGENT).outcome()
    given(*waiting).when(KEY_DECISION).outcome()
