"""What is on record of a report: what it asks for, its papers, and who was heard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from domain.closed import ClosedPart
from domain.effects import Consultee, Effect, VaryContract
from domain.messages import Actor
from domain.passed_over import NotThere
from domain.values import Amount, Digest, PostId, Reference, Slug, Text, When

View = Literal["agrees", "objects", "no-view"]
Interests = Literal["none-declared", "declared", "not-in-the-record"]
Clearing = Literal["cleared", "cleared-with-comments", "not-cleared"]


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
    """A delegated authority, by the resolution that gave it; a part passed on by its number."""

    granted_in: Reference
    decision: UUID
    label: Text
    part: Annotated[int, Meta(ge=0)] = 0


class Consulted(Struct, frozen=True):
    """A consultee of a report: asked, and what came back. ``aside`` is why nothing may come."""

    asked: date
    view: View | None = None
    comment: str = ""
    by: Actor | None = None
    answered: date | None = None
    aside: Literal["", "absent", "conflicted"] = ""
    aside_because: str = ""
    interests: Interests = "not-in-the-record"
    """Whether who answered declared an interest: the record of the decision says it (D8)."""
    interests_note: str = ""


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


class Clearance(Struct, frozen=True):
    """What a service, such as finance, says of a version of a report: whether it is cleared."""

    outcome: Clearing
    comment: str
    by: Actor
    on: When


class Alternative(Struct, frozen=True, forbid_unknown_fields=True):
    """An option that was not taken, and why (D8)."""

    option: Text
    rejected_because: Text


class Milestone(Struct, frozen=True, forbid_unknown_fields=True):
    """When a report expects something to be done; ``act`` is the command that does it."""

    what: Text
    on: When
    act: Slug | None = None


class AgreedUrgency(Struct, frozen=True):
    """That a decision cannot wait for call-in: who agreed, why, and who hears of it afterwards."""

    on: When
    agreed_by: PostId
    because: str
    passed_over: tuple[NotThere, ...]
    reported_by: PostId | None
    reported_to: PostId | None


class HandedOver(Struct, frozen=True):
    """That a member handed the matter over, and because of which interest (G4)."""

    by: Actor
    on: When
    interest: str


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
    urgency: AgreedUrgency | None = None
    handed_over: tuple[HandedOver, ...] = ()
    """Who handed it over, oldest first; ``to`` is who decides since."""
    clearances: Mapping[str, Clearance] = {}
    """Given for this version, by their kinds: another version begins without any."""

    @property
    def retrospective(self) -> bool:
        """Whether it asks to approve what happened already."""
        return any(retrospective(one.effect) for one in self.recommendations)
