"""Commands for backups: backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from adapters.backups import Held, SqliteBackups
from countersign.settings import Settings
from domain.reading import Mistake, Mistaken
from domain.wording import counted

Backup = Annotated[Path, typer.Argument(help="The file of the backup.")]


def backup(file: Backup) -> None:
    """Copy the database as it is at this moment, also while it is being served."""
    settings = Settings()
    _backups(settings).save(file)
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
    if check:
        _say(file, _backups(settings).check(file))
        return
    held, kept = _backups(settings).put_back(file, replace=replace)
    _say(file, held)
    print(f"It is now {settings.database}.")
    if kept:
        print(f"The database that was there is {kept}.")


def _say(file: Path, held: Held) -> None:
    events, papers = counted(held.events, "event"), counted(held.papers, "paper")
    print(f"{file} is whole: {events}, {papers}; every read model made anew from it is equal.")


def _backups(settings: Settings) -> SqliteBackups:
    where = settings.database
    if isinstance(where, str):
        what = "is PostgreSQL: back it up with pg_dump, and the key file apart from that"
        raise Mistaken([Mistake("the database", what)])
    return SqliteBackups(where, settings.key)


COMMANDS = (backup, restore)
