"""The award that would be signed: the one that has effect, and none that waits for call-in."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from domain.conditioned import Condition
from domain.effective import award_on
from domain.publication import PublishDecision
from tests.domain.cases import AWARD_ID, but, given, up_to
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    CASE,
    CLERK,
    DIRECT,
    REFERENCE,
    SIGNATURE,
    granted,
    reported,
    wyvern,
)
from tests.scenario import DAY, step

BOND = "the supplier lodges a bond"
LODGED = (Condition(BOND, "before-signature", CLERK.post),)
OPEN_TO_CALL_IN = wyvern(
    classes=tuple(
        replace(one, call_in=True) if one.id == "officer" else one
        for one in wyvern().constitution.classes
    )
)
LATER = DAY + timedelta(20)
SECOND = UUID(int=301)


def awards(*second: bool, bond_on_first: bool) -> given:
    """An award of Alpha that has effect, and perhaps one of Beta that waits for call-in."""
    first = replace(DIRECT, conditions=LODGED if bond_on_first else ())
    other = replace(DIRECT, supplier="Beta", conditions=() if bond_on_first else LODGED)
    published = step(PublishDecision(CASE, AWARD_ID), CLERK, DAY + timedelta(1))
    later = (
        but(reported(other).at(LATER), report=SECOND),
        but(AWARD.at(LATER), report=SECOND, decision=UUID(int=302)),
    )
    several = replace(ALONE, awards="several", cap=up_to("900000"))
    steps = (*granted(several), reported(first), AWARD, published, *(later if second else ()))
    return given(*steps, rules_=OPEN_TO_CALL_IN)


def test_an_award_in_call_in_takes_no_condition_of_the_one_in_effect_away() -> None:
    sign = SIGNATURE.at(LATER + timedelta(1))
    for record in awards(bond_on_first=True), awards(True, bond_on_first=True):
        (refusal,) = record.when(sign).then_refused("P7")
        assert BOND in refusal.reason


def test_nor_adds_one() -> None:
    record = awards(True, bond_on_first=False)
    record.when(SIGNATURE.at(LATER + timedelta(1))).outcome()
    found = award_on(record.procurement(REFERENCE), LATER)
    assert found
    assert found[1].supplier == DIRECT.supplier


def test_before_any_has_effect_it_is_the_last_that_was_resolved() -> None:
    found = award_on(awards(bond_on_first=True).procurement(REFERENCE), DAY)
    assert found
    assert found[0].id == AWARD_ID
    assert award_on(given(*granted(ALONE)).procurement(REFERENCE), DAY) is None
