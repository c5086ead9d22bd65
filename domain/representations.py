"""Representations of providers against an intended award: they keep the standstill open (P5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec.structs import replace

from domain.case_command import ProcurementCommand
from domain.competition import Representation
from domain.deadlines import Count, Period
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import Text
from domain.wording import long_day

AFTER_REVIEW = Period(5)
"""Working days that the standstill lasts at least once the further decision was told (P5)."""


class RepresentationReceived(Event, frozen=True, tag="representation-received/1"):
    provider: Text
    about: Text


class RepresentationReviewed(Event, frozen=True, tag="representation-reviewed/1"):
    provider: Text
    outcome: Literal["stands", "goes-back"]
    because: Text
    count: Count | None


def why_not_represent(procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """Providers may represent against the award until the midnight that ends the standstill."""
    stood = procurement.standstill
    if procurement.regime != "psr2023":
        yield Refusal("C1", "Only the Provider Selection Regime knows representations")
    elif stood is None or stood.count is None or stood.goes_back:
        yield Refusal("C1", "No standstill runs in which to represent against the award")
    elif context.day > stood.count.last_day:
        ended = long_day(stood.count.last_day)
        yield Refusal("P5", f"Representations were possible until the end of {ended}")


class RecordRepresentation(ProcurementCommand, frozen=True, tag="record-representation"):
    """Record a written representation that a provider made today against the intended award."""

    provider: Text
    about: Text

    @classmethod
    def act(cls) -> str:
        return "send-award-notices"

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_represent(procurement, context)
        if self.provider in _open(procurement):
            yield Refusal("C2", f"A representation of {self.provider} is under review already")

    def event(self, procurement: Procurement, context: Context) -> Event:
        return RepresentationReceived(self.provider, self.about)


def why_not_review(provider: str, procurement: Procurement) -> Iterable[Refusal]:
    if provider not in _open(procurement):
        yield Refusal("C1", f"No representation of “{provider}” is under review")


class ReviewRepresentation(ProcurementCommand, frozen=True, tag="review-representation"):
    """Record the further decision after review, told to the provider today.

    It stands, and the standstill lasts five working days more at least; or the award goes back to
    an earlier step, and its notices go out again.
    """

    provider: Text
    outcome: Literal["stands", "goes-back"]
    because: Text

    @classmethod
    def act(cls) -> str:
        return "send-award-notices"

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_review(self.provider, procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        stood = procurement.standstill
        assert stood
        assert stood.count
        count = None
        if self.outcome == "stands":
            more = AFTER_REVIEW.count(context.day, context.calendar)
            count = max(stood.count, more, key=lambda one: one.last_day)
        return RepresentationReviewed(self.provider, self.outcome, self.because, count)


def _open(procurement: Procurement) -> list[str]:
    stood = procurement.standstill
    return [one.provider for one in stood.representations if not one.outcome] if stood else []


@evolve.register
def _(event: RepresentationReceived, procurement: Procurement, stamp: Stamp) -> Procurement:
    assert procurement.standstill
    one = Representation(event.provider, event.about, stamp.on.read_as)
    stood = procurement.standstill
    stood = replace(stood, representations=(*stood.representations, one))
    return replace(procurement, standstill=stood)


@evolve.register
def _(event: RepresentationReviewed, procurement: Procurement, stamp: Stamp) -> Procurement:
    assert procurement.standstill
    stood, day = procurement.standstill, stamp.on.read_as
    reviewed = tuple(
        replace(one, outcome=event.outcome, reviewed=day)
        if one.provider == event.provider and not one.outcome
        else one
        for one in stood.representations
    )
    stood = replace(stood, representations=reviewed, count=event.count or stood.count)
    return replace(procurement, standstill=stood)
