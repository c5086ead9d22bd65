"""The rules of one authority, by version. Adopting them embeds the whole text in an event."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from domain.agenda import Agenda
from domain.call_in_rule import CallIn
from domain.clearance_rule import ClearanceRule
from domain.deadlines import Period, Unit
from domain.privacy import PrivateMeetings
from domain.provenance import Provenance
from domain.scrutiny import Scrutiny
from domain.values import AuthorityId, EventType, PostId, Slug, Text, check_pounds, check_share

AsksFor = Literal[
    "approve-plan",
    "authorise-procurement",
    "approve-budget",
    "award-contract",
    "release-phase",
    "extend-contract",
    "vary-contract",
]


class Gateway(Provenance, frozen=True):
    """A point where a report goes up and a decision comes back. Names are local (L1).

    ``asks_for`` is the kind of effect that reports ask for there, ``after`` what comes before it.
    """

    id: Slug
    title: Text
    asks_for: AsksFor
    after: tuple[Slug, ...] = ()
    may_combine: tuple[Slug, ...] = ()
    """Earlier gateways that one report may pass together with this one."""
    waived_by: tuple[PostId, ...] = ()
    """Posts that may waive this gateway, giving a reason."""


class DecisionClass(Provenance, frozen=True):
    """What kind of decision: key, significant operational, administrative … (D1)."""

    id: Slug
    title: Text
    key: bool = False
    call_in: bool = False
    under_delegation: bool = False
    """Whether what is decided under delegated authority can be of this kind."""
    executive: bool | None = None
    """Whether it is of the executive: key decisions, and those open to call-in, always are."""

    @property
    def of_executive(self) -> bool | None:
        """The same; None where the constitution does not say."""
        return True if self.key or self.call_in else self.executive


class Route(Provenance, frozen=True):
    """Who decides at a gateway, for one class of decision and a band of value in pounds.

    ``recommended_by`` are the bodies that make a recommendation first, in their order (L3);
    ``hands_over_to`` decides where the member who would decide alone has an interest (G4).
    """

    gateway: Slug
    decision_class: Slug
    decided_by: PostId
    recommended_by: tuple[PostId, ...] = ()
    hands_over_to: PostId | None = None
    above: Decimal = Decimal(0)
    up_to: Decimal | None = None

    def __post_init__(self) -> None:
        check_pounds(self.above)
        if self.up_to is not None:
            check_pounds(self.up_to)


class KeyThreshold(Provenance, frozen=True):
    """The spend or saving in pounds above which a decision is presumed to be key (D1)."""

    above: Decimal

    def __post_init__(self) -> None:
        check_pounds(self.above)


class SocialValue(Provenance, frozen=True):
    """The least share of the overall score, in per cent, that a council's policy gives it (E2)."""

    least: Decimal

    def __post_init__(self) -> None:
        check_share(self.least)


class Duty(Provenance, frozen=True):
    """Which posts may do one kind of thing, named by its command.

    For ``take-decision`` and ``recommend``: which posts record what a body resolved.
    """

    act: Slug
    posts: tuple[PostId, ...]


class Separation(Provenance, frozen=True):
    """May the author of a report, or an evaluator, decide it? May the decision maker sign? (G6)"""

    author_decides: bool
    evaluator_decides: bool
    decider_signs: bool


PlannedStep = Literal[
    "write-report", "publish-decision", "consult", "tender", "evaluate", "mobilise"
]


class Planning(Provenance, frozen=True):
    """How long a step takes that no law fixes, as timetables assume it. Nought is at once."""

    step: PlannedStep
    number: Annotated[int, Meta(ge=0, le=600)]
    unit: Unit = "working-days"

    @property
    def period(self) -> Period | None:
        return Period(self.number, self.unit) if self.number else None


class ShortNotice(Provenance, frozen=True):
    """Key decisions without 28 clear days' notice: who agrees to special urgency, in order (D4).

    ``unit`` is how the five clear days of the general exception are counted (D3, D7).
    """

    chairs: tuple[PostId, ...] = ()
    unit: Unit = "working-days"


class ClosedReaders(Provenance, frozen=True):
    """Which posts may see closed parts. Nobody else may, but what councillors read by law (D9)."""

    posts: tuple[PostId, ...]


class SubDelegation(Provenance, frozen=True):
    """Whether an officer may pass delegated authority on, where the resolution is silent (G1)."""

    allowed: bool


class BudgetSetting(Provenance, frozen=True):
    """Who else than who gives an authority sets the budget that it is within (G1)."""

    posts: tuple[PostId, ...]


class MustHear(Provenance, frozen=True):
    """What the council requires some posts to be told of, whatever else they choose (C3)."""

    posts: tuple[PostId, ...]
    types: tuple[EventType, ...]


class Constitution(Struct, frozen=True, forbid_unknown_fields=True):
    """One version of one authority's rules, in force from a London day."""

    authority: AuthorityId
    title: Text
    version: Text
    in_force: date
    gateways: tuple[Gateway, ...]
    classes: tuple[DecisionClass, ...]
    routes: tuple[Route, ...]
    duties: tuple[Duty, ...]
    separation: Separation
    key_threshold: KeyThreshold
    call_in: CallIn | None = None
    closed: ClosedReaders | None = None
    planning: tuple[Planning, ...] = ()
    social_value: SocialValue | None = None
    short_notice: ShortNotice | None = None
    sub_delegation: SubDelegation | None = None
    agenda: Agenda | None = None
    private_meetings: PrivateMeetings | None = None
    scrutiny: Scrutiny | None = None
    clearances: tuple[ClearanceRule, ...] = ()
    budget_setting: BudgetSetting | None = None
    must_hear: tuple[MustHear, ...] = ()

    def gateway(self, name: str) -> Gateway | None:
        return next((one for one in self.gateways if one.id == name), None)

    def gateway_for(self, effect: str) -> Gateway | None:
        """Where a report asks for this kind of effect."""
        return next((one for one in self.gateways if one.asks_for == effect), None)

    def decision_class(self, name: str) -> DecisionClass | None:
        return next((one for one in self.classes if one.id == name), None)

    def duty(self, act: str) -> Duty | None:
        return next((one for one in self.duties if one.act == act), None)

    def route(self, gateway: str, decision_class: str, pounds: Decimal | None) -> Route | None:
        """The first route that fits. A value that is not known is above every band (P2)."""
        for one in self.routes:
            if (one.gateway, one.decision_class) == (gateway, decision_class) and (
                one.up_to is None
                if pounds is None
                else (one.above or -1) < pounds and (one.up_to is None or pounds <= one.up_to)
            ):
                return one
        return None
