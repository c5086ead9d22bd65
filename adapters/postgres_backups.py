"""Backups of PostgreSQL, in a file like that of the embedded store: with it, a backup is checked in
the same way, can be looked at on any machine, and goes back into either store."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters import migrations
from adapters.backups import Held, SqliteBackups, beside, put, single_file, wrong
from adapters.house import House
from adapters.moving import move, take_out
from adapters.postgres import Postgres
from adapters.sqlite import SqliteFile


class PostgresBackups:
    """Of a database and, to read what is sealed in it, its key file."""

    def __init__(self, database: Postgres, key_file: Path) -> None:
        self._database, self._key_file = database, key_file

    def save(self, file: Path) -> None:
        """A copy of one moment, whole on the disk or not there. Raises Mistaken, Unavailable."""
        if file.exists():
            raise wrong(file, "is there already, and is not written over")
        with beside(file) as part:
            with closing(House(part, key_file=self._key_file)) as copy:
                assert isinstance(copy.database, SqliteFile)
                take_out(self._database, copy.database)
                copy.catch_up(10_000)
            single_file(part)
            put(part, file)

    def check(self, file: Path) -> Held:
        """What a backup holds. It is only read. Raises Mistaken with all that is wrong with it."""
        return SqliteBackups(file, self._key_file).check(file)

    def put_back(self, file: Path, *, replace: bool) -> tuple[Held, Path | None]:
        """Puts a backup, if it is whole, into a database that has only tables. Raises Mistaken,
        Unavailable: everything is as it was then."""
        if replace:
            raise wrong(
                file, "replaces no PostgreSQL database: make a new one, migrate it, name it"
            )
        held = self.check(file)
        with TemporaryDirectory(prefix="countersign-") as folder:
            copy = Path(shutil.copyfile(file, Path(folder, "copy.db")))
            with closing(SqliteFile(copy)) as source:
                migrations.migrate(source)
                move(source, self._database)
        return held, None
