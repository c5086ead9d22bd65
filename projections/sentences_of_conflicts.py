"""The conflicts assessment in a sentence."""

from __future__ import annotations

from domain.assessing_conflicts import ConflictsAssessed
from domain.conflicts import KINDS, PARTS
from domain.wording import listed
from projections.phrases import sentence


@sentence.register
def _(event: ConflictsAssessed) -> str:
    did = "Assessed conflicts of interest"
    if event.number > 1:
        did = f"Revised the conflicts assessment, version {event.number}"
    if not event.conflicts:
        return f"{did}: none was found."
    found = listed([f"{PARTS[one.part]} ({KINDS[one.kind]})" for one in event.conflicts])
    excluded = any(one.excludes for one in event.conflicts)
    more = " A supplier whose advantage cannot be avoided is excluded." if excluded else ""
    return f"{did}: {found}.{more}"
