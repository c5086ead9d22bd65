"""Abandoning a procurement before a contract is signed: what it drew goes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.case_command import ProcurementCommand
from domain.giving_back import balances, given_back
from domain.messages import Aggregate, Context, Event, Stamp, evolve
from domain.procurement import Procurement, others
from domain.refusals import Refusal
from domain.values import Text
from domain.wording import listed


class ProcurementAbandoned(Event, frozen=True, tag="procurement-abandoned/1"):
    reason: Text


class AbandonProcurement(ProcurementCommand, frozen=True, tag="abandon-procurement"):
    """End a procurement before a contract is signed. What its awards drew goes back."""

    reason: Text

    def behind(self, record: Mapping[UUID, Any]) -> Mapping[UUID, Aggregate]:
        return balances(record[self.procurement])

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_abandon(procurement)

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        procurement: Procurement = record[self.procurement]
        back = given_back(procurement, record, self.reason)
        return [*super().decide(record, context), *back]

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ProcurementAbandoned(self.reason)


def why_not_abandon(procurement: Procurement) -> Iterable[Refusal]:
    if procurement.contract:
        yield Refusal("C2", "The contract is signed: a procurement can no longer be abandoned")
    report = procurement.open_report
    if report and len(report.procurements) > 1:
        rest = listed(others(report.procurements, procurement))
        reason = f"The report “{report.title}” concerns {rest} too: decide or withdraw it first"
        yield Refusal("L1", reason)


@evolve.register
def _(event: ProcurementAbandoned, procurement: Procurement, stamp: Stamp) -> Procurement:
    return replace(procurement, abandoned=event.reason, abandoned_on=stamp.on.read_as)
