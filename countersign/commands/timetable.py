"""The timetable of a procurement, or of a plan in a file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from countersign.commands.look import AsJson, known
from countersign.commands.rulebooks import checked, rules_of
from countersign.settings import Settings
from countersign.wiring import house
from domain.plan import Plan, why_not_plan
from domain.reading import Mistake, Mistaken, read, read_toml
from domain.refusals import Refused
from domain.shortenings import quicker
from domain.timetable import NONE
from domain.timetable import timetable as timetable_of
from domain.values import authority_of
from domain.wording import long_day
from projections.standing import context_at
from projections.timetables import headline, plain, slack

Ref = Annotated[str | None, typer.Argument(help="A reference, such as leeds-2022-1.")]
PlanFile = Annotated[Path | None, typer.Option("--plan", help="Instead: a plan in a TOML file.")]


def timetable(ref: Ref = None, plan: PlanFile = None, as_json: AsJson = False) -> None:
    """Every step to the contract: its earliest day from today, and its last for a start in time."""
    if (ref is None) == (plan is None):
        raise Mistaken([Mistake("REF, --plan", "give one of the two")])
    asked = checked(plan, lambda text: read(read_toml(text), Plan)) if plan else None
    authority = asked.authority if asked else authority_of(ref or "")
    with house(Settings()) as found:
        procurement = asked.procurement if asked else known(found, ref or "", None)
        today = (asked.today if asked else None) or found.clocks.today(authority)
        rules = rules_of(found, authority, today)
    context = context_at(procurement, rules, today)
    if asked and (refusals := list(why_not_plan(asked, context))):
        raise Refused(refusals)
    wishes = asked.wishes if asked else NONE
    t, ways = timetable_of(procurement, context, wishes), quicker(procurement, context, wishes)
    if as_json:
        print(json.dumps(plain(t, ways), indent=2, ensure_ascii=False, default=str))
        return
    print(f"{ref or plan}  {procurement.title}\n{headline(t)}")
    for note in t.notes:
        print(f"Note: {note}.")
    group = ""
    for one in t.steps:
        if one.group != group:
            print(one.group)
        group = one.group
        print(f"  {_when(one.day, one.fixed)}  {one.title}{slack(one)}")
        print(f"      {one.rule}: {one.why}")
    for said in t.assumed:
        print(f"{said}.")
    if t.late:
        print("Lawful ways to be quicker:" if ways.ways else "No lawful way is quicker.")
        for way in ways.ways:
            print(f"  {way.rule}: {way.title}. Start {long_day(way.starts)}.\n      {way.needs}")
        if ways.ways:
            print(f"  All together: start {long_day(ways.together)}.")


def _when(day: date, fixed: bool) -> str:
    return f"{'on record' if fixed else 'earliest '} {day:%a} {day.day:2} {day:%b %Y}"
