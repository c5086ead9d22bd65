"""Posts that agree in an order: the next only where those before it cannot be asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from domain.messages import Context
from domain.refusals import Refusal
from domain.values import PostId, Text
from domain.wording import listed


class NotThere(Struct, frozen=True, forbid_unknown_fields=True):
    """A post that could not be asked, and why."""

    post: PostId
    why: Literal["absent", "vacant"]
    because: Text


def out_of_order(
    post: str, order: Sequence[str], passed_over: Sequence[NotThere], context: Context
) -> Iterator[str]:
    """Why a post of ``order`` does not agree yet: one before it can be asked, or may be."""
    title, named = context.offices.title, [one.post for one in passed_over]
    before = order[: order.index(post)]
    for one in before:
        if one not in named:
            said = f"{title(one)} comes first: say that the post is vacant, or who holds it"
            yield f"{said} absent, and why"
    for gone in passed_over:
        held = context.offices.holder(gone.post, context.day)
        if gone.why == "vacant" and gone.post in before and held:
            yield f"{title(gone.post)} is not vacant: somebody holds the post today"


def why_not_passed_over(
    post: str, order: Sequence[str], passed_over: Sequence[NotThere], context: Context
) -> Iterator[Refusal]:
    """Only a post that comes before is passed over."""
    before, title = order[: order.index(post)], context.offices.title
    if wrong := [one.post for one in passed_over if one.post not in before]:
        reason = f"{listed([title(one) for one in wrong])} does not come before {title(post)}"
        yield Refusal("C1", f"{reason}: nobody passed over that post")
