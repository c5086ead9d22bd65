"""Whether a body may take closed papers: its notices have run, or a chair agreed (D5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from domain.constitution import Constitution
from domain.deadlines import Period
from domain.messages import Context
from domain.notices import CLEAR_DAYS
from domain.privacy import PrivateMeeting, PrivateMeetings
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.reported import Report
from domain.wording import listed, long_day, short_day

NOTICE, AGAIN = CLEAR_DAYS["private-meeting"], CLEAR_DAYS["private-meeting-again"]


def again_period(rules: Constitution) -> Period:
    """The five clear days of the second notice, in the unit that the constitution counts (D7)."""
    rule = rules.private_meetings
    return Period(AGAIN.number, rule.unit) if rule else AGAIN


def asked_of(report: Report, body: str, context: Context) -> PrivateMeetings | None:
    """The council's rule, where it asks for notices before this body takes this report."""
    rule = context.constitution.private_meetings
    return rule if rule and body in rule.bodies and report.closed else None


def meeting(body: str, day: date, procurement: Procurement) -> PrivateMeeting | None:
    """The private meeting of a body on a day, as far as it is on record here."""
    every = procurement.private_meetings
    return next((one for one in every if (one.body, one.day) == (body, day)), None)


def with_meeting(procurement: Procurement, changed: PrivateMeeting) -> Procurement:
    """The procurement with this meeting in the place of its earlier state."""
    key = (changed.body, changed.day)
    kept = [one for one in procurement.private_meetings if (one.body, one.day) != key]
    return replace(procurement, private_meetings=(*kept, changed))


def ahead(body: str, procurement: Procurement, day: date) -> list[PrivateMeeting]:
    """Private meetings of a body at which a report may be taken: nothing was decided since."""
    held = [one.on.read_as for one in procurement.decisions.values() if one.decided_by == body]
    found = [one for one in procurement.private_meetings if one.body == body]
    return sorted(
        (one for one in found if one.day >= day or all(then < one.day for then in held)),
        key=lambda one: one.day,
    )


def why_not_in_private(
    report: Report, body: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A body takes closed papers at a meeting that was announced to be private, twice (D5).

    Or at one of which a chair agreed that it is urgent and cannot reasonably be deferred.
    """
    if (rule := asked_of(report, body, context)) is None:
        return
    meetings = ahead(body, procurement, context.day)
    found = [list(_missing(report, one, rule, context)) for one in meetings]
    if not found:
        name = context.offices.title(body)
        reason = f"No notice is on record that {name} takes closed papers in private"
        ways = "" if context.stamp.source else f": {_ways(context)}"
        yield Refusal("D5", f"{reason}{ways}", provenance=rule.provenance)
        return
    yield from min(found, key=len)


def why_not_that_day(
    report: Report, body: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """What was resolved in private was resolved at the meeting that the notices are for (D5)."""
    rule = asked_of(report, body, context)
    known = context.stamp.on.precision == "day"
    if rule is None or not known or list(why_not_in_private(report, body, procurement, context)):
        return
    found = ahead(body, procurement, context.day)
    days = [one.day for one in found if not list(_missing(report, one, rule, context))]
    if context.day not in days:
        announced = listed([short_day(one) for one in days], "or")
        reason = f"The notices are for the meeting of {context.offices.title(body)} on {announced}"
        reason = f"{reason}, not on {short_day(context.day)}: record it for the day announced"
        yield Refusal("D5", reason, provenance=rule.provenance)


def unnamed(report: Report, one: PrivateMeeting) -> list[int]:
    """Paragraphs under which a report is closed, and which the notice of the meeting leaves out."""
    named = {part.exemption.paragraph for part in report.closed} - {None, *one.paragraphs}
    return sorted(number for number in named if number)


def _missing(
    report: Report, one: PrivateMeeting, rule: PrivateMeetings, context: Context
) -> Iterator[Refusal]:
    """What a private meeting still lacks."""
    where, which = rule.provenance, f"{context.offices.title(one.body)} on {short_day(one.day)}"
    if left_out := unnamed(report, one):
        reason = f"What was announced of the private meeting of {which} does not name paragraph "
        reason = f"{reason}{listed([str(number) for number in left_out])} of Schedule 12A"
        yield Refusal("D5", f"{reason}, under which the report is closed", provenance=where)
    if not one.urgent and one.again is None:
        reason = f"The private meeting of {which} has had no second notice"
        by = again_period(context.constitution).last_start(one.day, context.calendar)
        last = "give it by" if context.day <= by else "the last day for it was"
        due = "" if context.stamp.source else f": {last} {long_day(by)}"
        yield Refusal("D5", f"{reason}{due}", provenance=where)
    elif not one.urgent:
        short = [day for day in (one.earliest, one.again_earliest) if day and day > one.day]
        if short:
            reason = f"The notices of the private meeting of {which} left too few clear days"
            reason = f"{reason}: they allow one from {long_day(max(short))}"
            yield Refusal("D5", reason, provenance=where)
    if context.day < one.day:
        reason = f"{context.offices.title(one.body)} meets in private on {long_day(one.day)}"
        yield Refusal("D5", reason, cured_on=one.day, provenance=where)


def _ways(context: Context) -> str:
    """How closed papers come to be taken under these rules."""
    short = context.constitution.short_notice
    said = "give 28 clear days' notice, and a second 5 clear days before"
    if short and short.chairs:
        said = (
            f"{said}, or let the {context.offices.title(short.chairs[0])} agree that it is urgent"
        )
    return said
