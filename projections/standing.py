"""Where a case stands, read off its record."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from domain.authority import Rules
from domain.claims import suspends
from domain.effects import AwardContract
from domain.messages import Actor, Context, Stamp, Versions
from domain.procurement import Procurement
from domain.values import When
from domain.wording import counted, long_day

NOBODY = Actor(None, "countersign/reader")


def context_at(procurement: Procurement, rules: Rules, day: date | None = None) -> Context:
    """What rules are asked with when nobody acts: on a day, or on the record's last day."""
    on = day or procurement.last_on or rules.constitution.in_force
    versions = versions_of(rules)
    stamp = Stamp(NOBODY, When(on), datetime(1970, 1, 1, tzinfo=UTC), UUID(int=0), versions)
    return Context(stamp, rules.constitution, rules.offices, rules.calendar)


def versions_of(rules: Rules) -> Versions:
    return Versions(rules.constitution.version, rules.offices.version, rules.calendar.version)


def stage(p: Procurement) -> str:
    """In a few words, how far a procurement has come."""
    if p.abandoned:
        return "Abandoned"
    if p.contract:
        if p.contract.ended:
            return f"Contract ended early, with {long_day(p.contract.ends)}"
        number = len(p.contract.variations)
        changed = f", changed {counted(number, 'time')}" if number else ""
        if p.contract.extended:
            return f"Contract extended to {long_day(p.contract.ends)}{changed}"
        started = f", phase {max(p.started)} under way" if p.started else ""
        return f"Contract signed{started}{changed}"
    if report := p.open_report:
        if any(one.view is None for one in report.consulted.values()):
            return "Consultees were asked"
        return (
            "Recommended, waits for a decision" if report.advised else "Report waits for a decision"
        )
    if any(d.called_in and not d.called_in.outcome for d in p.decisions.values()):
        return "Called in"
    awarded = next(p.resolved(AwardContract), None) is not None
    if any(suspends(one, p) for one in p.claims):
        return "Suspended by a claim"
    if p.standstill and p.standstill.count:
        still = f"n standstill to {long_day(p.standstill.count.last_day)}"
        return f"Awarded, i{still}" if awarded else f"I{still}"
    if awarded:
        return "Awarded"
    if p.evaluation:
        return "Tenders evaluated"
    if p.tender:
        return f"Out to tender until {long_day(p.tender.closes)}"
    if p.engagement:
        return "Market sounded" if p.engagement.closed else "The market is being sounded"
    if not p.decisions:
        return "Open"
    latest = list(p.decisions.values())[-1]
    if any(one.agreed for one in latest.resolutions):
        return "Decided"
    outcomes = dict.fromkeys(one.outcome.replace("-", " ") for one in latest.resolutions)
    return f"Decided: {', '.join(outcomes)}"
