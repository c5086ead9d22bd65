"""The case of Leeds once more, in the autumn of 2026 and under each procurement law."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from domain.assessing_conflicts import RecordConflictsAssessment
from domain.claims import EndClaim, RecordClaim
from domain.effects import AwardContract
from domain.publishing import PublishNotice
from domain.regimes import Regime
from domain.representations import RecordRepresentation, ReviewRepresentation
from domain.standstill import SendAssessmentSummaries
from tests.domain import cases
from tests.domain.cases import AWARD_TO_ALPHA, EVALUATION, NOTICES, OPEN, asks, but
from tests.scenario import CASE, DAY, LAWYER, step

LATER = date(2026, 9, 14) - DAY
STARTS = date(2027, 2, 1)
SINCE = {"pcr2015": date(2024, 9, 2), "pa2023": date(2026, 9, 14), "psr2023": date(2026, 9, 14)}


def moved(one: step) -> step:
    assert isinstance(one.on, date)
    return one.at(one.on + LATER)


ASSESSED = step(RecordConflictsAssessment(CASE, none_found=True), on=SINCE["pa2023"])


def authorised(regime: Regime) -> tuple[step, ...]:
    """Opened when the law was in force, and without a framework."""
    subject = "health-care" if regime == "psr2023" else "services"
    fields = {"regime": regime, "subject": subject, "term": None, "framework": None}
    began = SINCE[regime] if regime == "pcr2015" else None
    opened = but(OPEN, **fields, commenced=began).at(SINCE[regime])
    assessed = (ASSESSED,) if regime == "pa2023" else ()
    return (opened, moved(cases.REPORT), moved(cases.DECISION), *assessed)


def evaluated(regime: Regime) -> tuple[step, ...]:
    urgent = "What runs out in November cannot wait" if regime == "pa2023" else ""
    invite = but(moved(cases.TENDER), closes=date(2026, 10, 5), urgent=urgent)
    return (*authorised(regime), invite, moved(EVALUATION))


def awarded(regime: Regime, award: AwardContract = AWARD_TO_ALPHA) -> tuple[step, ...]:
    """Decided on 13 October 2026; without competition the Act asks for a notice first."""
    asked = asks(replace(award, starts=STARTS))
    report = but(moved(cases.AWARD_REPORT), recommendations=(asked,))
    start = authorised(regime) if award.direct else evaluated(regime)
    announced = (TRANSPARENCY,) if award.direct and regime == "pa2023" else ()
    return (*start, report, *announced, moved(cases.AWARD))


TRANSPARENCY = step(PublishNotice(CASE, "UK5"), on=date(2026, 10, 12))
SUMMARIES = step(SendAssessmentSummaries(CASE), on=date(2026, 10, 14))
SIGNATURE = but(cases.SIGNATURE, starts=STARTS)
REPRESENTED = step(RecordRepresentation(CASE, "Beta", "The scores of quality"))
REVIEWED = step(ReviewRepresentation(CASE, "Beta", "stands", "The scores are right"))
CLAIM = step(RecordClaim(CASE, "Beta", date(2026, 12, 1), date(2026, 12, 1)), LAWYER)
OVER = step(EndClaim(CASE, "Beta", "lifted-by-the-court"), LAWYER)


LAWS: dict[Regime, str] = {"pcr2015": "P4", "pa2023": "P3", "psr2023": "P5"}
"""The rule on the standstill of each law."""


def told(regime: Regime, on: date) -> tuple[step, ...]:
    """Awarded, with notices on this day."""
    summaries = (SUMMARIES,) if regime == "pa2023" else ()
    return (*awarded(regime), *summaries, NOTICES.at(on))


def earlier(steps: tuple[step, ...]) -> tuple[step, ...]:
    """The same a year before, but for the notices."""
    *before, notices = steps
    return (*(_year_before(one) for one in before), notices)


def _year_before(one: step) -> step:
    assert isinstance(one.on, date)
    moved = one.at(one.on - timedelta(days=364))
    closes = getattr(one.command, "closes", None)
    return but(moved, closes=closes - timedelta(days=364)) if closes else moved
