"""Backups of the SQLite file: taken while it is in use, and put back only where they are whole.

What a backup of another store has to offer is the same: ``save``, ``check`` and ``put_back``.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from adapters.checking import counted_in, findings
from adapters.database import Unavailable
from adapters.disk import sync
from adapters.house import House
from domain.reading import Mistake, Mistaken

NEEDED = {"stored_events", "documents", "stream_keys", "people", "checkpoints"}
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file, by what is added to its name."""


class Held(NamedTuple):
    """How much a backup holds."""

    events: int
    papers: int


class SqliteBackups:
    """Of a database file and, to read what is sealed in a backup of it, its key file."""

    def __init__(self, database: Path, key_file: Path) -> None:
        self._database, self._key_file = database, key_file

    def save(self, file: Path) -> None:
        """A copy of one moment, whole on the disk or not there. Raises Mistaken, Unavailable."""
        if not self._database.exists():
            raise wrong(self._database, "is not there: nothing can be backed up")
        if file.exists():
            raise wrong(file, "is there already, and is not written over")
        with beside(file) as part:
            try:
                with closing(_read_only(self._database)) as live, closing(_open(part)) as copy:
                    live.backup(copy)
                    copy.execute("PRAGMA journal_mode=DELETE")
                    # Whoever signed out meanwhile is not to be signed in by a restore.
                    copy.execute("PRAGMA secure_delete=ON")
                    copy.execute("DELETE FROM sessions")
                found = list(_broken(part))
            except sqlite3.Error as error:
                raise Unavailable(f"{self._database} cannot be copied: {error}") from None
            if found:
                raise Mistaken([Mistake(str(self._database), one) for one in found])
            put(part, file)

    def check(self, file: Path) -> Held:
        """What a backup holds. It is only read. Raises Mistaken with all that is wrong with it."""
        if not file.is_file():
            raise wrong(file, "is not there")
        return self._checked(file, file)

    def _checked(self, file: Path, named: Path) -> Held:
        """Raises Mistaken, under another name where the file is a copy."""
        found = list(_broken(file))
        if not found:
            with TemporaryDirectory(prefix="countersign-") as folder:
                copy = Path(shutil.copyfile(file, Path(folder, "copy.db")))
                key = self._key_file if self._key_file.exists() or _has_keys(file) else None
                try:
                    with closing(House(copy, key_file=key)) as house:
                        found = list(findings(house))
                        if not found:
                            return Held(*counted_in(house))
                except Unavailable as error:
                    found.append(str(error))
                except Exception as error:
                    # Whatever it is that this file holds, it was not written by the product.
                    found.append(f"cannot be read to its end: {type(error).__name__}")
        raise Mistaken([Mistake(str(named), one) for one in found])

    def put_back(self, file: Path, *, replace: bool) -> tuple[Held, Path | None]:
        """Puts a backup in the place of the database, if it is whole.

        Returns what it holds, and where the database that was there is kept. Raises Mistaken as
        ``check`` does, and where there is a database that is not to be replaced or is in use:
        everything is as it was then.
        """
        if not file.is_file():
            raise wrong(file, "is not there")
        there, kept = self._database.exists(), self._database.with_suffix(".replaced")
        if there and not replace:
            raise wrong(self._database, "is there already: --replace puts the backup in its place")
        if there and kept.exists():
            raise wrong(kept, "is there from an earlier restore: move it away first")
        self._database.parent.mkdir(parents=True, exist_ok=True)
        with beside(self._database) as part:
            shutil.copyfile(file, part)
            held = self._checked(part, file)
            if there:
                _close(self._database)
                os.link(self._database, kept)
            for ending in BESIDE:
                # Left by a database that broke: SQLite would apply it to the one put back.
                if (left := Path(f"{self._database}{ending}")).exists():
                    left.rename(f"{kept}{ending}")
            if not there:
                put(part, self._database)
                return held, None
            sync(part)
            os.replace(part, self._database)
            sync(self._database.parent)
            return held, kept


def _broken(file: Path) -> Iterator[str]:
    """What SQLite itself finds wrong with a file, or what makes it another program's."""
    try:
        with closing(_read_only(file, immutable=True)) as db:
            said = [row[0] for row in db.execute("PRAGMA integrity_check(10)")]
            tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error as error:
        yield f"cannot be read as a database: {error}"
        return
    if said != ["ok"]:
        yield f"is damaged: {said[0]}"
    elif missing := NEEDED - tables:
        yield f"is no backup of Countersign: it has no {min(missing)}"


def _has_keys(file: Path) -> bool:
    with closing(_read_only(file, immutable=True)) as db:
        return bool(db.execute("SELECT count(*) FROM stream_keys").fetchone()[0])


def _close(file: Path) -> None:
    """Makes sure that nobody has the file open; one that SQLite cannot read is nobody's."""
    try:
        with closing(_open(file)) as db:
            db.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
            raise wrong(file, "is in use: end every process that serves it first") from None


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=1, isolation_level=None)


def _read_only(file: Path, *, immutable: bool = False) -> sqlite3.Connection:
    ways = "mode=ro&immutable=1" if immutable else "mode=ro"
    return sqlite3.connect(f"{file.resolve().as_uri()}?{ways}", uri=True, timeout=5)


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """A new file in the same folder that only its owner reads, gone in the end."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise wrong(file, f"cannot be written: {error.strerror}") from None
    try:
        yield part
    except OSError as error:
        raise Unavailable(f"{file} cannot be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)


def put(part: Path, file: Path) -> None:
    """Under its name, where that is not taken; and on the disk."""
    sync(part)
    try:
        os.link(part, file)
    except FileExistsError:
        raise wrong(file, "is there already, and is not written over") from None
    sync(file.parent)


def single_file(file: Path) -> None:
    """Leaves nothing beside a file that nobody has open any more."""
    with closing(_open(file)) as db:
        db.execute("PRAGMA journal_mode=DELETE")


def wrong(file: Path, what: str) -> Mistaken:
    return Mistaken([Mistake(str(file), what)])
