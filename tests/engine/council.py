"""Two invented councils as the model reads them: posts, routes, and days counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tests.engine.asks import Seat

DAY = timedelta(days=1)
START = date(2022, 12, 1)
HANDOVER = date(2023, 7, 1)
"""The first day of another director."""
OLD_LAW_ENDS = date(2025, 2, 24)
"""From this day on nothing new begins under the Regulations of 2015."""
CALENDAR_ENDS = 2040

HOLIDAYS = """
2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25
2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
"""
BANK_HOLIDAYS = frozenset(map(date.fromisoformat, HOLIDAYS.split()))
"""Of England and Wales."""
ELSEWHERE = """
2023-01-03 2023-03-17 2023-07-12 2023-08-07 2023-11-30 2024-01-02 2024-03-18 2024-07-12
2024-08-05 2024-12-02 2025-01-02 2025-03-17 2025-07-14 2025-08-04 2025-12-01 2026-01-02
2026-03-17 2026-06-15 2026-07-13 2026-08-03 2026-11-30 2027-01-04 2027-03-17 2027-07-12
2027-08-02 2027-11-30 2028-01-04 2028-03-17 2028-07-12 2028-08-07 2028-11-30
"""
ANYWHERE = BANK_HOLIDAYS | frozenset(map(date.fromisoformat, ELSEWHERE.split()))
"""With those of Scotland and Northern Ireland."""
KNOWN_UNTIL = date(2028, 12, 31)
"""The days after it are not on the list, so that no run goes there."""

POSTS = (
    *("officer", "clerk", "director", "cabinet-member", "chair", "treasurer", "lawyer"),
    *("monitor", "board", "panel", "advisers"),
)
BODIES = ("board", "panel", "advisers")
MEMBERS = ("cabinet-member", "chair")
HOLDERS = (
    ("officer", 1, date(2020, 1, 1), date.max),
    ("clerk", 2, date(2020, 1, 1), date.max),
    ("director", 3, date(2020, 1, 1), HANDOVER - DAY),
    ("director", 9, HANDOVER, date.max),
    ("chair", 4, date(2020, 1, 1), date.max),
    ("treasurer", 5, date(2020, 1, 1), date.max),
    ("lawyer", 6, date(2020, 1, 1), date.max),
    ("monitor", 7, date(2020, 1, 1), date.max),
    ("cabinet-member", 8, date(2020, 1, 1), date.max),
)
DEPUTIES = (
    ("director", 10, date(2020, 1, 1), date.max),
    ("chair", 11, date(2020, 1, 1), date.max),
    ("treasurer", 12, date(2020, 1, 1), date.max),
)
STRANGER = 13

DUTIES = {
    "Open": ("officer",),
    "Abandon": ("officer",),
    "Notice": ("clerk",),
    "PutUp": ("officer", "director"),
    "Withdraw": ("officer", "director"),
    "PublishReport": ("clerk",),
    "Recommend": ("clerk",),
    "AskConsultees": ("officer", "clerk"),
    "Aside": ("clerk",),
    "Decide": ("clerk",),
    "Publish": ("clerk",),
    "CallIn": ("clerk",),
    "CloseCallIn": ("clerk",),
    "Assess": ("officer",),
    "Invite": ("officer",),
    "Evaluate": ("officer", "director"),
    "Summarise": ("officer",),
    "SendNotices": ("officer",),
    "Sign": ("lawyer", "director"),
    "PublishContract": ("officer", "clerk"),
    "StartPhase": ("officer",),
    "TakeUp": ("officer",),
}
"""Who may ask for what. For recommendations and decisions: who records what bodies resolve."""


class Gateway(NamedTuple):
    """``asks`` names what a report may ask for there, first what the gateway is there for."""

    asks: tuple[str, ...]
    after: tuple[str, ...] = ()
    may_combine: tuple[str, ...] = ()
    waived_by: tuple[str, ...] = ()


GATEWAYS = {
    "plan": Gateway(("Plan", "Budget", "Delegate"), waived_by=("monitor",)),
    "budget": Gateway(("Budget", "Authorise", "Delegate")),
    "procurement": Gateway(
        ("Authorise", "Later", "Plan", "Budget", "Delegate"), ("plan",), ("plan",)
    ),
    "award": Gateway(("Award", "Delegate")),
    "phase": Gateway(("Release",), ("award",)),
    "extension": Gateway(("Extend", "Delegate"), ("award",)),
}


class Kind(NamedTuple):
    key: bool
    call_in: bool


KINDS = {"key": Kind(True, True), "open": Kind(False, True), "officer": Kind(False, False)}
KEY_ABOVE = 50_000_000
"""Pence above which a decision is presumed to be key."""


class Route(NamedTuple):
    gateway: str
    kind: str
    decider: str
    recommenders: tuple[str, ...] = ()
    up_to: int | None = None


ROUTES = (
    Route("plan", "key", "board", ("panel", "advisers")),
    Route("plan", "open", "board", (), 50_000_000),
    Route("plan", "officer", "director", (), 5_000_000),
    Route("budget", "key", "board"),
    Route("budget", "open", "board"),
    Route("budget", "officer", "director", (), 5_000_000),
    Route("procurement", "key", "board", ("panel",)),
    Route("procurement", "open", "director", (), 50_000_000),
    Route("procurement", "officer", "director", (), 10_000_000),
    Route("award", "key", "board"),
    Route("award", "open", "director"),
    Route("award", "officer", "director", (), 10_000_000),
    Route("phase", "officer", "director"),
    Route("phase", "open", "director"),
    Route("extension", "officer", "director"),
    Route("extension", "open", "board"),
)


def is_working(day: date) -> bool:
    assert day <= KNOWN_UNTIL, "the list of bank holidays ends here"
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def ends_old_standstill(sent: date, days: int) -> date:
    """Of the Regulations of 2015: so many days, and on to a working day."""
    day = sent + days * DAY
    while not is_working(day):
        day += DAY
    return day


def ends_new_standstill(published: date) -> date:
    """Of the Act of 2023: eight days on which all of the country works, the first included."""
    assert published <= KNOWN_UNTIL, "the list of bank holidays ends here"
    day, left = published - DAY, 8
    while left:
        day += DAY
        left -= day.weekday() < 5 and day not in ANYWHERE
    return day


def last_of_term(starts: date, months: int) -> date:
    """The day before the same day of the month, or before the last one that the month has."""
    year, month = starts.year, starts.month + months
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = date(year, month, 1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    return min(first + (starts.day - 1) * DAY, last) - DAY


@dataclass(frozen=True)
class Council:
    """What the two councils do differently."""

    name: str
    working_days: int
    counted_from: str
    first_day_counts: bool
    members: int
    scrutiny_days: int
    """How many days scrutiny has to meet before a call-in lapses; nought where none does."""
    author_decides: bool

    def window(self, base: date) -> date:
        """The last day of the window for call-in that is counted from a day."""
        left, day = self.working_days - (self.first_day_counts and is_working(base)), base
        while left:
            day += DAY
            left -= is_working(day)
        return day

    def route(self, gateway: str, kind: str, pence: int | None) -> Route | None:
        """An unknown value is above every limit."""
        for one in ROUTES:
            fits = one.up_to is None or (pence is not None and pence <= one.up_to)
            if (one.gateway, one.kind) == (gateway, kind) and fits:
                return one
        return None

    def seats(self, day: date) -> Iterator[Seat]:
        """Everybody in every post that they may act in."""
        for table, deputising in ((HOLDERS, False), (DEPUTIES, True)):
            for post, person, since, until in table:
                if since <= day <= until:
                    yield Seat(person, post, deputising)

    def seated(self, seat: Seat, day: date) -> bool:
        return any((one.person, one.post) == seat[:2] for one in self.seats(day))

    def holds(self, seat: Seat, day: date) -> bool:
        return Seat(seat.person, seat.post) in self.seats(day)


EASTMERE = Council("eastmere", 5, "publication", False, 3, 0, False)
WESTMERE = Council("westmere", 3, "decision", True, 2, 4, True)
