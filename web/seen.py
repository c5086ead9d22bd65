"""A decision's capsule, opened again, and whether the record still gives the same page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from adapters.house import House
from domain.decided import DecisionTaken
from domain.messages import tag_of
from domain.record import Decision
from domain.values import procurement_id
from projections.capsule import Capsule, Shown, differences
from web.capsules import PROGRAM, Drawn, drawn_again
from web.pages import Pages

Whole = Literal["none", "missing", "whole"]
Again = Literal["same", "differs", "other-program", "erased", "unreadable"]


class Seen(NamedTuple):
    """``kept`` says whether there is a capsule, and it is what the decision says; ``again`` what
    came of drawing the page once more from the record."""

    kept: Whole
    capsule: Capsule | None = None
    shown: Shown | None = None
    closed_too: bool = False
    """Whether ``shown`` is with its closed parts."""
    again: Again | None = None
    differs: Sequence[tuple[str, str]] = ()


def seen_again(house: House, pages: Pages, decision: Decision, *, closed: bool) -> Seen:
    """``closed`` says whether the reader may see closed parts."""
    if decision.capsule is None:
        return Seen("none")
    if (capsule := house.capsules.get(decision.capsule)) is None:
        return Seen("missing")
    whole = house.capsules.opened(decision.capsule, capsule)
    again, differs = _again(house, pages, capsule, whole)
    shown = whole if closed and whole else capsule.shown
    return Seen("whole", capsule, shown, shown is whole, again, differs if closed else ())


def _again(
    house: House, pages: Pages, kept: Capsule, whole: Shown | None
) -> tuple[Again, Sequence[tuple[str, str]]]:
    if kept.hidden and whole is None:
        return "erased", ()
    try:
        now = _drawn_again(house, pages, kept)
    except Exception:  # Whatever was done to what it is drawn from.
        return "unreadable", ()
    if now.capsule == kept:
        return "same", ()
    if kept.program != PROGRAM:
        return "other-program", ()
    return "differs", differences(whole or kept.shown, now.shown)


def _drawn_again(house: House, pages: Pages, kept: Capsule) -> Drawn:
    closed = kept.hidden is not None
    return drawn_again(house, pages, kept.reference, kept.report, kept.footing, closed=closed)


def capsules_checked(house: House, pages: Pages) -> Iterator[tuple[int, str]]:
    """Every decision whose capsule is missing or changed, or whose page the record gives no more:
    its position in the log, and what is wrong."""
    for stored in house.log.of_kind(tag_of(DecisionTaken), house.log.last_position()):
        try:
            event = house.log.recorded(stored, opened=False).event
        except Exception:  # That an event was changed is found elsewhere.
            continue
        if not isinstance(event, DecisionTaken) or not event.capsule:
            continue
        entry = f"the decision of entry {stored.position}"
        if (capsule := house.capsules.get(event.capsule)) is None:
            yield stored.position, f"what was on the screen for {entry} is missing or was changed"
        elif stored.stream == procurement_id(capsule.reference):
            whole = house.capsules.opened(event.capsule, capsule)
            if _again(house, pages, capsule, whole)[0] in ("differs", "unreadable"):
                said = "is not what the record gives for that moment"
                yield stored.position, f"what was on the screen for {entry} {said}"
