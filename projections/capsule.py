"""A decision capsule: what somebody was shown when they decided, in a form that has a digest.

The page is drawn from it, the decision keeps its digest, and an auditor opens the same page again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.messages import Actor, Versions
from domain.offices import Offices
from domain.reported import Document
from domain.values import Digest, PostId, Reference, Slug
from domain.wording import lettered, long_day

APART = frozenset({"h1", "h2", "h3", "h4", "p", "li", "dt", "tr", "section", "div", "br"})
"""What begins a line of its own."""
BESIDE = frozenset({"dd", "td", "th"})
"""What stands beside something else in one."""


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """A recommendation as it was shown: its words, and as HTML what stood against it and what it
    does."""

    label: str
    text: str
    against: str
    effect: str


class Shown(Struct, frozen=True, forbid_unknown_fields=True):
    """What the page said, the title and the line above it as text and the rest as HTML: everything
    above the answers, who decides or records, and each recommendation."""

    title: str
    above: str
    matter: str
    acting: str
    asked: tuple[Asked, ...]


class Check(Struct, frozen=True, forbid_unknown_fields=True):
    """What stood against agreeing, by a rule's id: to the recommendation of a letter, or to all."""

    label: str
    rule: str
    reason: str


class Hidden(Struct, frozen=True, forbid_unknown_fields=True):
    """That closed parts were shown too: what was shown then is sealed under the keys of whose they
    are, and this is its fingerprint, which nobody can make without them."""

    streams: tuple[UUID, ...]
    fingerprint: Digest


class Stood(Struct, frozen=True, forbid_unknown_fields=True):
    """How far something had come that the page rests on."""

    stream: UUID
    version: int


class Footing(Struct, frozen=True, forbid_unknown_fields=True):
    """What a page is drawn from: for whom, who may see closed parts or not, on which London day, by
    which rules, and how far each stream had come. The same footing gives the same page."""

    seat: Actor
    sees_closed: bool
    day: date
    versions: Versions
    stood: tuple[Stood, ...]


class Capsule(Struct, frozen=True, forbid_unknown_fields=True):
    """``checks`` and ``shown`` are what anybody may read of it."""

    form: Literal["decide/1"]
    program: str
    reference: Reference
    report: UUID
    report_version: int
    gateway: Slug
    footing: Footing
    body: PostId | None
    papers: tuple[Document, ...]
    checks: tuple[Check, ...]
    shown: Shown
    hidden: Hidden | None


def differences(before: Shown, after: Shown) -> list[tuple[str, str]]:
    """Lines of a page that are not the same any more: what was said, and what is said now.

    Either is empty where nothing stands in its place.
    """
    # Imported here: it is needed when a page has gone stale only.
    from difflib import SequenceMatcher

    was, now = [*lines(before)], [*lines(after)]
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _paired(was[a:b], now[c:d])
    return found


def _paired(gone: list[str], come: list[str]) -> Iterator[tuple[str, str]]:
    """Line by line where there are as many; else none stands in the place of another."""
    if len(gone) == len(come):
        yield from zip(gone, come, strict=True)
        return
    yield from ((one, "") for one in gone)
    yield from (("", one) for one in come)


def moved(before: Footing, after: Footing, offices: Offices) -> list[str]:
    """What is no longer so of the day, the post and the rules, in sentences."""
    found = []
    if before.day != after.day:
        found.append(f"It is now {long_day(after.day)}, and was {long_day(before.day)}")
    if before.seat != after.seat:
        deputy = ", as deputy" if after.seat.deputising else ""
        found.append(f"You now decide as {offices.title(after.seat.post)}{deputy}")
    for what in ("constitution", "offices", "calendar"):
        was, now = getattr(before.versions, what), getattr(after.versions, what)
        if was != now:
            found.append(f"{what.capitalize()} in force: “{now}” now, “{was}” before")
    return found


def lines(shown: Shown) -> Iterator[str]:
    """What is said, line by line, without its markup."""
    yield from (shown.above, shown.title)
    yield from _text(shown.matter)
    yield from _text(shown.acting)
    for one in shown.asked:
        yield f"{lettered(one.label)} {one.text}"
        yield from _text(one.against)
        yield from _text(one.effect)


def _text(html: str) -> list[str]:
    reader = _Lines()
    reader.feed(html)
    reader.close()
    return [one for each in reader.found if (one := " ".join(each.split()))]


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = [""]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in APART:
            self.found.append("")
        elif tag in BESIDE and self.found[-1].strip():
            self.found[-1] = f"{self.found[-1].rstrip()}: "

    def handle_data(self, data: str) -> None:
        self.found[-1] += data
