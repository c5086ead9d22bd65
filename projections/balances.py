"""What is left of a delegated authority, in pounds."""

from __future__ import annotations

from decimal import Decimal

from domain.budget import Budget, left_of
from domain.drawing import Drawings, against
from domain.messages import Context
from domain.procurement import Procurement
from domain.values import Amount


def left(
    cap: Amount, counts: Drawings, source: Procurement, budget: Budget | None, context: Context
) -> Decimal | None:
    """What is left of its own, and where it is within a budget, of what all share."""
    spent = against(cap, counts)
    own = None if spent is None or cap.figure is None else cap.figure - spent
    shared = left_of(source, budget, cap, context) if budget else own
    return None if own is None or shared is None else min(own, shared)
