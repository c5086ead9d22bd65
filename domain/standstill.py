"""The standstill: award notices go out, and for a while no contract may be made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from domain.assessing_conflicts import why_not_announced
from domain.case_command import ProcurementCommand
from domain.competition import Standstill
from domain.deadlines import ONE, Calendar, Count
from domain.effects import AwardContract
from domain.messages import Context, Event, Stamp, evolve
from domain.no_standstill import decided_freely, exempt, why_not_closed
from domain.noticed import Identifier
from domain.owed_before import why_not_transparent
from domain.owing import with_notice
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.regimes import (
    UK6_STANDSTILL,
    Notices,
    Regime,
    standstill,
    why_not_counted,
)
from domain.thresholds import below_threshold
from domain.wording import long_day, short_day


class AssessmentSummariesSent(Event, frozen=True, tag="assessment-summaries-sent/1"):
    pass


class AwardNoticesSent(Event, frozen=True, tag="award-notices-sent/1"):
    told: Notices
    voluntary: bool
    count: Count | None
    identifier: Identifier = ""


def last_day_to_send(regime: Regime, starts: date, calendar: Calendar) -> date:
    """The last day on which notices, electronic ones, let a contract be signed before it starts."""
    day = starts
    while standstill(regime, Notices(day), calendar).last_day >= starts:
        day -= ONE
    return day


def why_not_send_summaries(procurement: Procurement) -> Iterable[Refusal]:
    """Those who were assessed under the 2023 Act hear how, before the award is announced."""
    if procurement.regime != "pa2023":
        yield Refusal("C1", "Only the Procurement Act 2023 asks for assessment summaries")
    elif below_threshold(procurement):
        yield Refusal("P2", "Below the threshold the law asks for no assessment summaries")
    elif procurement.evaluation is None:
        yield Refusal("C1", "No evaluation is on record to summarise")
    if procurement.summaries:
        yield Refusal("C2", "The assessment summaries have been sent")


class SendAssessmentSummaries(ProcurementCommand, frozen=True, tag="send-assessment-summaries"):
    """Record that every tenderer who was assessed was sent its assessment summary today (P3)."""

    @classmethod
    def act(cls) -> str:
        return "send-award-notices"

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_send_summaries(procurement)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return AssessmentSummariesSent()


def why_not_send_notices(procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """Notices tell of an outcome, so there is one; they go out once, unless a review sent the
    award back; under the 2023 Act summaries go first (P3), and conflicts are assessed (G5)."""
    competed = procurement.evaluation is not None
    direct = any(effect.direct for _, _, effect in procurement.resolved(AwardContract))
    if not (competed or direct):
        yield Refusal("C1", "No evaluation is on record to tell tenderers of")
    yield from why_not_closed(procurement, context.day)
    if procurement.standstill and not procurement.standstill.goes_back:
        yield Refusal("C2", "The award notices have been sent")
    if procurement.contract and procurement.regime != "psr2023":
        yield Refusal("C2", "The contract is signed")
    summed_up = procurement.summaries or below_threshold(procurement)
    if procurement.regime == "pa2023" and competed and not summed_up:
        yield Refusal("P3", "Assessment summaries go first, to everyone who was assessed")
    yield from why_not_transparent(procurement)
    yield from why_not_announced(procurement)


class SendAwardNotices(ProcurementCommand, frozen=True, tag="send-award-notices"):
    """Record that award notices were sent, or published, today; the standstill runs from then.

    Under the 2015 Regulations it matters by which ``means``; with ``mixed`` ones ``otherwise`` is
    the day on which the last notice by other means had gone out, ``received`` the day on which the
    last of them arrived. ``voluntary`` asks for a standstill that the law does not require;
    ``working_days`` is how long that is under the 2023 Act, ``identifier`` what the central
    platform calls its notice (UK6).
    """

    means: Literal["electronic", "other", "mixed"] = "electronic"
    otherwise: date | None = None
    received: date | None = None
    voluntary: bool = False
    working_days: Annotated[int, Meta(ge=1, le=100)] | None = None
    identifier: Identifier = ""

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_send_notices(procurement, context)
        yield from why_not_counted(procurement.regime, self._told(context))
        if (self.means == "mixed") != bool(self.otherwise):
            yield Refusal(
                "P4", "Notices by mixed means name the day of the last one by other means"
            )
        if any(day and day > context.day for day in (self.otherwise, self.received)):
            yield Refusal("C1", "What is recorded today was sent and received by today")
        if self.means != "electronic" and procurement.regime != "pcr2015":
            yield Refusal("P4", "Only the 2015 Regulations count by how notices were sent")
        yield from self._why_not_so_long(procurement, context)

    def _why_not_so_long(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        if self.working_days is None:
            return
        if procurement.regime != "pa2023" or not self._voluntary(procurement, context):
            yield Refusal("P3", "Only a voluntary standstill under the 2023 Act chooses its length")
        elif self.working_days < UK6_STANDSTILL.number:
            yield Refusal("P3", "A voluntary standstill lasts 8 working days at least")

    def event(self, procurement: Procurement, context: Context) -> Event:
        told, voluntary = self._told(context), self._voluntary(procurement, context)
        count = None
        if self.working_days:
            period = replace(UK6_STANDSTILL, number=self.working_days)
            count = period.count(context.day, context.calendar)
        elif voluntary or not exempt(procurement, context.day):
            count = standstill(procurement.regime, told, context.calendar)
        return AwardNoticesSent(told, voluntary, count, self.identifier)

    def _told(self, context: Context) -> Notices:
        if self.means == "other":
            return Notices(otherwise=context.day, received=self.received)
        return Notices(context.day, self.otherwise, self.received)

    def _voluntary(self, procurement: Procurement, context: Context) -> bool:
        free = bool(exempt(procurement, context.day))
        return free and (self.voluntary or decided_freely(procurement, context.day))


def why_not_stood_still(procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """The standstill that the law or the decision asks for has begun, and is over (P3 to P5)."""
    stood = procurement.standstill
    if stood is None or stood.goes_back:
        yield from _why_not_begun(procurement, context)
        return
    for one in stood.representations:
        if not one.outcome:
            reason = f"The standstill is kept open: what {one.provider} represented is reviewed"
            yield Refusal("P5", reason)
    if stood.count and context.day <= stood.count.last_day:
        count = stood.count
        odd = [f"{short_day(one.date)}: {one.why}" for one in count.notable]
        why = f" ({'; '.join(odd)})" if odd else ""
        reason = (
            f"The standstill ends at the end of {long_day(count.last_day)}, counted from "
            f"{long_day(stood.sent)}{why}. Sign from {long_day(count.day_after)}"
        )
        yield _by_its_law(procurement.regime, reason, count.day_after)


def _why_not_begun(procurement: Procurement, context: Context) -> Iterable[Refusal]:
    if procurement.standstill:
        yield Refusal("P5", "A review sent the award back to an earlier step: notify it again")
    elif not exempt(procurement, context.day):
        reason = "The standstill has not begun: send the award notices"
        yield _by_its_law(procurement.regime, reason, None)
    elif procurement.regime == "pa2023" and not below_threshold(procurement):
        reason = f"The award notice (UK6) comes first, for {exempt(procurement, context.day)} too"
        yield Refusal("P3", reason)
    elif decided_freely(procurement, context.day):
        reason = "The voluntary standstill that was decided on has not begun: send the notices"
        yield Refusal("P7", reason)


def _by_its_law(regime: str, reason: str, cured_on: date | None) -> Refusal:
    match regime:
        case "pa2023":
            return Refusal("P3", reason, cured_on=cured_on)
        case "psr2023":
            return Refusal("P5", reason, cured_on=cured_on)
    return Refusal("P4", reason, cured_on=cured_on)


@evolve.register
def _(event: AssessmentSummariesSent, procurement: Procurement, stamp: Stamp) -> Procurement:
    return replace(procurement, summaries=stamp.on.read_as)


@evolve.register
def _(event: AwardNoticesSent, procurement: Procurement, stamp: Stamp) -> Procurement:
    started = replace(procurement, standstill=Standstill(event.told, event.voluntary, event.count))
    if below_threshold(procurement):
        return started
    return with_notice(started, "UK6", stamp, event.identifier)
