"""Councils whose rules the program knows as files: nothing of them is on record until adopted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from domain.constitution import Constitution
from domain.reading_constitution import read_constitution
from domain.refusals import Refusal, Refused
from domain.wording import long_day

FOLDER = Path(__file__).parent
KNOWN = tuple(sorted(one.name for one in FOLDER.iterdir() if (one / "offices.toml").is_file()))


def text_of(council: str, day: date) -> str:
    """The constitution in force on a London day. Refuses a day before the first that is known."""
    texts = [one.read_text("utf-8") for one in (FOLDER / council).glob("constitution*.toml")]
    found = sorted(((read_constitution(one).in_force, one) for one in texts), reverse=True)
    for since, text in found:
        if since <= day:
            return text
    reason = f"The rules of {council} are known from {long_day(found[-1][0])} on"
    raise Refused([Refusal("C1", reason)])


def rules_of(council: str, day: date) -> Constitution:
    """The same, read."""
    return read_constitution(text_of(council, day))
