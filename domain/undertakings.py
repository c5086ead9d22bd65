"""What has to come back: reports that a resolution requires, and what officers undertook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from msgspec.structs import replace

from domain.acting import not_yours, why_not_in_post
from domain.case_command import ProcurementCommand
from domain.effects import RequireReport
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.terms import Undertaking
from domain.urgency import to_be_told
from domain.values import PostId, Text, When


class UndertakingGiven(Event, frozen=True, tag="undertaking-given/1"):
    undertaking: UUID
    what: Text
    by: PostId
    to: PostId
    due: When | None
    once: str


class UndertakingDischarged(Event, frozen=True, tag="undertaking-discharged/1"):
    undertaking: Text
    how: Text


def undertakings(procurement: Procurement) -> Iterator[Undertaking]:
    """Everything that has to come back, done or not; reports required count when agreed."""
    for decision, one, effect in procurement.resolved(RequireReport):
        name = f"{decision.id} {one.label}"
        yield Undertaking(
            name, effect.what, effect.by, effect.to, decision.on, effect.due, effect.once
        )
    yield from to_be_told(procurement)
    yield from procurement.undertakings


def outstanding(procurement: Procurement) -> list[Undertaking]:
    return [one for one in undertakings(procurement) if one.id not in procurement.discharged]


class RecordUndertaking(ProcurementCommand, frozen=True, tag="record-undertaking"):
    """Put on record what an officer undertook at a meeting or in a report."""

    undertaking: UUID
    what: Text
    officer: PostId
    to: PostId
    due: When | None = None
    once: str = ""
    """What it waits for, where it is not a day."""

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        if str(self.undertaking) in [one.id for one in procurement.undertakings]:
            yield Refusal("C2", "This undertaking is on record")
        posts = [one.id for one in context.offices.posts]
        for post in self.officer, self.to:
            if post not in posts:
                yield Refusal("C1", f"There is no post “{post}”")

    def event(self, procurement: Procurement, context: Context) -> Event:
        given = (self.officer, self.to, self.due, self.once)
        return UndertakingGiven(self.undertaking, self.what, *given)


def why_not_discharge(undertaking: str, procurement: Procurement) -> Iterable[Refusal]:
    found = next((one for one in undertakings(procurement) if one.id == undertaking), None)
    if found is None:
        yield Refusal("C1", "There is no such undertaking")
    elif undertaking in procurement.discharged:
        yield Refusal("C2", "This has been done")
    elif found.act == "report-to-council":
        yield Refusal("D1", "The report to the council says why the decision was not key")


class DischargeUndertaking(ProcurementCommand, frozen=True, tag="discharge-undertaking"):
    """Record that what had to come back has come: by whom it was owed, or who keeps the record."""

    undertaking: Text
    how: Text

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_in_post(context)
        owed = [one.by for one in undertakings(procurement) if one.id == self.undertaking]
        duty = context.constitution.duty(self.act())
        posts = (*owed, *(duty.posts if duty else ()))
        if owed and context.stamp.by.post not in posts:
            yield not_yours(posts, context, duty.provenance if duty else "")

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_discharge(self.undertaking, procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return UndertakingDischarged(self.undertaking, self.how)


@evolve.register
def _(event: UndertakingGiven, procurement: Procurement, stamp: Stamp) -> Procurement:
    given = Undertaking(
        str(event.undertaking), event.what, event.by, event.to, stamp.on, event.due, event.once
    )
    return replace(procurement, undertakings=(*procurement.undertakings, given))


@evolve.register
def _(event: UndertakingDischarged, procurement: Procurement, stamp: Stamp) -> Procurement:
    discharged: Mapping[str, When] = {**procurement.discharged, event.undertaking: stamp.on}
    return replace(procurement, discharged=discharged)
