"""Sentences about what a report and a decision need on record: clearances, a complete record."""

from __future__ import annotations

from domain.clearance_rule import name_of
from domain.clearances import ClearanceGiven
from domain.completing import DecisionRecordCompleted
from domain.decision_record import ALTERNATIVES, DATE, INTERESTS, NOTE, REASONS
from domain.wording import counted, listed, short_day
from projections.phrases import CLEARINGS, ended, sentence


@sentence.register
def _(event: ClearanceGiven) -> str:
    name, said = name_of(event.kind), CLEARINGS[event.outcome]
    return f"The {name} clearance of version {event.version}: {said}. {ended(event.comment)}"


@sentence.register
def _(event: DecisionRecordCompleted) -> str:
    words = {
        DATE: f"its day, {short_day(event.made_on)}" if event.made_on else "",
        REASONS: "its reasons",
        ALTERNATIVES: "the alternatives",
        INTERESTS: "the interests declared",
        NOTE: "which interest was declared",
    }
    said = [words[one] for one in event.items if one in words]
    if event.consulted:
        said.append(f"the interests of {counted(len(event.consulted), 'member')} consulted")
    said += [f"paragraph {one.paragraph} for closed paper {one.paper}" for one in event.papers]
    return f"Added to the record of the decision, after it was made: {listed(said)}."
