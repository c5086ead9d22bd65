"""A decision that cannot wait for call-in: whose agreement it takes, and who hears of it."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain.authority import Rules
from domain.call_in_rule import Urgency
from domain.passed_over import NotThere
from domain.shortenings import quicker
from domain.undertakings import DischargeUndertaking, outstanding
from domain.urgency import AgreeUrgency, UrgencyAgreed
from tests.domain.cases import (
    CALL_IN,
    DECISION_ID,
    KEY_DECISION,
    KEY_REPORT,
    NOTICE,
    OPEN,
    RECONSIDERED,
    REFERRED_BACK,
    REPORT,
    REPORT_ID,
    UNHEARD_OF,
    acts,
    but,
    given,
    leeds,
)
from tests.scenario import CASE, CLERK, OFFICER, rules, step

CHAIR, MAYOR, COUNCIL = "leeds/chair-of-scrutiny", "leeds/chair-of-council", "leeds/council"
WHY = "People would be without care from Monday"
AGREED_URGENT = step(AgreeUrgency(CASE, REPORT_ID, CHAIR, WHY), CLERK, date(2022, 12, 12))
DECIDED_URGENT = but(KEY_DECISION, urgent=WHY)
WAITING = (OPEN, NOTICE, KEY_REPORT)
DECIDED = (*WAITING, AGREED_URGENT, DECIDED_URGENT)
ABSENT = NotThere(CHAIR, "absent", "Ill")


def with_urgency(**fields: object) -> Rules:
    rule = leeds().constitution.call_in
    assert rule
    assert rule.urgency
    return leeds(call_in=replace(rule, urgency=replace(rule.urgency, **fields)))


def without() -> Rules:
    rule = leeds().constitution.call_in
    assert rule
    return leeds(call_in=replace(rule, urgency=None))


def test_the_first_in_the_constitutions_order_agrees() -> None:
    told = ("leeds/democratic-services", COUNCIL)
    given(*WAITING).when(AGREED_URGENT).then(UrgencyAgreed(REPORT_ID, CHAIR, WHY, (), *told))


def test_an_urgent_decision_takes_effect_at_once_and_is_not_called_in() -> None:
    found = given(*DECIDED).procurement().decisions[DECISION_ID]
    assert (found.open_to_call_in, found.window, found.effective_on("a")) == (
        False,
        None,
        date(2022, 12, 13),
    )
    reason = given(*DECIDED).when(CALL_IN).reason("D10")
    assert reason == "A decision that was too urgent for it is not open to call-in"


def test_what_was_agreed_to_be_urgent_may_still_wait() -> None:
    found = given(*WAITING, AGREED_URGENT, KEY_DECISION).procurement().decisions[DECISION_ID]
    assert found.open_to_call_in
    assert outstanding(given(*WAITING, AGREED_URGENT, KEY_DECISION).procurement()) == []


def test_the_council_hears_of_it_afterwards() -> None:
    (owed,) = outstanding(given(*DECIDED).procurement())
    assert (owed.by, owed.to) == ("leeds/democratic-services", COUNCIL)
    assert owed.what == "that “Authority to procure” was decided without call-in, and why"
    offered = acts(*DECIDED, on=date(2022, 12, 14))
    assert f"discharge-undertaking {owed.id}" in offered
    told = step(DischargeUndertaking(CASE, owed.id, "Item 9"), CLERK, date(2023, 1, 11))
    assert outstanding(given(*DECIDED, told).procurement()) == []


def test_the_next_agrees_only_where_the_first_cannot() -> None:
    alone = but(AGREED_URGENT, agreed_by=MAYOR)
    (refusal,) = given(*WAITING).when(alone).then_refused("D10")
    assert refusal.reason == (
        "Chair of the Scrutiny Board comes first: say that the post is vacant, or who holds it "
        "absent, and why"
    )
    assert refusal.provenance.startswith("illustrative: a decision of April 2020")
    given(*WAITING).when(but(alone, passed_over=(ABSENT,))).outcome()
    vacant = NotThere(COUNCIL, "vacant", "Nobody holds it")
    nobody_first = given(*WAITING, rules_=with_urgency(agreed_by=(COUNCIL, MAYOR)))
    nobody_first.when(but(alone, passed_over=(vacant,))).outcome()


def test_a_post_that_somebody_holds_is_not_vacant() -> None:
    held = with_urgency(agreed_by=("leeds/monitoring-officer", MAYOR))
    passed = (NotThere("leeds/monitoring-officer", "vacant", "It is said to be"),)
    wrong = but(AGREED_URGENT, agreed_by=MAYOR, passed_over=passed)
    reason = given(*WAITING, rules_=held).when(wrong).reason("D10")
    assert reason == "Monitoring Officer is not vacant: somebody holds the post today"


def test_nobody_else_agrees_and_nobody_else_is_passed_over() -> None:
    other = but(AGREED_URGENT, agreed_by="leeds/legal-services")
    assert given(*WAITING).when(other).reason("D10") == (
        "Legal Services does not agree to urgency here: Chair of the Scrutiny Board or Lord Mayor "
        "does"
    )
    passed = but(AGREED_URGENT, passed_over=(NotThere(MAYOR, "absent", "Away"),))
    assert given(*WAITING).when(passed).reason("C1") == (
        "Lord Mayor does not come before Chair of the Scrutiny Board: nobody passed over that post"
    )


def test_who_agrees_records_it_or_whoever_has_the_duty() -> None:
    (refusal,) = given(*WAITING).when(AGREED_URGENT._replace(by=OFFICER)).then_refused("G1")
    assert refusal.reason.startswith(
        "This is for Chair of the Scrutiny Board or Democratic Services to do"
    )
    duties = tuple(one for one in leeds().constitution.duties if one.act != "agree-urgency")
    there = given(*WAITING).under(leeds(duties=duties))
    there.when(AGREED_URGENT).then_refused("G1")
    offered = acts(*WAITING, on=date(2022, 12, 12), rules_=leeds(duties=duties))
    assert offered[f"agree-urgency {REPORT_ID}"].posts == (CHAIR, MAYOR)


def test_it_is_agreed_once_of_a_report_that_waits() -> None:
    given(*WAITING, AGREED_URGENT).when(AGREED_URGENT).then_refused("C2")
    assert given(*DECIDED).when(AGREED_URGENT).reason("C2") == "The report is decided"
    missing = but(AGREED_URGENT, report=UNHEARD_OF)
    assert given(*WAITING).when(missing).reason("C1") == "There is no such report"


@pytest.mark.parametrize("one", [REPORT, KEY_REPORT])
def test_what_nobody_may_call_in_needs_no_exemption(one: step) -> None:
    called = (*WAITING, KEY_DECISION, CALL_IN, REFERRED_BACK) if one is KEY_REPORT else (OPEN, one)
    later = AGREED_URGENT.at(date(2023, 1, 6))
    reason = given(*called).when(later).reason("D10")
    assert reason.startswith("The decision is not open to call-in: there is nothing that it has")
    again = RECONSIDERED if one is KEY_REPORT else KEY_DECISION
    given(*called).when(but(again, urgent=WHY)).then_refused("D10")


def test_without_a_rule_nothing_is_urgent() -> None:
    there = given(*WAITING, rules_=without())
    (refusal,) = there.when(AGREED_URGENT).then_refused("D10")
    assert refusal.reason == "No rule here exempts an urgent decision from call-in"
    assert refusal.provenance.startswith("inferred: published rows")
    there.when(DECIDED_URGENT).then_refused("D10")
    given(*WAITING, rules_=leeds(call_in=None)).when(AGREED_URGENT).then_refused("D10")
    offered = acts(*WAITING, on=date(2022, 12, 12), rules_=without())
    assert not [one for one in offered if one.startswith("agree-urgency")]
    nothing = given(OPEN, REPORT, rules_=leeds(call_in=None))
    assert nothing.when(AGREED_URGENT).reason("D10").startswith("The decision is not open")


def test_imported_an_urgent_decision_without_agreement_is_told_as_it_was() -> None:
    imported = DECIDED_URGENT._replace(source="the minutes")
    record = given(*WAITING, imported)
    assert record.procurement().decisions[DECISION_ID].effective_on("a") == date(2022, 12, 13)
    assert outstanding(record.procurement()) == []


def test_one_post_alone_may_have_to_agree() -> None:
    alone = with_urgency(agreed_by=(CHAIR,))
    reason = given(*WAITING, rules_=alone).when(DECIDED_URGENT).reason("D10")
    assert reason == (
        "Urgency takes the agreement of Chair of the Scrutiny Board, and none is on record"
    )


def test_the_timetable_offers_urgency_as_the_rules_have_it() -> None:
    case, late = given(*WAITING).procurement(), AGREED_URGENT.at(date(2022, 12, 20))
    there = {one.way: one for one in quicker(case, late.context()).ways}
    assert "Chair of the Scrutiny Board agrees (without that post Lord Mayor); Full Council" in (
        there["without-call-in"].needs
    )
    not_there = quicker(case, late.context(without())).ways
    assert "without-call-in" not in [one.way for one in not_there]
    one = quicker(case, late.context(with_urgency(agreed_by=(CHAIR,)))).ways
    assert "agrees; Full" in {each.way: each for each in one}["without-call-in"].needs


def test_the_clause_is_part_of_the_rules() -> None:
    rule = rules("leeds").constitution.call_in
    assert rule
    assert isinstance(rule.urgency, Urgency)
