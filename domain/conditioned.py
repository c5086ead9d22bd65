"""What a resolution is subject to: a condition in its words, and that it was shown to be met."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from domain.messages import Context
from domain.refusals import Refusal
from domain.values import PostId, Text, When

ACT = "record-condition-met"


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """What an authority, an approval or an award is subject to, in the resolution's words (P7).

    ``when`` is what it has to be met before: the signature also stands for taking up an option, or
    making a change, for which the authority is. What every award keeps to is no such condition: it
    is weighed with each award, and nothing is recorded about it. ``shown_by`` is the post that puts
    on record that it is met; without one the constitution says who does.
    """

    words: Text
    when: Literal["before-award", "before-signature", "in-every-award"] = "before-award"
    shown_by: PostId | None = None


Conditions = tuple[Condition, ...]


class Met(Struct, frozen=True):
    """That a condition was met: recorded when, and on what evidence."""

    on: When
    evidence: str


def why_not_conditions(conditions: Conditions, context: Context) -> Iterable[Refusal]:
    """Somebody has to be there who shows that a condition is met."""
    if len({one.words for one in conditions}) < len(conditions):
        yield Refusal("C2", "A condition is there twice")
    for one in conditions:
        if one.when == "in-every-award":
            continue
        if one.shown_by and one.shown_by not in [post.id for post in context.offices.posts]:
            reason = f"There is no post “{one.shown_by}”: a post shows that a condition is met"
            yield Refusal("C1", reason)
        elif not one.shown_by and context.constitution.duty(ACT) is None:
            reason = f"No rule of {context.constitution.title} says who shows that “{one.words}” "
            yield Refusal("G1", f"{reason}is met: name a post")
