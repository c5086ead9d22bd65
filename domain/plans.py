"""What reports plan and ask for, and from when it holds: read off the record for next acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.effects import ApproveBudget, AuthoriseProcurement, Effect
from domain.procurement import Procurement
from domain.record import Decision, Report, Resolution
from domain.values import Amount


def above_authority(p: Procurement) -> bool | None:
    """Whether the winning price is more than was authorised last; None where that is closed."""
    return _above([effect.up_to for _, _, effect in p.resolved(AuthoriseProcurement)], p)


def above_budget(p: Procurement) -> bool | None:
    """Whether the winning price is more than the budget approved last; None where it is closed."""
    return _above([effect.amount for _, _, effect in p.resolved(ApproveBudget)], p)


def _above(limits: Sequence[Amount], p: Procurement) -> bool | None:
    """What a case offers is for everybody to see: closed figures are not compared for it (D9)."""
    if p.evaluation is None or not limits:
        return False
    price, limit = p.evaluation.ranking[0].offer, limits[-1]
    if "exempt" in (price.basis, limit.basis):
        return None
    most = limit.in_total(None)
    return most is not None and price.figure is not None and price.figure > most


def in_effect_since(decision: Decision, resolution: Resolution) -> date:
    """The day from which a resolution has effect, or else the day of the decision."""
    return decision.effective_on(resolution.label) or decision.on.read_as


def asked(effect: type[Effect], p: Procurement) -> list[Effect]:
    """The effects of a kind that reports have asked for so far."""
    asked = [one.effect for report in p.reports.values() for one in report.recommendations]
    return [one for one in asked if isinstance(one, effect)]


def first_milestone(report: Report) -> tuple[date | None, str]:
    """A decision is due before the first thing that its report plans."""
    if not report.timetable:
        return None, ""
    first = min(report.timetable, key=lambda one: one.on.day)
    return first.on.day, f"the report plans: {first.what}"


def planned(act: str, p: Procurement) -> tuple[date | None, str]:
    """When the reports plan an act: the last day that is meant."""
    for report in p.reports.values():
        for one in report.timetable:
            if one.act == act:
                return one.on.read_as, f"the report plans: {one.what}"
    return None, ""
