"""When a decision takes effect: at once, or when the window for call-in has closed."""

from __future__ import annotations

from datetime import date

from domain.deadlines import Count, working_days
from domain.messages import Context


def call_in_window(counted_from: str, start: date, context: Context) -> Count | None:
    """The days in which a decision may be called in, where they are counted from this (D11)."""
    rule = context.constitution.call_in
    if rule is None or rule.counted_from != counted_from:
        return None
    return working_days(
        start, rule.working_days, context.calendar, start_counts=rule.first_day_counts
    )


def effective_after(open_to_call_in: bool, window: Count | None, day: date) -> date | None:
    """At once where nobody may call it in, else the day after the window, if that is known."""
    if not open_to_call_in:
        return day
    return window.day_after if window else None
