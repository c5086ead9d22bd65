"""A council's rules on clearances in words, aspect by aspect."""

from __future__ import annotations

from collections.abc import Callable

from domain.clearance_rule import ClearanceRule, name_of
from domain.constitution import Constitution
from domain.wording import listed


def clearance(
    rule: ClearanceRule, rules: Constitution, title: Callable[[str], str]
) -> dict[str, str]:
    """Who gives it, and which reports take it."""
    return {
        "who gives it": listed([title(one) for one in rule.given_by], "or"),
        "at which gateways": _named(rule.gateways, {g.id: g.title for g in rules.gateways}),
        "for which classes of decision": _named(
            rule.classes, {k.id: k.title for k in rules.classes}
        ),
    }


def of_which(rule: ClearanceRule, rules: Constitution, title: Callable[[str], str]) -> str:
    """The same in one line: Clearance by finance (Treasurer): Award; Key decision."""
    said = clearance(rule, rules, title)
    gateways, classes = said["at which gateways"], said["for which classes of decision"]
    limits = [one for one in (gateways, classes) if one != "all"]
    where = f", for {'; '.join(limits)}" if limits else ""
    return f"Clearance before a decision, {name_of(rule.kind)}: {said['who gives it']}{where}"


def _named(ids: tuple[str, ...], titles: dict[str, str]) -> str:
    return listed([f"“{titles[one]}”" for one in ids]) if ids else "all"
