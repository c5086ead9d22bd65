"""A decision as it is on record: what was taken, resolution by resolution."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from domain.call_in_rule import Window
from domain.messages import Event, Stamp, evolve
from domain.procurement import Procurement
from domain.record import Decision, Resolution
from domain.reported import Alternative, Interests, Under
from domain.values import Digest, PostId, Reference, Slug


class DecisionTaken(Event, frozen=True, tag="decision-taken/1"):
    decision: UUID
    report: UUID
    gateway: Slug
    decision_class: Slug
    resolutions: tuple[Resolution, ...]
    reasons: str
    alternatives: tuple[Alternative, ...]
    implications: str
    interests: Interests
    interests_note: str
    open_to_call_in: bool
    window: Window | None
    effective: date | None
    replaces: UUID | None
    decided_by: PostId
    combines: tuple[Slug, ...] = ()
    procurements: tuple[Reference, ...] = ()
    under: Under | None = None
    departing: str = ""
    no_alternatives: str = ""
    recorded: date | None = None
    urgent: str = ""
    capsule: Digest | UnsetType = UNSET
    """Stored only where there is one, so that what was stored before there were any is the same."""


@evolve.register
def _(event: DecisionTaken, procurement: Procurement, stamp: Stamp) -> Procurement:
    decisions, notices = dict(procurement.decisions), dict(procurement.notices)
    exceptions, urgencies = dict(procurement.exceptions), procurement.urgencies
    if event.replaces:
        again = tuple(one.label for one in event.resolutions)
        earlier = decisions[event.replaces]
        decisions[earlier.id] = replace(earlier, superseded=(*earlier.superseded, *again))
    else:
        # A notice announces one decision: the next one there takes another (D2).
        here = (event.gateway, *event.combines)
        for gateway in here:
            notices.pop(gateway, None)
            exceptions.pop(gateway, None)
        urgencies = tuple(
            one
            if one.decision or one.gateway not in here
            else replace(one, decision=event.decision)
            for one in urgencies
        )
    decisions[event.decision] = Decision(
        id=event.decision,
        report=event.report,
        gateway=event.gateway,
        decision_class=event.decision_class,
        on=stamp.on,
        by=stamp.by,
        resolutions=event.resolutions,
        reasons=event.reasons,
        alternatives=event.alternatives,
        implications=event.implications,
        interests=event.interests,
        interests_note=event.interests_note,
        open_to_call_in=event.open_to_call_in,
        window=event.window,
        effective=event.effective,
        replaces=event.replaces,
        decided_by=event.decided_by,
        combines=event.combines,
        procurements=event.procurements,
        under=event.under,
        departing=event.departing,
        no_alternatives=event.no_alternatives,
        recorded=event.recorded,
        urgent=event.urgent,
        capsule=event.capsule or None,
    )
    report = replace(procurement.reports[event.report], state="decided")
    reports = {**procurement.reports, event.report: report}
    return replace(
        procurement,
        decisions=decisions,
        reports=reports,
        notices=notices,
        exceptions=exceptions,
        urgencies=urgencies,
    )
