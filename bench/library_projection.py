"""A projection as the event store's library runs it: one transaction for each event."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL

from bench.declared import Declared

TABLE = SQL(
    "CREATE TABLE IF NOT EXISTS told (id uuid, version int, kind text, PRIMARY KEY (id, version))"
).format()
INSERT = "INSERT INTO told VALUES (%s, %s, %s)"


class Told(PostgresTrackingRecorder):
    """A row for each event: which of which aggregate it was, and of what kind."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.sql_create_statements.append(TABLE)

    def tell(self, id: UUID, version: int, kind: str, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(INSERT, (id, version, kind), prepare=True)


class Telling(Projection[Told]):
    name = "telling"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        kind = type(domain_event).__name__
        self.view.tell(domain_event.originator_id, domain_event.originator_version, kind, tracking)


def projected(settings: dict[str, str], last: int) -> None:
    """Everything in an application's log, up to the last."""
    with ProjectionRunner(
        application_class=Declared, projection_class=Telling, view_class=Told, env=settings
    ) as runner:
        runner.wait(last, timeout=600)
