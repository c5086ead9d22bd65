"""A member decides, and consults officers first, as Dorset's portfolio holder did in 2021 (G2)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from domain.consultation import AnswerConsultation, AskConsultees
from domain.effects import Consultee, DelegateAuthority
from domain.messages import Actor
from tests.domain.cases import AWARD_ID, AWARD_REPORT_ID, but, given
from tests.domain.wyvern import (
    AWARD,
    CASE,
    DELEGATE,
    DIRECT,
    DIRECTOR,
    FOR_HEALTH,
    HEALTH,
    LAWYER,
    MANAGER,
    TERMS,
    granted,
    reported,
)
from tests.scenario import step

MEMBER_DECIDES = replace(TERMS, delegate=HEALTH, consultees=(Consultee(DELEGATE),))
AWARD_BY_MEMBER = AWARD._replace(by=FOR_HEALTH)
ASK = step(AskConsultees(CASE, AWARD_REPORT_ID), MANAGER)
ANSWER = step(AnswerConsultation(CASE, AWARD_REPORT_ID, DELEGATE, "agrees"), DIRECTOR)
OBJECTS = but(ANSWER, view="objects", comment="The price is too high")


def asked(terms: DelegateAuthority = MEMBER_DECIDES) -> tuple[step, ...]:
    return (*granted(terms), reported(DIRECT, to=HEALTH), ASK)


def test_a_member_decides_after_consulting_an_officer() -> None:
    reason = given(*asked()).when(AWARD_BY_MEMBER).reason("G2")
    assert reason == "Director of Public Health has not answered yet"
    record = given(*asked(), ANSWER, AWARD_BY_MEMBER)
    assert AWARD_ID in record.procurement("wyvern-2022-1").decisions


def test_the_member_departs_from_what_the_officer_says_only_with_reasons() -> None:
    record = given(*asked(), OBJECTS)
    reason = record.when(AWARD_BY_MEMBER).reason("G3")
    assert reason == "Say why you depart from what Director of Public Health answered"
    record.when(but(AWARD_BY_MEMBER, departing="It is the market's price")).outcome()


def test_an_officer_whose_agreement_it_takes_has_a_veto() -> None:
    terms = replace(MEMBER_DECIDES, consultees=(Consultee(DELEGATE, "agreement"),))
    reason = given(*asked(terms), OBJECTS).when(AWARD_BY_MEMBER).reason("G2")
    assert reason.startswith("Director of Public Health does not agree")


@pytest.mark.parametrize("by", [DIRECTOR, LAWYER])
def test_no_officer_decides_for_the_member(by: Actor) -> None:
    reason = given(*asked(), ANSWER).when(AWARD._replace(by=by)).reason("G1")
    assert reason.startswith("This is for Portfolio Holder for Health to do")


def test_a_member_with_an_interest_decides_nothing_under_it() -> None:
    interested = but(AWARD_BY_MEMBER, interests="declared", interests_note="A share in Alpha")
    given(*asked(), ANSWER).when(interested).then_refused("G4")
