"""What is on record of a decision: what was resolved, when it has effect, what followed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.call_in_rule import Window
from domain.called_in import REFERRED, STANDS, CalledIn
from domain.effects import Effect
from domain.messages import Actor
from domain.reported import Alternative, Interests, Under, retrospective
from domain.values import Reference, Text, When

Outcome = Literal[
    "agreed", "agreed-as-amended", "not-agreed", "deferred", "referred-to-another-body", "noted"
]


class Resolution(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """What was resolved on one recommendation. Only an agreed one has an effect."""

    label: Text
    outcome: Outcome
    wording: Text
    effect: Effect
    reason: str = ""
    about: Reference | None = None

    @property
    def owner(self) -> Reference | None:
        return self.about

    @property
    def agreed(self) -> bool:
        return self.outcome in ("agreed", "agreed-as-amended")

    @property
    def retrospective(self) -> bool:
        """Whether it approves what happened before the decision."""
        return self.agreed and retrospective(self.effect) is not None


class Added(Struct, frozen=True, gc=False):
    """That something was added to the record of a decision after it was made: when, and by whom."""

    on: When
    by: Actor


class Decision(Struct, frozen=True, gc=False):
    """What was decided on a report, and when it has effect."""

    id: UUID
    report: UUID
    gateway: str
    decision_class: str
    on: When
    by: Actor
    resolutions: tuple[Resolution, ...]
    reasons: str
    alternatives: tuple[Alternative, ...]
    implications: str
    interests: Interests
    interests_note: str
    open_to_call_in: bool
    window: Window | None
    effective: date | None
    replaces: UUID | None = None
    superseded: tuple[str, ...] = ()
    """The letters of resolutions that were decided again since, or fell with their report."""
    published: When | None = None
    published_effective: date | None = None
    published_because: str = ""
    called_in: CalledIn | None = None
    decided_by: str = ""
    """The post or body whose decision it is; ``by`` recorded it."""
    combines: tuple[str, ...] = ()
    procurements: tuple[str, ...] = ()
    under: Under | None = None
    departing: str = ""
    """Why it departs from what a consultee answered (G3)."""
    no_alternatives: str = ""
    """Why no alternative was considered, where none was (D8)."""
    recorded: date | None = None
    """The day on which it was recorded, where that is later than the meeting."""
    urgent: str = ""
    """Why it could not wait for call-in, where it did not (D10)."""
    dated: date | None = None
    """The day of the decision where that was added later: rules go by ``on`` all the same."""
    added: Mapping[str, Added] = {}
    """What was added to its record later, item by item (D8)."""
    capsule: str | None = None
    """The SHA-256 of what the page showed that it was taken on."""

    @property
    def made(self) -> date | None:
        """The day on which it was made, where that is on record exactly."""
        return self.on.day if self.on.precision == "day" else self.dated

    @property
    def replaced(self) -> bool:
        return all(one.label in self.superseded for one in self.resolutions)

    @property
    def referred(self) -> tuple[str, ...]:
        """The letters of resolutions that a call-in referred, to be decided again."""
        call = self.called_in
        back = call and call.outcome in REFERRED
        return call.resolutions if call and back else ()

    @property
    def at_once(self) -> bool:
        """Whether it has effect from the day of the decision, and that day is not exactly known.

        Rules go by the day that it is read as; nobody is shown that day as a fact.
        """
        return self.on.precision != "day" and self.effective == self.on.read_as

    def effective_on(self, label: str) -> date | None:
        """The day from which a resolution has effect, as far as it is known (D11)."""
        call = self.called_in
        if label in self.superseded:
            return None
        if call and label in call.resolutions:
            if call.outcome not in STANDS:
                return None
            return max(day for day in (call.closed_on, self.effective) if day)
        return self.effective
