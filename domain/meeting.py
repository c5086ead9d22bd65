"""What a body resolved is recorded for the day of its meeting, and judged by that day (D8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from domain.messages import Context
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.reported import Report
from domain.values import When
from domain.wording import short_day, when


def why_not_met(
    met: date | None, report: Report, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """The meeting has been held, and not before what it had before it."""
    if met is None:
        return
    if context.stamp.source is not None:
        yield Refusal("C1", "An imported step happened on its own day: name no meeting besides")
    today = context.acting.day
    if met > today:
        reason = f"The meeting of {short_day(met)} is still to come: today is {short_day(today)}"
        yield Refusal("D8", reason)
    for what, on in _before(report, procurement, context):
        if met < on.read_as:
            day = short_day(on.read_as)
            known = day if on.precision == "day" else f"{when(on)}, read as {day}"
            yield Refusal("D8", f"The meeting cannot have been before {what}: {known}")


def _before(
    report: Report, procurement: Procurement, context: Context
) -> Iterator[tuple[str, When]]:
    """What came before a meeting on a report, with its day."""
    yield "the report was put up", report.on
    for body, one in report.advised.items():
        yield f"{context.offices.title(body)} recommended", one.on
    calls = [one.called_in for one in procurement.decisions.values() if one.report == report.id]
    for closed in [one.closed_on for one in calls if one and one.closed_on]:
        yield "the call-in was closed", When(closed)
