"""The competition and what came of it: tender, evaluation, standstill, contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.closed import Exemption
from domain.deadlines import Count
from domain.effects import Criterion, VaryContract
from domain.messages import Actor
from domain.regimes import Notices
from domain.values import Amount, Closed, Term, Text, When, months_later


class Tender(Struct, frozen=True):
    """An invitation to tender: opened and closing on London days, the closing day included."""

    opened: date
    closes: date
    criteria: tuple[Criterion, ...]
    advertised: bool = True
    """Whether it was open to all; else only suppliers who were chosen were invited."""
    no_engagement_notice: str = ""
    """Why the market was engaged without a notice of that (P8)."""


class Ranked(Struct, frozen=True, forbid_unknown_fields=True):
    """A tender in its place: its price in pounds, its scores and their weighted total.

    Where the evaluation is exempt, ``tenderer`` is a number and the price is not there: rules ask
    ``name`` and ``offer``, which know what is closed.
    """

    tenderer: Text
    price: Decimal | None
    scores: Mapping[str, Decimal]
    total: Decimal
    closed_name: Closed | None = None
    closed_price: Closed | None = None

    @property
    def name(self) -> str:
        return (self.closed_name and self.closed_name.value) or self.tenderer

    @property
    def offer(self) -> Amount:
        """The price as an amount, exempt where it is closed."""
        if self.price is None:
            return Amount("exempt", closed=self.closed_price)
        return Amount("exact", self.price)


class Evaluation(Struct, frozen=True):
    """Tenders in the order of their scores, and the posts or bodies that scored them."""

    on: date
    ranking: tuple[Ranked, ...]
    panel: tuple[str, ...]
    by: Actor
    """Who recorded it."""
    exemption: Exemption | None = None


class Indicators(Struct, frozen=True):
    """By what the contract will be judged, or why nothing of the kind would fit (P9)."""

    named: tuple[str, ...]
    none_because: str


class Representation(Struct, frozen=True):
    """What a provider said against an intended award, and what came of the review (P5)."""

    provider: str
    about: str
    on: date
    outcome: Literal["", "stands", "goes-back"] = ""
    reviewed: date | None = None


class Claim(Struct, frozen=True):
    """A claim in court against the award: London days of issue, of notice, and of its end (P6)."""

    claimant: str
    issued: date
    notified: date
    ended: date | None = None
    how: str = ""


class Standstill(Struct, frozen=True):
    """Award notices, and the days in which no contract may be made, if there are any."""

    told: Notices
    voluntary: bool
    count: Count | None
    representations: tuple[Representation, ...] = ()

    @property
    def sent(self) -> date:
        """The London day of the last notice."""
        days = [one for one in (self.told.sent, self.told.otherwise) if one]
        return max(days)

    @property
    def goes_back(self) -> bool:
        """Whether a review sent the award back to an earlier step: notices go out again."""
        return any(one.outcome == "goes-back" for one in self.representations)


class Variation(Struct, frozen=True):
    """One change of a contract: what was decided, and what the contract was worth before."""

    on: When
    decision: UUID
    label: str
    change: VaryContract
    was: Amount


Ending = Literal["breach", "agreement", "council", "supplier", "court"]
"""How it ended early: for a breach by the supplier, by agreement, by one of the two, in court."""


class Ended(Struct, frozen=True):
    """A contract that ended before its term was over: its last London day, and why."""

    last_day: date
    how: Ending
    reason: str


class Contract(Struct, frozen=True):
    """A contract: its amount as it stands now, its term as it was signed."""

    supplier: str
    amount: Amount
    signed: When
    term: Term
    published: When | None = None
    extended: int = 0
    """How many options to extend have been taken up."""
    variations: tuple[Variation, ...] = ()
    """Changes, in the order in which they were made."""
    change_notices: Mapping[str, When] = {}
    """Notices of changes, by the decision and letter of each."""
    ended: Ended | None = None
    """How it ended before its term was over."""

    @property
    def original(self) -> Amount:
        """The amount for which it was signed."""
        return self.variations[0].was if self.variations else self.amount

    @property
    def months(self) -> int:
        """The first term with what changes added to it, or took away."""
        return self.term.months + sum(one.change.months for one in self.variations)

    @property
    def ends(self) -> date:
        """The last day, with options that have been taken up and changes that were made."""
        return self.ended.last_day if self.ended else self.ends_after(self.extended)

    def ends_after(self, extended: int) -> date:
        """The last day when so many options, in their order, have been taken up."""
        return self.term.ends_after(extended, self.months - self.term.months)

    def last_day_for(self, option: int) -> date:
        """The last London day on which an option can be taken up (T1)."""
        ends = self.ends_after(option - 1)
        return months_later(ends, -self.term.notice_months)
