"""What reports plan and ask for, and from when it holds: read off the record for next acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.effects import (
    ApproveBudget,
    AuthoriseProcurement,
    AwardContract,
    Effect,
    ExtendContract,
)
from domain.procurement import Procurement
from domain.record import Decision, Resolution
from domain.reported import Report
from domain.values import Amount, When

BEFORE_THE_MARKET = ("approve-plan", "authorise-procurement", "approve-budget")
"""What is asked for at gateways that a case comes to without anything having to happen first."""


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


def parts_at_market(p: Procurement) -> bool:
    """Whether a decision that is on record here takes a part of the plan to the market."""
    return any(
        one.agreed and isinstance(one.effect, AuthoriseProcurement | AwardContract)
        for decision in p.decisions.values()
        for one in decision.resolutions
        if one.about not in (None, p.reference) and one.label not in decision.superseded
    )


def in_effect_since(decision: Decision, resolution: Resolution) -> date | When:
    """The day from which a resolution has effect, or else the day of the decision."""
    since = decision.effective_on(resolution.label)
    return since if since and since != decision.on.read_as else decision.on


def asked(effect: type[Effect], p: Procurement) -> list[Effect]:
    """The effects of a kind that reports have asked for so far."""
    asked = [one.effect for report in p.reports.values() for one in report.recommendations]
    return [one for one in asked if isinstance(one, effect)]


def first_milestone(report: Report, p: Procurement) -> tuple[date | None, str]:
    """A decision is due before the first thing that its report plans.

    Or, where that is an option to extend, on the last day on which it can be taken up.
    """
    if not report.timetable:
        for one in report.recommendations:
            if isinstance(one.effect, ExtendContract) and p.contract:
                day = p.contract.last_day_for(one.effect.option)
                return day, f"option {one.effect.option} can be taken up until then"
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
