"""Options to extend under delegated authority, subject to officers' and members' agreement.

As Bromley's record of 2024 has it: a Director extends, with the agreement of the portfolio holder
and of three officers (G1, G2, T1).
"""

from __future__ import annotations

from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.call_in import RecordCallIn
from domain.closing_call_in import CloseCallIn
from domain.consultation import AnswerConsultation, AskConsultees
from domain.delegating import RevokeAuthority
from domain.delegation import delegation_id
from domain.drawing import Drawn, against
from domain.effects import (
    AwardContract,
    Consultee,
    DelegateAuthority,
    ExtendContract,
    ReleasePhase,
)
from domain.reported import Under
from domain.values import Amount, Closed
from domain.withdrawing import WithdrawReport
from projections.delegations import _row
from tests.domain import wyvern
from tests.domain.cases import AWARD_ID, AWARD_REPORT_ID, asks, but, exactly, given, members, up_to
from tests.domain.test_extension import SPRING, take_up
from tests.domain.wyvern import (
    AWARD_REPORT,
    BUYER,
    CABINET,
    CASE,
    CLERK,
    DELEGATE,
    DIRECT,
    DIRECTOR,
    FOR_HEALTH,
    HEALTH,
    LAWYER,
    MANAGER,
    REFERENCE,
    SIGNATURE,
    STARTED,
    deciding,
)
from tests.scenario import step

OFFICERS = LAWYER, BUYER, CLERK
FOUR = (Consultee(HEALTH, "agreement"), *(Consultee(one.post, "agreement") for one in OFFICERS))
EXTEND = DelegateAuthority(
    DELEGATE,
    "extend the contract",
    FOUR,
    cap=up_to("200000"),
    awards="none",
    extending=True,
)
ALONE = replace(EXTEND, consultees=())
WITH_OPTIONS = replace(DIRECT, extensions=(24, 24))
UNDER = Under(REFERENCE, AWARD_ID, "b")


def signed(
    terms: DelegateAuthority = ALONE, award: AwardContract = WITH_OPTIONS
) -> tuple[step, ...]:
    """The Cabinet awards £300,000 for three years, and delegates the extension in one report."""
    asked = asks(award), asks(terms, "b")
    report = but(
        AWARD_REPORT, recommendations=asked, under=None, decision_class="cabinet", to=CABINET
    )
    decision = step(deciding(AWARD_REPORT_ID, AWARD_ID, "a", "b"), CLERK)
    return (*STARTED, report, decision, but(SIGNATURE, amount=award.amount))


def report(option: int = 1, **fields: Any) -> step:
    asked = (asks(ExtendContract(option)),)
    fields = {"gateway": "extension", "under": UNDER, "recommendations": asked, **fields}
    return but(AWARD_REPORT.at(SPRING), report=UUID(int=60 + option), **fields)


def decision(option: int = 1, **fields: Any) -> step:
    ids = UUID(int=60 + option), UUID(int=70 + option)
    return step(deciding(*ids, "a", under=UNDER, **fields), DIRECTOR, SPRING)


def balance(*steps: step) -> Any:
    return wyvern.delegation(given(*steps, rules_=wyvern.wyvern()), "b")


def delegation(record: given) -> Any:
    return record.record[delegation_id(AWARD_ID, "b")]


def test_who_awards_delegates_the_extension_in_the_same_report() -> None:
    record = given(*signed())
    assert delegation(record).terms == ALONE


def test_an_option_draws_what_its_months_cost_at_the_price_of_the_contract() -> None:
    record = given(*signed(), report(), decision())
    drawn = Drawn(REFERENCE, exactly("200000.00"), 24, extends=True, label="a")
    assert delegation(record).exercised == {UUID(int=71): (drawn,)}
    assert _row(delegation(record))["awards"] == 0
    record.when(take_up(1)).outcome()


def test_an_option_that_costs_more_than_is_left_is_not_taken_up_under_it() -> None:
    short = signed(replace(ALONE, cap=up_to("199999.99")))
    reason = given(*short, report()).when(decision()).reason("G1")
    assert reason.startswith("£200,000 is more than was delegated in all, £199,999.99")
    first = (*signed(), report(), decision(), take_up(1))
    later = SPRING.replace(year=2028)
    reason = given(*first, report(2).at(later)).when(decision(2).at(later)).reason("G1")
    assert reason.startswith("£400,000 is more than was delegated in all, £200,000")


@pytest.mark.parametrize(
    ("terms", "asked", "gateway", "says"),
    [
        (replace(ALONE, extending=False), ExtendContract(1), "extension", "and not to extend them"),
        (ALONE, WITH_OPTIONS, "award", "The authority is not to award contracts"),
        (ALONE, ReleasePhase(2), "extension", "and to decide nothing else"),
    ],
)
def test_the_authority_is_for_what_it_says(
    terms: DelegateAuthority, asked: Any, gateway: str, says: str
) -> None:
    record = given(*signed(terms))
    refused = record.when(report(recommendations=(asks(asked),), gateway=gateway)).raised()
    assert any(one.rule == "G1" and says in one.reason for one in refused)


def test_an_option_that_is_not_there_draws_nothing_and_is_refused() -> None:
    given(*signed(award=DIRECT)).when(report()).then_refused("T1")
    imported = report()._replace(source="the minutes"), decision()._replace(source="the minutes")
    record = given(*signed(award=DIRECT), *imported)
    assert delegation(record).awards == ()


def test_a_price_that_is_exempt_or_not_known_is_drawn_as_such() -> None:
    closed = replace(WITH_OPTIONS, amount=Amount("exempt", closed=Closed("300000")))
    steps = (*signed(award=closed), report(), decision())
    record = given(*(one._replace(source="closed minutes") for one in steps))
    drawn = Amount("exempt", closed=Closed("200000.00"))
    assert delegation(record).awards == (Drawn(REFERENCE, drawn, 24, extends=True, label="a"),)
    signature = but(SIGNATURE, amount=Amount("unknown"))._replace(source="the file")
    record = given(*signed()[:-1], signature, report())
    assert "An amount is not known" in record.when(decision()).reason("G1")


def test_against_a_yearly_cap_an_option_follows_on_its_contract() -> None:
    cap = Amount("up-to", exactly("100000").pounds, "year")
    award = Drawn(REFERENCE, exactly("300000"), 36)
    first = Drawn(REFERENCE, exactly("200000"), 24, extends=True)
    assert against(cap, (award, first, first)) == 100_000
    assert against(cap, (first, first)) == 100_000


def test_a_small_change_makes_no_option_free_against_a_yearly_cap() -> None:
    cap = Amount("up-to", exactly("50000").pounds, "year")
    small = Drawn(REFERENCE, exactly("1000"), 36, varies=True)
    cheap = Drawn(REFERENCE, exactly("100000"), 24, extends=True)
    dear = Drawn(REFERENCE, exactly("200000"), 24, extends=True)
    for drawn in permutations((small, cheap, dear)):
        assert against(cap, drawn) == exactly("100333.33").pounds


# Four are asked, three of them officers; each has a veto.


def answers(view: str = "agrees") -> tuple[step, ...]:
    number, comment = UUID(int=61), "" if view == "agrees" else "It works badly"
    first = AnswerConsultation(CASE, number, HEALTH, "agrees", "", "none-declared")
    rest = [AnswerConsultation(CASE, number, one.post, "agrees") for one in OFFICERS]
    rest[-1] = replace(rest[-1], view=view, comment=comment)
    said = [step(one, by, SPRING) for one, by in zip(rest, OFFICERS, strict=True)]
    ask = step(AskConsultees(CASE, number), MANAGER, SPRING)
    return ask, step(first, FOR_HEALTH, SPRING), *said


def test_all_four_agree_and_the_director_extends() -> None:
    asked = (*signed(EXTEND), report())
    heard = answers()
    assert given(*asked).when(decision()).then_refused("G2", "G2", "G2", "G2")
    missing = given(*asked, *heard[:-1]).when(decision()).reason("G2")
    assert missing == "Democratic Services has not answered yet"
    given(*asked, *heard, decision()).when(take_up(1)).outcome()


def test_without_one_officers_agreement_it_is_not_extended() -> None:
    record = given(*signed(EXTEND), report(), *answers("objects"))
    reason = record.when(decision()).reason("G2")
    assert reason.startswith("Democratic Services does not agree, and without that nothing is")


def test_what_they_were_asked_about_binds() -> None:
    amended = (Answer("a", "agreed-as-amended", "More", "Both", ExtendContract(2)),)
    record = given(*signed(EXTEND), report(), *answers())
    refused = record.when(decision(answers=amended)).raised()
    assert any("The consultees were asked about another change" in one.reason for one in refused)


def test_what_an_option_drew_goes_back_when_it_is_referred_and_withdrawn() -> None:
    classes = tuple(
        replace(one, call_in=True) if one.id == "officer" else one
        for one in wyvern.wyvern().constitution.classes
    )
    rules_ = wyvern.wyvern(classes=classes)
    steps = (*signed(), report(), decision())
    on, three = SPRING.replace(day=3), members("1", "2", "3")
    call = step(RecordCallIn(CASE, UUID(int=71), three, "Too long", ("a",)), CLERK, on)
    refer = step(CloseCallIn(CASE, UUID(int=71), "referred-back"), CLERK, on)
    withdrawn = step(WithdrawReport(CASE, UUID(int=61), "It is tendered"), MANAGER, on)
    revoked = step(RevokeAuthority(CASE, AWARD_ID, "b", "Minute 7"), CLERK, on)
    record = given(*steps, call, refer, revoked, withdrawn, rules_=rules_)
    assert delegation(record).awards == ()
    assert delegation(record).drawn == 0
