"""What commands about one delegated authority have in common: it was given, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from domain.case_command import SharedCommand
from domain.delegation import Delegation, delegation_id, given_in
from domain.effects import DelegateAuthority
from domain.messages import Aggregate, Context, Event
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import Text


class AboutAuthority(SharedCommand, frozen=True):
    """A command about one delegated authority, in the procurements in which it was given."""

    decision: UUID
    label: Text

    @property
    def stream(self) -> UUID:
        return delegation_id(self.decision, self.label)

    def concerns(self) -> Mapping[UUID, Aggregate]:
        return {**super().concerns(), self.stream: Delegation()}

    def why_not_any(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        yield from super().why_not_any(record, context)
        delegation: Delegation = record[self.stream]
        procurement: Procurement = record[self.procurement]
        if not delegation.version:
            yield Refusal("C1", "There is no such delegated authority")
        elif not given_in(procurement, delegation):
            yield Refusal("C1", "The authority was not delegated in this procurement")
        else:
            yield from self.why_not_all(delegation.procurements)
            yield from self.why_not_authority(delegation, procurement, context)

    def why_not_authority(
        self, delegation: Delegation, granting: Procurement, context: Context
    ) -> Iterable[Refusal]:
        raise NotImplementedError

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return ()

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        event = self.about(record[self.stream])
        return [(stream, event) for stream in (self.stream, *self.streams)]

    def about(self, delegation: Delegation) -> Event:
        raise NotImplementedError


def terms_of(decision: UUID, label: str, procurement: Procurement) -> DelegateAuthority | None:
    """What a resolution delegates; None where it delegates nothing."""
    for found, one, effect in procurement.resolved(DelegateAuthority):
        if (found.id, one.label) == (decision, label):
            return effect
    return None
