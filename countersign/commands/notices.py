"""The command that lists the notices which a council and its procurements owe (P8)."""

from __future__ import annotations

import json
from typing import Annotated

import msgspec
import typer

from countersign.commands.look import AsJson
from countersign.commands.rulebooks import rules_of
from countersign.settings import Settings
from countersign.wiring import house
from domain.wording import listed, short_day
from projections.authority_notices import Line, lines


def notices(
    authority: Annotated[str, typer.Argument(help="A council, such as leeds.")],
    as_json: AsJson = False,
) -> None:
    """Every notice of the Procurement Act 2023 that is owed or comes next, by its due day."""
    with house(Settings()) as there:
        rules_of(there, authority)
        there.catch_up()
        today = there.clocks.today(authority)
        mine, rules = there.authority(authority), there.rules(authority, today)
        found = lines(there.cases(authority), mine, rules, today)
    if as_json:
        plain = [msgspec.to_builtins(one._asdict()) for one in found]
        print(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    print(f"{short_day(today)}: notices of the Procurement Act 2023, by the day each is due")
    for one in found:
        print(_told(one))


def _told(one: Line) -> str:
    day = short_day(one.due) if one.due else "no day"
    of = f": {one.about}" if one.about else ""
    said = f"{day}  {one.reference or 'the council'}  {one.code} {one.name}{of}\n"
    known = f", {one.identifier}" if one.identifier else ""
    said += f"    {one.because}; {one.due_text}; {one.state}{known}"
    return f"{said}\n    it would name {listed(one.concerns)}" if one.concerns else said
