"""The words that sentences are made of, and what a sentence is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import singledispatch

from domain.messages import Event
from domain.passed_over import NotThere
from domain.wording import listed, short_day

OUTCOMES = {
    "agreed": "agreed",
    "agreed-as-amended": "agreed as amended",
    "not-agreed": "not agreed",
    "deferred": "deferred",
    "referred-to-another-body": "referred to another body",
    "noted": "noted",
}
VIEWS = {
    "supported": "supported",
    "supported-as-amended": "supported as amended",
    "not-supported": "not supported",
}
ANSWERS = {"agrees": "agrees", "objects": "objects", "no-view": "has no view"}
CLEARINGS = {
    "cleared": "cleared",
    "cleared-with-comments": "cleared with comments",
    "not-cleared": "not cleared",
}
CALL_IN_OUTCOMES = {
    "no-further-action": "no further action",
    "referred-back": "referred back to the decision maker",
    "referred-to-council": "referred to the full council",
    "lapsed": "lapsed",
    "withdrawn": "withdrawn",
}


SENDERS = {
    "member-of-the-public": "a member of the public",
    "councillor": "a councillor",
    "press": "the press",
    "organisation": "an organisation",
}


def ended(text: str) -> str:
    """What somebody wrote, on one line, with a full stop where they put none."""
    line = " ".join(text.split())
    return line if line.rstrip("”’\"')").endswith((".", "!", "?", "…")) else f"{line}."


def recorded_later(day: date | None) -> str:
    """That what a meeting resolved was not recorded on its own day."""
    return f" Recorded on {short_day(day)}, after the meeting." if day else ""


def not_asked(passed_over: Sequence[NotThere]) -> str:
    """Why those who are asked first could not be, where it was not the first who agreed."""
    whys = [f"{one.why} ({' '.join(one.because.split()).rstrip('.')})" for one in passed_over]
    return f" Who is asked first could not be: {listed(whys)}." if whys else ""


def numbered(identifier: str) -> str:
    """What the central platform calls a notice, where it is on record."""
    return f", as {identifier}" if identifier else ""


@singledispatch
def sentence(event: Event) -> str:
    """What happened. Raises NotImplementedError for an event that has no sentence yet."""
    raise NotImplementedError(f"{type(event).__name__} has no sentence")
