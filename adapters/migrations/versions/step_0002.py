"""What is told to others: endpoints with their secrets, lanes, deliveries and attempts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    op.create_table(
        "ledger_positions",
        sa.Column("ledger", sa.String, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "ledger_unread",
        sa.Column("ledger", sa.String, primary_key=True),
        sa.Column("stream", sa.Uuid, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("since", sa.Double, nullable=False),
    )
    op.create_table(
        "endpoint_states",
        sa.Column("endpoint", sa.Uuid, primary_key=True),
        sa.Column("authority", sa.String, nullable=False, index=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("address", sa.Uuid, nullable=False),
        sa.Column("waits", sa.String, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failing_since", sa.Double),
        sa.Column("opens", sa.Double, nullable=False),
        sa.Column("answered", sa.Double),
    )
    op.create_table(
        "delivery_lanes",
        sa.Column("endpoint", sa.Uuid, primary_key=True),
        sa.Column("lane", sa.Uuid, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.Column("head", sa.Integer),
        sa.Column("due", sa.Double, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("parked", sa.Boolean, nullable=False),
    )
    waiting = sa.text("head IS NOT NULL AND parked IS false")
    op.create_index(
        "delivery_lanes_due",
        "delivery_lanes",
        ["endpoint", "due"],
        sqlite_where=sa.text("head IS NOT NULL AND parked IS 0"),
        postgresql_where=waiting,
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("endpoint", sa.Uuid, nullable=False),
        sa.Column("lane", sa.Uuid, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("stream", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("queued", sa.Double, nullable=False),
        sa.Column("done", sa.Double),
        sa.UniqueConstraint("endpoint", "lane", "seq"),
        sa.UniqueConstraint("endpoint", "position"),
    )
    op.create_table(
        "delivery_attempts",
        sa.Column("delivery", sa.Uuid, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("body", sa.String(64), nullable=False),
    )
    op.create_table(
        "endpoint_secrets",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("endpoint", sa.Uuid, nullable=False, index=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("made", sa.Double, nullable=False),
    )
