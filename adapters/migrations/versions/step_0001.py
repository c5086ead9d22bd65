"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None

POSTGRES = """
CREATE TABLE stored_events (
  originator_id uuid NOT NULL,
  originator_version bigint NOT NULL,
  topic text NOT NULL,
  state bytea NOT NULL,
  notification_id bigserial UNIQUE,
  PRIMARY KEY (originator_id, originator_version)
);
CREATE INDEX stored_events_topic ON stored_events (topic, notification_id);
CREATE TABLE log_positions (
  position bigint PRIMARY KEY,
  n bigint NOT NULL UNIQUE
);
CREATE TABLE log_settled (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  n bigint NOT NULL
);
INSERT INTO log_settled (n) VALUES (0);
CREATE FUNCTION hand_out_positions(most integer) RETURNS integer LANGUAGE plpgsql
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  settled bigint;
  last bigint;
  given integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('countersign positions', 0)) THEN
    RETURN -1;
  END IF;
  SELECT n INTO settled FROM log_settled;
  SELECT coalesce(max(position), 0) INTO last FROM log_positions;
  INSERT INTO log_positions (position, n)
  SELECT last + row_number() OVER (ORDER BY fresh.n), fresh.n FROM (
    SELECT e.notification_id AS n FROM stored_events e
    WHERE e.notification_id > settled
    AND NOT EXISTS (SELECT FROM log_positions p WHERE p.n > settled AND p.n = e.notification_id)
    ORDER BY e.notification_id LIMIT most
  ) fresh;
  GET DIAGNOSTICS given = ROW_COUNT;
  RETURN given;
END $$;
CREATE SCHEMA read_models;
"""
WHY = "what was read stays on the list"
SQLITE = [
    f"CREATE TRIGGER closed_reads_no_{change.lower()} BEFORE {change} ON closed_reads "
    f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    for change in ("UPDATE", "DELETE")
]
STAYS = f"""
CREATE FUNCTION closed_reads_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION '{WHY}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER closed_reads_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON closed_reads
FOR EACH STATEMENT EXECUTE FUNCTION closed_reads_stay();
"""


def upgrade() -> None:
    db = op.get_bind()
    if db.dialect.name == "postgresql":
        db.exec_driver_sql(POSTGRES)
    op.create_table(
        "checkpoints",
        sa.Column("projection", sa.String, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "parked",
        sa.Column("projection", sa.String, primary_key=True),
        sa.Column("stream", sa.Uuid, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("media", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "people",
        sa.Column("person", sa.Uuid, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("expires", sa.DateTime, nullable=False),
    )
    op.create_table(
        "demo_clocks",
        sa.Column("authority", sa.String, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("holder", sa.Uuid, nullable=False),
        sa.Column("until", sa.Double, nullable=False),
    )
    op.create_table(
        "stream_keys",
        sa.Column("key_id", sa.Uuid, primary_key=True),
        sa.Column("stream", sa.Uuid, nullable=False, unique=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "erased_keys",
        sa.Column("key_id", sa.Uuid, primary_key=True),
        sa.Column("stream", sa.Uuid, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "closed_reads",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("authority", sa.String, nullable=False, index=True),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("post", sa.String, nullable=False),
        sa.Column("deputising", sa.Boolean, nullable=False),
        sa.Column("reference", sa.String, nullable=False),
        sa.Column("report", sa.Uuid, nullable=False),
        sa.Column("what", sa.String, nullable=False),
    )
    for statement in [STAYS] if db.dialect.name == "postgresql" else SQLITE:
        db.exec_driver_sql(statement)
