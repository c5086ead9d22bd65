"""A constitution's file, read: everything that is wrong with it is said at once."""

from __future__ import annotations

from domain.call_in_rule import loose_ends
from domain.constitution import Constitution
from domain.published import PUBLISHED
from domain.reading import Mistake, Mistaken, learned, read, read_toml

CONSTITUTION = learned(Constitution)


def read_constitution(text: str, acts: frozenset[str] = frozenset()) -> Constitution:
    """The constitution in a TOML text. Raises Mistaken with everything that is wrong with it.

    ``acts`` are the commands that a duty may name; without any, names are not checked.
    """
    constitution = read(read_toml(text), CONSTITUTION)
    if found := list(_loose_ends(constitution, acts)):
        raise Mistaken(found)
    return constitution


def _loose_ends(c: Constitution, acts: frozenset[str]) -> list[Mistake]:
    gateways, classes = [one.id for one in c.gateways], [one.id for one in c.classes]
    found = []

    def unknown(where: str, name: str, allowed: list[str]) -> None:
        if name not in allowed:
            what = f"“{name}” is not one of this file's: {', '.join(allowed)}"
            found.append(Mistake(where, what))

    planned: list[str] = [one.step for one in c.planning]
    for what, names in ("gateways", gateways), ("classes", classes), ("planning", planned):
        for name in sorted({one for one in names if names.count(one) > 1}):
            found.append(Mistake(what, f"“{name}” is there twice"))
    for n, gateway in enumerate(c.gateways, 1):
        for name in gateway.after:
            unknown(f"gateways[{n}].after", name, gateways[: n - 1])
        for name in gateway.may_combine:
            unknown(f"gateways[{n}].may_combine", name, gateways[: n - 1])
    for n, kind in enumerate(c.classes, 1):
        if kind.executive is False and kind.of_executive:
            what = "cannot be false: only executive decisions are key or open to call-in"
            found.append(Mistake(f"classes[{n}].executive", what))
    for n, route in enumerate(c.routes, 1):
        unknown(f"routes[{n}].gateway", route.gateway, gateways)
        unknown(f"routes[{n}].decision_class", route.decision_class, classes)
        if route.up_to is not None and route.up_to <= route.above:
            found.append(Mistake(f"routes[{n}].up_to", "is not above the route's own “above”"))
        if route.hands_over_to == route.decided_by:
            what = "is who decides: name another post or body"
            found.append(Mistake(f"routes[{n}].hands_over_to", what))
    for n, clearance in enumerate(c.clearances, 1):
        for name in clearance.gateways:
            unknown(f"clearances[{n}].gateways", name, gateways)
        for name in clearance.classes:
            unknown(f"clearances[{n}].classes", name, classes)
        if not clearance.given_by:
            what = "names nobody: a report that takes it could never be decided"
            found.append(Mistake(f"clearances[{n}].given_by", what))
    for n, duty in enumerate(c.duties, 1):
        if acts:
            unknown(f"duties[{n}].act", duty.act, sorted(acts))
    for n, heard in enumerate(c.must_hear, 1):
        for name in heard.types:
            unknown(f"must_hear[{n}].types", name, sorted(PUBLISHED))
    if c.duty("adopt-constitution") is None:
        what = "nobody could adopt the next version: name posts for “adopt-constitution”"
        found.append(Mistake("duties", what))
    if any(one.call_in for one in c.classes) and c.call_in is None:
        found.append(Mistake("call_in", "is missing, and a class of decisions is open to call-in"))
    if c.call_in:
        found += [Mistake(f"call_in.{key}", what) for key, what in loose_ends(c.call_in)]
    return found
