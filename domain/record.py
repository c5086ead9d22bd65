"""What is on record of a procurement, part by part: its terms, reports, decisions, contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.deadlines import Count
from domain.effects import Criterion, Effect
from domain.messages import Actor
from domain.values import Amount, Digest, Slug, Term, Text, When

Outcome = Literal[
    "agreed", "agreed-as-amended", "not-agreed", "deferred", "referred-to-another-body", "noted"
]
Interests = Literal["none-declared", "declared", "not-in-the-record"]
CallInOutcome = Literal["no-further-action", "referred-back", "referred-to-council", "lapsed"]


class Phase(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the work with its own money; every one after the first waits for a decision."""

    purpose: Text
    amount: Amount
    condition: str = ""


class Framework(Struct, frozen=True, forbid_unknown_fields=True):
    """A framework agreement and the lot that is called off; it ends after ``until`` (E4)."""

    reference: Text
    title: Text
    lot: Text
    since: date
    until: date


class Party(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody outside the authority: not a user."""

    name: Text
    part: Literal["partner", "funder", "incumbent", "commissioner", "supplier"]
    note: str = ""


class Document(Struct, frozen=True, forbid_unknown_fields=True):
    """A paper, by the SHA-256 of its bytes."""

    title: Text
    digest: Digest
    media: str = "text/markdown"


class Recommendation(Struct, frozen=True, forbid_unknown_fields=True):
    """What a report asks for, with the effect that it would have."""

    label: Text
    text: Text
    effect: Effect


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


class Resolution(Struct, frozen=True, forbid_unknown_fields=True):
    """What was resolved on one recommendation. Only an agreed one has an effect."""

    label: Text
    outcome: Outcome
    wording: Text
    effect: Effect
    reason: str = ""

    @property
    def agreed(self) -> bool:
        return self.outcome in ("agreed", "agreed-as-amended")


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
    replaced: bool = False
    published: When | None = None
    published_effective: date | None = None
    published_because: str = ""
    called_in: CalledIn | None = None

    def effective_on(self, label: str) -> date | None:
        """The day from which a resolution has effect, as far as it is known (D11)."""
        call = self.called_in
        if self.replaced:
            return None
        if call and label in call.resolutions:
            if call.outcome not in ("no-further-action", "lapsed"):
                return None
            return max(day for day in (call.closed_on, self.effective) if day)
        return self.effective


class Tender(Struct, frozen=True):
    """An invitation to tender: opened and closing on London days, the closing day included."""

    opened: date
    closes: date
    criteria: tuple[Criterion, ...]


class Ranked(Struct, frozen=True, forbid_unknown_fields=True):
    """A tender in its place: its price in pounds, its scores and their weighted total."""

    tenderer: Text
    price: Decimal
    scores: Mapping[str, Decimal]
    total: Decimal


class Evaluation(Struct, frozen=True):
    """Tenders in the order of their scores, and the posts or bodies that scored them."""

    on: date
    ranking: tuple[Ranked, ...]
    panel: tuple[str, ...]
    by: Actor
    """Who recorded it."""


class Standstill(Struct, frozen=True):
    """Award notices sent, and the days in which no contract may be made."""

    sent: date
    means: str
    voluntary: bool
    count: Count


class Contract(Struct, frozen=True):
    """A contract as signed."""

    supplier: str
    amount: Amount
    signed: When
    term: Term
    published: When | None = None


class Reading(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a source says, and where."""

    says: Text
    where: Text


class SourceNote(Struct, frozen=True):
    """A contradiction, a silence or an inference in the source that the record rests on."""

    kind: str
    about: str
    readings: tuple[Reading, ...]
    used: int | None
    because: str
