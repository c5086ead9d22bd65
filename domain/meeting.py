"""What a body resolved is recorded for the day of its meeting, and judged by that day (D6, D8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from domain.clearance_rule import name_of
from domain.messages import Context
from domain.procurement import Procurement
from domain.record import Decision
from domain.refusals import Refusal
from domain.reported import Report
from domain.values import When
from domain.wording import counted, long_day, short_day, when


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
    for what, on in came_before(report, procurement.decided(report.id), context):
        if met < on.read_as:
            day = short_day(on.read_as)
            known = day if on.precision == "day" else f"{when(on)}, read as {day}"
            yield Refusal("D8", f"The meeting cannot have been before {what}: {known}")


def why_not_on_agenda(report: Report, body: str, context: Context) -> Iterable[Refusal]:
    """A body meets on what was published so many clear days before, where a rule says so (D6)."""
    rule = context.constitution.agenda
    if rule is None or not context.offices.is_body(body):
        return
    days, name = counted(rule.clear_days, "clear day"), context.offices.title(body)
    if report.published is None:
        reason = f"The report is published {days} before {name} meets: publish it first"
        yield Refusal("D6", reason, provenance=rule.provenance)
        return
    first = rule.earliest(report.published.read_as, context.calendar)
    if context.day < first:
        reason = f"{days} lie between the report's publication and the meeting of {name}"
        reason = f"{reason}: from {long_day(first)}"
        yield Refusal("D6", reason, cured_on=first, provenance=rule.provenance)


def came_before(
    report: Report, earlier: Iterable[Decision], context: Context
) -> Iterator[tuple[str, When]]:
    """What came before a decision on a report, with its day; ``earlier`` are those on it before."""
    yield "the report was put up", report.on
    for body, one in report.advised.items():
        yield f"{context.offices.title(body)} recommended", one.on
    for kind, given in report.clearances.items():
        yield f"the {name_of(kind)} clearance was given", given.on
    calls = [one.called_in for one in earlier]
    for closed in [one.closed_on for one in calls if one and one.closed_on]:
        yield "the call-in was closed", When(closed)
