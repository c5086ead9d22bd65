"""The command line."""

from __future__ import annotations

import sys

import typer
from pydantic import ValidationError

from adapters.database import Unavailable
from countersign.commands import (
    backups,
    cases,
    dates,
    evidence,
    look,
    looking_back,
    notices,
    proofs,
    proposals,
    questions,
    regime,
    register,
    rulebooks,
    sealing,
    timetable,
    tracing,
    upkeep,
    witness,
)
from countersign.processes import run, web, worker
from domain.reading import Mistaken
from domain.refusals import Refused, Stale

app = typer.Typer(
    help="Procurement approvals for councils, with a history that proves itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
COMMANDS = (
    *look.COMMANDS,
    looking_back.replay,
    timetable.timetable,
    regime.regime,
    register.register,
    notices.notices,
    proofs.proof,
    questions.questions,
    *upkeep.COMMANDS,
    *backups.COMMANDS,
)
for command in (run, web, worker, *COMMANDS):
    app.command()(command)
for name, act in evidence.COMMANDS.items():
    app.command(name)(act)
app.add_typer(sealing.seal, name="seal")
app.add_typer(witness.witness, name="witness")
app.add_typer(tracing.app, name="trace")
app.add_typer(cases.app, name="case")
app.add_typer(dates.deadline, name="deadline")
for name, command in proposals.COMMANDS.items():
    rulebooks.constitution.command(name)(command)
app.add_typer(rulebooks.constitution, name="constitution")
app.add_typer(rulebooks.calendar, name="calendar")
app.add_typer(rulebooks.offices, name="offices")


def main() -> None:
    """Runs a command. What cannot be done is said in a sentence, with exit code 2."""
    try:
        app()
    except Refused as refused:
        for one in refused.refusals:
            later = f" Possible from {one.cured_on:%-d %B %Y}." if one.cured_on else ""
            print(f"{one.rule}: {one.reason}.{later}", file=sys.stderr)
    except Mistaken as mistaken:
        for mistake in mistaken.mistakes:
            print(f"{mistake.where}: {mistake.what}", file=sys.stderr)
    except ValidationError as wrong:
        for detail in wrong.errors():
            name = "_".join(str(part) for part in detail["loc"]).upper()
            print(f"COUNTERSIGN_{name}: {detail['msg']}", file=sys.stderr)
    except (Stale, Unavailable) as error:
        print(f"Nothing was recorded: {error}.", file=sys.stderr)
    else:
        return
    sys.exit(2)
