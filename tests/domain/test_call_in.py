from datetime import date, timedelta

import pytest

from domain.answers import Answer
from domain.call_in import DecisionCalledIn
from domain.called_in import CallInOutcome
from domain.closing_call_in import CallInClosed, CloseCallIn
from domain.effects import AuthoriseProcurement
from tests.domain import herefordshire
from tests.domain.cases import (
    AUTHORISED,
    CALL_IN,
    DECISION,
    DECISION_ID,
    KEY_DECIDED,
    NO_ACTION,
    OPEN,
    RECONSIDERED,
    REFERRED_BACK,
    REPORT_ID,
    SECOND_ID,
    TENDER,
    but,
    given,
    leeds,
    members,
)
from tests.scenario import step

LAST_DAY, EFFECTIVE = date(2022, 12, 20), date(2022, 12, 21)
AGAIN = but(CALL_IN.at(date(2023, 1, 10)), decision=SECOND_ID)


def test_members_call_a_decision_in_with_all_its_resolutions() -> None:
    asked, grounds = members("m1", "m2", "m3", "m4"), "The wards were not asked"
    called = DecisionCalledIn(DECISION_ID, ("a", "b"), asked, grounds, (), None, None, None)
    given(*KEY_DECIDED).when(CALL_IN).then(called)


def test_leeds_counts_from_the_decision_and_not_the_day_itself() -> None:
    window = given(*KEY_DECIDED).procurement().decisions[DECISION_ID].window
    assert window
    assert [one.date.day for one in window.days if one.counted] == [14, 15, 16, 19, 20]
    assert (window.last_day, window.day_after) == (LAST_DAY, EFFECTIVE)


def test_a_call_in_is_accepted_on_the_last_day_and_late_on_the_next() -> None:
    given(*KEY_DECIDED).when(CALL_IN.at(LAST_DAY)).outcome()
    (refusal,) = given(*KEY_DECIDED).when(CALL_IN.at(EFFECTIVE)).then_refused("D10")
    assert refusal.reason == (
        "The call-in is late: the window closed at the end of Tuesday 20 December 2022"
    )
    assert refusal.provenance.startswith("inferred: published rows fit")


def test_herefordshires_decision_can_be_called_in_on_the_21st_but_not_on_the_22nd() -> None:
    record = given(*herefordshire.DECIDED, herefordshire.PUBLISHED)
    record.when(herefordshire.CALL_IN).outcome()
    late = herefordshire.CALL_IN.at(date(2017, 12, 22))
    assert record.when(late).reason("D10") == (
        "The call-in is late: the window closed at the end of Thursday 21 December 2017"
    )


def test_a_window_that_counts_from_publication_opens_with_it() -> None:
    reason = given(*herefordshire.DECIDED).when(herefordshire.CALL_IN).reason("D10")
    assert reason == "The call-in window opens when the decision is published"


def test_a_call_in_may_be_of_some_resolutions_only() -> None:
    partly = but(CALL_IN, resolutions=("b",))
    decided = given(*KEY_DECIDED, partly).procurement().decisions[DECISION_ID]
    assert (decided.effective_on("a"), decided.effective_on("b")) == (EFFECTIVE, None)


def test_a_call_in_is_of_resolutions_that_there_are() -> None:
    reason = given(*KEY_DECIDED).when(but(CALL_IN, resolutions=("b", "c", "d"))).reason("C1")
    assert reason == "There is no resolution (c and d)"


def test_a_call_in_takes_so_many_different_members() -> None:
    three = but(CALL_IN, members=members("m1", "m2", "m3"))
    (refusal,) = given(*KEY_DECIDED).when(three).then_refused("D10")
    assert refusal.reason == "A call-in needs 4 different members, not 3"
    assert refusal.provenance.endswith("how many members is a guess")


def test_a_decision_is_called_in_once() -> None:
    given(*KEY_DECIDED, CALL_IN).when(CALL_IN).then_refused("C2")
    given(*KEY_DECIDED, CALL_IN, NO_ACTION).when(CALL_IN).then_refused("C2")


def test_what_is_not_key_is_not_open_to_call_in() -> None:
    (refusal,) = given(*AUTHORISED).when(CALL_IN).then_refused("D10")
    assert refusal.reason == "This decision is not open to call-in"
    assert refusal.provenance.startswith("inferred: published rows fit")


def test_without_rules_of_call_in_a_refusal_cites_none() -> None:
    (refusal,) = given(*AUTHORISED).under(leeds(call_in=None)).when(CALL_IN).then_refused("D10")
    assert refusal.provenance == ""


def test_a_call_in_is_of_a_decision_on_record() -> None:
    assert given(OPEN).when(CALL_IN).reason("C1") == "There is no such decision"


def test_what_was_called_in_has_no_effect_while_it_waits() -> None:
    waiting = given(*KEY_DECIDED, CALL_IN)
    assert waiting.procurement().in_effect(AuthoriseProcurement, date(2030, 1, 1)) is None
    early = TENDER.at(date(2022, 12, 21))
    reason = waiting.when(but(early, closes=date(2023, 1, 31))).reason("D10")
    assert reason == "The decision that authorises this procurement has no effect yet"


@pytest.mark.parametrize("outcome", ["no-further-action", "withdrawn"])
def test_a_call_in_that_comes_to_nothing_lets_the_decision_take_effect(
    outcome: CallInOutcome,
) -> None:
    closed = but(NO_ACTION, outcome=outcome, note="Their letter of 4 January")
    event = CallInClosed(DECISION_ID, outcome, "Their letter of 4 January", None)
    given(*KEY_DECIDED, CALL_IN).when(closed).then(event)
    decided = given(*KEY_DECIDED, CALL_IN, closed).procurement().decisions[DECISION_ID]
    assert decided.effective_on("a") == NO_ACTION.on
    assert given(*KEY_DECIDED, CALL_IN, closed).procurement().open_report is None


def test_a_call_in_closed_before_a_day_was_ever_counted_lets_it_take_effect_then() -> None:
    early = herefordshire.CALL_IN._replace(source=herefordshire.SOURCE)
    closed = CloseCallIn(herefordshire.CASE, DECISION_ID, "no-further-action")
    lapsed = step(closed, herefordshire.CLERK, date(2018, 1, 5))
    found = given(*herefordshire.DECIDED, early, lapsed).procurement(herefordshire.REFERENCE)
    assert found.decisions[DECISION_ID].effective_on("a") == date(2018, 1, 5)


@pytest.mark.parametrize("outcome", ["referred-back", "referred-to-council"])
def test_a_decision_referred_back_has_no_effect_and_its_report_waits_again(
    outcome: CallInOutcome,
) -> None:
    found = given(*KEY_DECIDED, CALL_IN, but(REFERRED_BACK, outcome=outcome)).procurement()
    assert found.decisions[DECISION_ID].effective_on("a") is None
    assert found.open_report
    assert found.open_report.id == REPORT_ID


def test_a_decision_that_was_reconsidered_has_effect_at_once_in_place_of_the_first() -> None:
    found = given(*KEY_DECIDED, CALL_IN, REFERRED_BACK, RECONSIDERED).procurement()
    first, second = found.decisions[DECISION_ID], found.decisions[SECOND_ID]
    assert (first.replaced, first.effective_on("a")) == (True, None)
    assert (second.replaces, second.effective_on("a")) == (DECISION_ID, date(2023, 1, 9))
    assert not second.open_to_call_in
    assert [one.id for one, _, _ in found.resolved(AuthoriseProcurement)] == [SECOND_ID]
    assert found.open_report is None


def test_nothing_of_a_decision_stands_that_was_replaced() -> None:
    found = given(*KEY_DECIDED, CALL_IN, REFERRED_BACK, RECONSIDERED).procurement()
    assert found.decisions[DECISION_ID].replaced
    assert found.decisions[DECISION_ID].effective_on("a") is None


def test_what_was_not_called_in_stands_and_is_not_decided_again() -> None:
    record = given(*KEY_DECIDED, but(CALL_IN, resolutions=("b",)), REFERRED_BACK)
    reason = record.when(RECONSIDERED).reason("C1")
    assert reason == "Answer each recommendation once: b"
    only = but(RECONSIDERED, answers=(Answer("b", "agreed"),))
    partly = (but(CALL_IN, resolutions=("b",)), REFERRED_BACK, only)
    found = given(*KEY_DECIDED, *partly).procurement()
    first, second = found.decisions.values()
    assert (first.effective_on("a"), first.effective_on("b")) == (date(2022, 12, 21), None)
    assert second.effective_on("b") == date(2023, 1, 9)
    assert not first.replaced


def test_a_decision_that_was_reconsidered_is_not_called_in_again() -> None:
    record = given(*KEY_DECIDED, CALL_IN, REFERRED_BACK, RECONSIDERED)
    reason = record.when(AGAIN).reason("D10")
    assert reason == "A decision that was reconsidered is not open to call-in"


def test_until_it_is_reconsidered_nobody_decides_it_under_its_old_name() -> None:
    given(*KEY_DECIDED, CALL_IN, REFERRED_BACK).when(DECISION.at(date(2023, 1, 9))).then_refused(
        "C2"
    )


def test_only_a_call_in_is_closed_and_only_once() -> None:
    missing = "The decision has not been called in"
    assert given(OPEN).when(NO_ACTION).reason("C1") == missing
    assert given(*KEY_DECIDED).when(NO_ACTION).reason("C1") == missing
    closed = given(*KEY_DECIDED, CALL_IN, NO_ACTION)
    later = NO_ACTION.at(date(2023, 1, 5) + timedelta(days=1))
    assert closed.when(later).reason("C2") == "The call-in is closed"
