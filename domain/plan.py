"""A plan that is on no record: what a timetable can be asked for before anything is opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

from domain.deadlines import why_not_covered
from domain.effects import Asked, AwardContract
from domain.governing import began_on, why_not_commenced, why_not_regime
from domain.messages import Context
from domain.outline import Wishes
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.regimes import Process, Regime, Subject
from domain.terms import Framework, Mixed, Phase
from domain.values import Amount, AuthorityId, Slug, Term, Text, check_day, check_pounds
from domain.wording import listed

UNKNOWN = Amount("unknown")
A_YEAR = 12
"""The months of a term of which only the first day matters."""


class Plan(Struct, frozen=True, forbid_unknown_fields=True):
    """A procurement as somebody plans it, in a TOML file. The authority's rules fill in the rest.

    ``today`` is the day that the timetable goes forward from, ``starts`` the one that it goes back
    from; without ``today`` it is the authority's own.
    """

    authority: AuthorityId
    title: Text
    regime: Regime
    starts: date
    today: date | None = None
    subject: Subject | None = None
    """What is bought; without it only the day of commencement decides the law."""
    mixed: Mixed | None = None
    commenced: date | None = None
    """When it commenced, where it did; without it the timetable counts it as above thresholds."""
    value: Decimal | None = None
    """Pounds over the whole term; without it no band of value is excluded."""
    classes: Mapping[Slug, Slug] = {}
    """The class of the decision at each gateway; without one it goes by the value."""
    passed: tuple[Slug, ...] = ()
    """Gateways that have been passed, or are not needed."""
    framework: Framework | None = None
    direct: bool = False
    process: Process = "ordinary"
    tender_days: Annotated[int, Meta(ge=0, le=600)] | None = None
    standstill: Asked = "required"
    phases: Annotated[int, Meta(ge=1, le=20)] = 1

    def __post_init__(self) -> None:
        check_day(self.starts)
        if self.today:
            check_day(self.today)
        if self.value is not None:
            check_pounds(self.value)

    @property
    def procurement(self) -> Procurement:
        """As if it had just been opened."""
        return Procurement(
            version=1,
            authority=self.authority,
            title=self.title,
            regime=self.regime,
            value=UNKNOWN if self.value is None else Amount("estimated", self.value),
            term=Term(self.starts, A_YEAR),
            phases=tuple(Phase(f"phase {n + 1}", UNKNOWN) for n in range(self.phases)),
            framework=self.framework,
            subject=self.subject or "services",
            mixed=self.mixed,
            commenced=self.commenced,
            waived=dict.fromkeys(self.passed, "passed, by the plan"),
        )

    @property
    def wishes(self) -> Wishes:
        award = AwardContract(
            "whoever is chosen", UNKNOWN, self.starts, A_YEAR, self.direct, process=self.process
        )
        return Wishes(self.classes, self.tender_days, self.standstill, award)


def why_not_plan(plan: Plan, context: Context) -> Iterable[Refusal]:
    """Gateways and classes are the authority's, the law governs, the calendar covers the days."""
    rules = context.constitution
    gateways, classes = [one.id for one in rules.gateways], [one.id for one in rules.classes]
    for gateway in (*plan.passed, *plan.classes):
        if gateway not in gateways:
            reason = f"There is no gateway “{gateway}”; there are {listed(gateways)}"
            yield Refusal("C1", reason)
    for kind in plan.classes.values():
        if kind not in classes:
            reason = f"There is no decision class “{kind}”; there are {listed(classes)}"
            yield Refusal("C1", reason)
    yield from why_not_covered(plan.starts, context.calendar)
    yield from why_not_covered(context.day, context.calendar)
    yield from why_not_commenced(plan.commenced, plan.framework, context)
    began = began_on(plan.commenced, plan.framework, context.day)
    yield from why_not_regime(plan.regime, plan.subject, began, plan.mixed)
    if plan.starts <= context.day:
        yield Refusal("C1", "The contract starts after the day from which it is planned")
