"""The types of what is told to others: stable names for events, whatever their fields are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from domain.messages import Event, tag_of


class Published(NamedTuple):
    """What a type tells, and the events that it stands for, whichever version they have."""

    says: str
    events: tuple[str, ...]


CONSULTATION_ASKED = "consultation.asked"
"""Told to those who are asked, and to systems; no choice leaves it out altogether."""
VERIFICATION, TEST, STOPPED = "endpoint.verification", "endpoint.test", "endpoint.stopped"
"""About the endpoints themselves: nobody chooses these."""
PUBLISHED: Mapping[str, Published] = {
    "procurement.opened": Published("A procurement was opened.", ("procurement-opened",)),
    "procurement.abandoned": Published("It was given up.", ("procurement-abandoned",)),
    "gateway.waived": Published("A gateway was waived.", ("gateway-waived",)),
    "notice.key_decision": Published(
        "Notice of a key decision was given, in full or under the general exception.",
        ("key-decision-notice-published", "general-exception-notified"),
    ),
    "notice.urgency": Published(
        "Somebody agreed that a decision cannot wait: for its notice, or for call-in.",
        ("special-urgency-agreed", "urgency-agreed"),
    ),
    "notice.private_meeting": Published(
        "Notice was given of a meeting in private, the first or the second.",
        ("private-meeting-announced", "private-meeting-announced-again"),
    ),
    "notice.procurement": Published(
        "A notice of the Procurement Act was published, or that of a change of a contract.",
        ("notice-published", "change-notice-published"),
    ),
    "report.put_up": Published("A report was put up to a gateway.", ("report-put-up",)),
    "report.published": Published("A report was published.", ("report-published",)),
    "report.withdrawn": Published("A report was taken back.", ("report-withdrawn",)),
    "report.handed_over": Published(
        "A member handed a report over, because of an interest.", ("report-handed-over",)
    ),
    "report.cleared": Published("A service cleared a report, or did not.", ("clearance-given",)),
    "report.recommended": Published(
        "A body made its recommendation to whoever decides.", ("recommendation-made",)
    ),
    CONSULTATION_ASKED: Published(
        "Somebody is asked for their view of a report before it is decided.", ("consultees-asked",)
    ),
    "consultation.answered": Published(
        "Somebody who was asked has answered, or stood aside.",
        ("consultation-answered", "consultee-stood-aside"),
    ),
    "decision.taken": Published("A report was decided.", ("decision-taken",)),
    "decision.published": Published("A decision was published.", ("decision-published",)),
    "decision.called_in": Published("A decision was called in.", ("decision-called-in",)),
    "decision.call_in_closed": Published(
        "It is on record what came of a call-in.", ("call-in-closed",)
    ),
    "decision.completed": Published(
        "The record of a decision was completed.", ("decision-record-completed",)
    ),
    "decision.condition_met": Published("A condition of a resolution is met.", ("condition-met",)),
    "authority.changed": Published(
        "Delegated authority was taken back, or passed on in part.",
        ("authority-revoked", "authority-passed-on", "authority-taken-back"),
    ),
    "undertaking.given": Published("An officer undertook something.", ("undertaking-given",)),
    "undertaking.discharged": Published(
        "Something undertaken or required is done.", ("undertaking-discharged",)
    ),
    "tender.invited": Published("Tenders were invited.", ("tenders-invited",)),
    "tender.evaluated": Published("Tenders were evaluated.", ("evaluation-recorded",)),
    "award.notified": Published(
        "The notices of an award went out, and with them the standstill began.",
        ("award-notices-sent",),
    ),
    "claim.notified": Published("A claim against an award was made.", ("claim-notified",)),
    "claim.ended": Published("A claim ended.", ("claim-ended",)),
    "contract.signed": Published("A contract was signed.", ("contract-signed",)),
    "contract.published": Published(
        "A contract was entered in the public register.", ("contract-published",)
    ),
    "contract.extended": Published("A contract was extended.", ("contract-extended",)),
    "contract.varied": Published("A contract was changed.", ("contract-varied",)),
    "contract.ended": Published("A contract ended early.", ("contract-ended",)),
    "phase.started": Published("A phase of a contract was started.", ("phase-started",)),
    "deadline.recounted": Published(
        "Periods were counted again, after the calendar was corrected.", ("periods-recounted",)
    ),
}
"""What can be chosen. All of it is about one procurement."""
ABOUT_ENDPOINTS: Mapping[str, Published] = {
    VERIFICATION: Published(
        "Proves that what is sent arrives: it carries a code.",
        ("endpoint-registered", "endpoint-moved"),
    ),
    TEST: Published("Somebody asked for a test.", ("endpoint-tested",)),
    STOPPED: Published(
        "An endpoint takes nothing any more; what it missed waits for it.", ("endpoint-disabled",)
    ),
}
"""What comes without being chosen."""
TYPES = {tag: name for name, one in PUBLISHED.items() for tag in one.events}


def type_of(event: Event) -> str | None:
    """What an event of a procurement is told as; None for what is not told."""
    return TYPES.get(tag_of(type(event)).partition("/")[0])
