"""What an award drew goes back where no contract will be signed for it."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from domain.abandoning import AbandonProcurement, ProcurementAbandoned
from domain.answers import Answer
from domain.delegating import RevokeAuthority
from domain.drawing import DrawingGivenBack
from domain.reported import Under
from domain.withdrawing import WithdrawReport
from tests.domain.cases import (
    AWARD_ID,
    DECISION_ID,
    SECOND_ID,
    UNHEARD_OF,
    asks,
    but,
    exactly,
    given,
)
from tests.domain.test_authority_in_effect import (
    AWARDS_CALLED_IN,
    CLOSED,
    OPEN_TO_CALL_IN,
    RECONSIDERED,
)
from tests.domain.test_shared import ALSO
from tests.domain.test_shared_authority import AWARD_BOTH, AWARDS, GRANTED_SEVERAL, several
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    AWARD_REPORT,
    AWARDED,
    AWARDED_PART,
    CASE,
    CLERK,
    GRANTED_ALONE,
    MANAGER,
    OTHER,
    OTHER_REFERENCE,
    PART,
    PART_AWARD_ID,
    REFERENCE,
    SEVERAL,
    SIGNATURE,
    STARTED,
    TO_BETA,
    awarded_in,
    awarding,
    delegation,
    drawn,
    granted,
    reported,
)
from tests.scenario import step

WHY = "No money is left"
ABANDON = step(AbandonProcurement(CASE, WHY), MANAGER)
ABANDON_OTHER = but(ABANDON, procurement=OTHER)
PART_AWARDED = (*GRANTED_ALONE, *PART, *AWARDED_PART)
DRAWN_IN_PART = drawn("300000", OTHER_REFERENCE)


def test_abandoning_before_signature_gives_back_what_was_drawn() -> None:
    record = given(*PART_AWARDED)
    assert delegation(record).drawn == Decimal(300_000)
    back = DrawingGivenBack(PART_AWARD_ID, (DRAWN_IN_PART,), WHY)
    record.when(ABANDON_OTHER).then(ProcurementAbandoned(WHY), back, back)
    after = delegation(given(*PART_AWARDED, ABANDON_OTHER))
    assert (after.drawn, after.awards, after.returned) == (Decimal(0), (), (DRAWN_IN_PART,))


def test_what_went_back_may_be_awarded_again_where_one_award_was_delegated() -> None:
    again = but(AWARD_REPORT, report=UNHEARD_OF, recommendations=(asks(awarding("300000")),))
    award = but(AWARD, report=UNHEARD_OF, decision=SECOND_ID)
    given(*PART_AWARDED, again).when(award).then_refused("G1", "G1")
    record = given(*PART_AWARDED, ABANDON_OTHER, again, award)
    assert delegation(record).drawn == Decimal(300_000)


def test_an_award_that_was_signed_stays_drawn() -> None:
    record = given(*AWARDED, SIGNATURE)
    record.when(ABANDON).then_refused("C2")
    assert delegation(record).drawn == Decimal(300_000)


def test_abandoning_what_drew_nothing_gives_nothing_back() -> None:
    given(*STARTED).when(ABANDON).then(ProcurementAbandoned(WHY))
    given(*GRANTED_ALONE, AWARD_REPORT).when(ABANDON).then(ProcurementAbandoned(WHY))
    no = but(AWARD, answers=(Answer("a", "not-agreed", "Too dear"),))
    given(*GRANTED_ALONE, AWARD_REPORT, no).when(ABANDON).then(ProcurementAbandoned(WHY))


def test_of_a_shared_decision_each_procurement_gives_back_what_was_drawn_for_it() -> None:
    record = several(AWARDS, AWARD_BOTH, ABANDON_OTHER)
    assert delegation(record).exercised == {AWARD_ID: (drawn("200000"),)}
    mine = drawn("100000", OTHER_REFERENCE, "b")
    assert delegation(record).given_back == {AWARD_ID: (mine,)}
    record = several(AWARDS, AWARD_BOTH, ABANDON_OTHER, ABANDON)
    assert delegation(record).awards == ()
    assert delegation(record).given_back == {AWARD_ID: (mine, drawn("200000"))}


def test_what_is_decided_again_draws_nothing_for_what_was_abandoned_since() -> None:
    half = replace(TO_BETA, amount=exactly("50000"))
    both = but(AWARDS, recommendations=(asks(awarding("100000")), asks(half, "b")))
    call_in, referred_back = AWARDS_CALLED_IN[-2:]
    call_in = but(call_in, also=ALSO, resolutions=("b",))
    referred_back = but(referred_back, also=ALSO)
    again = but(RECONSIDERED, also=ALSO, answers=(Answer("b", "agreed"),))
    steps = (*GRANTED_SEVERAL, both, AWARD_BOTH, call_in, ABANDON_OTHER, referred_back, again)
    record = given(*steps, rules_=OPEN_TO_CALL_IN)
    assert delegation(record).exercised == {SECOND_ID: (drawn("50000", label="b"), drawn("100000"))}
    assert delegation(record).drawn == Decimal(150_000)


def test_what_is_about_a_procurement_abandoned_since_is_not_drawn_again() -> None:
    call_in, referred_back = AWARDS_CALLED_IN[-2:]
    both = but(call_in, also=ALSO, resolutions=()), but(referred_back, also=ALSO)
    answers = Answer("a", "agreed"), Answer("b", "agreed")
    again = but(RECONSIDERED, also=ALSO, answers=answers)
    steps = (*GRANTED_SEVERAL, AWARDS, AWARD_BOTH, both[0], ABANDON_OTHER, both[1], again)
    record = given(*steps, rules_=OPEN_TO_CALL_IN)
    assert delegation(record).exercised == {SECOND_ID: (drawn("200000"),)}


def test_what_was_drawn_elsewhere_stays_drawn() -> None:
    cheap = awarding("100000")
    steps = (*SEVERAL, *PART, reported(cheap), AWARD, *awarded_in(OTHER_REFERENCE, 1, cheap))
    record = given(*steps, ABANDON_OTHER)
    assert delegation(record).awards == (drawn("100000"),)
    assert delegation(record).returned == (drawn("100000", OTHER_REFERENCE),)


TWICE_GRANTED = granted(
    replace(ALONE, awards="several"), replace(ALONE, awards="several", purpose="award the rest")
)
UNDER_D = Under(REFERENCE, DECISION_ID, "d")
SECOND = (
    reported(TO_BETA, report=UNHEARD_OF, under=UNDER_D),
    but(AWARD, report=UNHEARD_OF, decision=SECOND_ID, under=UNDER_D),
)


def test_each_authority_gets_back_what_was_drawn_on_it() -> None:
    record = given(*TWICE_GRANTED, AWARD_REPORT, AWARD, *SECOND, ABANDON)
    assert delegation(record).given_back == {AWARD_ID: (drawn("300000"),)}
    assert delegation(record, "d").given_back == {SECOND_ID: (drawn("100000"),)}


def test_withdrawing_gives_back_to_the_authority_that_was_drawn_on() -> None:
    call_in, referred_back = AWARDS_CALLED_IN[-2:]
    back = but(call_in, resolutions=(), decision=SECOND_ID), but(referred_back, decision=SECOND_ID)
    revoke = step(RevokeAuthority(CASE, DECISION_ID, "d", "It is not needed"), CLERK, CLOSED)
    withdraw = step(WithdrawReport(CASE, UNHEARD_OF, WHY), MANAGER, CLOSED)
    steps = (*TWICE_GRANTED, AWARD_REPORT, AWARD, *SECOND, *back, revoke, withdraw)
    record = given(*steps, rules_=OPEN_TO_CALL_IN)
    assert delegation(record).drawn == Decimal(300_000)
    assert delegation(record, "d").drawn == Decimal(0)
