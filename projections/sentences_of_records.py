"""Sentences about what a report and a decision need on record: clearances."""

from __future__ import annotations

from domain.clearance_rule import name_of
from domain.clearances import ClearanceGiven
from projections.phrases import CLEARINGS, ended, sentence


@sentence.register
def _(event: ClearanceGiven) -> str:
    name, said = name_of(event.kind), CLEARINGS[event.outcome]
    return f"The {name} clearance of version {event.version}: {said}. {ended(event.comment)}"
