"""Clearances of a report as plain data: what was said, or from whom it is awaited."""

from __future__ import annotations

from typing import Any

from domain.clearances import clearances_of
from domain.messages import Context
from domain.procurement import Procurement
from domain.reported import Report
from domain.wording import when


def cleared(report: Report, p: Procurement, context: Context) -> list[dict[str, Any]]:
    """Each that was given, and while the report is open each that is asked for.

    ``before`` is the latest earlier version that it was given for, or nought.
    """
    title = context.offices.title
    return [
        {
            "kind": one.kind,
            "outcome": one.given.outcome if one.given else None,
            "comment": one.given.comment if one.given else "",
            "by": one.given.by.post if one.given else None,
            "by_title": title(one.given.by.post) if one.given else None,
            "on_text": when(one.given.on) if one.given else None,
            "awaited_from": [title(post) for post in one.rule.given_by]
            if one.rule and not one.given
            else [],
            "version": report.version,
            "before": one.before,
        }
        for one in clearances_of(report, p, context)
    ]
