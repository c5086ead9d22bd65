"""Meetings in private, in sentences: notices, representations, responses, urgency."""

from __future__ import annotations

from datetime import date

from domain.openness import OpennessRepresentationAnswered, OpennessRepresentationReceived
from domain.privacy import Paragraphs
from domain.private_notices import PrivateMeetingAnnounced, PrivateMeetingAnnouncedAgain
from domain.private_urgency import UrgentPrivateMeetingAgreed
from domain.wording import counted, listed, short_day
from projections.phrases import SENDERS, ended, not_asked, sentence


def _which(body: str, day: date) -> str:
    """The executive on 31 March 2021: events name posts by their ids only."""
    return f"the {body.partition('/')[2].replace('-', ' ')} on {short_day(day)}"


def _exempt(paragraphs: Paragraphs) -> str:
    numbers = listed([str(one) for one in paragraphs]) or "not named"
    return f"Schedule 12A, {'paragraph' if len(paragraphs) == 1 else 'paragraphs'} {numbers}"


@sentence.register
def _(event: PrivateMeetingAnnounced) -> str:
    others = event.procurements[1:]
    named = f" The notice names {listed(event.procurements)}." if others else ""
    return (
        f"Gave notice that {_which(event.body, event.day)} meets in private "
        f"({_exempt(event.paragraphs)}): {ended(event.reasons)}{named}"
    )


@sentence.register
def _(event: PrivateMeetingAnnouncedAgain) -> str:
    heard = len(event.representations)
    told = counted(heard, "representation") if heard else "no representation"
    answered = f" and the response to {'it' if heard == 1 else 'each'}" if heard else ""
    return (
        f"Gave the second notice that {_which(event.body, event.day)} meets in private, with the "
        f"reasons again, {told} received{answered}."
    )


@sentence.register
def _(event: OpennessRepresentationReceived) -> str:
    return (
        f"Received a representation from {SENDERS[event.sender]} that the meeting of "
        f"{_which(event.body, event.day)} should be open: {ended(event.says)}"
    )


@sentence.register
def _(event: OpennessRepresentationAnswered) -> str:
    return (
        f"Responded to representation {event.number} on the meeting of "
        f"{_which(event.body, event.day)}: {ended(event.response)}"
    )


@sentence.register
def _(event: UrgentPrivateMeetingAgreed) -> str:
    return (
        f"Agreed that the private meeting of {_which(event.body, event.day)} is urgent and cannot "
        f"reasonably be deferred ({_exempt(event.paragraphs)}): {ended(event.reasons)}"
        f"{not_asked(event.passed_over)}"
    )
