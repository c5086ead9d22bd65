"""An award that was referred back, when nobody has the authority any more to decide it again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from domain.acts import next_acts
from domain.drawing import DrawingGivenBack
from domain.effects import AwardContract
from domain.withdrawing import ReportWithdrawn, WithdrawReport
from tests.domain.cases import (
    AWARD_ID,
    AWARD_REPORT_ID,
    SECOND_ID,
    UNHEARD_OF,
    but,
    given,
)
from tests.domain.test_authority_in_effect import (
    AWARDS_CALLED_IN,
    CLOSED,
    OPEN_TO_CALL_IN,
    RECONSIDERED,
    REVOKE,
)
from tests.domain.test_shared import ALSO
from tests.domain.test_shared_authority import AWARD_BOTH as AWARD_IN_BOTH
from tests.domain.test_shared_authority import AWARDS, GRANTED_SEVERAL
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    AWARD_REPORT,
    CABINET,
    CASE,
    CLERK,
    GRANTED_ALONE,
    MANAGER,
    OTHER_REFERENCE,
    REFERENCE,
    deciding,
    delegation,
    drawn,
    granted,
)
from tests.scenario import step

WHY = "The authority has ended"
WITHDRAW = step(WithdrawReport(CASE, AWARD_REPORT_ID, WHY), MANAGER, CLOSED)
CALL_IN, REFERRED_BACK = AWARDS_CALLED_IN[-2:]
ONE_BACK = (AWARD_REPORT, AWARD, but(CALL_IN, resolutions=()), REFERRED_BACK)
EXPIRED = (*granted(replace(ALONE, expires=date(2022, 12, 31))), *ONE_BACK)
REVOKED = (*GRANTED_ALONE, *ONE_BACK, REVOKE.at(CLOSED))
WAY_OUT = (
    ". It was referred back: withdraw the report, and put the award to Cabinet, who gave the "
    "authority, or ask for fresh authority"
)


def record(*steps: step) -> given:
    return given(*steps, rules_=OPEN_TO_CALL_IN)


def test_what_was_referred_back_too_late_to_be_decided_says_what_can_be_done() -> None:
    reason = record(*EXPIRED).when(RECONSIDERED).reason("G1")
    assert reason == f"The delegated authority ended on 31 December 2022{WAY_OUT}"
    reason = record(*REVOKED).when(RECONSIDERED).reason("G1")
    assert reason == f"The delegated authority was revoked: The service is run in house{WAY_OUT}"


def test_an_award_that_is_decided_for_the_first_time_has_other_ways_out() -> None:
    reason = record(*GRANTED_ALONE, AWARD_REPORT, REVOKE).when(AWARD).reason("G1")
    assert WAY_OUT not in reason


def test_it_is_withdrawn_and_what_it_drew_goes_back() -> None:
    back = DrawingGivenBack(AWARD_ID, (drawn("300000"),), WHY)
    for steps in EXPIRED, REVOKED:
        record(*steps).when(WITHDRAW).then(ReportWithdrawn(AWARD_REPORT_ID, WHY), back)
        after = record(*steps, WITHDRAW)
        assert delegation(after).drawn == Decimal(0)
        case = after.procurement(REFERENCE)
        assert case.reports[AWARD_REPORT_ID].state == "withdrawn"
        assert not list(case.resolved(AwardContract))


def test_while_the_authority_is_live_it_is_decided_again() -> None:
    reason = record(*GRANTED_ALONE, *ONE_BACK).when(WITHDRAW).reason("D10")
    assert reason == (
        "The report was decided and referred back, and Director of Public Health has the "
        "authority still: it is decided again"
    )


def test_the_award_may_then_be_put_to_the_body_that_gave_the_authority() -> None:
    report = but(
        AWARD_REPORT, report=UNHEARD_OF, decision_class="cabinet", to=CABINET, under=None
    ).at(CLOSED)
    record(*REVOKED).when(report).then_refused("C2")
    taken = step(deciding(UNHEARD_OF, SECOND_ID, "a"), CLERK, CLOSED)
    after = record(*REVOKED, WITHDRAW, report, taken)
    award = after.procurement(REFERENCE).in_effect(AwardContract, CLOSED)
    assert award
    assert delegation(after).drawn == Decimal(0)


def test_what_was_not_called_in_stands_and_stays_drawn() -> None:
    steps = (*AWARDS_CALLED_IN, REVOKE.at(CLOSED), WITHDRAW)
    after = record(*steps)
    assert delegation(after).exercised == {AWARD_ID: (drawn("100000", label="b"),)}
    standing = [one.label for _, one, _ in after.procurement(REFERENCE).resolved(AwardContract)]
    assert standing == ["b"]


def test_of_a_shared_report_the_rest_is_withdrawn_beside_what_was_abandoned() -> None:
    back = but(CALL_IN, also=ALSO, resolutions=()), but(REFERRED_BACK, also=ALSO)
    revoke = but(REVOKE.at(CLOSED), also=ALSO)
    steps = (*GRANTED_SEVERAL, AWARDS, AWARD_IN_BOTH, *back, revoke)
    record(*steps).when(WITHDRAW).then_refused("C1")
    after = record(*steps, but(WITHDRAW, also=ALSO))
    assert delegation(after).awards == ()
    assert len(delegation(after).given_back[AWARD_ID]) == len([REFERENCE, OTHER_REFERENCE])


def test_withdrawing_it_is_offered_and_nothing_waits_for_it() -> None:
    case = record(*EXPIRED).procurement(REFERENCE)
    offered = next_acts(case, WITHDRAW.context(OPEN_TO_CALL_IN))
    (act,) = [one for one in offered if one.do == "withdraw-report"]
    assert (act.refusals, act.awaited) == ((), False)
