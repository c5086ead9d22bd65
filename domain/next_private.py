"""Acts about meetings in private: their notices, representations, and urgency (D5)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.in_private import again_period, ahead, asked_of, unnamed, why_not_in_private
from domain.offering import Act, Offering, Whose
from domain.openness import why_not_represent, why_not_respond
from domain.privacy import PrivateMeeting
from domain.private_notices import why_not_again, why_not_body
from domain.private_urgency import why_not_agree_privately
from domain.reported import Report
from domain.routes import way_of
from domain.short_notice import chairs
from domain.wording import short_day


def private_meetings(case: Offering) -> Iterator[Act]:
    """Notices that the report which waits still needs, and what follows those that were given."""
    rule, report = case.rules.private_meetings, case.p.open_report
    if rule is None:
        return
    whose = (rule.posts, rule.provenance)
    way = way_of(report, case.p, case.context) if report else None
    if report and way and asked_of(report, way.decided_by, case.context):
        yield from _announced(report, way.decided_by, whose, case)
    for one in case.p.private_meetings:
        if one.announced and one.day >= case.context.day:
            yield from _followed(one, whose, case)


def _announced(report: Report, body: str, whose: Whose, case: Offering) -> Iterator[Act]:
    against = list(why_not_in_private(report, body, case.p, case.context))
    if all(one.cured_on for one in against):
        return
    name, since = case.context.offices.title(body), report.on
    meant = ahead(body, case.p, case.context.day)
    awaited = all(unnamed(report, one) for one in meant)
    yield case.act(
        "announce-private-meeting",
        f"Give notice that the {name} takes “{report.title}” in private",
        why_not_body(body, case.context),
        body,
        posts=whose,
        since=since,
        awaited=awaited,
    )
    short = case.rules.short_notice
    if short and chairs(case.context):
        yield case.act(
            "agree-urgent-private-meeting",
            f"Agree that a private meeting of the {name} is urgent",
            why_not_agree_privately(body, case.context),
            body,
            posts=(short.chairs, short.provenance),
            since=since,
            awaited=False,
        )


def _followed(one: PrivateMeeting, whose: Whose, case: Offering) -> Iterator[Act]:
    about = f"{one.body} {one.day}"
    which = f"the private meeting of the {case.context.offices.title(one.body)}"
    which = f"{which} on {short_day(one.day)}"
    by = again_period(case.rules).last_start(one.day, case.context.calendar)
    due = (by, "5 clear days lie between the second notice and the meeting")
    yield case.act(
        "record-openness-representation",
        f"Record a representation against {which}",
        why_not_represent(one.body, one.day, case.p, case.context),
        about,
        posts=whose,
        since=one.announced,
        awaited=False,
    )
    for n, heard in enumerate(one.representations, 1):
        if not heard.response:
            yield case.act(
                "respond-to-openness-representation",
                f"Respond to representation {n} against {which}",
                why_not_respond(one.body, one.day, n, case.p),
                f"{about} {n}",
                posts=whose,
                since=one.announced,
                due=due,
            )
    if not one.urgent:
        yield case.act(
            "announce-private-meeting-again",
            f"Give the second notice of {which}",
            why_not_again(one.body, one.day, case.p, case.context),
            about,
            posts=whose,
            since=one.announced,
            awaited=_waits(one, case),
            due=due,
        )


def _waits(one: PrivateMeeting, case: Offering) -> bool:
    """Whether a closed report is still to be taken there: none was put up yet, or one is open."""
    here = [it for it in case.p.reports.values() if it.to == one.body]
    asking = [it for it in here if asked_of(it, one.body, case.context)]
    return not asking or any(it.state == "open" for it in asking)
