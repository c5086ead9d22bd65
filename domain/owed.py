"""Every notice of the Procurement Act 2023 that a case owes, has published or may publish (P8)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from domain.governing import commencing
from domain.messages import Context
from domain.noticed import Code
from domain.owed_after import after_the_contract, given_up
from domain.owed_before import before_the_contract, direct_award
from domain.owing import Owed
from domain.procurement import Procurement


def all_owed(procurement: Procurement, context: Context) -> list[Owed]:
    """In the order of a case. Other laws ask for other notices, or none.

    The page, the queue, the command line and refusals all ask this.
    """
    if procurement.regime != "pa2023":
        return []
    found = list(_all(procurement, context))
    return [replace(one, unrecorded=_passed_over(one, procurement)) for one in found]


def _all(procurement: Procurement, context: Context) -> Iterator[Owed]:
    direct = procurement.contract or direct_award(procurement)
    invited = procurement if direct else commencing(procurement, context.day)
    before = list(before_the_contract(invited))
    if procurement.abandoned:
        yield from (one for one in before if one.done or one.instead)
    else:
        yield from before
        yield from after_the_contract(procurement, context)
    yield from given_up(procurement)


def _passed_over(one: Owed, procurement: Procurement) -> bool:
    """Whether it is not on record and can no longer be in time, or was due in a past told us."""
    if one.done or one.instead or one.optional:
        return False
    until, by = procurement.taken_over, one.due or one.since
    return bool(one.late_for) or bool(until and by and by < until)


def owed_of(code: Code, procurement: Procurement, context: Context) -> Owed | None:
    """The one notice of a kind of which there is one, where it is owed."""
    return next((one for one in all_owed(procurement, context) if one.notice.code == code), None)
