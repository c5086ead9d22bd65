"""Whoever follows the log sees every event once, in one dense order, whatever else goes on."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from signal import SIGQUIT
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from adapters.house import House
from adapters.log.postgres import PostgresStore
from adapters.log.store import Conflict, Stored, Written
from adapters.postgres import Postgres
from tests import postgres
from tests.adapters.conftest import POSTGRES
from tests.adapters.load import INSERT, Writer, following, slow_writers, writing
from tests.houses import as_owner
from tests.tools.postgres import LOGIN, QUICK, Server, server

SECONDS = float(os.environ.get("COUNTERSIGN_TEST_SECONDS", 5))
ON_RECORD = "SELECT originator_id, originator_version FROM stored_events"


def events(*numbers: int, stream: UUID | None = None) -> list[Written]:
    one = stream or uuid4()
    return [Written(one, n, "noted/1", b"{}") for n in numbers]


def whole(seen: list[Stored]) -> bool:
    """Dense positions in order, and in each stream all versions in order."""
    versions = defaultdict[UUID, list[int]](list)
    for one in seen:
        versions[one.stream].append(one.version)
    dense = [one.position for one in seen] == list(range(1, len(seen) + 1))
    return dense and all(found == [*range(1, len(found) + 1)] for found in versions.values())


def counted(seen: list[Stored]) -> Counter[UUID]:
    return Counter(one.stream for one in seen)


def confirmed(writers: list[Writer]) -> Counter[UUID]:
    return sum((one.confirmed for one in writers), Counter[UUID]())


def on_record(address: str) -> Counter[UUID]:
    with psycopg.connect(address) as db:
        return Counter(stream for stream, _ in db.execute(ON_RECORD))


def test_nobody_who_follows_misses_an_event_or_sees_one_twice(house: House) -> None:
    store = house.log.store
    with ExitStack() as stack:
        first = stack.enter_context(following(house.log.tail))
        second = stack.enter_context(following(house.log.tail))
        if isinstance(house.database, Postgres):
            stack.enter_context(slow_writers(as_owner(house)))
        writers = stack.enter_context(writing(store))
        sleep(SECONDS)
    assert whole(first)
    assert first == second == house.log.tail(0, len(first) + 1)
    assert confirmed(writers).total() > 50
    assert confirmed(writers) <= counted(first)
    if isinstance(house.database, Postgres):
        assert counted(first) == on_record(as_owner(house))


@POSTGRES
def test_who_follows_by_the_numbers_alone_misses_events(house: House) -> None:
    """The order above is no accident: without positions the same load loses events."""
    query = """SELECT notification_id, originator_id, originator_version, topic, state
    FROM stored_events WHERE notification_id > %s ORDER BY notification_id LIMIT %s"""

    def by_number(after: int, limit: int) -> list[Stored]:
        with house.database.read() as db:
            return [Stored(*one) for one in db.exec_driver_sql(query, (after, limit)).all()]

    with following(by_number) as seen, slow_writers(as_owner(house)), writing(house.log.store):
        sleep(min(SECONDS, 2))
    assert len(seen) < on_record(as_owner(house)).total()


@POSTGRES
def test_an_event_that_is_committed_late_comes_after_those_that_were_seen(house: House) -> None:
    store, early = house.log.store, uuid4()
    with psycopg.connect(as_owner(house)) as slow:
        slow.execute(INSERT + "VALUES (%s, 1, 'noted/1', '{}')", (early,))
        store.insert(events(1, 2))
        assert [one.position for one in house.log.tail(0, 9)] == [1, 2]
        slow.commit()
    assert [(one.position, one.stream == early) for one in house.log.tail(0, 9)] == [
        (1, False),
        (2, False),
        (3, True),
    ]


@POSTGRES
def test_a_number_is_settled_only_when_nobody_can_come_before_it(house: House) -> None:
    store = house.log.store
    assert isinstance(store, PostgresStore)

    def settled() -> int:
        with house.database.read() as db:
            return int(db.exec_driver_sql("SELECT n FROM log_settled").scalar_one())

    with psycopg.connect(as_owner(house)) as slow, psycopg.connect(as_owner(house)) as later:
        slow.execute(INSERT + "VALUES (%s, 1, 'noted/1', '{}')", (uuid4(),))
        store.insert(events(1, 2, 3))
        store.positions.hand_out()
        for _ in range(2):
            store.positions.settle()
            assert settled() == 0
        later.execute(INSERT + "VALUES (%s, 1, 'noted/1', '{}')", (uuid4(),))
        slow.commit()
        store.positions.settle()
        assert settled() == 4
        later.commit()
    assert [one.position for one in house.log.tail(0, 9)] == [1, 2, 3, 4, 5]
    store.positions.settle()
    assert settled() == 5


@POSTGRES
def test_a_long_transaction_elsewhere_hides_nothing(house: House) -> None:
    with psycopg.connect(as_owner(house)) as busy:
        busy.execute("INSERT INTO people VALUES (%s, 'Somebody')", (uuid4(),))
        busy.execute("SELECT pg_current_xact_id()")
        house.log.store.insert(events(1, 2))
        assert [one.position for one in house.log.tail(0, 9)] == [1, 2]


def test_of_an_append_that_meets_another_nothing_is_on_record(house: House) -> None:
    store, stream = house.log.store, uuid4()
    store.insert(events(1, 2, stream=stream))
    with pytest.raises(Conflict):
        store.insert([*events(1), *events(2, 3, stream=stream)])
    assert [one.version for one in house.log.tail(0, 9)] == [1, 2]


@POSTGRES
def test_the_order_outlives_dump_and_restore(quick: Server, house: House, tmp_path: Path) -> None:
    house.log.store.insert(events(1, 2, 3))
    with psycopg.connect(as_owner(house)) as db:
        db.execute(INSERT + "VALUES (%s, 1, 'noted/1', '{}')", (uuid4(),))
        db.rollback()
    house.log.store.insert(events(1))
    before = house.log.tail(0, 9)
    name, copy = as_owner(house).rpartition("/")[2], quick.made()
    file = str(quick.folder / f"{name}.dump")
    quick.run("pg_dump", "-Fc", "-f", file, quick.address(name))
    quick.run("pg_restore", "--exit-on-error", "-d", quick.address(copy), file)
    with postgres.opened(quick, copy, tmp_path / "countersign.key") as other:
        other.log.store.insert(events(1))
        assert [one.position for one in other.log.tail(0, 9)] == [1, 2, 3, 4, 5]
        assert other.log.tail(0, 4) == before
    quick.drop(copy)


@pytest.fixture
def durable() -> Iterator[Server]:
    with server() as found:
        yield found


def test_what_was_confirmed_is_there_after_the_server_was_stopped_at_once(
    durable: Server, tmp_path: Path
) -> None:
    name = postgres.emptied(durable)
    with postgres.opened(durable, name, tmp_path / "countersign.key", careless=False) as house:
        with following(house.log.tail) as seen, writing(house.log.store) as writers:
            for _ in range(3):
                sleep(0.5)
                durable.stop(SIGQUIT)
                durable.start()
            sleep(0.5)
        assert whole(seen)
        assert counted(seen) == on_record(durable.address(name))
        assert confirmed(writers) <= counted(seen)
        assert confirmed(writers).total() > 100


@pytest.mark.parametrize("setting", sorted(QUICK))
def test_a_server_that_could_lose_what_it_confirmed_is_not_used(
    setting: str, tmp_path: Path
) -> None:
    with server(**{setting: "off"}) as unsafe:
        name = postgres.emptied(unsafe)
        with pytest.raises(Exception, match=f"{setting} is off: it could lose what it confirmed"):
            House(unsafe.address(name, LOGIN), key_file=tmp_path / "countersign.key")


@POSTGRES
def test_a_database_with_the_function_that_writes_without_order_is_not_used(
    house: House,
) -> None:
    with psycopg.connect(as_owner(house)) as db:
        db.execute("CREATE FUNCTION es_insert_events_uuid() RETURNS int RETURN 1")
    with pytest.raises(Exception, match="writes events without their order: drop it"):
        Postgres(as_owner(house), careless=True)


@POSTGRES
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stored_events SET state = ''",
        "DELETE FROM stored_events",
        "TRUNCATE stored_events",
        "UPDATE log_positions SET position = position + 1",
        "DELETE FROM log_positions",
        "DROP TABLE stored_events",
        "ALTER TABLE stored_events DISABLE TRIGGER ALL",
        "TRUNCATE closed_reads",
        "TRUNCATE refused_attempts",
        "DELETE FROM refused_attempts",
    ],
)
def test_the_program_itself_may_not_change_what_is_on_record(house: House, statement: str) -> None:
    house.log.store.insert(events(1))
    refused = pytest.raises(Exception, match=r"permission denied|must be owner")
    with refused, house.database.write() as db:
        db.exec_driver_sql(statement)
    assert len(house.log.tail(0, 9)) == 1


@POSTGRES
def test_the_table_is_the_librarys(house: House) -> None:
    """Its own recorder reads what is here, so its tools are of use."""
    from eventsourcing.persistence import InfrastructureFactory
    from eventsourcing.postgres import PostgresApplicationRecorder
    from eventsourcing.utils import Environment

    stream = uuid4()
    house.log.store.insert(events(1, 2, stream=stream))
    url = as_owner(house)
    with psycopg.connect(url) as db:
        settings = {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": db.info.dbname,
            "POSTGRES_HOST": db.info.host,
            "POSTGRES_PORT": str(db.info.port),
            "POSTGRES_USER": db.info.user,
            "POSTGRES_PASSWORD": "trusted",
            "CREATE_TABLE": "no",
        }
    factory: Any = InfrastructureFactory.construct(Environment("countersign", settings))
    recorder = PostgresApplicationRecorder(factory.datastore, events_table_name="stored_events")
    found = recorder.select_events(stream)
    assert [(one.originator_version, bytes(one.state)) for one in found] == [(1, b"{}"), (2, b"{}")]
    factory.close()
