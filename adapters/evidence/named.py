"""What events name by its digest: papers, and what was on the screen for decisions.

It is told by the stored bytes alone, so that a check needs nothing of the rest of the program.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from adapters.evidence.entries import Event

DECIDED = "decision-taken/"
PAPER = {"title", "digest", "media"}
"""What is written of a paper: nothing else on record has these and no others."""


class Named:
    """The digests that events named which went through here, each with the first place."""

    def __init__(self) -> None:
        self.papers: dict[str, int] = {}
        self.capsules: dict[str, int] = {}

    def noting(self, events: Iterable[Event]) -> Iterator[Event]:
        """The same events; what they name is known once they have been gone through."""
        for one in events:
            if capsule := capsule_of(one.kind, one.state):
                self.capsules.setdefault(capsule, one.position)
            for paper in papers_of(one.state):
                self.papers.setdefault(paper, one.position)
            yield one


def capsule_of(kind: str, state: bytes) -> str | None:
    """The digest that an event names, if it is a decision that was taken on a page."""
    if not kind.startswith(DECIDED):
        return None
    said = _read(state)
    event = said[1] if isinstance(said, list) and len(said) > 1 else None
    capsule = event.get("capsule") if isinstance(event, dict) else None
    return capsule if isinstance(capsule, str) else None


def papers_of(state: bytes) -> set[str]:
    """The digests of all papers that an event names."""
    return set(_papers(_read(state))) if b'"digest":"' in state else set()


def _papers(said: object) -> Iterator[str]:
    if isinstance(said, dict):
        if said.keys() == PAPER and isinstance(said["digest"], str):
            yield said["digest"]
        said = list(said.values())
    if isinstance(said, list):
        for one in said:
            yield from _papers(one)


def _read(state: bytes) -> object:
    """Nothing where it is not as it was sealed, which is found elsewhere."""
    try:
        return json.loads(state)
    except (ValueError, RecursionError):
        return None
