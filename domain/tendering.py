"""The least time that the law gives tenderers, counted from the invitation (P8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from domain.owed_before import announced_early
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.thresholds import below_threshold
from domain.wording import long_day

LEAST, SHORTER = 25, 10
"""Days under section 54 of the 2023 Act: in general, and after a planned procurement notice that
qualifies or in a state of urgency."""


class LeastTime(NamedTuple):
    """Whole days, and what they are; none where no law says how long."""

    days: int = 0
    why: str = ""


def least_time(procurement: Procurement, invited: date, *, early: bool = False) -> LeastTime:
    """For tenders invited on a London day, ``early`` where it is to be announced in good time.

    None is set for light touch contracts, for call-offs and below the threshold; nor, in days, by
    the other regimes as they are known here.
    """
    p = procurement
    if p.regime != "pa2023" or p.framework or p.subject == "light-touch" or below_threshold(p):
        return LeastTime()
    if early or announced_early(p, invited):
        return LeastTime(SHORTER, "the least under the Act after a planned procurement notice")
    return LeastTime(LEAST, "the least under the Procurement Act 2023")


def earliest_close(invited: date, days: int) -> date:
    """The first closing day that leaves tenderers so many days after the invitation."""
    return invited + timedelta(days=days)


def why_not_close(
    procurement: Procurement, invited: date, closes: date, urgent: str
) -> Iterable[Refusal]:
    """The law's own least time; in a state of urgency, with its reasons on record, a shorter one
    (P8)."""
    law = least_time(procurement, invited)
    least = earliest_close(invited, min(law.days, SHORTER) if urgent else law.days)
    if closes >= least:
        return
    said = (
        f"Tenderers get {(least - invited).days} days at least, until {long_day(least)}: {law.why}"
    )
    if law.days > SHORTER and not urgent:
        said += f"; in a state of urgency {SHORTER} are enough, with the reasons on record"
    yield Refusal("P8", said)
