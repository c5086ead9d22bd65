"""Lawful ways to be quicker where a timetable does not fit, and what each of them needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from domain.messages import Context
from domain.outline import REGIME_RULE, Outline, Short, Wishes
from domain.procurement import Procurement
from domain.short_notice import chairs
from domain.timetable import NONE, timetable
from domain.urgency import clause
from domain.wording import listed, long_day


class Shortening(Struct, frozen=True):
    """A way to be quicker: its rule, what it needs, and when the contract can then start."""

    way: Short
    title: str
    rule: str
    needs: str
    starts: date
    enough: bool

    @property
    def named(self) -> str:
        """As it is called in the middle of a sentence, with its rule."""
        return f"{self.title[0].lower()}{self.title[1:]} ({self.rule})"


class Quicker(Struct, frozen=True):
    """The ways that help, and the earliest start with all of them together."""

    ways: tuple[Shortening, ...]
    together: date
    enough: bool


TITLES: Mapping[Short, str] = {
    "general-exception": "General exception: 5 clear days' notice instead of 28",
    "special-urgency": "Special urgency: a key decision without notice",
    "without-call-in": "Urgency without call-in",
    "combined-gateways": "One report for gateways that may be combined",
    "planned-notice": "A planned procurement notice: 10 days to tender",
    "fewer-days": "A shorter time to tender",
    "no-standstill": "A call-off without a voluntary standstill",
    "alongside-call-in": "Award notices on the day of the decision",
}
NEEDS: Mapping[Short, str] = {
    "general-exception": (
        "The chair of the scrutiny committee (without one, each of its members) is told in "
        "writing, the notice is published, 5 clear days pass, and it is published why 28 are "
        "impracticable."
    ),
    "special-urgency": (
        "The chair of the scrutiny committee agrees that the decision cannot wait (without one "
        "the council's chair, without either the vice-chair), the reasons are published, and the "
        "leader reports it to the council."
    ),
    "without-call-in": (
        "Delay would seriously prejudice the council or the public, and the decision says so; "
        "{agreed_by}; {reported_to} is told."
    ),
    "combined-gateways": "One report asks for what each of the gateways is there for.",
    "planned-notice": "The notice is published 40 days to 12 months before the tender notice.",
    "fewer-days": (
        "The decision asks for 10 days, or the least that the law allows where that is more, and "
        "that is still enough to tender in."
    ),
    "no-standstill": (
        "The law asks for no standstill here: the decision on the competition asks for none either."
    ),
    "alongside-call-in": (
        "The notices say that the award is subject to call-in. The standstill runs beside the "
        "window, and the contract is signed after both."
    ),
}
RULES: Mapping[Short, str] = {
    "general-exception": "D3",
    "special-urgency": "D4",
    "without-call-in": "D10",
    "combined-gateways": "L1",
    "planned-notice": "P8",
    "fewer-days": "P7",
    "alongside-call-in": "P7",
}


def quicker(procurement: Procurement, context: Context, wishes: Wishes = NONE) -> Quicker:
    """What brings the start of the contract forward, by itself and all together."""
    plain = timetable(procurement, context, wishes)
    by, law = plain.starts or date.max, REGIME_RULE[procurement.regime]
    found = []
    lawful = _ways(context)
    for way, title in lawful.items():
        starts = timetable(procurement, context, taking(wishes, [way])).earliest
        if starts < plain.earliest:
            rule, needs = RULES.get(way, law), _needs(way, context)
            found.append(Shortening(way, title, rule, needs, starts, starts <= by))
    together = timetable(procurement, context, taking(wishes, lawful)).earliest
    return Quicker(tuple(found), together, together <= by)


def _ways(context: Context) -> Mapping[Short, str]:
    """The ways that there are: urgency is agreed only where a rule says by whom (D4, D10)."""
    there = {"special-urgency": chairs(context), "without-call-in": clause(context)}
    return {way: title for way, title in TITLES.items() if there.get(way, True)}


def warning(last: date, procurement: Procurement, context: Context, wishes: Wishes = NONE) -> str:
    """What it means that a step's last day has come or passed, and what can be done about it."""
    found = quicker(procurement, context, wishes)
    enough = [one.named for one in found.ways if one.enough]
    if enough:
        unless = f"unless by {listed(enough, 'or')}"
    elif found.enough:
        unless = f"unless by all of these together: {listed([one.named for one in found.ways])}"
    else:
        unless = "and no lawful way to be quicker is enough"
    starts, _ = Outline(procurement, context, wishes).starts
    start = f"the contract cannot start on {long_day(starts)} any more" if starts else ""
    if last < context.day:
        return f"The last day was {long_day(last)}: {start}, {unless}"
    return f"The last day is {long_day(last)}: after it {start}, {unless}"


def _needs(way: Short, context: Context) -> str:
    """What a way needs, by the council's own rule where it has one."""
    if way != "without-call-in" or (rule := clause(context)) is None:
        return NEEDS[way]
    first, *others = [context.offices.title(one) for one in rule.agreed_by]
    then = f" (without that post {listed(others, 'or')})" if others else ""
    told = context.offices.title(rule.reported_to)
    return NEEDS[way].format(agreed_by=f"{first} agrees{then}", reported_to=told)


def taking(wishes: Wishes, ways: Iterable[Short]) -> Wishes:
    return replace(wishes, taken=wishes.taken | frozenset(ways))
