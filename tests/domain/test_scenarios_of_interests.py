"""The scenario on a member who decides alone and has an interest, by its number (G4)."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from domain.authority import Rules
from domain.handing_over import HandOverReport, ReportHandedOver
from domain.messages import Actor
from domain.values import Term
from domain.withdrawing import WithdrawReport
from tests.domain import cases, wyvern
from tests.domain.cases import DECISION_ID, NOTICE, REPORT_ID, UNHEARD_OF, but, given
from tests.domain.herefordshire import AWARD, CABINET_MEMBER, CASE, CLERK, OFFICER, OPEN, REFERENCE
from tests.domain.herefordshire import DECISION as IMPORTED
from tests.domain.herefordshire import REPORT as OF_2017
from tests.scenario import CASE as LEEDS_CASE
from tests.scenario import DIRECTOR, holder, rules, step

LEADER = holder("herefordshire/leader-of-the-council")
INTEREST = "A brother owns part of the supplier"
DAY, START = date(2022, 12, 15), date(2023, 1, 2)
AWARDING = replace(AWARD, starts=START, ground="regulation 32(2)(b)(ii)")
NOTICED = but(NOTICE.at(date(2022, 11, 10)), procurement=CASE, gateway="award")._replace(by=CLERK)
OPENED = but(OPEN.at(date(2022, 11, 9)), term=Term(START, 60))._replace(source=None)
PUT_UP = but(OF_2017.at(date(2022, 12, 8)), recommendations=(cases.asks(AWARDING),))
PUT_UP = PUT_UP._replace(source=None)
DECISION = but(IMPORTED.at(DAY), interests="none-declared")._replace(source=None)
WITH_A_DISPENSATION = but(
    DECISION, interests="declared", interests_note=f"{INTEREST}. A dispensation was granted"
)
HAND_OVER = step(
    HandOverReport(CASE, REPORT_ID, LEADER.post, INTEREST), CABINET_MEMBER, date(2022, 12, 14)
)
WAITING = (OPENED, NOTICED, PUT_UP)
HANDED_OVER = (*WAITING, HAND_OVER)
BY_THE_LEADER = DECISION._replace(by=LEADER)


def herefordshire(**route: str | None) -> Rules:
    """Its rules with other words in the route of a key award."""
    found = rules("herefordshire")
    first, *rest = found.constitution.routes
    routes = (replace(first, **route), *rest)
    return replace(found, constitution=replace(found.constitution, routes=routes))


def test_scenario_18_who_decides_alone_with_an_interest_is_barred_and_hands_over() -> None:
    given(*WAITING).when(DECISION).outcome()
    barred = but(WITH_A_DISPENSATION, interests_note=INTEREST)
    assert "hand the matter over" in given(*WAITING).when(barred).reason("G4")
    given(*WAITING).when(WITH_A_DISPENSATION).then_refused("G4")
    given(*WAITING).when(HAND_OVER).then(ReportHandedOver(REPORT_ID, LEADER.post, INTEREST))
    given(*HANDED_OVER).when(DECISION).then_refused("G1", "G4")
    (decision,) = given(*HANDED_OVER, BY_THE_LEADER).procurement(REFERENCE).decisions.values()
    assert (decision.id, decision.decided_by) == (DECISION_ID, LEADER.post)
    given(*WAITING).when(BY_THE_LEADER).then_refused("G1")


def test_the_matter_waits_for_whom_it_was_handed_over_to() -> None:
    def whose(*steps: step) -> dict[str, tuple[str, ...]]:
        found = cases.acts(*steps, on=DAY, reference=REFERENCE)
        return {one.do: one.posts for one in found.values() if one.refusals == ()}

    offered = whose(*WAITING)
    assert offered["take-decision"] == offered["hand-over-report"] == (CABINET_MEMBER.post,)
    after = whose(*HANDED_OVER)
    assert after["take-decision"] == (LEADER.post,)
    assert "hand-over-report" not in after


def test_an_imported_hand_over_bars_the_holder_of_that_day() -> None:
    imported = HAND_OVER._replace(by=Actor(None, CABINET_MEMBER.post), source="the minutes")
    given(*WAITING, imported).when(DECISION).then_refused("G1", "G4")
    given(*WAITING, imported, BY_THE_LEADER)


def test_who_handed_over_does_not_decide_as_a_deputy_either() -> None:
    found = rules("herefordshire")
    assert CABINET_MEMBER.person
    seat = replace(found.offices.holders[0], post=LEADER.post, person=CABINET_MEMBER.person)
    both = replace(found, offices=replace(found.offices, holders=(*found.offices.holders, seat)))
    as_leader = DECISION._replace(by=Actor(CABINET_MEMBER.person, LEADER.post))
    reason = given(*HANDED_OVER, rules_=both).when(as_leader).reason("G4")
    assert reason == "Who handed the matter over because of an interest takes no step in it"


def test_only_who_would_decide_hands_over() -> None:
    given(*WAITING).when(HAND_OVER._replace(by=LEADER)).then_refused("G1")
    given(*WAITING).when(HAND_OVER._replace(by=OFFICER)).then_refused("G1")


def test_it_is_handed_over_to_whom_the_constitution_names() -> None:
    elsewhere = but(HAND_OVER, to="herefordshire/director-adults-and-wellbeing")
    reason = given(*WAITING).when(elsewhere).reason("G4")
    assert reason == "This is handed over to Leader of the Council"
    given(*WAITING).when(but(HAND_OVER, to="herefordshire/nobody")).then_refused("C1")


def test_without_a_named_post_nothing_is_handed_over() -> None:
    record = given(*WAITING, rules_=herefordshire(hands_over_to=None))
    reason = "The constitution names nobody to whom Cabinet Member for Health and Wellbeing"
    assert record.when(HAND_OVER).reason("G4") == f"{reason} hands this over"
    again = HAND_OVER._replace(by=LEADER)
    reason = "The constitution names nobody to whom Leader of the Council hands this over"
    assert given(*HANDED_OVER).when(again).reason("G4") == reason


def test_an_officer_or_a_body_hands_nothing_over() -> None:
    only = "Only a member who decides alone hands a matter over"
    officer = step(HandOverReport(LEEDS_CASE, REPORT_ID, DIRECTOR.post, INTEREST), DIRECTOR)
    assert given(cases.OPEN, cases.REPORT).when(officer).reason("G4") == only
    body = step(HandOverReport(wyvern.CASE, REPORT_ID, wyvern.HEALTH, INTEREST), wyvern.CLERK)
    assert given(wyvern.OPEN, wyvern.STRATEGY).when(body).reason("G4") == only


def test_only_a_report_that_waits_is_handed_over() -> None:
    given(*WAITING).when(but(HAND_OVER, report=UNHEARD_OF)).then_refused("C1")
    withdrawn = step(WithdrawReport(CASE, REPORT_ID, "A figure is wrong"), OFFICER, DAY)
    given(*WAITING, withdrawn).when(HAND_OVER.at(DAY)).then_refused("C2")
    given(*WAITING, DECISION).when(HAND_OVER.at(DAY)).then_refused("C2")
