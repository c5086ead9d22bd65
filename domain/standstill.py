"""The standstill: award notices go out, and for a while no contract may be made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from msgspec.structs import replace

from domain.competition import Standstill
from domain.deadlines import ONE, Calendar, Count
from domain.effects import AuthoriseProcurement
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, ProcurementCommand
from domain.refusals import Refusal
from domain.regimes import ELECTRONIC, Notices, standstill


class AwardNoticesSent(Event, frozen=True, tag="award-notices-sent/1"):
    means: Literal["electronic", "other"]
    voluntary: bool
    count: Count


def told(day: date, means: str) -> Notices:
    """The notices of one day, all by the same means."""
    return Notices(sent=day) if means == "electronic" else Notices(otherwise=day)


def last_day_to_send(starts: date, calendar: Calendar) -> date:
    """The last day on which electronic notices let a contract be signed before it starts (P4)."""
    day = starts - timedelta(days=ELECTRONIC.number)
    while standstill("pcr2015", Notices(sent=day), calendar).last_day >= starts:
        day -= ONE
    return day


def why_not_send_notices(procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """Notices tell tenderers of the outcome, so there is one, and they go out once."""
    if procurement.evaluation is None:
        yield Refusal("C1", "No evaluation is on record to tell tenderers of")
    if procurement.standstill:
        yield Refusal("C2", "The award notices have been sent")
    if procurement.regime != "pcr2015":
        yield Refusal("P4", "Only a standstill under the 2015 Regulations is known here so far")


class SendAwardNotices(ProcurementCommand, frozen=True, tag="send-award-notices"):
    """Record that award notices went to all tenderers today; the standstill runs from then."""

    means: Literal["electronic", "other"]

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_send_notices(procurement, context)

    def event(self, procurement: Procurement, context: Context) -> Event:
        terms = procurement.in_effect(AuthoriseProcurement, context.day)
        voluntary = bool(terms and terms.standstill == "voluntary")
        count = standstill("pcr2015", told(context.day, self.means), context.calendar)
        return AwardNoticesSent(self.means, voluntary, count)


@evolve.register
def _(event: AwardNoticesSent, procurement: Procurement, stamp: Stamp) -> Procurement:
    started = Standstill(stamp.on.read_as, event.means, event.voluntary, event.count)
    return replace(procurement, standstill=started)
