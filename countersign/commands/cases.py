"""Commands about case scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from countersign.case_script import read_case, run_case
from countersign.settings import Settings
from countersign.wiring import house
from domain.values import authority_of
from domain.wording import counted

app = typer.Typer(help="Cases as data: ordered steps, each a command.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="A case script, in TOML.")]


@app.command()
def check(file: File) -> None:
    """Say everything that is wrong with a case script. Records nothing."""
    script = read_case(file)
    print(f"{file} is in order: {counted(len(script.steps), 'step')} of {script.reference}.")


@app.command()
def run(file: File) -> None:
    """Run a case script through the real commands, as imported facts."""
    script = read_case(file)
    with house(Settings()) as found:
        run_case(found, script)
        found.catch_up()
        irregular = found.procurement(script.reference).irregularities
        today = found.clocks.today(authority_of(script.reference))
    odd = counted(len(irregular), "irregularity", "irregularities")
    steps = counted(len(script.steps), "step")
    print(f"{script.reference}: {steps} on record as of {today:%-d %B %Y}, with {odd}.")
