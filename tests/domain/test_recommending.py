from datetime import date

import pytest
from msgspec.structs import replace

from domain.effects import AuthoriseProcurement
from domain.messages import Actor
from domain.notices import PublishKeyDecisionNotice
from domain.recommending import Recommend, RecommendationMade
from domain.reported import Advice, Advised
from domain.values import When
from domain.withdrawing import WithdrawReport
from tests import scenario
from tests.domain.cases import REPORT_ID, UNHEARD_OF, but, given
from tests.domain.wyvern import (
    BOARD,
    CABINET,
    CASE,
    CLERK,
    DIRECTOR,
    MANAGER,
    OPEN,
    REFERENCE,
    RESOLVED,
    SCRUTINY,
    STRATEGY,
    wyvern,
)
from tests.scenario import DAY, step

KEY_STRATEGY = but(STRATEGY, decision_class="key", class_reason="It changes care in two wards")
NOTICE = step(PublishKeyDecisionNotice(CASE, "strategy"), CLERK)
MEETING = date(2022, 12, 13)
ADVICE = (
    Advice("a", "supported"),
    Advice("b", "supported-as-amended", "Up to £350,000", "The rest is not explained"),
)
SCRUTINISED = step(Recommend(CASE, REPORT_ID, SCRUTINY, ADVICE, "The need is shown"), CLERK)
BOARD_RECOMMENDS = but(SCRUTINISED, body=BOARD)
PUT_UP = (OPEN, NOTICE, KEY_STRATEGY)


def test_a_body_recommends_to_the_decision_maker() -> None:
    event = RecommendationMade(REPORT_ID, SCRUTINY, ADVICE, "The need is shown")
    given(*PUT_UP).when(SCRUTINISED).then(event)
    found = given(*PUT_UP, SCRUTINISED).procurement(REFERENCE).reports[REPORT_ID]
    assert found.state == "open"
    assert found.advised == {SCRUTINY: Advised(When(DAY), CLERK, ADVICE, "The need is shown")}


def test_a_recommendation_has_no_effect() -> None:
    found = given(*PUT_UP, SCRUTINISED, BOARD_RECOMMENDS).procurement(REFERENCE)
    assert not found.decisions
    assert found.in_effect(AuthoriseProcurement, MEETING) is None


def test_bodies_recommend_in_the_order_of_the_route() -> None:
    (refusal,) = given(*PUT_UP).when(BOARD_RECOMMENDS).then_refused("L3")
    assert refusal.reason == "Scrutiny Committee recommends first"
    assert refusal.provenance == "illustrative: scheme of delegation, paragraph 2"
    given(*PUT_UP, SCRUTINISED).when(BOARD_RECOMMENDS).outcome()


def test_a_body_recommends_once() -> None:
    reason = given(*PUT_UP, SCRUTINISED).when(SCRUTINISED).reason("C2")
    assert reason == "Scrutiny Committee has made its recommendation"


def test_a_body_that_the_route_does_not_name_recommends_nothing() -> None:
    (refusal,) = given(*PUT_UP).when(but(SCRUTINISED, body=CABINET)).then_refused("L3")
    assert refusal.reason == "The route of this report asks no recommendation of Cabinet"
    assert refusal.provenance == "illustrative: scheme of delegation, paragraph 2"


def test_where_no_route_is_left_nobody_is_asked_to_recommend() -> None:
    (refusal,) = given(*PUT_UP).under(wyvern(routes=())).when(SCRUTINISED).then_refused("L3")
    assert (refusal.reason, refusal.provenance) == (
        "The route of this report asks no recommendation of Scrutiny Committee",
        "",
    )


def test_a_recommendation_is_about_a_report_that_waits() -> None:
    reason = given(*PUT_UP).when(but(SCRUTINISED, report=UNHEARD_OF)).reason("C1")
    assert reason == "There is no such report"
    withdraw = step(WithdrawReport(CASE, REPORT_ID, "A figure is wrong"), MANAGER)
    assert given(*PUT_UP, withdraw).when(SCRUTINISED).reason("C2") == "The report is withdrawn"


@pytest.mark.parametrize("advice", [ADVICE[:1], (*ADVICE, ADVICE[0]), ()])
def test_a_body_recommends_on_each_recommendation_once(advice: tuple[Advice, ...]) -> None:
    reason = given(*PUT_UP).when(but(SCRUTINISED, advice=advice)).reason("C1")
    assert reason == "Recommend on each once: a and b"


def test_what_is_supported_as_amended_has_its_wording_and_a_reason() -> None:
    bare = replace(ADVICE[1], wording="", reason="")
    wording, reason = (
        given(*PUT_UP).when(but(SCRUTINISED, advice=(ADVICE[0], bare))).then_refused("D8", "D8")
    )
    assert wording.reason == "(b) Give the wording as amended"
    assert reason.reason == "(b) Give a reason: it is not supported as it is"


def test_what_is_not_supported_has_a_reason() -> None:
    no = Advice("a", "not-supported")
    given(*PUT_UP).when(but(SCRUTINISED, advice=(no, ADVICE[1]))).then_refused("D8")
    given(*PUT_UP).when(
        but(SCRUTINISED, advice=(replace(no, reason="Too soon"), ADVICE[1]))
    ).outcome()


def test_what_a_body_recommends_is_recorded_by_those_who_keep_its_minutes() -> None:
    (refusal,) = given(*PUT_UP).when(SCRUTINISED._replace(by=DIRECTOR)).then_refused("G1")
    assert (
        refusal.reason == "This is for Democratic Services to do, not for Director of Public Health"
    )
    assert refusal.provenance == "illustrative: democratic services write the minutes"


def test_a_body_itself_signs_nothing_but_is_named_in_what_is_imported() -> None:
    itself = SCRUTINISED._replace(by=Actor(None, SCRUTINY))
    refusal, _ = scenario.given(*PUT_UP).when(itself).then_refused("G1", "G1")
    assert refusal.reason == "Scrutiny Committee is a body: somebody records what it resolved"
    assert given(*PUT_UP).when(itself._replace(source="the minutes")).irregularities() == []


def test_where_nobody_keeps_minutes_the_refusal_names_the_body() -> None:
    duties = tuple(one for one in wyvern().constitution.duties if one.act != "recommend")
    (refusal,) = given(*PUT_UP).under(wyvern(duties=duties)).when(SCRUTINISED).then_refused("G1")
    assert refusal.reason == "This is for Scrutiny Committee to do, not for Democratic Services"


def test_the_decision_waits_for_every_recommendation() -> None:
    decide = RESOLVED.at(MEETING)
    (refusal,) = given(*PUT_UP).when(decide).then_refused("L3")
    assert refusal.reason == (
        "The recommendation of Scrutiny Committee and Health Board comes first"
    )
    assert refusal.provenance == "illustrative: scheme of delegation, paragraph 2"
    reason = given(*PUT_UP, SCRUTINISED).when(decide).reason("L3")
    assert reason == "The recommendation of Health Board comes first"
    given(*PUT_UP, SCRUTINISED, BOARD_RECOMMENDS).when(decide).outcome()


def test_a_body_that_recommends_does_not_decide() -> None:
    record = given(*PUT_UP, SCRUTINISED, BOARD_RECOMMENDS)
    (refusal,) = record.when(but(RESOLVED.at(MEETING), body=SCRUTINY)).then_refused("L3")
    assert refusal.reason == (
        "Scrutiny Committee recommends here, and does not decide: Cabinet decides"
    )
    assert refusal.provenance == "illustrative: scheme of delegation, paragraph 2"


def test_the_decision_of_a_body_is_recorded_in_its_name() -> None:
    imported = RESOLVED._replace(by=Actor(None, CABINET), source="the minutes")
    for resolved in RESOLVED, but(RESOLVED, body=CABINET), imported:
        record = given(OPEN, STRATEGY, resolved).procurement(REFERENCE)
        (decision,) = record.decisions.values()
        assert (decision.decided_by, decision.by) == (CABINET, resolved.by)
        assert record.irregularities == ()


def test_a_decision_is_recorded_for_the_body_that_the_route_names() -> None:
    (refusal,) = given(OPEN, STRATEGY).when(but(RESOLVED, body=BOARD)).then_refused("G1")
    assert refusal.reason == "Cabinet decides this"
    assert refusal.provenance == "illustrative: scheme of delegation, paragraph 1"


def test_a_decision_that_no_route_is_for_is_nobodys() -> None:
    reason = given(OPEN, STRATEGY).under(wyvern(routes=())).when(RESOLVED).reason("G1")
    assert reason == "No route of the constitution says who decides this"
