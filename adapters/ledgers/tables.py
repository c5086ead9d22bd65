"""The tables of what is told to others: lanes, deliveries, attempts, and how endpoints do.

Times are seconds since 1970, by the clock of the database.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from adapters.database import metadata

reached = Table(
    "ledger_positions",
    metadata,
    Column("ledger", String, primary_key=True),
    Column("position", BigInteger, nullable=False),
)
unread = Table(
    "ledger_unread",
    metadata,
    Column("ledger", String, primary_key=True),
    Column("stream", Uuid, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
    Column("since", Double, nullable=False),
)
"""Streams that wait because an event of theirs could not be read, and the first that waits."""

endpoint_states = Table(
    "endpoint_states",
    metadata,
    Column("endpoint", Uuid, primary_key=True),
    Column("authority", String, nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("address", Uuid, nullable=False),
    Column("waits", String, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Double),
    Column("opens", Double, nullable=False),
    Column("answered", Double),
)
"""``waits`` is why nothing is sent but what verifies the address, whose lane is its own.

``epoch`` grows with whatever is recorded about an endpoint. ``failures`` are those since anything
was last taken; ``opens`` is when it is tried again.
"""
lanes = Table(
    "delivery_lanes",
    metadata,
    Column("endpoint", Uuid, primary_key=True),
    Column("lane", Uuid, primary_key=True),
    Column("last", Integer, nullable=False),
    Column("chain", String(64), nullable=False),
    Column("head", Integer),
    Column("due", Double, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("parked", Boolean, nullable=False),
)
"""``head`` is where to go on: nothing before it waits. Empty where all is done."""
waiting = lanes.c.head.is_not(None) & lanes.c.parked.is_(False)
Index(
    "delivery_lanes_due",
    lanes.c.endpoint,
    lanes.c.due,
    sqlite_where=waiting,
    postgresql_where=waiting,
)
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("endpoint", Uuid, nullable=False),
    Column("lane", Uuid, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("stream", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("event", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("chain", String(64), nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("queued", Double, nullable=False),
    Column("done", Double),
    UniqueConstraint("endpoint", "lane", "seq"),
    UniqueConstraint("endpoint", "position"),
)
"""``state`` is waiting, delivered, dead or skipped; ``event`` the SHA-256 of its stored bytes."""
attempts = Table(
    "delivery_attempts",
    metadata,
    Column("delivery", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Double, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("status", Integer),
    Column("error", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("body", String(64), nullable=False),
)
"""``body`` is the SHA-256 of what was sent, ``error`` nothing where it was taken."""
secrets = Table(
    "endpoint_secrets",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("endpoint", Uuid, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("made", Double, nullable=False),
)
"""Addresses and keys, sealed under the master key."""
