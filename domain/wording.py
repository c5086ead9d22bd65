"""How days, money and lists are written in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from domain.values import Amount, When

PRECISELY = {
    "day": "{day}",
    "week": "in the week of {day}",
    "month": "in {month}",
    "before": "before {day}",
    "after": "after {day}",
    "unknown": "on a day that is not on record",
}
BASES = {"up-to": "up to ", "about": "about ", "estimated": "estimated ", "approved": "approved "}


def long_day(day: date) -> str:
    """Tuesday 1 December 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def short_day(day: date) -> str:
    """1 December 2026."""
    return f"{day.day} {day:%B %Y}"


def clock(time: str) -> str:
    """A time of day as it is said: 17:00 is 5 pm, 16:30 is 4.30 pm, and 12:00 midday."""
    hour, minute = int(time[:2]), int(time[3:5])
    if (hour, minute) == (12, 0):
        return "midday"
    past = f".{minute:02}" if minute else ""
    return f"{hour % 12 or 12}{past} {'am' if hour < 12 else 'pm'}"


def when(one: When) -> str:
    """A day as exactly as it is known: 11 November 2022, in March 2018, before 1 March 2018."""
    return PRECISELY[one.precision].format(day=short_day(one.day), month=f"{one.day:%B %Y}")


def pounds(amount: Decimal) -> str:
    """£154,203, and £12.50 where there are pence."""
    return f"£{amount:,.0f}" if amount == int(amount) else f"£{amount:,.2f}"


def amount(one: Amount) -> str:
    """Up to £400,000; estimated £2,500,000 a year; not known; exempt."""
    if one.pounds is None:
        return "exempt from publication" if one.basis == "exempt" else "not known"
    yearly = " a year" if one.per == "year" else ""
    vat = {"excluded": " without VAT", "included": " with VAT"}.get(one.vat, "")
    return f"{BASES.get(one.basis, '')}{pounds(one.pounds)}{yearly}{vat}"


def figure(value: Decimal, *amounts: Amount) -> str:
    """A sum in pounds, unless an amount that it was computed from is exempt."""
    if any(one.basis == "exempt" for one in amounts):
        return "an exempt amount"
    return pounds(value)


def above(sum_: Decimal, amounts: Sequence[Amount], what: str, most: Decimal, limit: Amount) -> str:
    """That a sum of amounts is more than a limit; of an exempt limit neither figure is said."""
    if limit.basis == "exempt":
        return f"What is asked for is more than {what}, which is exempt from publication"
    said = figure(sum_, *amounts)
    return f"{said[0].upper()}{said[1:]} is more than {what}, {figure(most, limit)}"


def lettered(label: str) -> str:
    """How a resolution is called: (a), (2), and (2)(a) for a part of one."""
    number = label.rstrip("abcdefghijklmnopqrstuvwxyz") if label[:1].isdigit() else ""
    return f"({number})({label[len(number) :]})" if 0 < len(number) < len(label) else f"({label})"


def listed(items: Sequence[str], last: str = "and") -> str:
    """a, b and c."""
    *most, end = items or ("nothing",)
    return f"{', '.join(most)} {last} {end}" if most else end


def counted(number: int, one: str, many: str = "") -> str:
    """1 day, 2 days."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
