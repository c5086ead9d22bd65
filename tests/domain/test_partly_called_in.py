"""One decision changes or extends two contracts, and a call-in refers one of the two back (D10)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.budget import budget_id
from domain.call_in import RecordCallIn
from domain.closing_call_in import CloseCallIn
from domain.delegating import RevokeAuthority
from domain.effects import ApproveBudget, DelegateAuthority, ExtendContract, VaryContract
from domain.extension import TakeUpOption
from domain.variation import ChangeContract
from domain.withdrawing import WithdrawReport
from tests.domain.cases import DECISION_ID, asks, but, exactly, given, members, up_to
from tests.domain.test_authority_in_effect import OPEN_TO_CALL_IN
from tests.domain.varying import to
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    AWARD_REPORT,
    CASE,
    CLERK,
    DIRECTOR,
    MANAGER,
    OTHER,
    OTHER_REFERENCE,
    PART,
    REFERENCE,
    SIGNATURE,
    UNDER,
    awarded_in,
    awarding,
    deciding,
    delegation,
    granted,
    reported,
)
from tests.scenario import step

ON = date(2023, 9, 4)
BACK = ON + timedelta(days=14)
ALSO = (OTHER_REFERENCE,)
PUT_UP, TAKEN, AGAIN = UUID(int=81), UUID(int=91), UUID(int=92)
TERMS = replace(ALONE, variations=True, extending=True, awards="several", cap=up_to("700000"))
CHANGES = to("250000"), to("260000")
EXTENSIONS = ExtendContract(1), ExtendContract(1)


def signed(terms: DelegateAuthority = TERMS) -> tuple[step, ...]:
    """Two contracts of £200,000 for three years, and two options of two, under one authority."""
    award = awarding("200000", extensions=(24, 24))
    sign = but(SIGNATURE, amount=exactly("200000")).at(date(2022, 12, 5))
    awards = reported(award), AWARD, *awarded_in(OTHER_REFERENCE, 1, award)
    budget = ApproveBudget(up_to("700000"))
    return (*granted(terms, budget), *PART, *awards, sign, but(sign, procurement=OTHER))


def referred(
    effects: tuple[VaryContract, VaryContract] | tuple[ExtendContract, ExtendContract],
    terms: DelegateAuthority = TERMS,
) -> tuple[step, ...]:
    """(a) is about the one and (b) about the other contract, and (b) is referred back."""
    first, second = effects
    asked = (
        replace(asks(first), about=REFERENCE),
        replace(asks(second, "b"), about=OTHER_REFERENCE),
    )
    gateway = "extension" if isinstance(first, ExtendContract) else "variation"
    fields = {"report": PUT_UP, "gateway": gateway, "recommendations": asked, "also": ALSO}
    report = but(AWARD_REPORT.at(ON), class_reason="Each is small", **fields)
    decision = step(deciding(PUT_UP, TAKEN, "a", "b", under=UNDER, also=ALSO), DIRECTOR, ON)
    three = members("1", "2", "3")
    call = RecordCallIn(CASE, TAKEN, three, "Too dear", ("b",), also=ALSO)
    back = CloseCallIn(CASE, TAKEN, "referred-back", also=ALSO)
    return (
        *signed(terms),
        report,
        decision,
        step(call, CLERK, ON + timedelta(days=1)),
        step(back, CLERK, BACK),
    )


CHANGE = step(ChangeContract(CASE, TAKEN, "a"), MANAGER, BACK)
EXTEND = step(TakeUpOption(CASE, 1), MANAGER, BACK)
AGREED = step(deciding(PUT_UP, AGAIN, "b", under=UNDER, also=ALSO), DIRECTOR, BACK)
REFUSED = but(AGREED, answers=(Answer("b", "not-agreed", "Scrutiny is right"),))


def record(*steps: step) -> given:
    return given(*steps, rules_=OPEN_TO_CALL_IN)


def test_what_was_made_in_the_meantime_stays_drawn_when_the_rest_is_decided_again() -> None:
    steps = (*referred(CHANGES), CHANGE)
    assert delegation(record(*steps)).drawn == 510_000
    after = delegation(record(*steps, AGREED))
    assert after.drawn == 510_000
    assert not after.returned
    after = delegation(record(*steps, REFUSED))
    assert after.drawn == 450_000
    assert [(one.label, one.amount) for one in after.returned] == [("b", exactly("60000"))]


def test_nor_does_it_go_back_to_the_budget() -> None:
    steps = (*referred(CHANGES), CHANGE, AGREED)
    budget = record(*steps).record[budget_id(REFERENCE)]
    drawn = [(one.procurement, one.amount) for one in budget.exercised[AGAIN]]
    assert sorted(drawn, key=str) == [
        (REFERENCE, exactly("50000")),
        (OTHER_REFERENCE, exactly("60000")),
    ]


def test_it_counts_as_it_was_drawn_against_what_is_delegated() -> None:
    tight = replace(TERMS, cap=up_to("510000"))
    steps = (*referred(CHANGES, tight), CHANGE)
    record(*steps).when(AGREED).outcome()
    more = Answer("b", "agreed-as-amended", "It is dearer", "More", to("260000.01"))
    reason = record(*steps).when(but(AGREED, answers=(more,))).reason("G1")
    assert reason.startswith("£510,000.01 is more than was delegated in all, £510,000")


def test_a_change_that_was_made_is_not_added_to_the_term_again() -> None:
    longer = replace(to("250000"), ground="provided-for", months=6), to("260000")
    steps = (*referred(longer, replace(TERMS, months=42)), CHANGE)
    record(*steps).when(AGREED).outcome()


def test_an_option_that_was_taken_up_stays_drawn_too() -> None:
    steps = (*referred(EXTENSIONS), EXTEND)
    drawn = delegation(record(*steps)).drawn
    assert delegation(record(*steps, AGREED)).drawn == drawn
    option = exactly("133333.33")
    after = delegation(record(*steps, REFUSED))
    assert [(one.label, one.amount) for one in after.returned] == [("b", option)]


# The authority ends, and the report is withdrawn.

REVOKE = step(RevokeAuthority(CASE, DECISION_ID, "c", "Minute 7"), CLERK, BACK)
WITHDRAW = step(WithdrawReport(CASE, PUT_UP, "It is tendered", also=ALSO), MANAGER, BACK)


@pytest.mark.parametrize(
    ("effects", "made", "fell"),
    [(CHANGES, CHANGE, "60000"), (EXTENSIONS, EXTEND, "133333.33")],
)
def test_only_what_was_referred_back_falls_with_the_report(
    effects: Any, made: step, fell: str
) -> None:
    steps = (*referred(effects), made)
    drawn = delegation(record(*steps)).drawn
    after = delegation(record(*steps, REVOKE, WITHDRAW))
    (back,) = after.returned
    assert (back.label, back.procurement, back.amount) == ("b", OTHER_REFERENCE, exactly(fell))
    assert drawn is not None
    assert after.drawn == drawn - Decimal(fell)
