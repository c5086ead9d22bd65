"""A competition of Wyvern under the Act, from the first notice to the last."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from domain.contract import PublishContract, SignContract
from domain.ending import EndContract
from domain.indicators import SetPerformanceIndicators
from domain.market import RecordEvaluation
from domain.standstill import SendAssessmentSummaries, SendAwardNotices
from tests.domain import wyvern
from tests.domain.cases import (
    ALPHA,
    AWARD_ID,
    AWARD_REPORT_ID,
    BETA,
    acts,
    asks,
    but,
    exactly,
    given,
)
from tests.domain.owing import in_wyvern, publish, said
from tests.domain.test_indicators import NAMED
from tests.domain.test_owed_before import AT_WYVERN, OPENED, sounded
from tests.domain.varying import WHY, announce, decided, make, to
from tests.scenario import step

CASE, REF = wyvern.CASE, wyvern.REFERENCE
UK2, UK3 = in_wyvern(publish("UK2", OPENED)), in_wyvern(publish("UK3", OPENED))
INVITED, CLOSES = date(2026, 10, 26), date(2026, 11, 20)
DECIDED, TOLD, SIGNED = date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 15)
LATER = date(2027, 3, 1)
AWARD = replace(wyvern.DIRECT, amount=exactly("380000"), direct=False, ground="", starts=SIGNED)
STEPS = (
    *sounded(),
    UK2,
    UK3,
    but(AT_WYVERN.at(INVITED), closes=CLOSES),
    step(RecordEvaluation(CASE, (BETA, ALPHA), ("a panel",)), wyvern.MANAGER, DECIDED),
    but(
        wyvern.AWARD_REPORT.at(DECIDED),
        decision_class="cabinet",
        class_reason=WHY,
        to=wyvern.CABINET,
        recommendations=(asks(AWARD),),
        under=None,
    ),
    step(wyvern.deciding(AWARD_REPORT_ID, AWARD_ID, "a"), wyvern.CLERK, DECIDED),
    step(SendAssessmentSummaries(CASE), wyvern.MANAGER, TOLD),
    step(SetPerformanceIndicators(CASE, NAMED), wyvern.MANAGER, TOLD),
    step(SendAwardNotices(CASE), wyvern.MANAGER, TOLD),
    step(SignContract(CASE, "Alpha", exactly("380000"), SIGNED, 36), wyvern.LAWYER, SIGNED),
    step(PublishContract(CASE), wyvern.MANAGER, date(2027, 1, 13)),
    *decided(to("450000"), on=LATER),
    announce(on=LATER),
    make(on=LATER),
    in_wyvern(publish("UK9", date(2027, 12, 14), "1")),
    step(
        EndContract(CASE, date(2028, 2, 29), "breach", "It is not kept"),
        wyvern.LAWYER,
        date(2028, 2, 1),
    ),
    in_wyvern(publish("UK9", date(2028, 2, 29), "2")),
    in_wyvern(publish("UK9", date(2028, 3, 29), "termination")),
    in_wyvern(publish("UK11", date(2028, 3, 30))),
)


def test_every_step_is_lawful_and_every_notice_is_published() -> None:
    assert given(*STEPS).procurement(REF).irregularities == ()
    assert said(*STEPS, on=date(2028, 4, 3), reference=REF) == {
        "UK2": "published 14 September 2026",
        "UK3": "published 14 September 2026",
        "UK4": "published 26 October 2026",
        "UK6": "published 2 December 2026",
        "UK7": "published 13 January 2027",
        "UK9 year 1": "published 14 December 2027",
        "UK9 year 2": "published 29 February 2028",
        "UK9 the breach": "published 29 March 2028",
        "UK10 the change (a)": "published 1 March 2027",
        "UK11": "published 30 March 2028, 1 day late",
    }


def test_when_all_are_out_none_waits() -> None:
    found = acts(*STEPS, on=date(2028, 4, 3), reference=REF)
    waiting = [key for key, one in found.items() if key.startswith("publish-") and one.awaited]
    assert [one for one in waiting if "notice" in one] == []


def test_before_each_is_published_it_waits() -> None:
    for n, one in enumerate(STEPS):
        code = getattr(one.command, "code", "")
        if code and code != "UK3":
            key = f"publish-notice {code} {one.command.about}".strip()  # type: ignore[attr-defined]
            assert isinstance(one.on, date)
            act = acts(*STEPS[:n], on=one.on, reference=REF)[key]
            assert (act.awaited, act.refusals) == (True, ())
