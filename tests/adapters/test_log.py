"""The log: events in one order, on the disk before anybody is told, in one file for all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Timer
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from adapters.database import Unavailable
from adapters.house import House
from adapters.log import Stored
from adapters.log.sqlite import SqliteStore
from adapters.sqlite import SqliteFile
from countersign.demo.load import COUNCILS
from domain.opening import ProcurementOpened
from tests.adapters.conftest import SQLITE
from tests.adapters.leeds import HEREFORDSHIRE, LEEDS, REFERENCE, asked, decision, note
from tests.adapters.looking import fingerprint, plant
from tests.houses import again, file_of


@pytest.fixture
def hurried(demo: House) -> Iterator[House]:
    """The demonstration for somebody who waits for other writers no longer than a second."""
    found = again(demo, busy_seconds=1)
    yield found
    found.close()


def test_events_have_dense_positions_in_the_order_in_which_they_happened(demo: House) -> None:
    note(demo)
    everything = demo.log.tail(0, 1000)
    assert [one.position for one in everything] == list(range(1, demo.log.last_position() + 1))
    for stream in (LEEDS, HEREFORDSHIRE):
        versions = [one.version for one in everything if one.stream == stream]
        assert versions == list(range(1, len(versions) + 1))
    assert (everything[-1].stream, everything[-1].version) == (LEEDS, 7)


def test_the_tail_is_read_in_pieces_that_join(demo: House) -> None:
    pieces: list[Stored] = []
    while news := demo.log.tail(pieces[-1].position if pieces else 0, 3):
        assert len(news) <= 3
        pieces += news
    assert pieces == demo.log.tail(0, 1000)


def test_a_stream_is_read_as_it_was_at_a_version(demo: House) -> None:
    assert [one.version for one in demo.log.read(LEEDS, upto=2)] == [1, 2]
    assert demo.procurement(REFERENCE, upto=1).reports == {}
    assert demo.procurement(REFERENCE, upto=2).open_report
    assert demo.log.read(LEEDS, upto=0) == demo.log.read(uuid4()) == []
    assert (demo.log.version(LEEDS), demo.log.version(uuid4())) == (6, 0)


def test_a_stream_is_read_as_it_was_at_a_position_of_the_log(demo: House) -> None:
    last = demo.log.last_position()
    note(demo)
    assert demo.log.last_position() == last + 1
    assert [one.version for one in demo.log.stored(LEEDS, last)] == [1, 2, 3, 4, 5, 6]
    assert [one.version for one in demo.log.stored(LEEDS, last + 1)] == [1, 2, 3, 4, 5, 6, 7]


def test_events_of_one_kind_are_found_in_all_streams(demo: House) -> None:
    last = demo.log.last_position()
    found = demo.log.of_kind("procurement-opened/1", last)
    assert len(found) == len({one.stream for one in found}) == len(COUNCILS)
    assert {LEEDS, HEREFORDSHIRE} <= {one.stream for one in found}
    assert all(isinstance(demo.log.recorded(one).event, ProcurementOpened) for one in found)
    assert len(demo.log.of_kind("procurement-opened/1", found[0].position)) == 1


def test_events_of_a_kind_are_counted_as_they_come(demo: House) -> None:
    kinds = "procurement-opened/1", "source-note-made/1"
    others = again(demo)
    opened, noted = (demo.log.count(one) for one in kinds)
    assert opened == len(COUNCILS)
    for n in range(3):
        note(demo)
        for log in demo.log, others.log:
            assert [log.count(one) for one in kinds] == [opened, noted + n + 1]
    others.close()
    assert demo.log.count("gateway-dissolved/1") == 0


def test_an_event_of_an_unknown_kind_is_not_guessed_at(demo: House) -> None:
    plant(demo, LEEDS, 7, "gateway-dissolved/1")
    with pytest.raises(KeyError, match="gateway-dissolved/1"):
        demo.log.read(LEEDS)
    assert len(demo.log.read(HEREFORDSHIRE)) == 8


@SQLITE
def test_an_event_is_on_the_disk_before_anybody_is_told(house: House) -> None:
    assert isinstance(house.log.store, SqliteStore)
    assert house.log.store.pragma("synchronous") == 2
    assert house.log.store.pragma("journal_mode") == "wal"
    with house.database.write() as db:
        assert db.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_whoever_opens_the_file_sees_every_event(demo: House) -> None:
    other = again(demo)
    for one, another in ((demo, other), (other, demo)):
        note(one)
        assert another.log.tail(0, 1000) == one.log.tail(0, 1000)
        assert another.procurement(REFERENCE) == one.procurement(REFERENCE)
    other.close()
    third = again(demo)
    assert third.procurement(REFERENCE).version == 8
    third.close()


@SQLITE
def test_nothing_is_recorded_while_another_writer_is_busy(hurried: House) -> None:
    before, command, context = fingerprint(hurried), decision(hurried), asked(hurried)
    with closing(sqlite3.connect(file_of(hurried), isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="locked"):
            hurried.engine.execute(command, context, {LEEDS: 6})
        with pytest.raises(Unavailable, match="locked"):
            hurried.runners["queue"].rebuild()
        assert fingerprint(hurried) == before
        writer.execute("ROLLBACK")
    for _ in range(2):
        hurried.engine.execute(command, context, {LEEDS: 6})
    assert hurried.procurement(REFERENCE).version == 7


@SQLITE
def test_who_reads_is_not_held_up_by_a_writer(hurried: House) -> None:
    with closing(sqlite3.connect(file_of(hurried), isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM stored_events")
        assert hurried.procurement(REFERENCE).version == 6
        writer.execute("ROLLBACK")


def test_a_transaction_that_fails_leaves_nothing_and_the_next_one_goes_on(house: House) -> None:
    def write(*statements: str) -> None:
        with house.database.write() as db:
            for one in statements:
                db.exec_driver_sql(one)

    insert = f"INSERT INTO people VALUES ('{UUID(int=0).hex}', 'Nobody')"
    with pytest.raises(Unavailable, match=r"no such table|does not exist"):
        write(insert, "INSERT INTO nowhere VALUES (1)")
    with pytest.raises(IntegrityError):
        write(insert, insert)
    with house.database.read() as db:
        assert db.exec_driver_sql("SELECT * FROM people").all() == []
    write(insert)


def test_a_file_that_is_no_database_is_not_opened(tmp_path: Path) -> None:
    text, folder = tmp_path / "text.db", tmp_path / "folder.db"
    text.write_text("Dear Director, " * 100)
    folder.mkdir()
    for file in (text, folder, text / "within.db"):
        with pytest.raises(Unavailable, match="cannot be opened"):
            SqliteFile(file)
    assert text.read_text() == "Dear Director, " * 100


def test_who_opens_a_new_file_waits_for_whoever_writes_it_first(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    first = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    first.execute("BEGIN IMMEDIATE")
    first.execute("CREATE TABLE t (x)")
    written = Timer(0.2, first.execute, ["COMMIT"])
    written.start()
    database = SqliteFile(file)
    with database.read() as db:
        assert db.exec_driver_sql("SELECT * FROM t").all() == []
    with closing(first), closing(database):
        written.join()


def test_who_opens_a_new_file_does_not_wait_for_ever(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as first:
        first.execute("BEGIN IMMEDIATE")
        first.execute("CREATE TABLE t (x)")
        with pytest.raises(Unavailable, match=r"new\.db cannot be opened: database is locked"):
            SqliteFile(file, busy_seconds=0)
