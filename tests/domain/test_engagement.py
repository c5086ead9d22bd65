from datetime import date

from msgspec.structs import replace

from domain.appraised import Engagement
from domain.engagement import (
    CloseMarketEngagement,
    EngageMarket,
    MarketEngagementClosed,
    MarketEngagementOpened,
)
from domain.market import InviteTenders
from domain.notices import PublishKeyDecisionNotice
from tests.domain.cases import CRITERIA, asks, but, given
from tests.domain.wyvern import (
    AUTHORISE,
    AWARDED,
    CASE,
    CLERK,
    DIRECTOR,
    MANAGER,
    OPEN,
    PLAN,
    REFERENCE,
    RESOLVED,
    SIGNATURE,
    STARTED,
    STRATEGY,
    wyvern,
)
from tests.scenario import DAY, step

ENGAGE = step(EngageMarket(CASE, "soft-market-test", "Who could do it"), MANAGER)
CLOSE = step(CloseMarketEngagement(CASE, "Three could", 3), MANAGER, date(2022, 12, 1))
TENDER = step(InviteTenders(CASE, date(2022, 12, 5), CRITERIA), MANAGER)


def test_the_market_is_sounded_where_a_plan_approves_it() -> None:
    event = MarketEngagementOpened("soft-market-test", "Who could do it")
    given(*STARTED).when(ENGAGE).then(event)
    found = given(*STARTED, ENGAGE).procurement(REFERENCE).engagement
    assert found == Engagement("soft-market-test", "Who could do it", DAY)


def test_the_market_is_not_sounded_before_a_plan_approves_it() -> None:
    (refusal,) = given(OPEN).when(ENGAGE).then_refused("L1")
    assert refusal.reason == (
        "No decision at “Gateway 0: options” approves that the market is sounded"
    )
    assert refusal.provenance == "illustrative: procurement rules, section 2"


def test_a_plan_that_says_nothing_of_the_market_approves_no_sounding() -> None:
    silent = (asks(replace(PLAN, market_engagement=False)), asks(AUTHORISE, "b"))
    steps = (OPEN, but(STRATEGY, recommendations=silent), RESOLVED)
    given(*steps).when(ENGAGE).then_refused("L1")


def test_the_plan_must_have_effect() -> None:
    key = but(STRATEGY, decision_class="key", class_reason="It changes care in two wards")
    ways = tuple(replace(one, recommended_by=()) for one in wyvern().constitution.routes)
    notice = step(PublishKeyDecisionNotice(CASE, "strategy"), CLERK)
    on = date(2022, 12, 13)
    record = given(OPEN, notice, key, RESOLVED.at(on), rules_=wyvern(routes=ways))
    (refusal,) = record.when(ENGAGE.at(on)).then_refused("D10")
    wanted = "The decision that approves it takes effect on Wednesday 21 December 2022"
    assert (refusal.reason, refusal.cured_on) == (wanted, date(2022, 12, 21))


def test_where_no_gateway_approves_plans_the_market_is_free_to_sound() -> None:
    gateways = tuple(one for one in wyvern().constitution.gateways if one.id != "options")
    given(OPEN).under(wyvern(gateways=gateways)).when(ENGAGE).outcome()


def test_the_market_is_sounded_once() -> None:
    assert given(*STARTED, ENGAGE).when(ENGAGE).reason("C2") == "The market has been engaged"


def test_once_tenders_are_invited_it_is_too_late_to_sound_the_market() -> None:
    reason = given(*STARTED, TENDER).when(ENGAGE).reason("C2")
    assert reason == "Tenders have been invited: it is too late to sound the market"


def test_once_the_contract_is_awarded_it_is_too_late_to_sound_the_market() -> None:
    too_late = "The contract is awarded: it is too late to sound the market"
    assert given(*AWARDED).when(ENGAGE).reason("C2") == too_late
    assert given(*AWARDED, SIGNATURE).when(ENGAGE).reason("C2") == too_late


def test_what_the_market_showed_is_put_on_record() -> None:
    given(*STARTED, ENGAGE).when(CLOSE).then(MarketEngagementClosed("Three could", 3))
    found = given(*STARTED, ENGAGE, CLOSE).procurement(REFERENCE).engagement
    assert found
    assert (found.closed, found.findings, found.suppliers) == (
        date(2022, 12, 1),
        "Three could",
        3,
    )


def test_a_sounding_is_closed_once_it_was_opened_and_only_once() -> None:
    assert given(*STARTED).when(CLOSE).reason("C1") == "The market is not being engaged"
    reason = given(*STARTED, ENGAGE, CLOSE).when(CLOSE).reason("C2")
    assert reason == "The market engagement is closed"


def test_a_sounding_obliges_nobody() -> None:
    given(*STARTED, ENGAGE).when(TENDER).outcome()


def test_whose_duty_it_is_sounds_the_market() -> None:
    given(*STARTED).when(ENGAGE._replace(by=DIRECTOR)).then_refused("G1")
