"""How one step on record would have been otherwise: the same questions, by two sets of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from domain.constitution import Constitution, Gateway
from domain.decided import DecisionTaken
from domain.deciding import why_not_by_decider
from domain.gateways import settled
from domain.messages import Context, Event
from domain.procurement import Procurement
from domain.record import Decision
from domain.refusals import Refusal
from domain.reported import Report
from domain.reports import ReportPutUp
from domain.routes import most_asked, together, way_of, why_not_class
from projections.asked_again import refusals
from projections.findings import (
    Barred,
    Elsewhere,
    Freed,
    Noticed,
    Passed,
    Timed,
    Unknown,
    Unlike,
)


class Side(NamedTuple):
    """A procurement before a step, and the rules by which the step is asked."""

    before: Procurement
    context: Context

    @property
    def rules(self) -> Constitution:
        return self.context.constitution


def unlike(
    event: Event, report: Report | None, was: Side, would: Side, *, by_value: bool
) -> Iterator[Unlike]:
    """Everything that the proposal would have treated otherwise in a step.

    ``report`` is the one that is put up, or decided. What a value decides is asked ``by_value``
    only: where no closed figure can be guessed from the answer.
    """
    if report and (unknown := list(_unknown(report, would.rules))):
        yield from unknown
        return
    if report and isinstance(event, ReportPutUp):
        yield from _passed(report, was, would)
    if report and isinstance(event, DecisionTaken) and not event.replaces:
        yield from _noticed(report, was, would)
    against, for_it = (list(refusals(event, *side)) for side in (was, would))
    if report and by_value:
        ways = [way_of(report, side.before, side.context) for side in (was, would)]
        routes = [(one.decided_by, one.recommended_by) if one else None for one in ways]
        if routes[0] != routes[1]:
            yield Elsewhere(*ways)
        same = routes[0] == routes[1]
        against += _by_value(event, report, was, same=same)
        for_it += _by_value(event, report, would, same=same)
    yield from (Barred(one.rule, one.reason, one.provenance) for one in _only(for_it, against))
    yield from (Freed(one.rule, one.reason, one.provenance) for one in _only(against, for_it))


def _only(these: Iterable[Refusal], those: Iterable[Refusal]) -> Iterator[Refusal]:
    """What is said here and not there; where a rule is written may differ."""
    said = {(one.rule, one.reason) for one in those}
    return (one for one in these if (one.rule, one.reason) not in said)


def _unknown(report: Report, rules: Constitution) -> Iterator[Unlike]:
    for name in (report.gateway, *report.combines):
        if rules.gateway(name) is None:
            yield Unknown("gateway", name)
    if rules.decision_class(report.decision_class) is None:
        yield Unknown("class", report.decision_class)


def _passed(report: Report, was: Side, would: Side) -> Iterator[Unlike]:
    """Gateways that had to be passed before, and by the proposal would not have had to be."""
    still = {one.id for one in _earlier(report, would)}
    if dropped := [one.title for one in _earlier(report, was) if one.id not in still]:
        yield Passed(tuple(dropped))


def _earlier(report: Report, side: Side) -> list[Gateway]:
    here = (report.gateway, *report.combines)
    found = [rule for one in here if (rule := side.rules.gateway(one))]
    names = dict.fromkeys(one for rule in found for one in rule.after if one not in here)
    earlier = [rule for one in names if (rule := side.rules.gateway(one))]
    return [one for one in earlier if not settled(one, side.before)]


def _noticed(report: Report, was: Side, would: Side) -> Iterator[Unlike]:
    """A key decision is one that needs notice (D2)."""
    kinds = [side.rules.decision_class(report.decision_class) for side in (was, would)]
    key, would_be = (bool(one and one.key) for one in kinds)
    if key != would_be:
        yield Noticed(needed=would_be, given=report.gateway in was.before.notices)


def _by_value(event: Event, report: Report, side: Side, *, same: bool) -> Iterable[Refusal]:
    """What stands against the class for this value, and against who decides, if nobody else did."""
    if isinstance(event, ReportPutUp):
        value = report.together or together([side.before])
        spend = value if value.figure is not None else most_asked(report.recommendations)
        yield from why_not_class(report.decision_class, report.class_reason, spend, side.context)
    elif same:
        found = why_not_by_decider(report.id, side.before, side.context)
        yield from (one for one in found if one.rule == "G6")


def timed(was: Decision, would: Decision) -> Iterator[Unlike]:
    """Another window for call-in, another time at which it closes, or another day of effect."""
    days = [
        (one.open_to_call_in, one.window.last_day if one.window else None, one.effective)
        for one in (was, would)
    ]
    times = [one.window.closes_at if one.window else None for one in (was, would)]
    if (days[0], times[0]) != (days[1], times[1]):
        yield Timed(*days[0], *days[1], *times)
