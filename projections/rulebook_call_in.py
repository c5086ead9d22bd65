"""A council's rule on call-in in words, aspect by aspect."""

from __future__ import annotations

from domain.call_in_rule import CallIn, Requesters
from domain.deadlines import Period
from domain.requesters import who
from domain.wording import clock, counted, listed


def call_in(rule: CallIn) -> dict[str, str]:
    """What it says. What a council leaves open is said too, so that versions can be compared."""
    day = "the day after the last" if rule.takes_effect == "day-after" else "the last, at closing"
    return {
        "how long it may be made": counted(rule.working_days, "working day"),
        "what the days are counted from": f"the {rule.counted_from}",
        "whether that day counts itself": "yes" if rule.first_day_counts else "no",
        "when the last day ends for it": clock(rule.closes_at) if rule.closes_at else "midnight",
        "when a decision takes effect that is not called in": day,
        "how many members it takes": listed([_who(one) for one in rule.ways], "or"),
        "on which grounds": "; ".join(rule.grounds) or "any",
        "whether single resolutions may be called in": "yes" if rule.in_parts else "no",
        "how long scrutiny has to meet": period(rule.scrutiny_meets),
        "whether it lapses then": "yes" if rule.lapses else "no",
        "how long the decision maker has to decide again": period(rule.decider_reconsiders),
    }


def _who(one: Requesters) -> str:
    return who(one).replace("different member", "member")


def period(one: Period | None) -> str:
    """20 working days; not laid down."""
    if one is None:
        return "not laid down"
    return counted(one.number, one.unit.replace("-", " ")[:-1])
