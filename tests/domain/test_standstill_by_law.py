"""What each law asks for between an award and its signature."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.effects import Effect
from domain.regimes import Notices, Process, Regime, standstill
from domain.standstill import AssessmentSummariesSent, AwardNoticesSent
from domain.values import Term
from tests.domain.cases import (
    ALPHA,
    AUTHORISE,
    AWARD_LATER,
    AWARD_TO_ALPHA,
    BETA,
    NOTICES,
    RM6187,
    WITHOUT_COMPETITION,
    asks,
    but,
    exactly,
    given,
    up_to,
)
from tests.domain.laws import LAWS, STARTS, SUMMARIES, authorised, awarded, evaluated, told
from tests.domain.laws import SIGNATURE as SIGN
from tests.domain.test_standstill import CALENDAR
from tests.scenario import step

UK6 = date(2026, 11, 19)
OPTIONS = Term(STARTS, 24, (24,))
"""With its option the contract is above the threshold of light touch."""


def test_summaries_go_to_those_who_were_assessed_before_the_award_notice() -> None:
    record = given(*awarded("pa2023"))
    reason = record.when(NOTICES.at(UK6)).reason("P3")
    assert reason == "Assessment summaries go first, to everyone who was assessed"
    record.when(SUMMARIES).then(AssessmentSummariesSent())
    given(*awarded("pa2023"), SUMMARIES).when(SUMMARIES).then_refused("C2")


def test_summaries_are_the_acts_and_need_an_evaluation() -> None:
    given(*evaluated("psr2023")).when(SUMMARIES).then_refused("C1")
    given(*authorised("pa2023")).when(SUMMARIES).then_refused("C1")


@pytest.mark.parametrize("regime", LAWS)
def test_nothing_is_signed_before_the_standstill_has_begun_and_is_over(regime: Regime) -> None:
    rule = LAWS[regime]
    before = given(*awarded(regime)).when(SIGN.at(UK6))
    assert before.reason(rule) == "The standstill has not begun: send the award notices"
    count = standstill(regime, Notices(UK6), CALENDAR)
    record = given(*told(regime, UK6))
    (refusal,) = record.when(SIGN.at(count.last_day)).then_refused(rule)
    assert refusal.cured_on == count.day_after
    record.when(SIGN.at(count.day_after)).outcome()


@pytest.mark.parametrize("regime", ["pa2023", "psr2023"])
def test_only_the_law_of_2015_asks_by_which_means(regime: Regime) -> None:
    steps = (*awarded(regime), SUMMARIES) if regime == "pa2023" else awarded(regime)
    by_post = but(NOTICES.at(UK6), means="other")
    rules = ("C1", "P4")
    given(*steps).when(by_post).then_refused(*rules)


def direct(regime: Regime, process: Process = "ordinary") -> tuple[step, ...]:
    return awarded(regime, replace(WITHOUT_COMPETITION, process=process))


@pytest.mark.parametrize("process", ["extreme-urgency", "protecting-life"])
def test_some_awards_under_the_act_need_their_notice_but_no_standstill(process: Process) -> None:
    record = given(*direct("pa2023", process))
    reason = record.when(SIGN.at(UK6)).reason("P3")
    assert reason.startswith("The award notice (UK6) comes first, for an award ")
    record.when(NOTICES.at(UK6)).then(AwardNoticesSent(Notices(UK6), False, None))
    given(*direct("pa2023", process), NOTICES.at(UK6)).when(SIGN.at(UK6)).outcome()


def test_a_light_touch_contract_under_the_act_needs_its_notice_and_stands_still_by_choice() -> None:
    opened, *others = direct("pa2023")
    light = (but(opened, subject="light-touch", value=up_to("400000"), term=OPTIONS), *others)
    reason = given(*light).when(SIGN.at(UK6)).reason("P3")
    assert reason == "The award notice (UK6) comes first, for a light touch contract too"
    given(*light).when(NOTICES.at(UK6)).then(AwardNoticesSent(Notices(UK6), False, None))
    given(*light, NOTICES.at(UK6)).when(SIGN.at(UK6)).outcome()
    (freely,) = given(*light).when(but(NOTICES.at(UK6), voluntary=True)).outcome()
    assert isinstance(freely, AwardNoticesSent)
    assert freely.count == standstill("pa2023", Notices(UK6), CALENDAR)


BELOW = {"value": up_to("150000"), "phases": ()}
"""With VAT, below what the Act governs."""


FREE = replace(AUTHORISE, up_to=up_to("150000"), standstill="none")
SMALL_SIGNED = but(SIGN, amount=exactly("140000"))


def small(*effects: Effect) -> tuple[step, ...]:
    """A competition below the threshold, authorised, evaluated and awarded: nobody assessed it."""
    asked = tuple(asks(one, "ab"[n]) for n, one in enumerate(effects))
    opened, report, decided, _, *market, award_report, decision = awarded("pa2023")
    tenders = tuple(replace(one, price=Decimal(140_000)) for one in (BETA, ALPHA))
    award = replace(AWARD_TO_ALPHA, amount=exactly("140000"), starts=STARTS)
    return (
        but(opened, **BELOW),
        but(report, recommendations=asked),
        decided,
        market[0],
        but(market[1], tenders=tenders),
        but(award_report, recommendations=(asks(award),)),
        decision,
    )


def test_below_the_threshold_the_act_asks_for_no_summaries_no_notice_and_no_standstill() -> None:
    signed = SMALL_SIGNED.at(UK6)
    record = given(*small(FREE, AWARD_LATER))
    record.when(signed).outcome()
    reason = record.when(SUMMARIES).reason("P2")
    assert reason == "Below the threshold the law asks for no assessment summaries"
    record.when(NOTICES.at(UK6)).then(AwardNoticesSent(Notices(UK6), False, None))
    wanted = replace(FREE, standstill="voluntary")
    (refusal,) = given(*small(wanted, AWARD_LATER)).when(signed).then_refused("P7")
    assert refusal.reason.startswith("The voluntary standstill that was decided on has not begun")


def test_an_ordinary_direct_award_under_the_act_stands_still() -> None:
    record = given(*direct("pa2023"))
    record.when(SIGN.at(UK6)).then_refused("P3")
    count = standstill("pa2023", Notices(UK6), CALENDAR)
    record.when(NOTICES.at(UK6)).then(AwardNoticesSent(Notices(UK6), False, count))


@pytest.mark.parametrize(
    ("process", "exempt"),
    [
        ("direct-award-a", True),
        ("direct-award-b", True),
        ("direct-award-c", False),
        ("most-suitable-provider", False),
        ("ordinary", False),
    ],
)
def test_direct_award_processes_a_and_b_stand_not_still(process: Process, exempt: bool) -> None:
    record = given(*direct("psr2023", process))
    (event,) = record.when(NOTICES.at(UK6)).outcome()
    assert isinstance(event, AwardNoticesSent)
    assert (event.count is None) == exempt
    if exempt:
        record.when(SIGN.at(UK6)).outcome()
    else:
        record.when(SIGN.at(UK6)).then_refused("P5")


@pytest.mark.parametrize("days", [8, 12])
def test_a_voluntary_standstill_under_the_act_lasts_as_long_as_it_says(days: int) -> None:
    steps = direct("pa2023", "extreme-urgency")
    freely = but(NOTICES.at(UK6), voluntary=True, working_days=days)
    (event,) = given(*steps).when(freely).outcome()
    assert isinstance(event, AwardNoticesSent)
    assert event.voluntary
    assert event.count
    assert len([one for one in event.count.days if one.counted]) == days
    record = given(*steps, freely)
    record.when(SIGN.at(event.count.last_day)).then_refused("P3")
    record.when(SIGN.at(event.count.day_after)).outcome()


def test_a_voluntary_standstill_lasts_eight_working_days_at_least() -> None:
    short = but(NOTICES.at(UK6), voluntary=True, working_days=7)
    record = given(*direct("pa2023", "extreme-urgency"))
    reason = record.when(short).reason("P3")
    assert reason == "A voluntary standstill lasts 8 working days at least"
    required = but(NOTICES.at(UK6), working_days=12)
    given(*direct("pa2023")).when(required).then_refused("P3")


def test_a_call_off_under_the_act_needs_its_notice_and_keeps_what_was_decided() -> None:
    opened, *others = (*awarded("pa2023"), SUMMARIES)
    newer = replace(RM6187, since=date(2025, 3, 1), until=date(2028, 1, 1))
    record = given(but(opened, framework=newer), *others)
    reason = record.when(SIGN.at(UK6)).reason("P3")
    assert reason == "The award notice (UK6) comes first, for a call-off under a framework too"
    (event,) = record.when(NOTICES.at(UK6)).outcome()
    assert isinstance(event, AwardNoticesSent)
    assert (event.voluntary, event.count is not None) == (True, True)


def test_the_only_tenderer_need_not_wait_under_the_law_of_2015() -> None:
    opened, report, decision, invite, evaluation, *award = awarded("pcr2015")
    only = but(evaluation, tenders=(ALPHA,))
    none = but(report, recommendations=(asks(replace(AUTHORISE, standstill="none")),))
    decided = but(decision, answers=decision.command.answers[:1])  # type: ignore[attr-defined]
    given(opened, none, decided, invite, only, *award).when(SIGN.at(UK6)).outcome()


def test_after_the_signature_only_health_care_awards_are_announced() -> None:
    signed = (*direct("pcr2015"), SIGN.at(UK6))
    given(*signed).when(NOTICES.at(UK6)).then_refused("C2")
    given(*direct("psr2023", "direct-award-a"), SIGN.at(UK6)).when(NOTICES.at(UK6)).outcome()
