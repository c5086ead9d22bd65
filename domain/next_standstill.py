"""Acts between an award and its contract: summaries, notices, representations, claims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.claims import why_not_claim
from domain.indicators import owes_indicators, why_not_set_indicators
from domain.no_standstill import decided_freely, exempt
from domain.offering import Act, Offering
from domain.representations import why_not_represent
from domain.standstill import (
    last_day_to_send,
    why_not_send_notices,
    why_not_send_summaries,
)
from domain.thresholds import below_threshold


def standing_still(case: Offering) -> Iterator[Act]:
    """Notices wait to be sent, reviews to be made; claims may come and end."""
    since = case.p.evaluation.on if case.p.evaluation else case.now
    whose = case.whose("send-award-notices")
    refusals, title = why_not_send_summaries(case.p), "Record the assessment summaries"
    if not below_threshold(case.p):
        yield case.act("send-assessment-summaries", title, refusals, since=since, posts=whose)
    refusals, title = why_not_send_notices(case.p, case.context), "Record the award notices"
    yield case.act("send-award-notices", title, refusals, since=since, due=_last_notice(case))
    yield case.act(
        "set-performance-indicators",
        "Set the performance indicators",
        why_not_set_indicators(case.p),
        since=since,
        posts=whose,
        awaited=owes_indicators(case.p, case.context.day),
    )
    yield from _represented(case)
    yield from _claimed(case)


def _last_notice(case: Offering) -> tuple[date | None, str]:
    needed = not exempt(case.p, case.context.day) or decided_freely(case.p, case.context.day)
    if case.p.term is None or not needed:
        return None, ""
    day = last_day_to_send(case.p.regime, case.p.term.starts, case.context.calendar)
    return day, "after later notices the standstill outlasts the planned start"


def _represented(case: Offering) -> Iterator[Act]:
    whose = case.whose("send-award-notices")
    refusals, title = why_not_represent(case.p, case.context), "Record a representation"
    yield case.act("record-representation", title, refusals, posts=whose, awaited=False)
    for one in case.p.standstill.representations if case.p.standstill else ():
        if not one.outcome:
            yield case.act(
                "review-representation",
                f"Review the representation of {one.provider}",
                (),
                one.provider,
                posts=whose,
                since=one.on,
            )


def _claimed(case: Offering) -> Iterator[Act]:
    whose = case.whose("sign-contract")
    refusals, title = why_not_claim(case.p), "Record a claim against the award"
    yield case.act("record-claim", title, refusals, posts=whose, awaited=False)
    for one in case.p.claims:
        if not one.ended:
            title = f"Record the end of the claim of {one.claimant}"
            yield case.act("end-claim", title, (), one.claimant, posts=whose, awaited=False)
