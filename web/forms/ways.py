"""The routes that a report at a gateway could take: by the constitution, or under delegation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from domain.constitution import DecisionClass, Gateway
from domain.delegating import live
from domain.delegation import stream_of, why_not_under
from domain.effects import AwardByLaterDecision, DelegateAuthority
from domain.notices import earliest_after
from domain.procurement import Procurement
from domain.reported import Recommendation, Report, Under
from domain.routes import Way, resting_on, together, way_for, why_not_delegated
from domain.wording import listed, short_day
from web.forms.base import Asked
from web.forms.composing import Composed, compose
from web.forms.kinds import At
from web.forms.varying import sketched

UNDER: dict[str, Callable[[DelegateAuthority], bool]] = {
    "award-contract": lambda terms: terms.awards != "none",
    "vary-contract": lambda terms: terms.variations,
    "extend-contract": lambda terms: terms.extending,
}
"""What an authority has to be for, so that a report at such a gateway goes up under it."""


class Route(NamedTuple):
    """One route: the class of decision, who recommends and decides, and under what authority."""

    key: str
    kind: DecisionClass
    way: Way
    under: Under | None = None
    purpose: str = ""


def routes(asked: Asked) -> list[Route]:
    """Every route that a report at the gateway could take today."""
    composed = compose(asked)
    if composed is None:
        return []
    gateway = composed.aim
    found = list(_by_constitution(gateway, _changes(composed, asked), asked))
    if gateway.asks_for in UNDER:
        found += _under_delegation(gateway, asked)
    return found


def chosen(asked: Asked) -> Route | None:
    """The route that was chosen, or the only one there is."""
    every = routes(asked)
    alone = every[0] if len(every) == 1 else None
    gateway = asked.context.constitution.gateway(asked.subject)
    if asked.way and gateway and gateway.asks_for == "vary-contract":
        alone = None  # what is filled in may lead elsewhere than was chosen
    return next((one for one in every if one.key == asked.way), alone)


def key_of(report: Report) -> str:
    """The key of the route that a report took."""
    return _key(report.decision_class, report.under)


def _key(kind: str, under: Under | None) -> str:
    if under is None:
        return kind
    part = f" {under.part}" if under.part else ""
    return f"{kind} {under.granted_in} {under.decision} {under.label}{part}"


def _changes(composed: Composed, asked: Asked) -> tuple[Recommendation, ...]:
    """The change of a contract that the form asks for, as far as it is filled in."""
    changes = [one for one in composed.items if one.kind == "change"]
    return tuple(
        Recommendation("a", "-", sketched(At(asked, one.end, one.was, "-"))) for one in changes
    )


def _by_constitution(
    gateway: Gateway, asks: tuple[Recommendation, ...], asked: Asked
) -> Iterator[Route]:
    rules = asked.context.constitution
    later = asked.p.in_effect(AwardByLaterDecision, asked.context.day)
    fixed = later.decision_class if later and gateway.asks_for == "award-contract" else ""
    value = together([asked.p], asks)
    for kind in rules.classes:
        way = way_for(gateway.id, kind.id, value, asked.context)
        if way is None and asks and not asked.sent:
            way = _any(gateway.id, kind.id, asked)
        if way and fixed in ("", kind.id):
            yield Route(kind.id, kind, way)


def _any(gateway: str, decision_class: str, asked: Asked) -> Way | None:
    """A route that a change may take, as long as its amount is not filled in."""
    for one in asked.context.constitution.routes:
        if (one.gateway, one.decision_class) == (gateway, decision_class):
            return Way(one.decided_by, one.recommended_by, one.provenance)
    return None


def _under_delegation(gateway: Gateway, asked: Asked) -> Iterator[Route]:
    for source in granting_procurements(asked):
        for decision, one in live(source):
            under = Under(source.reference, decision.id, one.label)
            delegation = asked.house.delegation(stream_of(under))
            if list(why_not_under(delegation, source, asked.p, asked.context)):
                continue
            assert isinstance(one.effect, DelegateAuthority)
            if not UNDER[gateway.asks_for](one.effect):
                continue
            held = [(one.effect.delegate, under)]
            for *whose, part, to in source.passed_on:
                if whose == [decision.id, one.label]:
                    held.append((to, replace(under, part=part)))
            for kind in asked.context.constitution.classes:
                if list(why_not_delegated(kind.id, asked.context)):
                    continue
                for post, by in held:
                    way = Way(post, provenance=resting_on(by))
                    yield Route(_key(kind.id, by), kind, way, by, one.effect.purpose)


def granting_procurements(asked: Asked) -> list[Procurement]:
    """Where authority for this procurement may have been delegated: here, or in its plan."""
    plan = [asked.house.procurement(asked.p.part_of)] if asked.p.part_of else []
    return [asked.p, *plan]


def said_of(route: Route, asked: Asked) -> str:
    """The route in a sentence: who recommends, who decides, and when at the earliest."""
    offices = asked.context.offices
    first = listed([offices.title(one) for one in route.way.recommended_by])
    recommends = f"{first} recommends first; " if route.way.recommended_by else ""
    decides = f"{recommends}{offices.title(route.way.decided_by)} decides"
    called = "open to call-in" if route.kind.call_in else "not open to call-in"
    kind = route.kind.title.lower()
    found = f"{decides}, as {'an' if kind[0] in 'aeiou' else 'a'} {kind}, {called}."
    if route.under:
        found += f" Under delegated authority: {route.purpose}."
    composed = compose(asked)
    if route.kind.key and composed and composed.aim.id not in asked.p.notices:
        day = short_day(earliest_after(asked.context.day, asked.context.calendar))
        found += f" It takes 28 clear days' notice: given today, it can be decided from {day}."
    return found
