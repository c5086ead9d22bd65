"""What is told of an event: to whom it is said, at which gateway, and how little may be said."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.closed import ClosedPart, within
from domain.consultation import ConsulteesAsked
from domain.endpoints import Endpoints
from domain.messages import Aggregate, Event, Recorded
from domain.procurement import Procurement
from domain.values import Amount, Closed
from projections.standing import stage

LONGEST = 500
"""Characters of a title that are told."""


class Facts(Struct, frozen=True):
    """All that may leave the building of one event, whoever is told.

    ``link`` is the path of the page where the rest can be read by whoever may.
    """

    authority: str
    reference: str
    version: int
    status: str
    link: str
    title: str
    asked: tuple[str, ...] = ()
    """The posts that it is said to."""
    report: UUID | None = None
    """The report that they are asked about."""

    def to(self, post: str | None) -> Facts:
        """The same for a post: who is asked is led to where the answer is given."""
        if post is None or post not in self.asked:
            return self
        subject = quote(f"{self.report} {post}", safe="/")
        return replace(self, link=f"{self.link}/do/answer-consultation?subject={subject}")

    def thinned(self) -> Facts:
        """The same of what is exempt in any part: nothing by which it could be known."""
        return replace(self, title="")


def addressed(event: Event) -> tuple[str, ...] | None:
    """The posts that an event is said to; None where it is for whoever wants to hear it."""
    return event.consultees if isinstance(event, ConsulteesAsked) else None


def gateway_of(event: Event, procurement: Procurement) -> str:
    """The gateway that an event is about: its own, or that of its report or decision.

    For anything else it is that of the latest report; nothing before the first.
    """
    if gateway := getattr(event, "gateway", ""):
        return str(gateway)
    found: Any = procurement.decisions.get(_id(event, "decision"))
    found = found or procurement.reports.get(_id(event, "report"))
    latest = [*procurement.reports.values()][-1:]
    return str(found.gateway if found else latest[0].gateway if latest else "")


def _id(event: Event, name: str) -> UUID:
    found = getattr(event, name, None)
    return found if isinstance(found, UUID) else UUID(int=0)


def exempt(procurement: Procurement) -> bool:
    """Whether anything in it is closed, was, or is said to be exempt."""
    return any(
        isinstance(one, Closed | ClosedPart) or (isinstance(one, Amount) and one.basis == "exempt")
        for one in within(procurement)
    )


def facts(recorded: Recorded, then: Aggregate) -> Facts:
    """Of an event, with what its stream added up to with it."""
    event = recorded.event
    if isinstance(then, Endpoints):
        one = then.all[str(getattr(event, "name", ""))]
        link = f"/endpoints/{then.authority}/{one.name}"
        return Facts(then.authority, "", recorded.version, one.waits or "in use", link, one.title)
    assert isinstance(then, Procurement)
    asked = event if isinstance(event, ConsulteesAsked) else None
    return Facts(
        then.authority,
        then.reference,
        recorded.version,
        stage(then),
        f"/procurements/{then.reference}",
        then.title[:LONGEST],
        asked.consultees if asked else (),
        asked.report if asked else None,
    )
