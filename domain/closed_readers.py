"""Who may read a closed paper: posts the constitution names, and councillors by law (D9)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.closed import ClosedPart
from domain.messages import Actor, Context
from domain.refusals import Refusal
from domain.wording import listed

FOR_MEMBERS = (3, 6)
"""The paragraphs of Schedule 12A that any councillor may see (regulation 16(6))."""


def why_not_read(part: ClosedPart, post: str, context: Context) -> Iterable[Refusal]:
    """A post reads what the constitution lets it, a councillor's also what the law does (D9)."""
    readers, offices, why = context.constitution.closed, context.offices, part.exemption
    if readers is not None and post in readers.posts:
        return
    if offices.is_member(post):
        if why.paragraph not in FOR_MEMBERS:
            under = f"paragraph {why.paragraph}" if why.paragraph else "no paragraph that is named"
            reason = "Any councillor may see what is exempt under paragraph 3 or 6"
            yield Refusal("D9", f"{reason}: this is exempt under {under}")
        elif why.paragraph == 3 and why.negotiation:
            reason = "It shows terms proposed in negotiating a contract"
            yield Refusal("D9", f"{reason}, which not every councillor may see")
        return
    if readers is None:
        title = context.constitution.title
        reason = f"It is closed (Part 2), and no rule of {title} says which officers may see it"
        yield Refusal("D9", reason)
        return
    names = listed([offices.title(one) for one in readers.posts], "or")
    reason = f"It is closed (Part 2): it is for {names}"
    yield Refusal("D9", reason, provenance=readers.provenance)


def reads_as(part: ClosedPart, person: UUID, context: Context) -> Actor | None:
    """The seat in which a person may read it today, own posts before deputies'."""
    for post, deputising in context.offices.seats(person, context.day):
        if not any(why_not_read(part, post, context)):
            return Actor(person, post, deputising)
    return None
