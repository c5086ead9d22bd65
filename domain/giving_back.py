"""What awards drew goes back to its balances where they will not be signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from domain.delegation import Delegation, stream_of
from domain.drawing import Balance, DrawingGivenBack
from domain.messages import Aggregate, Event
from domain.procurement import Procurement


def balances(procurement: Procurement) -> dict[UUID, Aggregate]:
    """The streams of the balances on which decisions about a procurement have drawn."""
    under = [one.under for one in procurement.decisions.values() if one.under]
    return {stream_of(one): Delegation() for one in under}


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
