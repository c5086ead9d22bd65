"""What is left of a delegated authority, as far as the reader may see it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from adapters.house import House
from domain.delegating import why_not_exercise
from domain.delegation import Delegation, cap_of, stream_of, why_not_live
from domain.drawing import against
from domain.messages import Context
from domain.procurement import Procurement
from domain.record import Report, Resolution, Under
from domain.refusals import Refusal
from domain.values import Amount
from projections.delegations import in_words


class Balance(NamedTuple):
    """An authority with its limit, what was drawn and went back, and what is left if shown."""

    one: Delegation
    source: Procurement
    cap: Amount | None
    drawn: str
    given_back: str
    left: Decimal | None
    refusals: list[Refusal]


def balance_of(house: House, under: Under, context: Context, *, closed: bool) -> Balance:
    """``closed`` says whether the reader may see closed figures."""
    one, source = house.delegation(stream_of(under)), house.procurement(under.granted_in)
    cap = cap_of(one, source, context.day)
    amounts = (*(award.amount for award in one.awards), *([cap] if cap else []))
    shown = closed or all(amount.basis != "exempt" for amount in amounts)
    left = _left(cap, one) if cap and shown else None
    refusals = list(why_not_live(one, source, context))
    words = in_words(one.awards), in_words(one.returned)
    return Balance(one, source, cap, *words, left, refusals)


def _left(cap: Amount, one: Delegation) -> Decimal | None:
    spent = against(cap, one.awards)
    return None if spent is None or cap.figure is None else cap.figure - spent


def why_not_all(
    report: Report, p: Procurement, balance: Balance, context: Context
) -> list[Refusal]:
    """What stands against agreeing to everything that a report under the authority asks for."""
    agreed = [
        Resolution(one.label, "agreed", one.text, one.effect, about=one.about)
        for one in report.recommendations
    ]
    asked = why_not_exercise(agreed, report, balance.one, balance.source, [p], context)
    return list(dict.fromkeys(asked))
