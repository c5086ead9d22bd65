"""Granting, exercising and revoking delegated authority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from msgspec.structs import replace

from domain.about_authority import AboutAuthority
from domain.acting import why_not_for
from domain.conditions import why_not_exercise_yet
from domain.delegation import (
    AuthorityDelegated,
    AuthorityExercised,
    AuthorityRevoked,
    Delegation,
    delegation_id,
    given_in,
    stream_of,
    why_not_under,
)
from domain.drawing import Drawings, Drawn
from domain.draws import awarded, dearer, going_on, kept, prolonged, standing
from domain.effects import DelegateAuthority
from domain.messages import Context, Event
from domain.part_of_authority import why_not_within_part
from domain.procurement import Procurement
from domain.record import Decision, Resolution
from domain.refusals import Refusal
from domain.reported import Report, Under
from domain.values import Text
from domain.varying_under import why_not_longer
from domain.within import why_not_within


def delegated(
    authority: str, procurements: tuple[str, ...], decision: UUID, resolved: Sequence[Resolution]
) -> Iterator[tuple[UUID, Event]]:
    """A resolution that delegates *is* the delegated authority: each begins a stream."""
    for one in resolved:
        if one.agreed and isinstance(one.effect, DelegateAuthority):
            about = (one.about,) if one.about else procurements
            event = AuthorityDelegated(authority, about, decision, one.label, one.effect)
            yield delegation_id(decision, one.label), event


def exercised(
    under: Under, replaces: UUID | None, decision: UUID, drawn: Drawings
) -> Iterator[tuple[UUID, Event]]:
    """What a decision under delegated authority draws from its balance, or gives back."""
    if drawn or replaces:
        yield stream_of(under), AuthorityExercised(decision, replaces, drawn, under.part)


def why_not_exercise(
    resolved: Sequence[Resolution],
    report: Report,
    delegation: Delegation,
    source: Procurement,
    concerned: Sequence[Procurement],
    context: Context,
) -> Iterable[Refusal]:
    """The authority covers every procurement concerned, and its balance every award (G1)."""
    before, part = concerned[0].decided_last(report.id), report.under.part if report.under else 0
    for one in concerned:
        for refusal in why_not_under(delegation, source, one, context, part):
            yield _with_way_out(refusal, delegation, source, context) if before else refusal
    stands = standing(resolved, report.id, concerned[0])
    going = going_on(report.procurements, concerned)
    awards = [(reference, award) for reference, _, award in awarded(going, stands)]
    more = (*dearer(resolved, concerned), *prolonged(resolved, concerned))
    more += kept(delegation, before, resolved)
    yield from why_not_longer(resolved, concerned, delegation.terms)
    if (awards or more) and given_in(source, delegation):
        elsewhere = source.reference not in report.procurements
        granted = delegation.decision, delegation.label
        yield from why_not_exercise_yet(*granted, source, elsewhere=elsewhere)
        yield from why_not_within(awards, delegation, source, concerned, context, before, more)
        now = [Drawn("", award.amount, award.months) for _, award in awards]
        yield from why_not_within_part(part, delegation, (*now, *more), before)


def _with_way_out(
    refusal: Refusal, delegation: Delegation, source: Procurement, context: Context
) -> Refusal:
    """What was referred back to a delegate who may not decide any more: what can be done then."""
    body = context.offices.title(source.decisions[delegation.decision].decided_by)
    reason = f"{refusal.reason}. It was referred back: withdraw the report, and put the award to "
    reason += f"{body}, who gave the authority, or ask for fresh authority"
    return replace(refusal, reason=reason)


def live(procurement: Procurement) -> Iterator[tuple[Decision, Resolution]]:
    """Resolutions that delegate and were not revoked."""
    for decision, one, _ in procurement.resolved(DelegateAuthority):
        if (decision.id, one.label) not in procurement.revoked:
            yield decision, one


class RevokeAuthority(AboutAuthority, frozen=True, tag="revoke-authority"):
    """Take delegated authority back: who gave it does, in the procurement in which it was given.

    What of it was passed on ends with it.
    """

    reason: Text

    def why_not_authority(
        self, delegation: Delegation, granting: Procurement, context: Context
    ) -> Iterable[Refusal]:
        if delegation.revoked:
            yield Refusal("C2", "The delegated authority has been revoked")

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        if found := procurement.decisions.get(self.decision):
            yield from why_not_for(found.decided_by, "take-decision", context)

    def about(self, delegation: Delegation) -> Event:
        return AuthorityRevoked(self.decision, self.label, self.reason)
