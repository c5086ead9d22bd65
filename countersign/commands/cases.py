"""Commands about case scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from countersign.case_script import read_case, rehearse_case, run_case
from countersign.files import naming
from countersign.settings import Settings
from countersign.wiring import house
from domain.values import authority_of
from domain.wording import counted

app = typer.Typer(help="Cases as data: ordered steps, each a command.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="A case script, in TOML.")]


@app.command()
def check(file: File) -> None:
    """Say what is wrong with a case script, also by the rules on record. Records nothing."""
    settings = Settings()
    with naming(file):
        script = read_case(file)
        by = "its authority has adopted no rules here, so posts and gateways were not checked"
        if settings.is_there:
            with house(settings) as found:
                if found.authority(authority_of(script.reference)).complete:
                    rehearse_case(found, script)
                    by = "posts and gateways were checked against the rules on record"
    steps = counted(len(script.steps), "step")
    print(f"{file} is in order: {steps} of {script.reference}; {by}.")


@app.command()
def run(file: File) -> None:
    """Run a case script through the real commands, as imported facts."""
    with house(Settings()) as found:
        with naming(file):
            script = read_case(file)
            run_case(found, script)
        found.catch_up()
        irregular = found.procurement(script.reference).irregularities
        today = found.clocks.today(authority_of(script.reference))
    odd = counted(len(irregular), "irregularity", "irregularities")
    steps = counted(len(script.steps), "step")
    print(f"{script.reference}: {steps} on record as of {today:%-d %B %Y}, with {odd}.")
