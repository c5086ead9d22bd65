"""What is on record of a procurement, part by part: reports, and decisions on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.closed import ClosedPart
from domain.deadlines import Count
from domain.effects import Consultee, Effect, VaryContract
from domain.messages import Actor
from domain.values import Amount, Digest, Reference, Slug, Text, When

Outcome = Literal[
    "agreed", "agreed-as-amended", "not-agreed", "deferred", "referred-to-another-body", "noted"
]
Interests = Literal["none-declared", "declared", "not-in-the-record"]
View = Literal["agrees", "objects", "no-view"]
CallInOutcome = Literal["no-further-action", "referred-back", "referred-to-council", "lapsed"]


def retrospective(effect: Effect) -> date | None:
    """The London day from which something is so that is only asked for now, if it is."""
    return effect.since if isinstance(effect, VaryContract) else None


class Document(Struct, frozen=True, forbid_unknown_fields=True):
    """A paper, by the SHA-256 of its bytes."""

    title: Text
    digest: Digest
    media: str = "text/markdown"


class Recommendation(Struct, frozen=True, forbid_unknown_fields=True):
    """What a report asks for, with the effect that it would have.

    ``about`` names one procurement where the report concerns several; without it, it is about all.
    """

    label: Text
    text: Text
    effect: Effect
    about: Reference | None = None

    @property
    def owner(self) -> Reference | None:
        return self.about


class Under(Struct, frozen=True, forbid_unknown_fields=True):
    """A delegated authority, by the resolution that gave it."""

    granted_in: Reference
    decision: UUID
    label: Text


class Consulted(Struct, frozen=True):
    """A consultee of a report: asked, and what came back. ``aside`` is why nothing may come."""

    asked: date
    view: View | None = None
    comment: str = ""
    by: Actor | None = None
    answered: date | None = None
    aside: Literal["", "absent", "conflicted"] = ""
    aside_because: str = ""


class Advice(Struct, frozen=True, forbid_unknown_fields=True):
    """What a body recommends on one recommendation of a report, named by its letter."""

    label: Text
    view: Literal["supported", "supported-as-amended", "not-supported"]
    wording: str = ""
    reason: str = ""


class Advised(Struct, frozen=True):
    """A body's recommendation to the decision maker: it decides nothing (L3)."""

    on: When
    by: Actor
    advice: tuple[Advice, ...]
    reasons: str
    recorded: date | None = None
    """The day on which it was recorded, where that is later than the meeting."""


class Alternative(Struct, frozen=True, forbid_unknown_fields=True):
    """An option that was not taken, and why (D8)."""

    option: Text
    rejected_because: Text


class Milestone(Struct, frozen=True, forbid_unknown_fields=True):
    """When a report expects something to be done; ``act`` is the command that does it."""

    what: Text
    on: When
    act: Slug | None = None


class Report(Struct, frozen=True):
    """A report put up to a gateway. The same gateway may see several versions of one."""

    id: UUID
    gateway: str
    decision_class: str
    class_reason: str
    title: str
    to: str
    author: Actor
    on: When
    version: int
    recommendations: tuple[Recommendation, ...]
    documents: tuple[Document, ...]
    alternatives: tuple[Alternative, ...]
    implications: str
    timetable: tuple[Milestone, ...]
    state: Literal["open", "decided", "withdrawn"] = "open"
    published: When | None = None
    closed: tuple[ClosedPart, ...] = ()
    combines: tuple[str, ...] = ()
    """Earlier gateways that it asks to pass in one go."""
    procurements: tuple[str, ...] = ()
    """The references of all procurements that it concerns."""
    together: Amount | None = None
    """The value of all of them, where there are several."""
    under: Under | None = None
    consultees: tuple[Consultee, ...] = ()
    consulted: Mapping[str, Consulted] = {}
    advised: Mapping[str, Advised] = {}
    reports_back: str | None = None
    """What had to be reported back, by its id, where this report answers it."""

    @property
    def retrospective(self) -> bool:
        """Whether it asks to approve what happened already."""
        return any(retrospective(one.effect) for one in self.recommendations)


class Resolution(Struct, frozen=True, forbid_unknown_fields=True):
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


class CalledIn(Struct, frozen=True):
    """A call-in of some resolutions, and what became of it."""

    on: date
    resolutions: tuple[str, ...]
    members: tuple[str, ...]
    grounds: str
    outcome: CallInOutcome | None = None
    closed_on: date | None = None


class Decision(Struct, frozen=True):
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
    window: Count | None
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

    @property
    def replaced(self) -> bool:
        return all(one.label in self.superseded for one in self.resolutions)

    @property
    def referred(self) -> tuple[str, ...]:
        """The letters of resolutions that a call-in referred, to be decided again."""
        call = self.called_in
        back = call and call.outcome in ("referred-back", "referred-to-council")
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
            if call.outcome not in ("no-further-action", "lapsed"):
                return None
            return max(day for day in (call.closed_on, self.effective) if day)
        return self.effective
