"""The tables: made step by step, the same as the code says, safe to make again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from adapters import access, migrations
from adapters.database import Database, Unavailable, metadata
from adapters.house import House, database
from tests.adapters.conftest import POSTGRES, SQLITE
from tests.houses import again, as_owner, file_of, tamper
from tests.tools.postgres import LOGIN, Server

NOT_OURS = ("stored_events", "log_positions", "log_settled")
"""Tables of the log, which are made by hand there, or by the library."""


def differences(found: Database) -> list[object]:
    with found.write() as db:
        if db.dialect.name == "postgresql":
            db.exec_driver_sql("SET LOCAL search_path = public")
        context = MigrationContext.configure(
            db,
            opts={
                "include_name": lambda name, kind, _: kind != "table" or name not in NOT_OURS,
                "compare_type": True,
            },
        )
        return list(compare_metadata(context, metadata))


def test_the_steps_lead_to_the_tables_that_the_code_knows(house: House) -> None:
    views = {"queue", "trail", "facets", "procurements", "delegations"}
    found = [one for one in differences(house.database) if not _is_view(one, views)]
    assert found == []


def _is_view(difference: object, views: set[str]) -> bool:
    """SQLite has no schemas, so read models lie beside the others there."""
    match difference:
        case ("remove_table" | "remove_index", one):
            return getattr(getattr(one, "table", one), "name", "") in views
    return False


def test_a_difference_would_be_found(house: House) -> None:
    tamper(house, "ALTER TABLE people ADD COLUMN nickname text")
    assert [one for one in differences(house.database) if "nickname" in repr(one)]


def test_the_list_of_steps_is_the_one_that_is_taken() -> None:
    settings = Config()
    settings.set_main_option("script_location", str(migrations.HERE))
    found = ScriptDirectory.from_config(settings).walk_revisions()
    assert tuple(reversed([one.revision for one in found])) == migrations.STEPS


def test_steps_are_taken_once(house: House) -> None:
    where = house.database if house.database.where.endswith(".db") else None
    found = where or database(as_owner(house), careless=True)
    assert migrations.migrate(found) == []
    if found is not house.database:
        access.grant(found)
        access.grant(found)
        found.close()


@POSTGRES
def test_of_many_who_migrate_at_once_one_does(quick: Server, kind: str) -> None:
    assert kind == "postgres"
    name = quick.made()
    found = database(quick.address(name), careless=True)
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: migrations.migrate(found), range(4)))
    assert sorted(taken) == [[], [], [], [*migrations.STEPS]]
    found.close()
    quick.drop(name)


@POSTGRES
def test_a_database_without_its_tables_is_not_opened(
    quick: Server, kind: str, tmp_path: Path
) -> None:
    assert kind == "postgres"
    name = quick.made()
    with pytest.raises(Unavailable, match="tables are not there yet: run countersign migrate"):
        House(quick.address(name, LOGIN), key_file=tmp_path / "key", careless=True)
    quick.drop(name)


def test_a_database_that_is_ahead_is_as_good_and_one_that_is_behind_is_not(house: House) -> None:
    """The program before goes on beside the one that took the step."""
    tamper(house, "UPDATE alembic_version SET version_num = '9999'")
    migrations.check(house.database)
    tamper(house, "DELETE FROM alembic_version")
    with pytest.raises(Unavailable, match="run countersign migrate first"):
        migrations.check(house.database)


@SQLITE
def test_a_file_from_before_there_were_steps_is_left_as_it_is(house: House) -> None:
    tamper(house, "DROP TABLE alembic_version")
    before = file_of(house).read_bytes()
    with pytest.raises(Unavailable, match="before the first release"):
        again(house)
    assert file_of(house).read_bytes() == before


@POSTGRES
def test_read_models_lie_in_a_schema_of_their_own(house: House) -> None:
    found = inspect(house.database.engine)
    assert {"queue", "trail"} <= set(found.get_table_names("read_models"))
    assert not {"queue", "trail"} & set(found.get_table_names("public"))
