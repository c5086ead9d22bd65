"""When a decision takes effect: at once, or when the window for call-in has closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from domain.call_in_rule import Window
from domain.effects import AwardContract
from domain.london import london_clock, london_day
from domain.messages import Context
from domain.procurement import Procurement
from domain.record import Decision, Resolution
from domain.refusals import Refusal
from domain.wording import clock, long_day


class Timing(Struct, frozen=True):
    """Whether a decision is open to call-in, in which days, and from when it has effect."""

    open_to_call_in: bool
    window: Window | None
    effective: date | None


def when_taken(
    decision_class: str, context: Context, *, again: bool, urgent: bool = False
) -> Timing:
    """As it is when the decision is taken.

    What was decided again is not called in again, and what is urgent is not at all (D10).
    """
    kind = context.constitution.decision_class(decision_class)
    callable_ = bool(kind and kind.call_in) and not again and not urgent
    window = call_in_window("decision", context.day, context) if callable_ else None
    return Timing(callable_, window, effective_after(callable_, window, context.day))


def when_published(decision: Decision, context: Context) -> Timing:
    """As it is when the decision is published, from which its window may be counted (D11)."""
    window, effective = decision.window, decision.effective
    if effective is None and decision.open_to_call_in:
        window = call_in_window("publication", context.day, context)
        effective = effective_after(True, window, context.day)
    return Timing(decision.open_to_call_in, window, effective)


def call_in_window(counted_from: str, start: date, context: Context) -> Window | None:
    """The days in which a decision may be called in, where they are counted from this (D11)."""
    rule = context.constitution.call_in
    if rule is None or rule.counted_from != counted_from:
        return None
    return rule.window(start, context.calendar)


def effective_after(open_to_call_in: bool, window: Window | None, day: date) -> date | None:
    """At once where nobody may call it in, else when the window has closed, if that is known."""
    if not open_to_call_in:
        return day
    return window.effective if window else None


def before_closing(decision: Decision, context: Context) -> bool:
    """Whether it takes effect later on this very day, when its window closes at a time of it."""
    window, now = decision.window, context.acting.stamp.now
    return (
        window is not None
        and window.closes_at is not None
        and window.last_day == decision.effective == context.day == london_day(now)
        and london_clock(now) < window.closes_at
    )


def has_effect(kind: type, procurement: Procurement, context: Context) -> bool:
    """Whether a resolution of a kind has effect, at this time of the day."""
    return any(
        (since := decision.effective_on(one.label)) is not None
        and (
            since < context.day or (since == context.day and not before_closing(decision, context))
        )
        for decision, one, _ in procurement.resolved(kind)
    )


def award_on(procurement: Procurement, day: date) -> tuple[Decision, AwardContract] | None:
    """What would be signed on a London day: the latest award with effect, else the last resolved.

    An award that waits for call-in changes nothing about one that has effect.
    """
    awards = {
        decision.id: (decision, one) for decision, _, one in procurement.resolved(AwardContract)
    }
    found = latest_of([(d, r) for d, r, _ in procurement.resolved(AwardContract)], day)
    return awards[found.id] if found else None


def latest_of(resolved: Iterable[tuple[Decision, Resolution]], day: date) -> Decision | None:
    """What of this is carried out on a London day: the latest with effect, else the last."""
    last = None
    standing = None
    for last, one in resolved:
        since = last.effective_on(one.label)
        standing = last if since and since <= day else standing
    return standing or last


def standing_days(resolved: Iterable[tuple[Decision, Resolution]]) -> list[date]:
    """The days on which resolutions take effect, as far as they are known."""
    return [day for d, r in resolved if (day := d.effective_on(r.label))]


def why_not_in_effect(
    resolved: Iterable[tuple[Decision, Resolution]],
    what: str,
    context: Context,
    provenance: str = "",
) -> Iterable[Refusal]:
    """At least one of these resolutions has effect now; ``what`` names their decision."""
    resolved = list(resolved)
    days = standing_days(resolved)
    if not days:
        yield Refusal("D10", f"{what} has no effect yet", provenance=provenance)
    elif context.day < min(days):
        reason = f"{what} takes effect on {long_day(min(days))}"
        yield Refusal("D10", reason, cured_on=min(days), provenance=provenance)
    elif all(before_closing(d, context) for d, r in resolved if d.effective_on(r.label)):
        yield Refusal("D10", f"{what} {later_today(resolved)}", provenance=provenance)


def later_today(resolved: Iterable[tuple[Decision, Resolution]]) -> str:
    """At which time of this day the earliest of them takes effect."""
    times = [d.window.closes_at for d, _ in resolved if d.window and d.window.closes_at]
    return f"takes effect today at {clock(min(times))}, when the window for call-in closes"
