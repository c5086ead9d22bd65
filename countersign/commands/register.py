"""The command that prints a council's contracts register for a quarter (T4)."""

from __future__ import annotations

import csv
import json
import re
import sys
from typing import Annotated

import typer

from countersign.commands.look import AsJson
from countersign.commands.rulebooks import rules_of
from countersign.settings import Settings
from countersign.wiring import house
from domain.reading import Mistake, Mistaken
from domain.wording import short_day
from projections.contracts import Row, quarter
from projections.contracts import register as contracts

QUARTER = re.compile(r"(19\d\d|20\d\d|21\d\d)-Q([1-4])", re.ASCII)


def register(
    authority: Annotated[str, typer.Argument(help="A council, such as leeds.")],
    of: Annotated[
        str, typer.Option("--quarter", help="Contracts that ran in it, such as 2018-Q1.")
    ],
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, to publish.")] = False,
) -> None:
    """The contracts above £5,000 that ran in a quarter, as the Transparency Code asks."""
    if as_json and as_csv:
        raise Mistaken([Mistake("--csv", "choose JSON or CSV, not both")])
    if (found := QUARTER.fullmatch(of)) is None:
        raise Mistaken([Mistake("--quarter", f"“{of}” is no quarter; write one like 2018-Q1")])
    first, last = quarter(int(found[1]), int(found[2]))
    with house(Settings()) as there:
        rules_of(there, authority)
        there.catch_up()
        mine = [one.reference for one in there.views.procurements() if one.authority == authority]
        rows = list(contracts([there.procurement(one) for one in mine], first, last))
    if as_json:
        print(json.dumps([one._asdict() for one in rows], default=str, indent=2))
    elif as_csv:
        lines = csv.writer(sys.stdout, lineterminator="\n")
        lines.writerows([Row._fields, *([_plain(str(cell)) for cell in one] for one in rows)])
    else:
        for one in rows:
            print(f"{one.reference}  {one.title}")
            print(f"    {one.supplier}, {one.sum}, {short_day(one.start)} to {short_day(one.end)}")


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
