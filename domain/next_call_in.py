"""Acts about call-in: asked for, brought to an end by its day, or agreed to be too urgent for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.call_in import why_not_call_in
from domain.closing_call_in import why_not_close_call_in
from domain.offering import Act, Offering
from domain.record import Decision
from domain.reported import Report
from domain.urgency import clause, why_not_agree_urgency


def called_in(one: Decision, case: Offering) -> Iterator[Act]:
    """A call-in that may still come, or that waits for what becomes of it."""
    refusals, call = why_not_close_call_in(one.id, case.p), one.called_in
    by = call.meets_by if call else None
    due = (by.last_day if by else None, "scrutiny has to meet by then" if by else "")
    since, title = call.on if call else one.on, "Record what became of the call-in"
    yield case.act("close-call-in", title, refusals, one.id, since=since, due=due)
    if not (calls := list(why_not_call_in(one.id, case.p, case.context))):
        due = (one.window.last_day if one.window else None, "the window closes")
        title = "Record a call-in"
        yield case.act("record-call-in", title, calls, one.id, awaited=False, due=due)


def decided_again_by(report: Report, case: Offering) -> tuple[date, str] | None:
    """By when a decision that was referred back has to be taken again, where the rules say so."""
    earlier = case.p.decided(report.id)
    call = earlier[-1].called_in if earlier else None
    if call and call.reconsidered_by:
        return call.reconsidered_by.last_day, "what was referred back is decided again by then"
    return None


def urgency(report: Report, case: Offering) -> Iterator[Act]:
    """That a report cannot wait for call-in may be agreed: nobody waits for it."""
    if rule := clause(case.context):
        refusals = list(why_not_agree_urgency(report.id, case.p, case.context))
        if not refusals:
            duty = case.rules.duty("agree-urgency")
            posts = tuple(dict.fromkeys((*rule.agreed_by, *(duty.posts if duty else ()))))
            title = f"Agree that “{report.title}” cannot wait for call-in"
            whose = (posts, rule.provenance)
            yield case.act(
                "agree-urgency", title, (), report.id, posts=whose, since=report.on, awaited=False
            )
