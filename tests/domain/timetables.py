"""Timetables as the tests ask for them."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from countersign.case_script import read_case
from domain.authority import Rules
from domain.deadlines import Count
from domain.messages import Actor, Context
from domain.plan import Plan
from domain.procurement import Procurement
from domain.timetable import Step, Timetable, timetable
from domain.values import authority_of, procurement_id
from projections.standing import context_at
from tests.domain.cases import given
from tests.scenario import DEMO, REFERENCE, rules, step


def on(day: date, authority: str = "leeds", rules_: Rules | None = None) -> Context:
    """Nobody acts on a day, by the rules of an authority."""
    return context_at(Procurement(), rules_ or rules(authority), day)


def of(
    *steps: step, day: date, rules_: Rules | None = None, reference: str = REFERENCE
) -> Timetable:
    """The timetable of a case on a day."""
    p = given(*steps, rules_=rules_).procurement(reference)
    return timetable(p, on(day, authority_of(reference), rules_))


def planned(plan: Plan, day: date, rules_: Rules | None = None) -> Timetable:
    return timetable(plan.procurement, on(day, plan.authority, rules_), plan.wishes)


def recorded(authority: str) -> tuple[Procurement, date]:
    """The case of the demonstration as its record has it, and the day on which it is taken up."""
    script = read_case(DEMO / authority / "case.toml")
    steps = [step(one.command, Actor(None, one.by), one.on, "it") for one in script.steps]
    record = given(*steps).record
    return record[procurement_id(script.reference)], script.clock.starts


def steps_of(t: Timetable) -> dict[str, Step]:
    return {one.id: one for one in t.steps}


def days(t: Timetable) -> dict[str, date]:
    """The earliest day of each step."""
    return {one.id: one.day for one in t.steps}


def lasts(t: Timetable) -> dict[str, date]:
    """The last day of each step that has one."""
    return {one.id: one.last for one in t.steps if one.last}


def counted(count: Count | None) -> int:
    return sum(one.counted for one in count.days) if count else 0


def with_holiday(context: Context, day: date) -> Context:
    """The same with one bank holiday more, in England and Wales."""
    found = context.calendar
    more = {**found.holidays["england-and-wales"], day.isoformat(): "Jubilee"}
    holidays = {**found.holidays, "england-and-wales": more}
    return replace(context, calendar=replace(found, holidays=holidays))
