"""The page of an audit pack, for people to read: one file, that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adapters.clock import LONDON
from domain.decided import DecisionTaken
from domain.messages import Recorded
from projections.capsule import Capsule, lines
from projections.trail import row
from web.letters import HTML


def report(of: str, recorded: Sequence[Recorded], screens: Mapping[str, Capsule]) -> str:
    """Everything that happened, in a sentence each, and what decisions were taken on. What is
    closed is not in it."""
    rows = [
        {
            **row(n, one, of),
            "at": one.stamp.now.astimezone(LONDON),
            "screen": _screen(one, screens),
        }
        for n, one in enumerate(recorded, 1)
    ]
    return HTML.get_template("pack.html").render({"of": of, "rows": rows})


def _screen(one: Recorded, screens: Mapping[str, Capsule]) -> list[str]:
    """What was on the screen, line by line; nothing where no page was kept, or it is not here."""
    digest = one.event.capsule if isinstance(one.event, DecisionTaken) else None
    found = screens.get(digest or "")
    return [*lines(found.shown)] if found else []
