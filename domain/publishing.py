"""Publishing a notice of the Procurement Act 2023 that no other command puts on record (P8)."""

from __future__ import annotations

from collections.abc import Iterable

from domain.acting import why_not_by
from domain.assessing_conflicts import TRANSPARENCY, why_not_confirmed
from domain.case_command import ProcurementCommand, why_not_open
from domain.constitution import Constitution
from domain.messages import Context, Event, Stamp, evolve
from domain.noticed import Code, Identifier
from domain.owed import all_owed
from domain.owing import Owed, with_notice
from domain.procurement import Procurement
from domain.public_notices import NOTICES, PUBLISH
from domain.refusals import Refusal
from domain.wording import long_day

RECORDED_BY = {
    "invite-tenders": "the invitation to tender",
    "send-award-notices": "the award notices",
    "publish-contract": "the publication of the contract",
    "publish-change-notice": "the notice of the change",
}


class NoticePublished(Event, frozen=True, tag="notice-published/1"):
    code: Code
    about: str
    identifier: Identifier


def duty_of(constitution: Constitution) -> str:
    """Whose it is: of whoever publishes award notices, unless the constitution says otherwise."""
    return PUBLISH if constitution.duty(PUBLISH) else "send-award-notices"


def why_not_publish_notice(
    code: Code, about: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """The case owes it, or may publish it; it is not out yet, and its time has come."""
    notice = NOTICES[code]
    if procurement.regime != "pa2023":
        yield Refusal("C1", "Only the Procurement Act 2023 asks for this notice")
    elif notice.asked_of == "authority":
        yield Refusal("C1", f"The {notice.called} is the authority's, not that of one procurement")
    elif notice.asked_of == "market":
        yield Refusal("C1", f"The {notice.called} is asked of {notice.trigger}")
    elif notice.by != PUBLISH:
        yield Refusal("C1", f"The {notice.called} is put on record with {RECORDED_BY[notice.by]}")
    else:
        found = [
            one
            for one in all_owed(procurement, context)
            if (one.notice.code, one.about) == (code, about)
        ]
        if not found:
            of = f" for {about}" if about else ""
            yield Refusal("C1", f"Nothing here asks for the {notice.called}{of}")
        for one in found:
            yield from _why_not_now(one, context)
        if code == "UK5":
            yield from why_not_confirmed(procurement, TRANSPARENCY)


def _why_not_now(one: Owed, context: Context) -> Iterable[Refusal]:
    if one.done:
        yield Refusal("C2", f"The {one.notice.called} has been published")
    elif one.late_for:
        yield Refusal("P8", f"The {one.notice.called} comes {one.due_by}: {one.late_for}")
    elif one.opens and context.day < one.opens:
        day, year = long_day(one.opens), one.about.isdigit()
        reason = f"The contract ends on {day}: its notice follows"
        reason = f"{one.what.capitalize()} of the contract begins on {day}" if year else reason
        yield Refusal("P8", reason, cured_on=one.opens)


class PublishNotice(ProcurementCommand, frozen=True, tag="publish-notice"):
    """Record that a notice of the Procurement Act 2023 was published today (P8).

    ``about`` says which thing, where there may be several: the year of the contract for a
    performance notice (UK9), or ``breach 1``. ``identifier`` is what the central platform calls it.
    Tender, award, contract details and change notices are on record with their own commands.
    """

    code: Code
    about: str = ""
    identifier: Identifier = ""

    def why_not_standing(self, procurement: Procurement) -> Iterable[Refusal]:
        """What was given up is announced as given up, and nothing else happens there."""
        if self.code != "UK12" or not procurement.abandoned:
            yield from why_not_open(procurement)

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_by(duty_of(context.constitution), context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_publish_notice(self.code, self.about, procurement, context)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return NoticePublished(self.code, self.about, self.identifier)


@evolve.register
def _(event: NoticePublished, procurement: Procurement, stamp: Stamp) -> Procurement:
    return with_notice(procurement, event.code, stamp, event.identifier, event.about)
