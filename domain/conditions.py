"""Conditions of what was resolved: what is still to be met, and the record that it is (P7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from msgspec import Meta
from msgspec.structs import replace

from domain.acting import why_not_by, why_not_for
from domain.case_command import SharedCommand
from domain.conditioned import ACT, Condition, Met
from domain.effective import award_on
from domain.effects import AuthoriseProcurement, AwardContract, DelegateAuthority
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, granting
from domain.record import Decision, Resolution
from domain.refusals import Refusal
from domain.values import Text
from domain.wording import lettered

Conditional = AuthoriseProcurement | DelegateAuthority | AwardContract
CONDITIONAL = (AuthoriseProcurement, DelegateAuthority, AwardContract)
Number = Annotated[int, Meta(ge=0)]
"""Which condition of a resolution: they are counted from 1."""


class ConditionMet(Event, frozen=True, tag="condition-met/1"):
    """A condition of a resolution was met: named by its number, and told in its words."""

    decision: UUID
    label: Text
    condition: Number
    words: Text
    evidence: Text


class Stated(NamedTuple):
    """A condition where it stands: its decision, its resolution, and its number there from 1."""

    decision: Decision
    resolution: Resolution
    number: int
    condition: Condition

    @property
    def key(self) -> str:
        return key(self.decision.id, self.resolution.label, self.number)


def key(decision: UUID, label: str, number: int) -> str:
    return f"{decision} {label} {number}"


def stated(procurement: Procurement, *kinds: type[Conditional]) -> Iterator[Stated]:
    """What resolutions that stand are subject to and somebody has to show, met or not."""
    for kind in kinds or CONDITIONAL:
        for decision, one, effect in procurement.resolved(kind):
            for number, condition in enumerate(effect.conditions, 1):
                if condition.when != "in-every-award":
                    yield Stated(decision, one, number, condition)


def why_not_met(
    found: Iterable[Stated], procurement: Procurement, *, elsewhere: bool = False
) -> Iterable[Refusal]:
    """Each condition that is not met yet, in its words. ``elsewhere`` names where it was set."""
    where = f" in {procurement.reference}" if elsewhere else ""
    for one in found:
        if one.key not in procurement.met:
            which = f"Condition {one.number} of resolution {lettered(one.resolution.label)}{where}"
            yield Refusal("P7", f"{which} is not met yet: “{one.condition.words}”")


def why_not_award_yet(procurement: Procurement) -> Iterable[Refusal]:
    """What the authority to procure is subject to is met before the award (P7)."""
    return why_not_met(_before_award(stated(procurement, AuthoriseProcurement)), procurement)


def why_not_exercise_yet(
    decision: UUID, label: str, granting: Procurement, *, elsewhere: bool
) -> Iterable[Refusal]:
    """What delegated authority is subject to is met before anything is decided under it (P7)."""
    found = _before_award(_of(decision, label, granting))
    return why_not_met(found, granting, elsewhere=elsewhere)


def why_not_sign_yet(procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """Everything that the award, the competition, and an authority given here were subject to."""
    award = award_on(procurement, context.day)
    found = list(stated(procurement, AuthoriseProcurement))
    if award:
        found += [one for one in stated(procurement, AwardContract) if one.decision == award[0]]
        found += _given_here(award[0], procurement)
    return why_not_met(found, procurement)


def why_not_carry_out_yet(decided: Decision | None, procurement: Procurement) -> Iterable[Refusal]:
    """What an authority given here is subject to, before what it decided is carried out."""
    return why_not_met(_given_here(decided, procurement), procurement)


def why_not_carry_out_under(
    decided: Decision | None, procurement: Procurement, record: Mapping[UUID, Any]
) -> Iterable[Refusal]:
    """The same of an authority that was given in another procurement."""
    under = decided.under if decided else None
    if under and under.granted_in != procurement.reference:
        source: Procurement = record[granting(under)]
        yield from why_not_met(_of(under.decision, under.label, source), source, elsewhere=True)


def _given_here(decided: Decision | None, procurement: Procurement) -> list[Stated]:
    under = decided.under if decided else None
    here = under and under.granted_in == procurement.reference
    return _of(under.decision, under.label, procurement) if under and here else []


def _of(decision: UUID, label: str, granting: Procurement) -> list[Stated]:
    return [
        one
        for one in stated(granting, DelegateAuthority)
        if (one.decision.id, one.resolution.label) == (decision, label)
    ]


def _before_award(found: Iterable[Stated]) -> Iterator[Stated]:
    return (one for one in found if one.condition.when == "before-award")


class RecordConditionMet(SharedCommand, frozen=True, tag=ACT):
    """Put on record that a condition of a resolution is met, and what shows it.

    By the post that the resolution names, or else that the constitution names.
    """

    decision: UUID
    label: Text
    condition: Number
    evidence: Text

    def _stated(self, procurement: Procurement) -> Stated | None:
        mine = key(self.decision, self.label, self.condition)
        return next((one for one in stated(procurement) if one.key == mine), None)

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        found = self._stated(procurement)
        if found and (post := found.condition.shown_by):
            return why_not_for(post, ACT, context)
        return why_not_by(ACT, context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        found = self._stated(procurement)
        if found is None:
            yield Refusal("C1", "There is no such condition to be met")
            return
        about = found.resolution.about
        yield from self.why_not_all((about,) if about else found.decision.procurements)
        if found.key in procurement.met:
            yield Refusal("C2", "It is on record that this condition is met")

    def event(self, procurement: Procurement, context: Context) -> Event:
        found = self._stated(procurement)
        assert found
        named = (self.decision, self.label, self.condition)
        return ConditionMet(*named, found.condition.words, self.evidence)


@evolve.register
def _(event: ConditionMet, procurement: Procurement, stamp: Stamp) -> Procurement:
    mine = key(event.decision, event.label, event.condition)
    met = {**procurement.met, mine: Met(stamp.on, event.evidence)}
    return replace(procurement, met=met)
