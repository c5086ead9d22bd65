"""Commands for backups: backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from adapters.backups import Held
from countersign.settings import Settings
from countersign.wiring import backups, house
from countersign.wiring import move as moved_to_postgres
from domain.wording import counted

Backup = Annotated[Path, typer.Argument(help="The file of the backup.")]


def backup(file: Backup) -> None:
    """Copy the database as it is at this moment, also while it is being served."""
    settings = Settings()
    with backups(settings) as found:
        found.save(file)
    print(f"{file} holds the record, papers and names, and no master key.")
    print(f"Without the key in {settings.key} what is closed in it stays closed:")
    print("keep a copy of that file in another place than the backup.")


def restore(
    file: Backup,
    check: Annotated[bool, typer.Option(help="Only say whether the backup is whole.")] = False,
    replace: Annotated[bool, typer.Option(help="Also where a database is there already.")] = False,
) -> None:
    """Check a backup from end to end, and put it in the place of the database."""
    settings = Settings()
    with backups(settings) as found:
        if check:
            _say(file, found.check(file))
            return
        held, kept = found.put_back(file, replace=replace)
    _say(file, held)
    with house(settings) as now:
        now.catch_up()
        print(f"It is now {now.database.where}.")
    if kept:
        print(f"The database that was there is {kept}.")


def move() -> None:
    """Move all that is kept from the file in the data folder to PostgreSQL, into empty tables."""
    settings = Settings()
    moved = moved_to_postgres(settings)
    print(f"Moved {counted(moved.events, 'event')}, and read back there what was written here:")
    print(f"SHA-256 of all events in their order {moved.digest}.")
    with house(settings) as found:
        found.catch_up()
    print(f"Read models are made anew. {settings.file} is as it was; keep it, and use it no more.")
    print(f"The key in {settings.key} opens what is closed there too.")


def _say(file: Path, held: Held) -> None:
    events, papers = counted(held.events, "event"), counted(held.papers, "paper")
    print(f"{file} is whole: {events}, {papers}; every read model made anew from it is equal.")


COMMANDS = (backup, restore, move)
