"""Backups: taken among writers, checked from end to end, and put back only where they are whole."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import pytest

from adapters.backups import SqliteBackups
from adapters.house import House
from domain.reading import Mistaken
from domain.refusals import Stale
from tests.adapters.leeds import LEEDS, note
from tests.adapters.looking import dump, fingerprint
from tests.cli.running import Said, countersign
from tests.houses import file_of

Spoil = Callable[[Path], None]


def backups(house: House) -> SqliteBackups:
    return SqliteBackups(file_of(house), house.keys.file)


@pytest.fixture
def saved(demo: House, tmp_path: Path) -> Path:
    """A backup of the demonstration."""
    file = tmp_path / "backups" / "monday.db"
    file.parent.mkdir()
    backups(demo).save(file)
    return file


def folder_of(house: House) -> dict[str, str]:
    """Every file beside the database, by name, and what it holds."""
    folder = file_of(house).parent
    files = [one for one in folder.iterdir() if one.is_file()]
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in files}


def test_a_backup_among_writers_is_of_one_moment_and_whole(demo: House, tmp_path: Path) -> None:
    ended, files = Event(), [tmp_path / f"{n}.backup" for n in range(4)]

    def write() -> None:
        mine = House(file_of(demo))
        while not ended.is_set():
            with suppress(Stale):
                note(mine)
            mine.catch_up()
        mine.close()

    writers = [Thread(target=write) for _ in range(2)]
    for one in writers:
        one.start()
    try:
        sizes = [demo.log.last_position()]
        for file in files:
            backups(demo).save(file)
            sizes.append(demo.log.last_position())
    finally:
        ended.set()
        for one in writers:
            one.join()
    for n, file in enumerate(files):
        assert sizes[n] <= backups(demo).check(file).events <= sizes[n + 1]
    assert sizes[0] < sizes[-1]


def test_what_is_put_back_is_what_was_saved(demo: House, saved: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "countersign.db"
    other = SqliteBackups(elsewhere, demo.keys.file)
    held, kept = other.put_back(saved, replace=False)
    assert (held.events, kept) == (demo.log.last_position(), None)
    house = House(elsewhere, key_file=demo.keys.file)
    assert fingerprint(house) == fingerprint(demo)
    assert dump(house) == dump(demo)
    note(house)
    house.close()


def test_a_backup_holds_no_master_key_and_no_session(demo: House, tmp_path: Path) -> None:
    token = demo.identity.sign_in(next(iter(demo.identity.names())))
    file = tmp_path / "now.backup"
    backups(demo).save(file)
    held, key = file.read_bytes(), demo.keys.file.read_text().strip()
    assert key.encode() not in held
    assert bytes.fromhex(key) not in held
    assert sha256(token.encode()).hexdigest().encode() not in held
    assert file.stat().st_mode & 0o077 == 0
    assert demo.identity.who(token)


def in_file(statement: str, *values: object) -> Spoil:
    def spoil(file: Path) -> None:
        with closing(sqlite3.connect(file)) as db, db:
            assert db.execute(statement, values).rowcount == 1

    return spoil


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2 // 4096 * 4096)


def scribble(file: Path) -> None:
    with file.open("r+b") as one:
        one.seek(8192)
        one.write(b"\xff" * 4096)


def scribble_in_an_index(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        where = (
            "SELECT rootpage FROM sqlite_master WHERE name LIKE 'sqlite_autoindex_stored_events%'"
        )
        (page,) = db.execute(where).fetchone()
    with file.open("r+b") as one:
        one.seek(page * 4096 - 20)
        one.write(b"7" * 12)


def other_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("CREATE TABLE anything (x)")


def no_database(file: Path) -> None:
    file.write_bytes(b"no database at all" * 999)


IN_THE_MIDDLE = """(
    SELECT min(rowid) FROM stored_events WHERE originator_version = 2
    AND originator_id IN (SELECT originator_id FROM stored_events WHERE originator_version = 4)
)"""
SPOILT: dict[str, tuple[Spoil, str]] = {
    "cut off": (cut, "malformed"),
    "scribbled over": (scribble, "malformed"),
    "an index scribbled over": (scribble_in_an_index, "is damaged"),
    "no database": (no_database, "cannot be read as a database"),
    "another program's": (other_program, "is no backup of Countersign"),
    "an event deleted": (
        in_file(f"DELETE FROM stored_events WHERE rowid = {IN_THE_MIDDLE}"),
        "is version 3 of its stream, not 2",
    ),
    "an event that is none": (
        in_file(f"UPDATE stored_events SET state = x'5b5d' WHERE rowid = {IN_THE_MIDDLE}"),
        "cannot be read: ",
    ),
    "an event of no kind": (
        in_file(f"UPDATE stored_events SET topic = 'x/1' WHERE rowid = {IN_THE_MIDDLE}"),
        "cannot be read: KeyError",
    ),
    "a stream that is none": (
        in_file(f"UPDATE stored_events SET originator_id = 'x' WHERE rowid = {IN_THE_MIDDLE}"),
        "cannot be read to its end: ValueError",
    ),
    "events out of order": (
        in_file(f"UPDATE stored_events SET rowid = 999999 WHERE rowid = {IN_THE_MIDDLE}"),
        "is version 3 of its stream, not 2",
    ),
    "a paper changed": (
        in_file(
            "UPDATE documents SET body = CAST(body || x'20' AS BLOB)"
            " WHERE digest = (SELECT min(digest) FROM documents)"
        ),
        "is not what its digest says",
    ),
    "a read model changed": (
        in_file(
            "UPDATE procurements SET title = 'Other'"
            " WHERE reference = (SELECT min(reference) FROM procurements)"
        ),
        "the read model procurements is not what the log says",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_backup_that_is_not_whole_is_told_and_changes_nothing(
    demo: House, saved: Path, name: str
) -> None:
    demo.close()
    spoil, said = SPOILT[name]
    spoil(saved)
    before, spoilt = folder_of(demo), saved.read_bytes()
    for ask in (
        lambda: backups(demo).check(saved),
        lambda: backups(demo).put_back(saved, replace=True),
    ):
        with pytest.raises(Mistaken) as caught:
            ask()
        assert any(said in one.what for one in caught.value.mistakes), caught.value.mistakes
        assert {one.where for one in caught.value.mistakes} == {str(saved)}
    assert folder_of(demo) == before
    assert saved.read_bytes() == spoilt
    assert [*saved.parent.iterdir()] == [saved]


@pytest.mark.parametrize(
    ("key", "said"),
    [("", "is missing"), ("00" * 32, "is not the one")],
)
def test_a_backup_is_not_put_back_without_its_key(
    demo: House, tmp_path: Path, key: str, said: str
) -> None:
    demo.keys.of(LEEDS)
    saved = tmp_path / "sealed.db"
    backups(demo).save(saved)
    assert backups(demo).check(saved).events
    file = tmp_path / "other" / "countersign.key"
    file.parent.mkdir()
    if key:
        file.write_text(key)
    other = SqliteBackups(file.with_suffix(".db"), file)
    with pytest.raises(Mistaken) as caught:
        other.put_back(saved, replace=False)
    assert said in caught.value.mistakes[0].what
    assert [one.name for one in file.parent.iterdir()] == ([file.name] if key else [])


def test_a_database_is_replaced_only_when_it_is_asked_for_and_is_kept(
    demo: House, saved: Path
) -> None:
    note(demo)
    newer = fingerprint(demo)

    def asked(replace: bool) -> object:
        return backups(demo).put_back(saved, replace=replace)

    with pytest.raises(Mistaken, match="--replace"):
        asked(False)
    with pytest.raises(Mistaken, match="is in use"):
        asked(True)
    assert fingerprint(demo) == newer
    note(demo)
    demo.close()
    assert asked(True) != (None, None)
    with pytest.raises(Mistaken, match="from an earlier restore"):
        asked(True)
    kept = file_of(demo).with_suffix(".replaced")
    with closing(sqlite3.connect(file_of(demo))) as now, closing(sqlite3.connect(kept)) as was:
        many = "SELECT count(*) FROM stored_events"
        (after,), (before,) = now.execute(many).fetchone(), was.execute(many).fetchone()
    assert after == before - 2


@pytest.mark.parametrize("left", [True, False])
def test_a_database_that_broke_is_replaced_and_nothing_of_it_is_applied(
    demo: House, saved: Path, left: bool
) -> None:
    file = file_of(demo)
    before = fingerprint(demo)
    note(demo)
    wal = Path(f"{file}-wal").read_bytes()
    demo.close()
    file.write_bytes(b"broken" * 999) if left else file.unlink()
    Path(f"{file}-wal").write_bytes(wal)
    _, kept = backups(demo).put_back(saved, replace=True)
    house = House(file)
    assert fingerprint(house) == before
    house.close()
    aside = file.with_suffix(".replaced")
    assert kept == (aside if left else None)
    assert aside.exists() == left
    assert Path(f"{aside}-wal").read_bytes() == wal


def test_no_backup_is_written_over(demo: House, saved: Path) -> None:
    held = saved.read_bytes()
    with pytest.raises(Mistaken, match="not written over"):
        backups(demo).save(saved)
    assert saved.read_bytes() == held


def said(done: Said, *words: str) -> None:
    assert done.code == 2
    assert all(one in done.err for one in words), done.err


def test_the_commands_say_what_they_did_and_what_they_would_not(
    demo: House, tmp_path: Path
) -> None:
    folder, file = file_of(demo).parent, tmp_path / "tuesday.db"
    demo.close()
    done = countersign(folder, "backup", file)
    assert "no master key" in done.out
    assert str(demo.keys.file) in done.out
    whole = countersign(folder, "restore", file, "--check").out
    assert re.search(r"is whole: \d+ events, \d+ papers", whole)
    said(countersign(folder, "backup", file), "is there already")
    said(countersign(folder, "restore", file), "--replace")
    said(countersign(folder, "restore", tmp_path / "none.db"), "is not there")
    said(countersign(tmp_path / "nowhere", "backup", tmp_path / "x.db"), "nothing can be backed up")
    said(countersign(folder, "backup", tmp_path / "no" / "such.db"), "cannot be written")
    assert "It is now" in countersign(folder, "restore", file, "--replace").out


def test_a_database_that_cannot_be_reached_is_said_to_be(tmp_path: Path) -> None:
    settings = {"COUNTERSIGN_DATABASE_URL": "postgresql://somebody@127.0.0.1:1/countersign"}
    for words in ("backup", "x.db"), ("restore", "x.db", "--check"):
        said(
            countersign(tmp_path, *words, **settings),
            "postgresql://somebody@127.0.0.1:1/countersign cannot be used",
            "Connection refused",
        )
