"""The words that sentences are made of, and what a sentence is."""

from __future__ import annotations

from datetime import date
from functools import singledispatch

from domain.messages import Event
from domain.wording import short_day

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


def ended(text: str) -> str:
    """What somebody wrote, on one line, with a full stop where they put none."""
    line = " ".join(text.split())
    return line if line.rstrip("”’\"')").endswith((".", "!", "?", "…")) else f"{line}."


def recorded_later(day: date | None) -> str:
    """That what a meeting resolved was not recorded on its own day."""
    return f" Recorded on {short_day(day)}, after the meeting." if day else ""


@singledispatch
def sentence(event: Event) -> str:
    """What happened. Raises NotImplementedError for an event that has no sentence yet."""
    raise NotImplementedError(f"{type(event).__name__} has no sentence")
