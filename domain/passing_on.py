"""Passing delegated authority on, in part, and taking it back: what is drawn stays on one balance.

The chain is who gave the authority, who holds it, and to whom a part was passed: no further.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.about_authority import AboutAuthority, terms_of
from domain.acting import why_not_for
from domain.constitution import Constitution
from domain.delegation import Delegation, why_not_live
from domain.drawing import against
from domain.effects import DelegateAuthority
from domain.limit import cap_of, counting
from domain.messages import Aggregate, Context, Event, Stamp, evolve
from domain.part_of_authority import part_of
from domain.passed_on import PassedOn
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import Amount, PostId, Text
from domain.wording import above


class AuthorityPassedOn(Event, frozen=True, tag="authority-passed-on/1"):
    """Recorded in the authority's stream and in the procurements in which it was given."""

    decision: UUID
    label: Text
    part: int
    to: PostId
    up_to: Amount
    reason: Text


class AuthorityTakenBack(Event, frozen=True, tag="authority-taken-back/1"):
    """A part that was passed on has ended. Recorded where its passing on was."""

    decision: UUID
    label: Text
    part: int
    reason: Text


class PassOnAuthority(AboutAuthority, frozen=True, tag="pass-on-authority"):
    """Pass a part of delegated authority on to another post, up to an amount of what is left.

    Its holder does, where the scheme of delegation or the resolution allows it. Whatever is
    awarded under the part is drawn on the balance of the whole.
    """

    to: PostId
    up_to: Amount
    reason: Text

    def compares(self, record: Mapping[UUID, Any]) -> bool:
        return True

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        if terms := terms_of(self.decision, self.label, procurement):
            yield from why_not_for(terms.delegate, "pass-on-authority", context)

    def why_not_authority(
        self, delegation: Delegation, granting: Procurement, context: Context
    ) -> Iterable[Refusal]:
        yield from why_not_live(delegation, granting, context)
        yield from why_not_pass_on(delegation.terms, context.constitution)
        yield from self._why_not_post(delegation, context)
        yield from self._why_not_left(delegation, granting, context)

    def _why_not_post(self, delegation: Delegation, context: Context) -> Iterable[Refusal]:
        offices, terms = context.offices, delegation.terms
        if self.to not in [one.id for one in offices.posts]:
            yield Refusal("C1", f"There is no post “{self.to}”: authority is passed on to a post")
        elif offices.is_body(self.to):
            yield Refusal("G1", "Authority is passed on to an officer or member, not to a body")
        elif self.to == terms.delegate:
            yield Refusal("G1", f"{offices.title(self.to)} holds the authority already")
        elif self.to in [one.post for one in terms.consultees]:
            yield Refusal("G2", "Nobody is consulted on their own decision")
        elif any(one.to == self.to and not one.taken_back for one in delegation.passed_on):
            name = offices.title(self.to)
            yield Refusal("C2", f"A part was passed on to {name} already: take it back first")

    def _why_not_left(
        self, delegation: Delegation, granting: Procurement, context: Context
    ) -> Iterable[Refusal]:
        """No more is passed on than is left of the whole today."""
        cap = cap_of(delegation, granting, context)
        asked, limit = self.up_to.figure, cap.figure if cap else None
        drawn = counting(delegation, granting, context)
        spent = against(cap, drawn) if cap else None
        if cap is None or limit is None or spent is None or asked is None:
            yield Refusal("G1", "An amount is not known: nothing shows that so much is left")
        elif self.up_to.per != cap.per:
            each = "a year" if cap.per == "year" else "in all"
            yield Refusal("G1", f"The authority is up to an amount {each}: so is each part of it")
        elif asked > limit - spent:
            amounts = [self.up_to, *(one.amount for one in drawn)]
            yield Refusal("G1", above(asked, amounts, "is left", limit - spent, cap))

    def about(self, delegation: Delegation) -> Event:
        part = len(delegation.passed_on) + 1
        return AuthorityPassedOn(self.decision, self.label, part, self.to, self.up_to, self.reason)


class TakeBackAuthority(AboutAuthority, frozen=True, tag="take-back-authority"):
    """Take back a part that was passed on: who passed it on does, or who gave the authority."""

    part: int
    reason: Text

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        terms = terms_of(self.decision, self.label, procurement)
        if terms is None:
            return
        mine = list(why_not_for(terms.delegate, "take-back-authority", context))
        grantor = procurement.decisions[self.decision].decided_by
        if mine and list(why_not_for(grantor, "take-decision", context)):
            yield from mine

    def why_not_authority(
        self, delegation: Delegation, granting: Procurement, context: Context
    ) -> Iterable[Refusal]:
        found = part_of(self.part, delegation)
        if found is None:
            yield Refusal("C1", "No such part of the authority was passed on")
        elif found.taken_back:
            yield Refusal("C2", "The part of the authority was taken back already")

    def about(self, delegation: Delegation) -> Event:
        return AuthorityTakenBack(self.decision, self.label, self.part, self.reason)


def why_not_pass_on(terms: DelegateAuthority, rules: Constitution) -> Iterable[Refusal]:
    """An officer decides personally, unless the scheme or the resolution allows more (G1)."""
    scheme = rules.sub_delegation
    if terms.passing_on or (scheme and scheme.allowed):
        return
    reason = "The resolution does not say that the authority may be passed on, and "
    if scheme:
        reason += f"the scheme of delegation of {rules.title} does not allow it"
        yield Refusal("G1", reason, provenance=scheme.provenance)
    else:
        yield Refusal("G1", f"{reason}no rule of {rules.title} allows it")


@evolve.register
def _(event: AuthorityPassedOn, at: Delegation | Procurement, stamp: Stamp) -> Aggregate:
    if isinstance(at, Procurement):
        passed = (event.decision, event.label, event.part, event.to)
        return replace(at, passed_on=(*at.passed_on, passed))
    one = PassedOn(event.to, event.up_to, event.reason, stamp.on.read_as)
    return replace(at, passed_on=(*at.passed_on, one))


@evolve.register
def _(event: AuthorityTakenBack, at: Delegation | Procurement, stamp: Stamp) -> Aggregate:
    if isinstance(at, Procurement):
        gone = (event.decision, event.label, event.part)
        return replace(at, passed_on=tuple(one for one in at.passed_on if one[:3] != gone))
    parts = list(at.passed_on)
    parts[event.part - 1] = replace(
        parts[event.part - 1], taken_back=event.reason, taken_back_on=stamp.on.read_as
    )
    return replace(at, passed_on=tuple(parts))
