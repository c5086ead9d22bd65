"""Delegated authority: a resolution's limits become a balance that awards draw down (G1, G3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID, uuid5

from msgspec.structs import replace

from domain.drawing import Balance, Drawings, drawn_by
from domain.effective import why_not_in_effect
from domain.effects import DelegateAuthority
from domain.messages import Aggregate, Context, Event, Stamp, evolve
from domain.passed_on import PassedOn, why_not_passed_on
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.reported import Under
from domain.values import AuthorityId, Reference, Text, When
from domain.wording import lettered, short_day


class AuthorityDelegated(Event, frozen=True, tag="authority-delegated/1"):
    authority: AuthorityId
    procurements: tuple[Reference, ...]
    decision: UUID
    label: Text
    terms: DelegateAuthority

    @property
    def owner(self) -> Reference:
        return self.procurements[0]


class AuthorityExercised(Event, frozen=True, tag="authority-exercised/1"):
    """``replaces`` is an earlier decision, reconsidered: what it had drawn goes back.

    What it keeps, because only the rest was decided again, is drawn by the later one.
    """

    decision: UUID
    replaces: UUID | None
    drawn: Drawings
    part: int = 0
    """The part that was passed on and is used here, by its number; 0 where none is."""


class AuthorityRevoked(Event, frozen=True, tag="authority-revoked/1"):
    """Recorded in the authority's own stream and in the procurement in which it was given."""

    decision: UUID
    label: Text
    reason: Text


class Delegation(Balance, frozen=True):
    """One delegated authority: what was granted, and what was done under it."""

    authority: str = ""
    procurements: tuple[str, ...] = ()
    """The references of the procurements in whose decision it was granted."""
    decision: UUID = UUID(int=0)
    label: str = ""
    terms: DelegateAuthority = DelegateAuthority("nobody/nobody", "nothing")
    revoked: str = ""
    revoked_on: date | None = None
    granted: When | None = None
    passed_on: tuple[PassedOn, ...] = ()
    """What its holder passed on, part by part."""
    parts: Mapping[UUID, int] = {}
    """The part that a decision was made under, where it was made under one."""


def delegation_id(decision: UUID, label: str) -> UUID:
    """The stream of an authority: the decision that delegates it, and the resolution's letter."""
    return uuid5(decision, f"delegates {label}")


def stream_of(under: Under) -> UUID:
    return delegation_id(under.decision, under.label)


def given_in(granting: Procurement, delegation: Delegation) -> bool:
    """Whether the authority was delegated at all, and in the procurement that is named for it."""
    return granting.reference in delegation.procurements


def why_not_live(
    delegation: Delegation, granting: Procurement, context: Context
) -> Iterable[Refusal]:
    """The authority exists, has effect, and is neither revoked nor expired."""
    if not given_in(granting, delegation):
        yield Refusal("C1", "There is no such delegated authority")
        return
    resolved = [
        (decision, one)
        for decision, one, _ in granting.resolved(DelegateAuthority)
        if (decision.id, one.label) == (delegation.decision, delegation.label)
    ]
    if not resolved:
        yield Refusal("G1", "The resolution that delegates this no longer stands")
    else:
        what = f"Resolution {lettered(delegation.label)}, which delegates this,"
        yield from why_not_in_effect(resolved, what, context)
    if granting.abandoned:
        reason = f"The procurement in which this was delegated was abandoned: {granting.abandoned}"
        yield Refusal("G1", reason)
    if delegation.revoked:
        yield Refusal("G1", f"The delegated authority was revoked: {delegation.revoked}")
    last = delegation.terms.expires
    if last and context.day > last:
        yield Refusal("G1", f"The delegated authority ended on {short_day(last)}")


def why_not_under(
    delegation: Delegation,
    granting: Procurement,
    procurement: Procurement,
    context: Context,
    part: int = 0,
) -> Iterable[Refusal]:
    """The authority is live, and it is about this procurement or one that carries out its plan.

    ``part`` is the number of a part that was passed on: it lives as long as the whole, at most.
    """
    yield from why_not_live(delegation, granting, context)
    if part and given_in(granting, delegation):
        yield from why_not_passed_on(part, delegation.passed_on)
    covered = {procurement.reference, procurement.part_of}
    if given_in(granting, delegation) and covered.isdisjoint(delegation.procurements):
        reason = f"The authority is not about this procurement, but {delegation.terms.purpose}"
        yield Refusal("G1", reason)


@evolve.register
def _(event: AuthorityDelegated, delegation: Delegation, stamp: Stamp) -> Delegation:
    return replace(
        delegation,
        authority=event.authority,
        procurements=event.procurements,
        decision=event.decision,
        label=event.label,
        terms=event.terms,
        granted=stamp.on,
    )


@evolve.register
def _(event: AuthorityExercised, delegation: Delegation, stamp: Stamp) -> Delegation:
    delegation = drawn_by(delegation, event.decision, event.replaces, event.drawn, stamp)
    return replace(delegation, parts={**delegation.parts, event.decision: event.part})


@evolve.register
def _(event: AuthorityRevoked, at: Delegation | Procurement, stamp: Stamp) -> Aggregate:
    if isinstance(at, Procurement):
        return replace(at, revoked=(*at.revoked, (event.decision, event.label)))
    return replace(at, revoked=event.reason, revoked_on=stamp.on.read_as)
