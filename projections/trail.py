"""The trail: one readable sentence for every event, with who, when and where it is sourced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
)

from domain.authority import Authority
from domain.budget import Budget
from domain.delegation import Delegation
from domain.endpoints import Endpoints
from domain.messages import Recorded, tag_of
from domain.procurement import Procurement
from domain.wording import when
from projections.sentences import sentence
from projections.touched import Projection, Row, Touched, metadata

table = Table(
    "trail",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("stream", Uuid, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("reference", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("on_text", Text, nullable=False),
    Column("recorded", DateTime, nullable=False),
    Column("post", String, nullable=False),
    Column("deputising", Boolean, nullable=False),
    Column("event", String, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("source", Text),
    Column("irregularities", Text, nullable=False),
)
Index("trail_by_reference", table.c.reference, table.c.position)
Index("trail_by_event", table.c.event, table.c.reference)


def changes(touched: Touched) -> Iterable[tuple[object, Iterator[Row]]]:
    """One row for each event."""
    after = touched.after
    reference = after.reference if isinstance(after, Procurement) else ""
    if isinstance(after, Authority):
        reference = after.name
    if isinstance(after, Endpoints):
        reference = after.authority
    if isinstance(after, Delegation):
        reference = after.procurements[0]
    if isinstance(after, Budget):
        reference = after.reference
    for position, recorded in touched.news:
        yield position, iter([row(position, recorded, reference)])


def row(position: int, recorded: Recorded, reference: str) -> Row:
    """What the trail says of one event; ``recorded`` is UTC."""
    stamp = recorded.stamp
    return {
        "position": position,
        "stream": recorded.stream,
        "version": recorded.version,
        "reference": reference,
        "on": stamp.on.read_as,
        "on_text": when(stamp.on),
        "recorded": stamp.now.replace(tzinfo=None),
        "post": stamp.by.post,
        "deputising": stamp.by.deputising,
        "event": tag_of(type(recorded.event)),
        "sentence": sentence(recorded.event),
        "source": stamp.source,
        "irregularities": "\n".join(f"{one.rule}: {one.reason}" for one in stamp.irregularities),
    }


projection = Projection("trail", table, table.c.position, changes, seen_by=table.c.reference)
