"""Who read which closed paper, and when (D9): lines are added, never changed or taken out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    select,
)

from adapters.database import Database, metadata
from domain.messages import Actor
from domain.values import authority_of

closed_reads = Table(
    "closed_reads",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("authority", String, nullable=False, index=True),
    Column("person", Uuid, nullable=False),
    Column("post", String, nullable=False),
    Column("deputising", Boolean, nullable=False),
    Column("reference", String, nullable=False),
    Column("report", Uuid, nullable=False),
    Column("what", String, nullable=False),
)
"""``at`` is UTC by the authority's clock; ``what`` is the public title of the paper."""


class ClosedReads:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, at: datetime, by: Actor, reference: str, report: UUID, what: str) -> None:
        """Notes that somebody is about to be shown a closed paper. Raises Unavailable."""
        row = {
            "at": at.replace(tzinfo=None),
            "authority": authority_of(reference),
            "person": by.person,
            "post": by.post,
            "deputising": by.deputising,
            "reference": reference,
            "report": report,
            "what": what,
        }
        with self._database.write() as db:
            db.execute(closed_reads.insert().values(row))

    def latest(self, authority: str, most: int, before: int | None = None) -> Sequence[Row[Any]]:
        """The latest of an authority, latest first."""
        table = closed_reads.c
        query = select(closed_reads).where(table.authority == authority)
        if before is not None:
            query = query.where(table.number < before)
        with self._database.read() as db:
            return db.execute(query.order_by(table.number.desc()).limit(most)).all()
