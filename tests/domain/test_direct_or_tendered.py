"""A contract is awarded directly, or tendered for: not both at once."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from tests.domain import laws
from tests.domain.cases import AWARD_LATER, NOTICES, TENDER, WITHOUT_COMPETITION, acts, but, given
from tests.domain.laws import moved
from tests.domain.test_standstill_by_law import FREE, small
from tests.scenario import LAWYER

DIRECT = laws.awarded("pa2023", replace(WITHOUT_COMPETITION, ground="Schedule 5, paragraph 6"))
DECIDED = DIRECT[-1].on
INVITE = but(moved(TENDER), closes=laws.STARTS - timedelta(60))


def test_no_tenders_are_invited_for_what_is_awarded_directly() -> None:
    after = INVITE.at(laws.STARTS - timedelta(90))
    refusal = given(*DIRECT).when(after).reason("P8")
    assert refusal == (
        "The contract has been awarded without competition: no tenders are invited for it"
    )


def test_nobody_is_awarded_what_others_may_still_tender_for() -> None:
    """The invitation is from before the decision, which gives the competition up for a ground."""
    *before, decision = DIRECT
    steps = (*before, INVITE.at(DECIDED), decision)  # type: ignore[arg-type]
    closes = laws.STARTS - timedelta(60)
    record = given(*steps)
    notices = record.when(NOTICES.at(closes)).reason("E1")
    assert notices.startswith("Tenders may come in until the end of")
    signed = laws.SIGNATURE.at(closes)._replace(by=LAWYER)
    assert "E1" in [one.rule for one in record.when(signed).raised()]
    record.when(NOTICES.at(closes + timedelta(1))).outcome()


def test_below_the_threshold_nothing_is_said_of_summaries() -> None:
    act = "send-assessment-summaries"
    assert act in acts(*laws.evaluated("pa2023"), on=laws.STARTS)
    assert act not in acts(*small(FREE, AWARD_LATER), on=laws.STARTS)
