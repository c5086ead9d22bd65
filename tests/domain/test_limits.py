"""What a reviewer tried: effects bent to other ends, days out of reach, decisions turned round."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.abandoning import AbandonProcurement
from domain.answers import Answer
from domain.deciding import why_not_agree
from domain.effects import Effect
from domain.suggesting import version_before
from domain.values import Term, When
from domain.withdrawing import WithdrawReport
from tests.domain import herefordshire as hereford
from tests.domain.cases import (
    ALPHA,
    AUTHORISE,
    AUTHORISED,
    AWARD,
    AWARD_LATER,
    AWARD_REPORT,
    AWARDED,
    BETA,
    CALL_IN,
    CRITERIA,
    DECISION,
    EVALUATION,
    KEY_DECIDED,
    NO_ACTION,
    NOTICES,
    OPEN,
    REFERRED_BACK,
    REPORT,
    REPORT_ID,
    SECOND_ID,
    SIGNATURE,
    TENDER,
    TOO_DEAR,
    WITHOUT_COMPETITION,
    acts,
    asks,
    but,
    given,
    members,
    up_to,
)
from tests.scenario import CASE, DEPUTY_DIRECTOR, holder, rules, step

AGREED_B = Answer("b", "agreed")
LATE = date(2025, 9, 1)


def amended(effect: Effect) -> Answer:
    return Answer("a", "agreed-as-amended", "For once", "Otherwise", effect)


def test_an_amendment_keeps_to_what_was_asked_for() -> None:
    bent = but(DECISION, answers=(amended(WITHOUT_COMPETITION), AGREED_B))
    reason = given(OPEN, REPORT).when(bent).reason("C1")
    assert reason == "(a) An amendment keeps to what was asked for"


def test_reports_ask_at_a_gateway_for_what_it_is_there_for() -> None:
    reason = (
        given(OPEN).when(but(REPORT, recommendations=(asks(WITHOUT_COMPETITION),))).reason("L1")
    )
    assert reason == (
        "Reports at “Authority to procure” ask to authorise procurement, and for nothing else"
    )


def test_a_no_is_possible_where_a_yes_is_not() -> None:
    """The framework has ended: nothing may be agreed, everything may be turned down."""
    record = given(OPEN, REPORT)
    no = but(DECISION.at(LATE), answers=(TOO_DEAR, replace(TOO_DEAR, label="b")))
    record.when(no).outcome()
    record.when(DECISION.at(LATE)).then_refused("E4")
    (report,) = record.procurement().reports.values()
    against = why_not_agree(report, record.procurement(), DECISION.at(LATE).context())
    assert [one.rule for one in against["a"]] == ["E4"]
    assert against["b"] == ()


def test_an_amendment_may_cure_what_stands_against_a_recommendation() -> None:
    lower = replace(AUTHORISE, up_to=up_to("300000"))
    dearer = but(REPORT, recommendations=(asks(AUTHORISE), asks(AWARD_LATER, "b")))
    given(OPEN, dearer).when(but(DECISION, answers=(amended(lower), AGREED_B))).outcome()


def test_a_criterion_counts_once() -> None:
    twice = (CRITERIA[0], CRITERIA[1], replace(CRITERIA[0], weight=Decimal(0)))
    given(OPEN).when(
        but(REPORT, recommendations=(asks(replace(AUTHORISE, criteria=twice)),))
    ).then_refused("C2")


def test_a_closed_call_in_brings_no_decision_into_effect_before_its_day() -> None:
    early = NO_ACTION.at(date(2022, 12, 15))
    (decision,) = given(*KEY_DECIDED, CALL_IN, early).procurement().decisions.values()
    assert decision.effective_on("a") == decision.effective == date(2022, 12, 21)


def test_a_decision_referred_back_is_decided_again_and_not_withdrawn() -> None:
    record = given(*KEY_DECIDED, CALL_IN, REFERRED_BACK)
    withdraw = step(WithdrawReport(CASE, REPORT_ID, "No"), DEPUTY_DIRECTOR, date(2023, 1, 9))
    assert record.when(withdraw).reason("D10").startswith("The report was decided and referred")
    record.when(but(DECISION.at(date(2023, 1, 9)), decision=SECOND_ID)).outcome()


def test_no_new_notice_is_needed_to_decide_again() -> None:
    """Herefordshire's record has no notice: an irregularity once, and no bar to a second look."""
    called = hereford.CALL_IN.at(date(2017, 12, 18))
    back = but(REFERRED_BACK, procurement=hereford.CASE)._replace(by=hereford.CLERK)
    grounded = amended(replace(hereford.AWARD, ground="regulation 32(2)(b)(ii)"))
    again = but(
        hereford.DECISION, decision=SECOND_ID, answers=(grounded,), interests="none-declared"
    )
    sign = hereford.SIGNED._replace(by=holder("herefordshire/legal-services"), source=None)
    record = given(*hereford.DECIDED, hereford.PUBLISHED, called, back)
    record.when(again._replace(on=date(2018, 1, 8), source=None)).outcome()
    reason = record.when(but(sign.at(date(2018, 1, 5)), starts=date(2018, 1, 5))).reason("P7")
    assert reason == "The award was called in and referred: it has to be decided again"


def test_a_member_with_an_interest_takes_no_step() -> None:
    interest = {"interests": "declared", "interests_note": "Shares in the supplier"}
    declared = but(hereford.DECISION, answers=(TOO_DEAR,), **interest)
    record = given(hereford.OPEN, hereford.REPORT)
    assert "G4" in record.when(declared).irregularities()


def test_who_recorded_the_evaluation_does_not_decide_the_award_as_a_deputy() -> None:
    recorded = EVALUATION._replace(by=DEPUTY_DIRECTOR)
    recorded = but(recorded, panel=("Leeds Community Healthcare Trust",))
    as_director = replace(
        DEPUTY_DIRECTOR, post="leeds/director-of-adults-and-health", deputising=True
    )
    record = given(*AUTHORISED, TENDER, recorded, NOTICES, AWARD_REPORT)
    record.when(AWARD._replace(by=as_director)).then_refused("G6")


def test_a_panel_that_names_the_post_by_its_title_names_the_post() -> None:
    named = but(EVALUATION, panel=("Director of Adults and Health",))
    given(*AUTHORISED, TENDER, named, NOTICES, AWARD_REPORT).when(AWARD).then_refused("G6")


def test_a_day_is_one_that_a_procurement_can_be_about() -> None:
    for make in When, lambda day: Term(day, 1):
        with pytest.raises(ValueError, match="is no day between 1900 and 2199"):
            make(date(9999, 12, 31))


def test_a_closing_day_and_a_start_lie_in_the_calendar() -> None:
    closes = but(TENDER, closes=date(2042, 12, 5))
    assert "which covers 2010 to 2040" in given(*AUTHORISED).when(closes).reason("C1")
    begins = but(OPEN, term=Term(date(2042, 1, 2), 24))
    assert "which covers 2010 to 2040" in given().when(begins).reason("C1")
    starts = but(SIGNATURE, starts=date(2041, 1, 2))
    given(*AWARDED).when(starts).then_refused("C1", "P7")


def test_a_contract_starts_on_its_day() -> None:
    later = but(SIGNATURE, starts=date(2023, 1, 3))
    reason = given(*AWARDED).when(later).reason("P7")
    assert reason == "The contract starts on Monday 2 January 2023 at the latest"


def test_nobody_acts_on_another_authoritys_procurement() -> None:
    there = step(AbandonProcurement(CASE, "x"), hereford.OFFICER, date(2022, 12, 1))
    assert given(OPEN).when(there).reason("C1") == "This procurement is another authority's"


def test_members_who_call_in_are_different_people() -> None:
    same = but(CALL_IN, members=members("m1", "M1", " m1.", "m2"))
    reason = given(*KEY_DECIDED).when(same).reason("D10")
    assert reason == "M1 and  m1. is named twice: a call-in needs 4 different members"


def test_where_authority_is_missing_a_report_may_ask_for_more() -> None:
    lower = replace(AUTHORISE, up_to=up_to("300000"))
    less = but(DECISION, answers=(amended(lower), AGREED_B))
    dear = but(EVALUATION, tenders=(ALPHA, BETA))
    steps = (OPEN, REPORT, less, TENDER, dear)
    assert "put-up-report procurement" in acts(*steps, on=date(2022, 12, 7))
    gateway = rules("leeds").constitution.gateways[0]
    before = version_before(gateway, given(*steps).procurement())
    assert before
    a, b = before.recommendations
    assert a.effect == replace(AUTHORISE, up_to=up_to("380000"))
    assert a.text.endswith("Set the authority at what was offered, £380,000.")
    assert b == asks(AWARD_LATER, "b")


def test_what_was_not_agreed_may_come_back_though_the_rest_was() -> None:
    half = but(DECISION, answers=(replace(TOO_DEAR, outcome="deferred"), AGREED_B))
    assert "put-up-report procurement" in acts(OPEN, REPORT, half)
