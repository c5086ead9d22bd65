"""The tables of the store, made and changed step by step. Those of read models are not among them:
they are made from the code, and filled again from the log.

Steps expand before they contract: what a step takes away, the program before it did without. So
one that is serving goes on while the next step is taken, and may meet a database that is ahead.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect

from adapters.database import Database, Unavailable

HERE = Path(__file__).parent
STEPS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""All of them. Told here, so that a store that is up to date is opened without Alembic."""
TOO_OLD = (
    "was made by a program before the first release, which this one cannot read: "
    "move it away, and begin with a new one"
)


def migrate(database: Database) -> list[str]:
    """Takes the steps that are missing, one caller at a time: which. Raises Unavailable."""
    with database.write("migrations") as db:
        if not (missing := _missing(db)):
            return []
        if missing == [*STEPS] and inspect(db).has_table("checkpoints"):
            raise Unavailable(f"{database.where} {TOO_OLD}")
        # Imported here, since it is needed once in the life of a release.
        from alembic import command
        from alembic.config import Config

        settings = Config(attributes={"connection": db})
        settings.set_main_option("script_location", str(HERE))
        command.upgrade(settings, "head")
        return missing


def check(database: Database) -> None:
    """Raises Unavailable where steps are missing. A database that is ahead is as good."""
    with database.read() as db:
        missing = _missing(db)
    if missing:
        steps = "its tables are not there yet" if missing == [*STEPS] else "its tables are behind"
        raise Unavailable(f"{steps}: run countersign migrate first")


def _missing(db: Connection) -> list[str]:
    reached = None
    if inspect(db).has_table("alembic_version"):
        reached = db.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if reached is None:
        return [*STEPS]
    return [*STEPS[STEPS.index(reached) + 1 :]] if reached in STEPS else []
