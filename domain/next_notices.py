"""Acts about notices: the quicker ways to a key decision, and what the council is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from domain.notices import why_not_noticed
from domain.offering import Act, Offering
from domain.reported import Report
from domain.short_notice import (
    NOTICE,
    chairs,
    unreported,
    why_not_except,
    why_not_report_urgency,
    why_not_special_urgency,
)

A_YEAR = timedelta(days=365)


def sooner(report: Report, case: Offering) -> Iterator[Act]:
    """General exception and special urgency, while the notice of a key decision is missing."""
    if not list(why_not_noticed(report, case.p, case.context)):
        return
    gateway, since = report.gateway, report.on
    refusals, posts = why_not_except(gateway, case.p, case.context), case.whose(NOTICE)
    title = "Give notice under the general exception"
    yield case.act(
        "notify-general-exception",
        title,
        refusals,
        gateway,
        posts=posts,
        since=since,
        awaited=False,
    )
    if rule := case.rules.short_notice if chairs(case.context) else None:
        refusals, posts = (
            why_not_special_urgency(gateway, case.p, case.context),
            (rule.chairs, rule.provenance),
        )
        title = "Agree that the decision is specially urgent"
        yield case.act(
            "agree-special-urgency",
            title,
            refusals,
            gateway,
            posts=posts,
            since=since,
            awaited=False,
        )


def urgencies(case: Offering) -> Iterator[Act]:
    """Decisions of special urgency that the leader still has to report, within a year (D4)."""
    for one in unreported(case.p):
        assert one.decision
        decision = case.p.decisions[one.decision]
        about = case.p.reports[decision.report].title
        title = f"Report the urgent decision on “{about}” to the council"
        due = (decision.on.read_as + A_YEAR, "such decisions are reported at least once a year")
        refusals = why_not_report_urgency(one.gateway, case.p)
        yield case.act(
            "report-special-urgency",
            title,
            refusals,
            one.gateway,
            posts=case.whose(NOTICE),
            since=decision.on,
            due=due,
        )
