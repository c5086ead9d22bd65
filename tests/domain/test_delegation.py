"""Delegated authority: granted by a resolution, and whom and what it covers."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.budget import BudgetDrawn
from domain.delegation import AuthorityDelegated, AuthorityExercised
from domain.effects import Consultee, DelegateAuthority
from domain.reported import Under
from domain.values import procurement_id
from tests.domain.cases import (
    AWARD_ID,
    DECISION_ID,
    REPORT_ID,
    SECOND_ID,
    UNHEARD_OF,
    asks,
    but,
    given,
    up_to,
)
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    AWARD_REPORT,
    BOARD,
    CABINET,
    CLERK,
    DELEGATE,
    DEPUTY_DIRECTOR,
    GRANTED,
    GRANTED_ALONE,
    HEALTH,
    OPEN,
    OPEN_OTHER,
    OTHER_REFERENCE,
    PLAN,
    REFERENCE,
    RESOLVED,
    STARTED,
    STRATEGY,
    TERMS,
    deciding,
    delegation,
    drawn,
    granted,
    plan,
    wyvern,
)
from tests.scenario import DAY, step

SECOND_REPORT = UNHEARD_OF


def test_a_resolution_that_delegates_begins_the_delegated_authority() -> None:
    _, authority = given(*GRANTED[:2]).when(GRANTED[2]).outcome()
    assert authority == AuthorityDelegated("wyvern", (REFERENCE,), DECISION_ID, "c", TERMS)


def test_a_resolution_that_is_not_agreed_delegates_nothing() -> None:
    answers = (Answer("a", "agreed"), Answer("b", "agreed"), Answer("c", "not-agreed", "Too soon"))
    refused = step(deciding(REPORT_ID, DECISION_ID, answers=answers), CLERK)
    record = given(*GRANTED[:2], refused).when(AWARD_REPORT)
    assert record.reason("C1") == "There is no such delegated authority"


def test_authority_is_delegated_as_it_was_amended() -> None:
    less = replace(TERMS, cap=up_to("200000"))
    amended = Answer("c", "agreed-as-amended", "Less at first", "Delegate up to £200,000", less)
    answers = (Answer("a", "agreed"), Answer("b", "agreed"), amended)
    steps = (*GRANTED[:2], step(deciding(REPORT_ID, DECISION_ID, answers=answers), CLERK))
    assert delegation(given(*steps)).terms == less


@pytest.mark.parametrize(
    ("terms", "rule", "says"),
    [
        (
            replace(TERMS, delegate="wyvern/nobody"),
            "C1",
            "There is no post “wyvern/nobody”: authority is delegated to a post",
        ),
        (
            replace(TERMS, consultees=(Consultee("wyvern/nobody"),)),
            "C1",
            "There is no post “wyvern/nobody”: authority is delegated to a post",
        ),
        (
            replace(TERMS, consultees=(Consultee(HEALTH), Consultee(HEALTH, "agreement"))),
            "C2",
            "A consultee is there twice",
        ),
        (
            replace(TERMS, consultees=(Consultee(DELEGATE),)),
            "G2",
            "Nobody is consulted on their own decision",
        ),
        (
            replace(TERMS, delegate=BOARD),
            "G1",
            "Authority is delegated to an officer or member, not to a body",
        ),
        (
            replace(TERMS, expires=date(2022, 11, 13)),
            "G1",
            "The authority would have ended on 13 November 2022",
        ),
    ],
)
def test_authority_that_could_not_be_exercised_is_not_delegated(
    terms: DelegateAuthority, rule: str, says: str
) -> None:
    assert given(OPEN).when(plan(terms)).reason(rule) == says


def test_consultees_are_named_where_somebody_asks_them() -> None:
    duties = tuple(one for one in wyvern().constitution.duties if one.act != "ask-consultees")
    rules_ = wyvern(duties=duties)
    reason = given(OPEN, rules_=rules_).when(plan(TERMS)).reason("G2")
    assert reason == (
        "No rule of Wyvern Council says who asks consultees: name none, or add the duty first"
    )
    given(OPEN, rules_=rules_).when(plan(replace(TERMS, consultees=()))).outcome()


def test_authority_may_end_on_the_day_on_which_it_is_given() -> None:
    given(OPEN).when(plan(replace(TERMS, expires=DAY))).outcome()


# Reports under it.


def test_a_report_under_delegated_authority_goes_to_the_delegate() -> None:
    reason = given(*GRANTED).when(but(AWARD_REPORT, to=CABINET)).reason("G1")
    assert reason == "This goes to Director of Public Health"
    given(*GRANTED).when(AWARD_REPORT).outcome()


def test_no_route_is_needed_where_authority_was_delegated() -> None:
    dear = given(*granted(ALONE), rules_=wyvern(routes=wyvern().constitution.routes[:4]))
    dear.when(AWARD_REPORT).outcome()
    dear.when(but(AWARD_REPORT, under=None)).then_refused("G1")


def test_the_delegate_decides_personally() -> None:
    (refusal,) = (
        given(*GRANTED_ALONE, AWARD_REPORT).when(AWARD._replace(by=CLERK)).then_refused("G1")
    )
    assert (
        refusal.reason == "This is for Director of Public Health to do, not for Democratic Services"
    )
    assert refusal.provenance == "resolution (c) in wyvern-2022-1 delegates it"


def test_who_deputises_for_the_delegate_does_not_decide_their_own_report() -> None:
    reason = (
        given(*GRANTED_ALONE, AWARD_REPORT).when(AWARD._replace(by=DEPUTY_DIRECTOR)).reason("G6")
    )
    assert reason == "The author of a report may not decide it"


def test_delegated_authority_is_not_passed_on() -> None:
    asked = (asks(PLAN), asks(ALONE, "b"))
    on = but(AWARD_REPORT, gateway="options", recommendations=asked)
    reason = given(*GRANTED_ALONE).when(on).reason("G1")
    assert reason == "The authority is to award contracts, and to decide nothing else"


def test_authority_that_was_never_delegated_is_not_exercised() -> None:
    record = given(*STARTED).when(AWARD_REPORT)
    assert record.reason("C1") == "There is no such delegated authority"
    elsewhere = but(AWARD_REPORT, under=Under("wyvern-2022-7", DECISION_ID, "c"))
    given(*GRANTED_ALONE).when(elsewhere).then_refused("C1")


def test_a_decision_names_the_authority_that_its_report_is_put_up_under() -> None:
    record = given(*GRANTED_ALONE, AWARD_REPORT)
    wanted = "Name the delegated authority that the report is put up under"
    assert record.when(but(AWARD, under=None)).reason("C1") == wanted
    assert record.when(but(AWARD, under=Under(REFERENCE, AWARD_ID, "c"))).reason("C1") == wanted


def test_authority_is_about_the_procurement_in_which_it_was_given() -> None:
    waived = given(
        *GRANTED_ALONE,
        OPEN_OTHER,
        but(STRATEGY, procurement=procurement_id(OTHER_REFERENCE)),
        but(RESOLVED, procurement=procurement_id(OTHER_REFERENCE), decision=UNHEARD_OF),
    )
    reason = waived.when(but(AWARD_REPORT, procurement=procurement_id(OTHER_REFERENCE))).reason(
        "G1"
    )
    wanted = "The authority is not about this procurement, but award the service for young people"
    assert reason == wanted


def test_authority_covers_procurements_that_carry_out_the_plan() -> None:
    other = procurement_id(OTHER_REFERENCE)
    part = but(OPEN_OTHER, part_of=REFERENCE)
    strategy = but(STRATEGY, procurement=other, report=SECOND_REPORT)
    resolved = step(deciding(SECOND_REPORT, SECOND_ID, "a", "b"), CLERK)
    steps = (*GRANTED_ALONE, part, strategy, but(resolved, procurement=other))
    award, report = but(AWARD, procurement=other), but(AWARD_REPORT, procurement=other)
    _, exercised, budget = given(*steps, report).when(award).outcome()
    mine = (drawn("300000", OTHER_REFERENCE),)
    assert exercised == AuthorityExercised(AWARD_ID, None, mine)
    assert budget == BudgetDrawn(REFERENCE, AWARD_ID, None, mine)


def test_what_is_decided_under_it_is_of_a_class_that_the_council_has_for_it() -> None:
    given(*GRANTED).when(but(AWARD_REPORT, decision_class="cabinet")).outcome()
    classes = wyvern().constitution.classes
    marked = tuple(replace(one, under_delegation=one.id == "officer") for one in classes)
    record = given(*GRANTED).under(wyvern(classes=marked))
    record.when(AWARD_REPORT).outcome()
    reason = record.when(but(AWARD_REPORT, decision_class="cabinet")).reason("G1")
    assert reason == "Under delegated authority a decision is of another class: Officer decision"
