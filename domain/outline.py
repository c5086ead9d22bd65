"""What a timetable rests on: read off a case or a plan, or assumed, and then said to be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple, TypeVar

from msgspec import Struct

from domain.constitution import DecisionClass, Gateway, PlannedStep
from domain.deadlines import ONE, Period, Unit
from domain.delegating import live
from domain.effects import (
    Asked,
    AuthoriseProcurement,
    AwardByLaterDecision,
    AwardContract,
    DelegateAuthority,
    Kind,
)
from domain.messages import Context
from domain.no_standstill import asks_for_one, exempt
from domain.procurement import Procurement
from domain.regimes import Regime
from domain.routes import Way, together, way_for
from domain.schedule import Days, within
from domain.tendering import least_time
from domain.thresholds import below_threshold, how_long
from domain.wording import counted, short_day

K = TypeVar("K", bound=Kind)
Short = Literal[
    "general-exception",
    "special-urgency",
    "without-call-in",
    "combined-gateways",
    "planned-notice",
    "fewer-days",
    "no-standstill",
    "alongside-call-in",
]
"""Lawful ways to be quicker, each with what it needs (D3, D4, D10, L1, P8, P7)."""

USUAL: Mapping[PlannedStep, Period | None] = {
    "write-report": Period(10),
    "publish-decision": Period(1),
    "consult": Period(5),
    "tender": Period(30, "days"),
    "evaluate": Period(10),
    "mobilise": None,
}
TAKES: Mapping[PlannedStep, str] = {
    "write-report": "Writing a report takes",
    "publish-decision": "Publishing a decision takes",
    "consult": "Hearing consultees takes",
    "tender": "Tenderers get",
    "evaluate": "Evaluating tenders takes",
    "mobilise": "From the signature to the start it takes",
}
AT_ONCE: Mapping[PlannedStep, str] = {
    "write-report": "A report is put up as soon as it can be",
    "publish-decision": "A decision is published on its day",
    "consult": "Consultees answer on the day",
    "tender": "Tenders close on the day of the invitation",
    "evaluate": "Tenders are evaluated on the day after they close",
    "mobilise": "The contract may start on the day on which it is signed",
}
ONE_OF: Mapping[Unit, str] = {
    "working-days": "working day",
    "days": "day",
    "weeks": "week",
    "months": "month",
}
REGIME_RULE: Mapping[Regime, str] = {"pcr2015": "P4", "pa2023": "P3", "psr2023": "P5"}
FEWER_DAYS = 10
"""The fewest days to tender that a shorter timetable asks for where no law says."""


class Wishes(Struct, frozen=True):
    """What is planned and on no record yet, and which ways to be quicker are taken."""

    classes: Mapping[str, str] = {}
    """The class of decision at each gateway."""
    tender_days: int | None = None
    standstill: Asked | None = None
    award: AwardContract | None = None
    taken: frozenset[Short] = frozenset()


class TimeToTender(NamedTuple):
    """The least days that tenderers get, the rule, and what says so; or an assumed period."""

    days: int
    rule: str
    why: str
    period: Period | None = None
    assumed: tuple[str, ...] = ()


class Outline:
    """A case on a day, and what is planned for it."""

    def __init__(self, procurement: Procurement, context: Context, wishes: Wishes) -> None:
        self.p, self.context, self.wishes = procurement, context, wishes
        self.rules, self.calendar = context.constitution, context.calendar
        self.any, self.working = Days(self.calendar), Days(self.calendar, working=True)

    def takes(self, short: Short) -> bool:
        return short in self.wishes.taken

    def meant(self, kind: type[K]) -> K | None:
        """The latest resolution of a kind, or what the report that waits asks for."""
        report = self.p.open_report
        asked = [one.effect for one in report.recommendations] if report else []
        found = [effect for _, _, effect in self.p.resolved(kind)]
        return next((one for one in asked if isinstance(one, kind)), found[-1] if found else None)

    @property
    def terms(self) -> AuthoriseProcurement | None:
        return self.meant(AuthoriseProcurement)

    @property
    def award(self) -> AwardContract | None:
        return self.meant(AwardContract) or self.wishes.award

    @property
    def direct(self) -> bool:
        return self.award is not None and self.award.direct

    @property
    def delegated(self) -> DelegateAuthority | None:
        """The authority under which the award is to be made, where one was delegated."""
        given = [one.effect for _, one in live(self.p)]
        found = self.meant(DelegateAuthority)
        return found if found and (found in given or self.p.open_report) else None

    @property
    def starts(self) -> tuple[date | None, str]:
        """When the contract has to start, and what says so."""
        award = self.award
        if award and award is not self.wishes.award:
            return award.starts, "the award names the day"
        if self.p.term:
            why = "the procurement is opened for a contract from then on"
            return self.p.term.starts, why if self.p.reference else "it is planned for that day"
        ends = [one.ends.read_as for one in self.p.existing]
        if ends:
            return min(ends) + ONE, f"the present contract ends on {short_day(min(ends))}"
        return None, "nothing says when the contract has to start"

    def period(self, step: PlannedStep) -> tuple[Period | None, str]:
        """How long a step takes that no law fixes, and the sentence that says so."""
        found = next((one for one in self.rules.planning if one.step == step), None)
        period = found.period if found else USUAL[step]
        whence = found.provenance if found else "the constitution says nothing of it"
        said = f"{TAKES[step]} {_long(period)}" if period else AT_ONCE[step]
        return period, f"{said}: assumed ({whence})"

    def decision_class(self, gateway: Gateway, *, delegated: bool) -> DecisionClass | None:
        """The class of a decision that no report has named yet: planned, resolved, or by value."""
        wished = self.wishes.classes.get(gateway.id)
        later = self.meant(AwardByLaterDecision)
        if not wished and later and gateway.asks_for == "award-contract":
            wished = later.decision_class
        if wished:
            return self.rules.decision_class(wished)
        spend = together([self.p]).figure
        key = spend is None or spend > self.rules.key_threshold.above
        fitting = [
            one
            for one in self.rules.classes
            if (one.under_delegation if delegated else self.way(gateway, one))
        ]
        found = [one for one in fitting or self.rules.classes if one.key == key]
        return next(iter((*found, *fitting)), None)

    def way(self, gateway: Gateway, kind: DecisionClass | None) -> Way | None:
        return way_for(gateway.id, kind.id, together([self.p]), self.context) if kind else None

    def sittings(self, post: str) -> tuple[Days, str]:
        """The days on which a post decides or a body meets, and what of that is assumed."""
        name = self.context.offices.title(post)
        if not self.context.offices.is_body(post):
            return self.working, f"{name} may decide on any working day: assumed"
        if (found := self.context.offices.meets(post)) is None:
            said = f"The meetings of the {name} are not on record: any working day is assumed"
            return self.working, said
        first, last = short_day(found.days[0]), short_day(found.days[-1])
        said = f"The {name} meets on the days on record from {first} to {last}"
        said = f"{said} ({found.provenance}); outside them any working day is assumed"
        return Days(self.calendar, working=True, meetings=found.days), said

    @property
    def decided(self) -> bool:
        """Whether the competition is authorised: from then on its terms are fixed."""
        return bool(list(self.p.resolved(AuthoriseProcurement)))

    @property
    def time_to_tender(self) -> TimeToTender:
        early = self.takes("planned-notice")
        days, why = least_time(self.p, self.context.day, early=early)
        law = TimeToTender(days, "P8", why)
        own = self._own_time(law)
        if self.takes("fewer-days") and not self.decided and own.days > FEWER_DAYS:
            own = TimeToTender(FEWER_DAYS, "P7", "the decision asks for no more")
        return max(own, law, key=lambda one: one.days)

    def _own_time(self, law: TimeToTender) -> TimeToTender:
        """What is decided, asked for or planned; else what the law asks, or what is usual."""
        if self.terms and self.terms.tender_days:
            return TimeToTender(self.terms.tender_days, "P7", "as the decision or its report says")
        if self.wishes.tender_days is not None:
            return TimeToTender(self.wishes.tender_days, "P7", "as it is planned")
        if law.days:
            return law
        period, assumed = self.period("tender")
        why, today = how_long(self.p), self.context.day
        end, _ = within(period, self.calendar)(today)
        return TimeToTender((end - today).days, "P7", why, period, (assumed,))

    @property
    def announced(self) -> bool:
        """Whether the Act asks for a time to tender, summaries and notices, standstill or none."""
        return self.p.regime == "pa2023" and not below_threshold(self.p)

    @property
    def exempt(self) -> str:
        return exempt(self.p, self.context.day, self.award)

    @property
    def voluntary(self) -> bool:
        """Whether only the decision on the competition asks for a standstill."""
        asked = self.terms.standstill if self.terms else self.wishes.standstill
        return bool(self.exempt and not self.direct and asked and asks_for_one(asked))

    @property
    def stands_still(self) -> bool:
        if self.voluntary and self.takes("no-standstill") and not self.decided:
            return False
        return not self.exempt or self.voluntary


def _long(period: Period) -> str:
    return counted(period.number, ONE_OF[period.unit])
