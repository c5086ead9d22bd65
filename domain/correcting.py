"""Correcting the calendar: a bank holiday more or fewer, and the periods that it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from domain.acting import why_not_by
from domain.authority import Authority, AuthorityCommand
from domain.deadlines import Calendar, Count, Division, why_not_covered
from domain.messages import Aggregate, Context, Event, Stamp, evolve
from domain.procurement import Procurement, with_decision
from domain.refusals import Refusal
from domain.values import AuthorityId, Reference, Text, procurement_id
from domain.wording import long_day

Where = Annotated[tuple[Division, ...], Meta(min_length=1)]


class Recounted(Struct, frozen=True, forbid_unknown_fields=True):
    """A period as it stands and as the corrected calendar counts it; one that is over stays."""

    what: Literal["call-in", "standstill"]
    decision: UUID | None
    was: date
    count: Count
    over: bool


class CalendarCorrected(Event, frozen=True, tag="calendar-corrected/1"):
    """An empty name means that the day is no bank holiday; ``touches`` are the cases it changes."""

    authority: AuthorityId
    day: date
    where: tuple[Division, ...]
    name: str
    because: Text
    touches: tuple[Reference, ...]


class PeriodsRecounted(Event, frozen=True, tag="periods-recounted/1"):
    day: date
    name: str
    recounted: tuple[Recounted, ...]


def corrected(calendar: Calendar, day: date, where: Iterable[Division], name: str) -> Calendar:
    """The calendar with another name for a day, or none, under a version of its own."""
    holidays = {part: dict(days) for part, days in calendar.holidays.items()}
    for part in where:
        holidays[part].pop(day.isoformat(), None)
        if name:
            holidays[part][day.isoformat()] = name
    base, _, times = calendar.version.partition(", corrected ")
    version = f"{base}, corrected {int(times or 0) + 1}"
    return replace(calendar, version=version, holidays=holidays)


def recounted(procurement: Procurement, calendar: Calendar, today: date) -> list[Recounted]:
    """Every period of a case that the calendar counts otherwise than it was counted."""
    found: list[Recounted] = []
    for decision in procurement.decisions.values():
        if decision.window:
            count = decision.window.again(calendar)
            over = decision.window.last_day < today or decision.replaced
            was = decision.window.last_day
            found.append(Recounted("call-in", decision.id, was, count, over))
    stood = procurement.standstill
    if stood and stood.count:
        over = stood.count.last_day < today or procurement.contract is not None
        count = stood.count.again(calendar)
        found.append(Recounted("standstill", None, stood.count.last_day, count, over))
    return [one for one in found if one.count.last_day != one.was]


class CorrectCalendar(AuthorityCommand, frozen=True, tag="correct-calendar"):
    """Enter a bank holiday that the calendar lacks, or take out one that it has wrongly.

    ``touches`` names the cases with a period that is counted otherwise now: each gets it anew
    while it runs, and keeps it with a note where it is over. Who may adopt a calendar may.
    """

    day: date
    where: Where
    because: Text
    name: str = ""
    touches: tuple[Reference, ...] = ()

    def concerns(self) -> Mapping[UUID, Aggregate]:
        cases = {procurement_id(one): Procurement() for one in self.touches}
        return {**cases, **super().concerns()}

    def why_not(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        yield from why_not_by("adopt-calendar", context)
        covered = list(why_not_covered(self.day, context.calendar))
        yield from covered
        if not covered:
            yield from self._why_not_day(context.calendar)
        after = self._corrected(context)
        for reference in self.touches:
            case: Procurement = record[procurement_id(reference)]
            if case.authority != context.constitution.authority:
                yield Refusal("C1", f"{reference} is no procurement of this authority")
            elif not recounted(case, after, context.day):
                yield Refusal("C1", f"No period of {reference} is counted otherwise then")

    def _why_not_day(self, calendar: Calendar) -> Iterable[Refusal]:
        names = {calendar.holidays[part].get(self.day.isoformat(), "") for part in self.where}
        if self.day.weekday() > 4:
            yield Refusal("D7", f"{long_day(self.day)} is no working day anyway")
        elif names == {self.name}:
            now = f"the bank holiday “{self.name}”" if self.name else "a working day"
            yield Refusal("C2", f"{long_day(self.day)} is {now} in the calendar already")

    def _corrected(self, context: Context) -> Calendar:
        return corrected(context.calendar, self.day, self.where, self.name)

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        after, found = self._corrected(context), super().decide(record, context)
        for reference in self.touches:
            stream = procurement_id(reference)
            anew = tuple(recounted(record[stream], after, context.day))
            found.append((stream, PeriodsRecounted(self.day, self.name, anew)))
        return found

    def event(self) -> Event:
        return CalendarCorrected(
            self.authority, self.day, self.where, self.name, self.because, self.touches
        )


@evolve.register
def _(event: CalendarCorrected, authority: Authority, stamp: Stamp) -> Authority:
    after = corrected(authority.calendars[-1], event.day, event.where, event.name)
    return replace(authority, calendars=(*authority.calendars, after))


@evolve.register
def _(event: PeriodsRecounted, procurement: Procurement, stamp: Stamp) -> Procurement:
    for one in event.recounted:
        if one.over:
            continue
        if one.decision is None:
            assert procurement.standstill
            stood = replace(procurement.standstill, count=one.count)
            procurement = replace(procurement, standstill=stood)
            continue
        decision = procurement.decisions[one.decision]
        assert decision.window
        window = decision.window.counted(one.count)
        anew = replace(decision, window=window, effective=window.effective)
        procurement = with_decision(procurement, anew)
    return procurement
