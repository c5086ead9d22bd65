"""Conflicts of interest in a procurement, as an assessment names them; nobody by name (G5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from domain.messages import Actor
from domain.values import PostId, Text, When

Part = Literal["decision-maker", "consultee", "evaluator", "report-author", "adviser", "other"]
Kind = Literal["actual", "potential", "perceived"]
PARTS: Mapping[Part, str] = {
    "decision-maker": "decision maker",
    "consultee": "consultee",
    "evaluator": "evaluator",
    "report-author": "report author",
    "adviser": "adviser",
    "other": "somebody else who has influence",
}
KINDS: Mapping[Kind, str] = {
    "actual": "a conflict",
    "potential": "a potential conflict",
    "perceived": "no conflict, but it could look like one",
}


class Conflict(Struct, frozen=True, forbid_unknown_fields=True):
    """Which part in the procurement conflicts with what, and what is done about it.

    Who it is, is a post where the authority has one for it. ``excludes``: a supplier would have an
    unfair advantage that cannot be avoided, and is excluded; it is not named, since names of
    tenderers may be closed.
    """

    part: Part
    kind: Kind
    interest: Text
    steps: Text
    post: PostId | None = None
    excludes: bool = False


class ConflictsAssessment(Struct, frozen=True):
    """One version of the assessment. ``covers`` are facts that were on record when it was made."""

    on: When
    by: Actor
    conflicts: tuple[Conflict, ...]
    covers: tuple[str, ...]
