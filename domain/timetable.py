"""The timetable of a procurement: forwards from today, backwards from the start of its contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from domain.case_command import why_not_open
from domain.claims import why_not_suspended
from domain.constitution import Gateway
from domain.deadlines import Calendar, Count, Period
from domain.gateways import FITTING, settled
from domain.messages import Context
from domain.opening import why_not_framework
from domain.outline import Outline, Wishes
from domain.passages import Passage, reports_at
from domain.procurement import Procurement
from domain.refusals import Refused
from domain.schedule import Node, backwards, forwards
from domain.timetable_market import START, competition, contract, notices, phases
from domain.timetable_reports import nodes as through
from domain.wording import long_day

NONE = Wishes()
Lasts = Mapping[tuple[str, str], date]
"""The last day of each act, by its command and what it is about."""
SOON = Period(5)
"""How many working days before its last day a step is pressing."""


class Step(Struct, frozen=True):
    """A step: its earliest day, or the day on record; and the last one for a start in time.

    ``since`` is the day from which it waits for what comes before it, ``count`` how those days were
    counted. London days.
    """

    id: str
    group: str
    title: str
    rule: str
    why: str
    day: date
    fixed: bool
    last: date | None
    since: date
    count: Count | None
    acts: tuple[tuple[str, str], ...]
    closed: str
    """Why its day is no working day, or nothing."""

    @property
    def slack(self) -> int | None:
        """Days between its earliest and its last day: less than none where it is too late."""
        return (self.last - self.day).days if self.last else None


class Timetable(Struct, frozen=True):
    """Every step of a procurement in order, what was assumed, and what is to be noticed."""

    today: date
    starts: date | None
    """When the contract has to start."""
    because: str
    earliest: date
    """When it starts at the earliest, or has started."""
    steps: tuple[Step, ...]
    assumed: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def slack(self) -> int | None:
        return (self.starts - self.earliest).days if self.starts else None

    @property
    def begins_by(self) -> date | None:
        """The last day on which something has to happen, or the start is late."""
        return min((one.last for one in self.steps if one.last and not one.fixed), default=None)

    @property
    def late(self) -> bool:
        return self.slack is not None and self.slack < 0


def timetable(procurement: Procurement, context: Context, wishes: Wishes = NONE) -> Timetable:
    """From the context's day on. Raises Refused without a procurement that can go on, and where
    the days lead out of the calendar."""
    if refusals := list(why_not_open(procurement)):
        raise Refused(refusals)
    o = Outline(procurement, context, wishes)
    nodes = list(draw(o))
    reached, (starts, because) = forwards(nodes, context.day), o.starts
    lasts = _lasts(o, nodes, starts)
    steps = tuple(
        Step(
            one.id,
            one.group,
            one.title,
            one.rule,
            one.why,
            reached[one.id].day,
            one.at is not None,
            lasts.get(one.id),
            reached[one.id].since,
            reached[one.id].counting,
            one.acts,
            context.calendar.why_closed(reached[one.id].day),
        )
        for one in nodes
    )
    to_come = [one for one in nodes if one.at is None]
    assumed = tuple(dict.fromkeys(said for one in to_come for said in one.assumed))
    earliest = reached[START].day
    told = tuple(_notes(o, starts, reached["signed"].day))
    return Timetable(context.day, starts, because, earliest, steps, assumed, told)


def last_days(procurement: Procurement, context: Context) -> Lasts:
    """The last day of each act on the way to a start in time; none outside of the calendar.

    They do not depend on the context's day.
    """
    if procurement.abandoned:
        return {}
    o = Outline(procurement, context, NONE)
    try:
        nodes = list(draw(o))
        lasts = _lasts(o, nodes, o.starts[0])
    except Refused:
        return {}
    return {act: lasts[one.id] for one in nodes if one.id in lasts for act in one.acts}


def _lasts(o: Outline, nodes: list[Node], starts: date | None) -> Mapping[str, date]:
    return backwards(nodes, START, starts) if starts and not o.p.contract else {}


def pressing_until(today: date, calendar: Calendar) -> date:
    """A last day presses that has passed or is within five working days: up to this one."""
    return SOON.count(today, calendar).last_day


def _notes(o: Outline, starts: date | None, signed: date) -> Iterator[str]:
    """What a reader of the dates would overlook."""
    if starts and (closed := o.calendar.why_closed(starts)):
        yield f"The contract is to start on {long_day(starts)}, which is no working day: {closed}"
    if not o.p.contract and o.p.framework and signed > o.p.framework.until:
        until = long_day(o.p.framework.until)
        yield f"Framework {o.p.framework.reference} ends on {until}, before the contract is signed"
    if not o.p.contract:
        yield from (one.reason for one in why_not_framework(o.p.framework, o.context))
        yield from (one.reason for one in why_not_suspended(o.p))
    if o.p.standstill:
        for one in o.p.standstill.representations:
            if not one.outcome:
                yield f"What {one.provider} represented is reviewed: that keeps the standstill open"


def draw(o: Outline) -> Iterator[Node]:
    """The steps of a case in order, each after those that it waits for."""
    gateways = to_pass(o)
    joined = dict(_joined(o, gateways))
    effects: dict[str, str] = {}
    award: Passage | None = None
    for one in gateways:
        if one.id in joined:
            continue
        is_award = one.asks_for == "award-contract"
        if is_award and not o.direct:
            yield from competition(o, effects.values())
        waits = ("evaluated",) if is_award and not o.direct else _waits(one, o, joined, effects)
        if is_award and o.direct:
            waits = tuple(effects.values())
        passage = Passage(o, one, waits)
        yield from through(passage)
        effects[one.id] = passage.ends
        award = passage if is_award else award
    if award is None and not o.direct:
        yield from competition(o, effects.values())
    before = (award.ends,) if award else tuple(effects.values()) if o.direct else ("evaluated",)
    told = list(notices(o, award, before))
    yield from told
    yield from contract(o, (*before, *(one.id for one in told[-1:])))
    yield from phases(o)


def to_pass(o: Outline) -> list[Gateway]:
    """The gateways on the way to the contract, in their order, but for those settled or not needed.

    What is agreed at one gateway takes no report at another that is there for the same.
    """
    award = o.rules.gateway_for("award-contract")
    on_the_way = {award.id, *_before(award, o)} if award else set()
    found = []
    for one in o.rules.gateways:
        early = one.asks_for in ("authorise-procurement", "approve-budget")
        early = early and not (award and award.id in _before(one, o))
        if (one.id in on_the_way or early) and not settled(one, o.p):
            agreed = early and o.meant(FITTING[one.asks_for][0]) and not reports_at(one, o.p)
            found += [] if agreed else [one]
    return found


def _before(gateway: Gateway, o: Outline) -> set[str]:
    """The gateways that have to be passed before one, near and far."""
    found: set[str] = set()
    for name in gateway.after:
        earlier = o.rules.gateway(name)
        found |= {name, *(_before(earlier, o) if earlier else ())}
    return found


def _joined(o: Outline, gateways: list[Gateway]) -> Iterator[tuple[str, str]]:
    """Gateways that one report passes together with a later one: on record, or where wished."""
    for one in gateways:
        for report in reports_at(one, o.p)[-1:]:
            if report.gateway != one.id:
                yield one.id, report.gateway
        for earlier in gateways if o.takes("combined-gateways") else ():
            new = not reports_at(one, o.p) and not reports_at(earlier, o.p)
            early = o.direct or one.asks_for != "award-contract"
            if earlier.id in one.may_combine and new and early:
                yield earlier.id, one.id


def _waits(
    gateway: Gateway, o: Outline, joined: Mapping[str, str], effects: Mapping[str, str]
) -> tuple[str, ...]:
    """What a gateway's report waits for, those before the gateways that it passes too included."""
    parts = [gateway, *(one for one in o.rules.gateways if joined.get(one.id) == gateway.id)]
    names = dict.fromkeys(joined.get(name, name) for one in parts for name in one.after)
    return tuple(effects[name] for name in names if name in effects)
