"""The day of the meeting at which a body resolved what is recorded."""

from __future__ import annotations

from datetime import date

from domain.meeting import why_not_met
from domain.messages import Context
from domain.procurement import Procurement
from domain.reported import Report
from web.forms.base import Answers, Field

MEETING = "met"


def meeting_field(context: Context) -> Field:
    hint = "The decision counts from this day, also where you record it later"
    return Field(MEETING, "Day of the meeting", "day", hint, context.day.isoformat())


def met_of(report: Report, p: Procurement, context: Context, answers: Answers) -> date:
    """The day that was given; ``context`` is today's."""
    met = answers.day(MEETING, "the day of the meeting")
    for one in why_not_met(met, report, p, context) if MEETING not in answers.mistakes else ():
        answers.mistakes.setdefault(MEETING, one.reason)
    return met
