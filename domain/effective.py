"""When a decision takes effect: at once, or when the window for call-in has closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from domain.constitution import CallIn
from domain.deadlines import Calendar, Count, Period
from domain.messages import Context
from domain.record import Decision, Resolution
from domain.refusals import Refusal
from domain.wording import long_day


class Timing(Struct, frozen=True):
    """Whether a decision is open to call-in, in which days, and from when it has effect."""

    open_to_call_in: bool
    window: Count | None
    effective: date | None


def when_taken(decision_class: str, context: Context, *, again: bool) -> Timing:
    """As it is when the decision is taken. What was decided again is not called in again (D10)."""
    kind = context.constitution.decision_class(decision_class)
    callable_ = bool(kind and kind.call_in) and not again
    window = call_in_window("decision", context.day, context) if callable_ else None
    return Timing(callable_, window, effective_after(callable_, window, context.day))


def when_published(decision: Decision, context: Context) -> Timing:
    """As it is when the decision is published, from which its window may be counted (D11)."""
    window, effective = decision.window, decision.effective
    if effective is None and decision.open_to_call_in:
        window = call_in_window("publication", context.day, context)
        effective = effective_after(True, window, context.day)
    return Timing(decision.open_to_call_in, window, effective)


def call_in_window(counted_from: str, start: date, context: Context) -> Count | None:
    """The days in which a decision may be called in, where they are counted from this (D11)."""
    rule = context.constitution.call_in
    if rule is None or rule.counted_from != counted_from:
        return None
    return window(rule, start, context.calendar)


def window(rule: CallIn, start: date, calendar: Calendar) -> Count:
    """The days of a call-in window by an authority's rule, from the day it is counted from."""
    period = Period(rule.working_days, first_day_counts=rule.first_day_counts)
    return period.count(start, calendar)


def effective_after(open_to_call_in: bool, window: Count | None, day: date) -> date | None:
    """At once where nobody may call it in, else the day after the window, if that is known."""
    if not open_to_call_in:
        return day
    return window.day_after if window else None


def standing_days(resolved: Iterable[tuple[Decision, Resolution]]) -> list[date]:
    """The days on which resolutions take effect, as far as they are known."""
    return [day for d, r in resolved if (day := d.effective_on(r.label))]


def why_not_in_effect(
    resolved: Iterable[tuple[Decision, Resolution]],
    what: str,
    context: Context,
    provenance: str = "",
) -> Iterable[Refusal]:
    """At least one of these resolutions has effect today; ``what`` names their decision."""
    days = standing_days(resolved)
    if not days:
        yield Refusal("D10", f"{what} has no effect yet", provenance=provenance)
    elif context.day < min(days):
        reason = f"{what} takes effect on {long_day(min(days))}"
        yield Refusal("D10", reason, cured_on=min(days), provenance=provenance)
