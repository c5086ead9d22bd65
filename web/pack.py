"""The page of an audit pack, for people to read: one file, that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.clock import LONDON
from domain.messages import Recorded
from projections.trail import row
from web.letters import HTML


def report(of: str, recorded: Sequence[Recorded]) -> str:
    """Everything that happened, in a sentence each. What is closed is not in it."""
    rows = [
        {**row(n, one, of), "at": one.stamp.now.astimezone(LONDON)}
        for n, one in enumerate(recorded, 1)
    ]
    return HTML.get_template("pack.html").render({"of": of, "rows": rows})
