"""What a part of delegated authority that was passed on allows, and what is left of it (G1)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.delegation import Delegation
from domain.drawing import Drawings, Drawn, against
from domain.passed_on import PassedOn
from domain.refusals import Refusal
from domain.values import PostId
from domain.wording import above, pounds


def part_of(part: int, delegation: Delegation) -> PassedOn | None:
    """A part by its number; None where there is none."""
    passed = delegation.passed_on
    return passed[part - 1] if 0 < part <= len(passed) else None


def holder_of(part: int, delegation: Delegation) -> PostId | None:
    """Who decides: whoever holds the authority, or to whom the part was passed on."""
    if not part:
        return delegation.terms.delegate
    found = part_of(part, delegation)
    return found.to if found else None


def why_not_within_part(
    part: int, delegation: Delegation, asked: Iterable[Drawn], replaces: UUID | None
) -> Iterable[Refusal]:
    """What is drawn under a part keeps to what was passed on, beside the limit of the whole."""
    found = part_of(part, delegation)
    if found is None:
        return
    every = (*drawn_under(part, delegation, replaces), *asked)
    total, limit = against(found.up_to, every), found.up_to.figure
    if total is None or limit is None:
        yield Refusal("G1", "An amount is not known: nothing shows that the part is kept to")
    elif total > limit:
        reason = above(total, [one.amount for one in every], "was passed on", limit, found.up_to)
        yield Refusal("G1", f"{reason}: who passed it on decides, or passes on more")


def drawn_under(part: int, delegation: Delegation, without: UUID | None = None) -> Drawings:
    """What was drawn under a part, but for what one decision drew."""
    return tuple(
        one
        for decision, drawn in delegation.exercised.items()
        if delegation.parts.get(decision) == part and decision != without
        for one in drawn
    )


def left_of_part(part: int, delegation: Delegation) -> str:
    """What is left of a part, in words; nothing where that is not known or not shown."""
    found = part_of(part, delegation)
    drawn = drawn_under(part, delegation)
    amounts = [found.up_to, *(one.amount for one in drawn)] if found else []
    spent = against(found.up_to, drawn) if found else None
    if not found or spent is None or found.up_to.figure is None:
        return ""
    shown = all(one.basis != "exempt" for one in amounts)
    return f"{pounds(found.up_to.figure - spent)} left" if shown else ""
