"""A decision's capsule, opened again, and whether the record still gives the same page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from adapters.database import Unavailable
from adapters.house import House
from adapters.ledgers.capsules import Changed
from adapters.log import Stored
from domain.decided import DecisionTaken
from domain.messages import tag_of
from domain.record import Decision
from domain.values import procurement_id
from domain.wording import counted
from projections.capsule import Capsule, Shown, differences
from web.capsules import Drawn, drawn_again, program
from web.pages import Pages

Again = Literal["same", "differs", "unreadable", "changed", "other-program", "erased"]
"""What came of drawing a page once more: of the last two nothing can be told."""
WRONG = {
    "differs": "is not what the record gives for that moment",
    "unreadable": "cannot be drawn again: what it was drawn from is not on record",
    "changed": "is there, and its closed parts are missing or were changed",
}
UNTOLD = {
    "other-program": "drawn by another version of the program, which may word it otherwise",
    "erased": "with closed parts that were erased since",
}


class Seen(NamedTuple):
    """``kept`` says whether there is a capsule, and it is what the decision says."""

    kept: Literal["none", "missing", "whole"]
    capsule: Capsule | None = None
    shown: Shown | None = None
    closed_too: bool = False
    """Whether ``shown`` is with its closed parts."""
    again: Again | None = None
    differs: Sequence[tuple[str, str]] = ()
    """What is not the same, for who may see closed parts."""


def seen_again(house: House, pages: Pages, decision: Decision, *, closed: bool) -> Seen:
    """``closed`` says whether the reader may see closed parts. Raises Unavailable."""
    if decision.capsule is None:
        return Seen("none")
    if (capsule := house.capsules.get(decision.capsule)) is None:
        return Seen("missing")
    whole, again, now = _again(house, pages, decision.capsule, capsule)
    shown = whole if closed and whole else capsule.shown
    differs = differences(whole or capsule.shown, now.shown) if now and closed else ()
    return Seen("whole", capsule, shown, closed and whole is not None, again, differs)


def _again(
    house: House, pages: Pages, digest: str, kept: Capsule
) -> tuple[Shown | None, Again, Drawn | None]:
    """What showed closed parts, what came of drawing it again, and that where it differs."""
    try:
        whole = house.capsules.opened(digest, kept) if kept.hidden else None
    except Changed:
        return None, "changed", None
    if kept.hidden and whole is None:
        return None, "erased", None
    if kept.program != program():
        return whole, "other-program", None
    try:
        now = drawn_again(house, pages, kept.reference, kept.report, kept.footing)
    except Unavailable:
        raise
    except Exception:  # Whatever was done to what it is drawn from.
        return whole, "unreadable", None
    if now.capsule == kept:
        return whole, "same", None
    erased = house.keys.any_erased({*now.matter.erased_streams()})
    return whole, "erased" if erased else "differs", now


class Checked(NamedTuple):
    """Of all decisions: entries of the log whose screen is not as it was, with what is wrong; and
    what could not be told."""

    findings: Sequence[tuple[int, str]]
    untold: Sequence[str]


def capsules_checked(house: House, pages: Pages) -> Checked:
    """Raises Unavailable."""
    findings, untold = [], Counter[str]()
    for stored, event in _decisions(house):
        what = f"what was on the screen for the decision of entry {stored.position}"
        if not (digest := event.capsule):
            continue
        if (capsule := house.capsules.get(digest)) is None:
            findings.append((stored.position, f"{what} is missing or was changed"))
        elif stored.stream == procurement_id(capsule.reference):
            _, again, _ = _again(house, pages, digest, capsule)
            untold[again] += 1
            if again in WRONG:
                findings.append((stored.position, f"{what} {WRONG[again]}"))
    return Checked(
        findings,
        [
            f"{counted(untold[how], 'screen')} {why}: only the digest was compared"
            for how, why in UNTOLD.items()
            if untold[how]
        ],
    )


def _decisions(house: House) -> Iterator[tuple[Stored, DecisionTaken]]:
    """As far as they can be read: that an event was changed is found elsewhere."""
    for stored in house.log.of_kind(tag_of(DecisionTaken), house.log.last_position()):
        try:
            event = house.log.recorded(stored, opened=False).event
        except (ValueError, KeyError):
            continue
        if isinstance(event, DecisionTaken):
            yield stored, event
