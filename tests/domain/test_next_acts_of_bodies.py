"""What may happen next where bodies recommend and decide, and where authority is delegated."""

from datetime import date

from msgspec.structs import replace

from domain.acts import Act
from domain.authority import Rules
from domain.delegating import RevokeAuthority
from domain.recommending import Recommend
from domain.reported import Advice
from tests.domain import cases
from tests.domain.cases import (
    AWARD_ID,
    AWARD_REPORT_ID,
    DECISION_ID,
    REPORT_ID,
    asks,
    but,
)
from tests.domain.test_appraisal import APPRAISE, CHOOSE
from tests.domain.test_engagement import CLOSE, ENGAGE
from tests.domain.test_gateways import WAIVE
from tests.domain.wyvern import (
    ASK,
    AUTHORISE,
    AWARD,
    AWARD_REPORT,
    AWARDED,
    BOARD,
    BUYER,
    CASE,
    CLERK,
    CONSULTED,
    DELEGATE,
    FAMILIES,
    FAMILIES_AGREES,
    FAMILIES_OBJECTS,
    GRANTED,
    GRANTED_ALONE,
    HEALTH,
    HEALTH_AGREES,
    MANAGER,
    OPEN,
    PLAN,
    REFERENCE,
    SCRUTINY,
    STARTED,
    STRATEGY,
    wyvern,
)
from tests.scenario import DAY, step

KEY_STRATEGY = but(STRATEGY, decision_class="key", class_reason="It changes care in two wards")
SCRUTINISED = step(
    Recommend(
        CASE,
        REPORT_ID,
        SCRUTINY,
        (Advice("a", "supported"), Advice("b", "supported")),
        "The need is shown",
    ),
    CLERK,
)


def acts(*steps: step, on: date = DAY, rules_: Rules | None = None) -> dict[str, Act]:
    return cases.acts(*steps, on=on, rules_=rules_, reference=REFERENCE)


def without(duty: str) -> Rules:
    return wyvern(duties=tuple(one for one in wyvern().constitution.duties if one.act != duty))


# Bodies.


def test_each_body_of_the_route_is_asked_for_its_recommendation() -> None:
    offered = acts(OPEN, KEY_STRATEGY)
    first, second = (offered[f"recommend {REPORT_ID} {one}"] for one in (SCRUTINY, BOARD))
    assert first.title == (
        "Record what the Scrutiny Committee recommends on “A strategy for young people's health”"
    )
    assert (first.posts, first.since) == ((CLERK.post,), DAY)
    assert first.whose == "illustrative: scheme of delegation, paragraph 2"
    assert (first.refusals, second.waits_for_time_only) == ((), False)
    offered = acts(OPEN, KEY_STRATEGY, SCRUTINISED)
    assert f"recommend {REPORT_ID} {SCRUTINY}" not in offered
    assert offered[f"recommend {REPORT_ID} {BOARD}"].refusals == ()


def test_the_decision_of_a_body_is_for_those_who_record_it() -> None:
    decide = acts(OPEN, STRATEGY)[f"take-decision {REPORT_ID}"]
    assert decide.title == (
        "Record what the Cabinet decides on “A strategy for young people's health”"
    )
    assert decide.posts == (CLERK.post,)
    assert decide.whose == "illustrative: scheme of delegation, paragraph 1"
    decide = acts(OPEN, STRATEGY, rules_=without("take-decision"))[f"take-decision {REPORT_ID}"]
    assert decide.posts == ()


# Gateways.


def test_a_first_report_is_offered_at_every_gateway_before_the_market() -> None:
    offered = acts(OPEN)
    first = offered["put-up-report options"]
    assert (first.title, first.awaited) == (
        "Put up the first report at “Gateway 0: options”",
        True,
    )
    assert not offered["put-up-report strategy"].waits_for_time_only
    assert not offered["put-up-report award"].awaited
    assert "put-up-report extension" not in offered


def test_a_gateway_that_was_passed_with_another_is_offered_no_more() -> None:
    offered = acts(*STARTED)
    assert "put-up-report options" not in offered
    assert "put-up-report strategy" not in offered
    assert "waive-gateway options" not in offered


def test_a_waiver_is_offered_to_those_who_may_give_it() -> None:
    waive = acts(OPEN)["waive-gateway options"]
    assert (waive.title, waive.posts) == ("Waive “Gateway 0: options”", (BUYER.post,))
    assert waive.whose == "illustrative: procurement rules, section 2"
    assert not waive.awaited
    assert "waive-gateway strategy" not in acts(OPEN)
    offered = acts(OPEN, WAIVE)
    assert "waive-gateway options" not in offered
    assert "put-up-report options" not in offered
    assert offered["put-up-report strategy"].refusals == ()


# Options and market engagement.


def test_options_are_appraised_and_then_one_is_preferred() -> None:
    offered = acts(OPEN)
    assert (offered["appraise-options"].posts, offered["appraise-options"].awaited) == (
        (MANAGER.post,),
        False,
    )
    assert "choose-preferred-options" not in offered
    choose = acts(OPEN, APPRAISE)["choose-preferred-options"]
    assert (choose.title, choose.awaited) == ("Record the preferred options", True)
    offered = acts(OPEN, APPRAISE, CHOOSE)
    assert "appraise-options" not in offered
    assert "choose-preferred-options" not in offered
    assert "appraise-options" not in acts(OPEN, rules_=without("appraise-options"))


def test_the_market_is_sounded_once_that_is_approved_and_then_closed() -> None:
    assert "engage-market" not in acts(OPEN)
    assert acts(*STARTED)["engage-market"].since == DAY
    offered = acts(*STARTED, ENGAGE)
    assert "engage-market" not in offered
    assert offered["close-market-engagement"].since == DAY
    assert "close-market-engagement" not in acts(*STARTED, ENGAGE, CLOSE)


def test_nobody_is_asked_to_sound_the_market_once_the_contract_is_awarded() -> None:
    assert "engage-market" in acts(*GRANTED_ALONE)
    assert "engage-market" not in acts(*AWARDED)


# Delegated authority and consultation.


def test_the_report_under_delegated_authority_waits_for_the_delegate() -> None:
    decide = acts(*GRANTED, AWARD_REPORT)[f"take-decision {AWARD_REPORT_ID}"]
    assert decide.title == "Decide the report “Award to Alpha”"
    assert decide.posts == (DELEGATE,)
    assert decide.whose == "resolution (c) in wyvern-2022-1 delegates it"
    assert [one.rule for one in decide.refusals] == ["G2", "G2"]


def test_the_decision_waits_for_consultees_and_after_a_veto_for_a_refusal() -> None:
    def decide(*steps: step) -> Act:
        return acts(*GRANTED, AWARD_REPORT, *steps)[f"take-decision {AWARD_REPORT_ID}"]

    assert decide().waits_for == decide(ASK, HEALTH_AGREES).waits_for == "consultees"
    assert decide(ASK, HEALTH_AGREES).queued
    heard = decide(ASK, HEALTH_AGREES, FAMILIES_AGREES)
    assert (heard.waits_for, heard.queued) == ("", True)
    assert decide(ASK, FAMILIES_OBJECTS).waits_for == "consultees"
    vetoed = decide(ASK, HEALTH_AGREES, FAMILIES_OBJECTS)
    assert (vetoed.waits_for, vetoed.queued) == ("", True)


def test_consultees_wait_to_be_asked_and_then_for_their_answers() -> None:
    offered = acts(*GRANTED, AWARD_REPORT)
    ask = offered[f"ask-consultees {AWARD_REPORT_ID}"]
    assert (ask.title, ask.posts) == ("Ask the consultees about “Award to Alpha”", (MANAGER.post,))
    assert f"answer-consultation {AWARD_REPORT_ID} {HEALTH}" not in offered
    offered = acts(*CONSULTED, on=date(2022, 11, 16))
    assert f"ask-consultees {AWARD_REPORT_ID}" not in offered
    answer = offered[f"answer-consultation {AWARD_REPORT_ID} {HEALTH}"]
    assert (answer.posts, answer.since, answer.awaited) == ((HEALTH,), DAY, True)
    assert answer.title == "Answer the consultation on “Award to Alpha”"
    offered = acts(*CONSULTED, HEALTH_AGREES)
    assert f"answer-consultation {AWARD_REPORT_ID} {HEALTH}" not in offered
    assert f"answer-consultation {AWARD_REPORT_ID} {FAMILIES}" in offered


def test_that_a_consultee_stands_aside_is_for_consultee_and_clerk() -> None:
    aside = acts(*CONSULTED)[f"stand-aside {AWARD_REPORT_ID} {HEALTH}"]
    assert aside.posts == (HEALTH, CLERK.post)
    assert aside.title == "Record that Portfolio Holder for Health is absent or has an interest"
    assert aside.whose == "illustrative: democratic services keep the register of interests"
    assert not aside.awaited
    offered = acts(*CONSULTED, rules_=without("stand-aside"))
    assert offered[f"stand-aside {AWARD_REPORT_ID} {HEALTH}"].posts == (HEALTH,)


def test_where_nobody_is_consulted_no_act_of_consultation_is_offered() -> None:
    offered = acts(*GRANTED_ALONE, AWARD_REPORT)
    assert not [one for one in offered.values() if "consult" in one.do]


def test_authority_may_be_revoked_until_it_is() -> None:
    revoke = acts(*GRANTED_ALONE)[f"revoke-authority {DECISION_ID} c"]
    assert revoke.title == "Revoke the authority delegated by resolution (c)"
    assert (revoke.posts, revoke.awaited) == ((CLERK.post,), False)
    revoked = step(RevokeAuthority(CASE, DECISION_ID, "c", "In house now"), CLERK)
    assert f"revoke-authority {DECISION_ID} c" not in acts(*GRANTED_ALONE, revoked)


def test_an_award_under_delegated_authority_waits_for_its_signature() -> None:
    offered = acts(*GRANTED_ALONE, AWARD_REPORT, AWARD)
    assert offered["sign-contract"].refusals == ()
    assert f"publish-decision {AWARD_ID}" in offered


def test_a_plan_that_allows_no_sounding_offers_none() -> None:
    asked = (asks(replace(PLAN, market_engagement=False)), asks(AUTHORISE, "b"))
    silent = but(STRATEGY, recommendations=asked)
    assert "engage-market" not in acts(OPEN, silent, STARTED[-1])
