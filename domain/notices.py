"""Notices of decisions to come: the forward plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from msgspec.structs import replace

from domain.case_command import SharedCommand
from domain.deadlines import Calendar, Period
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.reported import Report
from domain.values import Slug
from domain.wording import listed, long_day

Kind = Literal[
    "forward-plan", "general-exception", "agenda", "private-meeting", "private-meeting-again"
]
CLEAR_DAYS: Mapping[Kind, Period] = {
    "forward-plan": Period(28, "days"),
    "general-exception": Period(5),
    "agenda": Period(5),
    "private-meeting": Period(28, "days"),
    "private-meeting-again": Period(5),
}
"""Clear days between a notice and what it announces (D2, D3, D6, D5), which may take place on the
day after the last of them. Five are counted in working days, the longer reading of the law (D7)."""


class KeyDecisionNoticePublished(Event, frozen=True, tag="key-decision-notice-published/1"):
    gateway: Slug
    earliest: date


def why_not_noticed(
    report: Report, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A key decision is made when 28 clear days have passed since its notice (D2).

    Or five under the general exception (D3), or at once where a chair agreed to its urgency (D4).
    """
    kind = context.constitution.decision_class(report.decision_class)
    if kind is None or not kind.key:
        return
    if procurement.urgent(report.gateway):
        return
    earliest = procurement.notices.get(report.gateway)
    sooner = procurement.exceptions.get(report.gateway)
    if sooner and context.day < min(sooner, earliest or sooner):
        reason = f"5 clear days under the general exception: from {long_day(sooner)}"
        yield Refusal("D3", reason, cured_on=min(sooner, earliest or sooner))
    elif sooner:
        return
    elif earliest is None:
        ways = "" if context.stamp.source else f": {_ways(context)}"
        yield Refusal("D2", f"No notice of this key decision is on record{ways}")
    elif context.day < earliest:
        reason = f"28 clear days' notice: it may be decided from {long_day(earliest)}"
        yield Refusal("D2", reason, cured_on=earliest)


def _ways(context: Context) -> str:
    """How a key decision comes to be announced under these rules."""
    rule = context.constitution.short_notice
    ways = ["give 28 clear days' notice", "give 5 under the general exception"]
    if rule and rule.chairs:
        ways.append(f"let the {context.offices.title(rule.chairs[0])} agree that it is urgent")
    return listed(ways, "or")


def why_not_notice(gateway: str, procurement: Procurement, context: Context) -> Iterable[Refusal]:
    if context.constitution.gateway(gateway) is None:
        yield Refusal("C1", f"There is no gateway “{gateway}”")
    if gateway in procurement.notices:
        yield Refusal("C2", "A notice has been given for this gateway")


class PublishKeyDecisionNotice(SharedCommand, frozen=True, tag="publish-key-decision-notice"):
    """Announce a key decision in the forward plan, 28 clear days before it is made (D2).

    For a decision over several procurements it is given in each, at once or one by one.
    """

    gateway: Slug

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_notice(self.gateway, procurement, context)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return KeyDecisionNoticePublished(
            self.gateway, earliest_after(context.day, context.calendar)
        )


def earliest_after(notice: date, calendar: Calendar) -> date:
    """The first day on which a key decision may be made: 28 clear days lie between (D2, D7)."""
    return CLEAR_DAYS["forward-plan"].count(notice, calendar).day_after


@evolve.register
def _(event: KeyDecisionNoticePublished, procurement: Procurement, stamp: Stamp) -> Procurement:
    notices: Mapping[str, date] = {**procurement.notices, event.gateway: event.earliest}
    return replace(procurement, notices=notices)
