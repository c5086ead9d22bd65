"""What may happen next after an approval: from the invitation to tender to the last phase."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain.acts import next_acts
from domain.reported import Milestone
from domain.values import When
from domain.withdrawing import WithdrawReport
from tests.domain import herefordshire
from tests.domain.cases import (
    AUTHORISE,
    AUTHORISED,
    AWARD_LATER,
    AWARD_REPORT,
    AWARD_REPORT_ID,
    AWARDED,
    CALL_IN,
    DECISION,
    EVALUATED,
    KEY_DECIDED,
    OPEN,
    PHASE_2,
    PHASE_REPORT,
    RECONSIDERED,
    REFERRED_BACK,
    RELEASE,
    RELEASED,
    REPORT,
    REPORT_ID,
    SIGNED,
    TENDER,
    TOO_DEAR,
    UNDER_WAY,
    acts,
    asks,
    but,
    given,
    leeds,
    up_to,
)
from tests.scenario import CASE, DAY, holder, step

WHOLE = (*RELEASED, PHASE_2)
WITHDRAW = step(WithdrawReport(CASE, REPORT_ID, "Too early"))
PLAN = (
    Milestone("tender", When(date(2022, 11, 14), "week"), "invite-tenders"),
    Milestone("contract starts", When(date(2023, 1, 2))),
)


def test_an_invitation_is_due_by_the_end_of_the_planned_week() -> None:
    invite = acts(OPEN, but(REPORT, timetable=PLAN[::-1]), DECISION)["invite-tenders"]
    assert (invite.due, invite.since) == (date(2022, 11, 20), DAY)
    assert invite.due_because == "the report plans: tender"
    assert acts(*AUTHORISED)["invite-tenders"].due is None


def test_an_invitation_waits_for_the_decision_to_take_effect() -> None:
    invite = acts(*KEY_DECIDED, on=date(2022, 12, 14))["invite-tenders"]
    assert invite.since == invite.opens == date(2022, 12, 21)
    called = acts(*KEY_DECIDED, CALL_IN, on=date(2022, 12, 14))["invite-tenders"]
    assert (called.since, called.opens) == (date(2022, 12, 13), None)


def test_an_evaluation_waits_for_the_day_after_the_closing_day() -> None:
    evaluate = acts(*AUTHORISED, TENDER)["record-evaluation"]
    assert evaluate.since == evaluate.opens == date(2022, 12, 6)


def test_notices_are_due_while_the_standstill_still_ends_before_the_start() -> None:
    notices = acts(*EVALUATED, on=date(2022, 12, 6))["send-award-notices"]
    assert notices.due == date(2022, 12, 20)
    assert notices.due_because == "after later notices the standstill outlasts the planned start"
    open_ended = acts(but(OPEN, term=None), *EVALUATED[1:], on=date(2022, 12, 6))
    assert open_ended["send-award-notices"].due is None


def test_an_evaluation_is_followed_by_a_report_on_the_award() -> None:
    put_up = acts(*EVALUATED, on=date(2022, 12, 6))["put-up-report award"]
    assert (put_up.title, put_up.since) == ("Put up the report on the award", date(2022, 12, 6))
    offered = acts(*EVALUATED, AWARD_REPORT, on=date(2022, 12, 12))
    assert "put-up-report award" not in offered


def test_a_council_without_a_gateway_for_it_is_offered_no_report_on_the_award() -> None:
    gateways = leeds().constitution.gateways[:1]
    found = given(*EVALUATED).procurement()
    offered = next_acts(found, EVALUATED[-1].context(leeds(gateways=gateways)))
    assert not [one for one in offered if one.do == "put-up-report"]


@pytest.mark.parametrize(
    "then",
    [WITHDRAW, but(DECISION, answers=(TOO_DEAR, replace(TOO_DEAR, label="b")))],
)
def test_a_report_withdrawn_or_not_agreed_may_come_back(then: step) -> None:
    again = acts(OPEN, REPORT, then)["put-up-report procurement"]
    assert again.title == "Put up a new version of “Authority to procure”"
    assert again.refusals == ()


def test_what_was_agreed_at_first_but_not_when_reconsidered_may_come_back() -> None:
    refused = but(RECONSIDERED, answers=(TOO_DEAR, replace(TOO_DEAR, label="b")))
    offered = acts(*KEY_DECIDED, CALL_IN, REFERRED_BACK, refused, on=date(2023, 1, 9))
    assert "put-up-report procurement" in offered


def test_authority_for_just_the_winning_price_is_enough() -> None:
    exactly_so = replace(AUTHORISE, up_to=up_to("380000"))
    report = but(REPORT, recommendations=(asks(exactly_so), asks(AWARD_LATER, "b")))
    offered = acts(OPEN, report, *EVALUATED[2:], on=date(2022, 12, 6))
    assert "put-up-report procurement" not in offered


def test_a_report_withdrawn_at_a_later_gateway_comes_back_there_and_only_there() -> None:
    withdrawn = step(WithdrawReport(CASE, AWARD_REPORT_ID, "Too early"), on=date(2022, 12, 12))
    offered = acts(*EVALUATED, AWARD_REPORT, withdrawn, on=date(2022, 12, 12))
    assert [one for one in offered if one.startswith("put-up")] == ["put-up-report award"]


@pytest.mark.parametrize("steps", [(OPEN, REPORT), AUTHORISED])
def test_a_report_that_waits_or_was_agreed_does_not_come_back(steps: tuple[step, ...]) -> None:
    assert "put-up-report procurement" not in acts(*steps)


def test_a_signature_is_due_when_the_contract_should_start() -> None:
    sign = acts(*AWARDED, on=date(2022, 12, 13))["sign-contract"]
    assert (sign.since, sign.due) == (date(2022, 12, 13), date(2023, 1, 2))
    assert sign.due_because == "the contract should start"
    assert sign.opens == date(2022, 12, 23)


def test_a_direct_award_is_signed_without_an_evaluation() -> None:
    lawyer = holder("herefordshire/legal-services")
    record = given(*herefordshire.DECIDED, herefordshire.PUBLISHED)
    offered = next_acts(
        record.procurement(herefordshire.REFERENCE),
        herefordshire.PUBLISHED._replace(by=lawyer).context(),
    )
    (sign,) = [one for one in offered if one.do == "sign-contract"]
    assert sign.opens == sign.since == date(2017, 12, 22)


def test_a_signed_contract_waits_for_the_register_and_its_first_phase() -> None:
    offered = acts(*SIGNED, on=date(2022, 12, 23))
    assert offered["publish-contract"].since == date(2022, 12, 23)
    assert offered["start-phase 1"].opens == date(2023, 1, 2)
    assert not offered["start-phase 2"].waits_for_time_only
    assert "sign-contract" not in offered


def test_a_later_phase_waits_for_a_report_on_its_release() -> None:
    put_up = acts(*UNDER_WAY, on=date(2023, 1, 2))["put-up-report phase"]
    assert put_up.title == "Put up the report on the release of phase 2"
    assert put_up.since == date(2023, 1, 2)
    assert "put-up-report phase" not in acts(*UNDER_WAY, PHASE_REPORT, on=date(2023, 6, 1))


def test_a_release_that_was_not_agreed_may_be_asked_for_again() -> None:
    refused = (*UNDER_WAY, PHASE_REPORT, but(RELEASE, answers=(TOO_DEAR,)))
    again = acts(*refused, on=date(2023, 6, 5))["put-up-report phase"]
    assert again.title == "Put up a new version of “Phase 1 shows that the model is viable”"


def test_when_the_last_phase_has_started_nothing_waits_but_the_register() -> None:
    waiting = acts(*WHOLE, on=date(2023, 6, 6)).values()
    assert {one.do for one in waiting if one.awaited} == {"publish-decision", "publish-contract"}
