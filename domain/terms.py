"""The terms on which a procurement is opened, and what is noted about its sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.values import Amount, PostId, Term, Text, When, check_pounds


class Phase(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the work with its own money; every one after the first waits for a decision."""

    purpose: Text
    amount: Amount
    condition: str = ""


class Framework(Struct, frozen=True, forbid_unknown_fields=True):
    """A framework agreement and the lot that is called off; it ends after ``until`` (E4).

    ``commenced`` is the London day on which the procurement of the framework itself commenced,
    where that is on record; without it the first day on which to call off stands in (P1).
    """

    reference: Text
    title: Text
    lot: Text
    since: date
    until: date
    commenced: date | None = None

    @property
    def began(self) -> date:
        """The day by which the law goes."""
        return self.commenced or self.since


class Mixed(Struct, frozen=True, forbid_unknown_fields=True):
    """Health care that is bought together with something else (regulation 3 of 2023/1348).

    What each is worth in pounds, or as a share of 100: only which is more counts. ``separable``:
    the rest could reasonably be supplied under a separate contract.
    """

    health_care: Decimal
    rest: Decimal
    separable: bool

    def __post_init__(self) -> None:
        check_pounds(self.health_care)
        check_pounds(self.rest)


class Party(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody outside the authority: not a user."""

    name: Text
    part: Literal["partner", "funder", "incumbent", "commissioner", "lead-commissioner", "supplier"]
    note: str = ""


class ExistingContract(Struct, frozen=True, forbid_unknown_fields=True):
    """A contract that the procurement is to replace, as far as the record describes it.

    ``term`` is the original one with its options, ``extended`` how many of them were taken up.
    """

    what: Text
    ends: When
    supplier: str = ""
    value: Amount = Amount("unknown")
    term: Term | None = None
    extended: int = 0


class Reading(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a source says, and where."""

    says: Text
    where: Text


class SpecialUrgency(Struct, frozen=True):
    """That a key decision is specially urgent (D4): who agreed, and what became of it."""

    gateway: str
    agreed_by: PostId
    reasons: str
    decision: UUID | None = None
    reported: When | None = None
    """When the leader reported it to the council."""


class SourceNote(Struct, frozen=True):
    """A contradiction, a silence or an inference in the source that the record rests on."""

    kind: str
    about: str
    readings: tuple[Reading, ...]
    used: int | None
    because: str


class Undertaking(Struct, frozen=True):
    """What an officer undertook to do: by whom, towards whom, and by when if that was said.

    ``act`` is the command that is done with it.
    """

    id: str
    what: str
    by: PostId
    to: PostId
    given: When
    due: When | None
    once: str
    act: str = "discharge-undertaking"
