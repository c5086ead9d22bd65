"""What awards drew goes back to its balances where they will not be signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.budget import Budget, budget_id, budget_of
from domain.delegation import Delegation, stream_of
from domain.drawing import Balance, DrawingGivenBack
from domain.messages import Aggregate, Event
from domain.procurement import Procurement


def balances(procurement: Procurement) -> dict[UUID, Aggregate]:
    """The streams of the balances on which decisions about a procurement may have drawn."""
    under = [one.under for one in procurement.decisions.values() if one.under]
    found: dict[UUID, Aggregate] = {stream_of(one): Delegation() for one in under}
    return found | {budget_id(budget_of(procurement)): Budget()} if procurement.version else found


def fallen(
    report: UUID,
    procurement: Procurement,
    concerned: Sequence[Procurement],
    record: Mapping[UUID, Any],
    reason: str,
) -> Iterator[tuple[UUID, Event]]:
    """What was drawn for resolutions that were referred back, and fall with their report."""
    streams = {stream for one in concerned for stream in balances(one)}
    for decision in procurement.decided(report):
        for stream in sorted(streams):
            drawn = record[stream].exercised.get(decision.id, ())
            if back := tuple(one for one in drawn if one.label in decision.referred):
                yield stream, DrawingGivenBack(decision.id, back, reason)


def given_back(
    procurement: Procurement, record: Mapping[UUID, Any], reason: str
) -> Iterator[tuple[UUID, Event]]:
    """Everything drawn in a procurement goes back, decision by decision."""
    for stream in balances(procurement):
        balance: Balance = record[stream]
        for decision, drawn in balance.exercised.items():
            mine = tuple(one for one in drawn if one.procurement == procurement.reference)
            if mine:
                yield stream, DrawingGivenBack(decision, mine, reason)
