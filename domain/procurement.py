"""A procurement: from a need, through its gateways, to a contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from msgspec.structs import replace

from domain.appraised import Appraisal, Engagement
from domain.competition import Claim, Contract, Evaluation, Indicators, Standstill, Tender
from domain.conditioned import Met
from domain.conflicts import ConflictsAssessment
from domain.messages import Aggregate
from domain.noticed import Noticed
from domain.privacy import PrivateMeeting
from domain.record import Decision, Resolution
from domain.regimes import Regime, Subject
from domain.reported import Report, Under
from domain.terms import (
    ExistingContract,
    Framework,
    Mixed,
    Party,
    Phase,
    SourceNote,
    SpecialUrgency,
    Undertaking,
)
from domain.values import Amount, Term, When, procurement_id

E_ = TypeVar("E_")


class Procurement(Aggregate, frozen=True):
    """Everything recorded about one procurement so far."""

    authority: str = ""
    reference: str = ""
    title: str = ""
    purpose: str = ""
    category: str = ""
    regime: Regime = "pcr2015"
    subject: Subject = "services"
    mixed: Mixed | None = None
    """What health care is bought with, and what each is worth."""
    opened: date | None = None
    """The London day on which it was opened."""
    commenced: date | None = None
    """The London day on which it commenced, where that was before it was opened here."""
    value: Amount = Amount("unknown")
    term: Term | None = None
    phases: tuple[Phase, ...] = ()
    framework: Framework | None = None
    parties: tuple[Party, ...] = ()
    council_reference: str = ""
    part_of: str | None = None
    """The reference of the procurement whose plan this one carries out."""
    existing: tuple[ExistingContract, ...] = ()
    notices: Mapping[str, date] = {}
    """Key-decision notices: the gateway, and the first day on which to decide."""
    exceptions: Mapping[str, date] = {}
    """The same under the general exception (D3)."""
    urgencies: tuple[SpecialUrgency, ...] = ()
    private_meetings: tuple[PrivateMeeting, ...] = ()
    waived: Mapping[str, str] = {}
    """Gateways that were waived, and why."""
    appraisal: Appraisal | None = None
    engagement: Engagement | None = None
    reports: Mapping[UUID, Report] = {}
    decisions: Mapping[UUID, Decision] = {}
    revoked: tuple[tuple[UUID, str], ...] = ()
    """Delegated authorities taken back: the decision that gave each, and its letter."""
    passed_on: tuple[tuple[UUID, str, int, str], ...] = ()
    """Parts of such authorities that are passed on: decision, letter, number and post."""
    undertakings: tuple[Undertaking, ...] = ()
    """What officers undertook. What resolutions require is with the decisions."""
    discharged: Mapping[str, When] = {}
    """Undertakings and reports required that are done with, by their ids."""
    conflicts: tuple[ConflictsAssessment, ...] = ()
    """Every version of the conflicts assessment, oldest first (G5)."""
    met: Mapping[str, Met] = {}
    """Conditions of resolutions that are met: by decision, letter and number."""
    tender: Tender | None = None
    evaluation: Evaluation | None = None
    indicators: Indicators | None = None
    summaries: date | None = None
    """When assessment summaries went to all who were assessed (P3)."""
    standstill: Standstill | None = None
    claims: tuple[Claim, ...] = ()
    contract: Contract | None = None
    noticed: tuple[Noticed, ...] = ()
    """Notices of the 2023 Act that were published, oldest first (P8)."""
    started: Mapping[int, When] = {}
    """Phases started, by number, and when."""
    notes: tuple[SourceNote, ...] = ()
    abandoned: str = ""
    abandoned_on: date | None = None

    @property
    def pounds(self) -> Decimal | None:
        """The whole value, over the term where it is a yearly one."""
        return self.value.in_total(self.term.months if self.term else None)

    @property
    def began(self) -> date | None:
        """The London day of commencement, by which its law and thresholds go (P1, P2).

        For a call-off that of its framework. Else as it was said at the opening, or with the
        invitation to tender; until then the day of the opening stands in.
        """
        if self.framework:
            return self.framework.began
        return self.commenced or (self.tender.opened if self.tender else self.opened)

    @property
    def open_report(self) -> Report | None:
        return next((one for one in self.reports.values() if one.state == "open"), None)

    def urgent(self, gateway: str) -> bool:
        """Whether it was agreed that the next decision there is specially urgent (D4)."""
        return any(one.gateway == gateway and not one.decision for one in self.urgencies)

    def decided(self, report: UUID) -> list[Decision]:
        """The decisions on a report, oldest first."""
        return [one for one in self.decisions.values() if one.report == report]

    def decided_last(self, report: UUID) -> UUID | None:
        """The latest decision on a report, which the next one replaces."""
        return decided[-1].id if (decided := self.decided(report)) else None

    def resolved(self, kind: type[E_]) -> Iterator[tuple[Decision, Resolution, E_]]:
        """Agreed resolutions of a kind about this procurement that stand, in effect or not yet."""
        for decision in self.decisions.values():
            for one in decision.resolutions:
                mine = one.about in (None, self.reference)
                stands = mine and one.label not in decision.superseded
                if one.agreed and stands and isinstance(one.effect, kind):
                    yield decision, one, one.effect

    def in_effect(self, kind: type[E_], day: date) -> E_ | None:
        """The latest resolution of a kind that has effect on a London day."""
        found = None
        for decision, one, effect in self.resolved(kind):
            since = decision.effective_on(one.label)
            found = effect if since and since <= day else found
        return found


def with_report(procurement: Procurement, report: Report) -> Procurement:
    """The procurement with this report in the place of its earlier state."""
    return replace(procurement, reports={**procurement.reports, report.id: report})


def with_decision(procurement: Procurement, decision: Decision) -> Procurement:
    """The procurement with this decision in the place of its earlier state."""
    return replace(procurement, decisions={**procurement.decisions, decision.id: decision})


def others(concerned: Iterable[str], procurement: Procurement) -> tuple[str, ...]:
    """The other procurements that a report or decision concerns, to be named with it."""
    return tuple(one for one in concerned if one != procurement.reference)


def granting(under: Under) -> UUID:
    """The stream of the procurement in which authority was delegated."""
    return procurement_id(under.granted_in)
