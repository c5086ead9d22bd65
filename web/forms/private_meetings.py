"""Forms about meetings in private: notices, representations, responses, urgency (D5)."""

from __future__ import annotations

from datetime import date
from typing import cast

from msgspec import ValidationError, convert

from domain.in_private import meeting
from domain.messages import Command
from domain.openness import RecordOpennessRepresentation, RespondToOpennessRepresentation
from domain.privacy import ForOpenness, Paragraphs, PrivateMeeting, Sender
from domain.private_notices import (
    AnnouncePrivateMeeting,
    AnnouncePrivateMeetingAgain,
    again_after,
    notice_after,
)
from domain.private_urgency import AgreeUrgentPrivateMeeting
from domain.procurement import others
from domain.short_notice import chairs
from domain.values import Reference
from domain.wording import listed, long_day
from projections.phrases import SENDERS
from web.forms.base import ActForm, Answers, Asked, Field
from web.forms.delegated import also
from web.forms.in_order import asked_before, passed_over

ALSO = "Their references, with commas between, such as leeds-2022-1. Leave empty if there are none"


class Announce(ActForm):
    act = "announce-private-meeting"
    title = "Give notice of a meeting in private"
    button = "Publish the notice"

    @staticmethod
    def intro(asked: Asked) -> str:
        day, again = long_day(notice_after(asked.context)), "a second notice follows"
        return f"28 clear days have to pass: given today, it is for a meeting from {day}; {again}."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [*_meeting(asked), Field("reasons", "Why it is held in private", "textarea")]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return AnnouncePrivateMeeting(
            asked.case,
            asked.subject or "-/-",
            answers.day("day", "the day of the meeting"),
            _paragraphs(answers),
            answers.text("reasons", "why it is held in private"),
            also=_named(asked, answers),
        )


class Again(ActForm):
    act = "announce-private-meeting-again"
    title = "Give the second notice of a meeting in private"
    button = "Publish the second notice"

    @staticmethod
    def intro(asked: Asked) -> str:
        _, _, found, _ = _about(asked)
        if found is None:
            return ""
        heard = [f"“{one.says}” Response: “{one.response or 'none yet'}”" for one in _all(found)]
        received = " ".join(heard) or "No representation was received."
        day = long_day(again_after(asked.context))
        said = f"It says again why: {found.reasons} {received}"
        return f"{said} Given today, it is for a meeting from {day}."

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        body, day, found, _ = _about(asked)
        return AnnouncePrivateMeetingAgain(asked.case, body, day, also=_rest(asked, found))


class Represent(ActForm):
    act = "record-openness-representation"
    title = "Record a representation that a meeting should be open"

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        senders = [(key, one.capitalize()) for key, one in SENDERS.items()]
        hint = "In short, without names or anything that shows who it was"
        return [
            Field("sender", "Who made it", "radios", options=senders),
            Field("says", "Why the meeting should be open", "textarea", hint),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        body, day, found, _ = _about(asked)
        sender = cast(Sender, answers.one_of("sender", "who made it", list(SENDERS)))
        says = answers.text("says", "why the meeting should be open")
        rest = _rest(asked, found)
        return RecordOpennessRepresentation(asked.case, body, day, sender, says, also=rest)


class Respond(ActForm):
    act = "respond-to-openness-representation"
    title = "Respond to a representation that a meeting should be open"

    @staticmethod
    def intro(asked: Asked) -> str:
        _, _, found, number = _about(asked)
        said = [one.says for n, one in enumerate(_all(found), 1) if n == number]
        return f"“{said[0]}” The second notice states the response." if said else ""

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        return [Field("response", "The response", "textarea")]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        body, day, found, number = _about(asked)
        response, rest = answers.text("response", "the response"), _rest(asked, found)
        return RespondToOpennessRepresentation(asked.case, body, day, number, response, also=rest)


class Urgent(ActForm):
    act = "agree-urgent-private-meeting"
    title = "Agree that a meeting in private is urgent"
    button = "Agree, and publish the reasons"

    @staticmethod
    def intro(asked: Asked) -> str:
        order = listed([asked.context.offices.title(one) for one in chairs(asked.context)], "then")
        return f"It can then be held in private without the two notices. Who is asked: {order}."

    @staticmethod
    def fields(asked: Asked) -> list[Field]:
        reasons = "Why it is urgent and cannot reasonably be deferred"
        return [
            *_meeting(asked),
            Field("reasons", reasons, "textarea"),
            *asked_before(chairs(asked.context), asked),
        ]

    @staticmethod
    def command(asked: Asked, answers: Answers) -> Command:
        return AgreeUrgentPrivateMeeting(
            asked.case,
            asked.subject or "-/-",
            answers.day("day", "the day of the meeting"),
            _paragraphs(answers),
            answers.text("reasons", "why it cannot be deferred"),
            passed_over(chairs(asked.context), answers),
            also=_named(asked, answers),
        )


def _meeting(asked: Asked) -> list[Field]:
    """Which meeting it is, on which procurements, and by which paragraphs it is private."""
    report = asked.p.open_report
    closed = [one.exemption.paragraph for one in report.closed] if report else []
    known = ", ".join(str(one) for one in sorted({one for one in closed if one}))
    hint = "Numbers from 1 to 7, with commas between"
    rest = ", ".join(also(report, asked))
    return [
        Field("day", "Day of the meeting", "day"),
        Field("paragraphs", "Paragraphs of Schedule 12A", "text", hint, known),
        Field("also", "Other procurements that the notice names", "text", ALSO, rest),
    ]


def _paragraphs(answers: Answers) -> Paragraphs:
    sent = [one.strip() for one in answers.optional("paragraphs").split(",") if one.strip()]
    if any(one not in tuple("1234567") for one in sent):
        answers.mistakes["paragraphs"] = "Enter the paragraphs as numbers from 1 to 7, such as 1, 3"
        return ()
    return tuple(sorted({int(one) for one in sent}))


def _named(asked: Asked, answers: Answers) -> tuple[str, ...]:
    """The references of the other procurements, as they were written."""
    sent = [one.strip() for one in answers.optional("also").split(",") if one.strip()]
    try:
        found = convert(sent, tuple[Reference, ...])
    except ValidationError:
        answers.mistakes["also"] = "Enter references such as leeds-2022-1, with commas between"
        return ()
    return others(dict.fromkeys(found), asked.p)


def _about(asked: Asked) -> tuple[str, date, PrivateMeeting | None, int]:
    """Body, day, meeting and number of a representation, from the words of the subject."""
    body, day, number = (*asked.subject.split(), "", "", "")[:3]
    try:
        on = date.fromisoformat(day)
    except ValueError:
        on = date(2000, 1, 1)
    found = meeting(body, on, asked.p)
    return body or "-/-", on, found, int(number) if number.isascii() and number.isdigit() else 1


def _all(found: PrivateMeeting | None) -> tuple[ForOpenness, ...]:
    return found.representations if found else ()


def _rest(asked: Asked, found: PrivateMeeting | None) -> tuple[str, ...]:
    return others(found.procurements, asked.p) if found else ()


FORMS = (Announce, Again, Represent, Respond, Urgent)
