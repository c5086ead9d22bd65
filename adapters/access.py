"""Who may do what in PostgreSQL: the program adds events, and can neither change nor remove one."""

from __future__ import annotations

from adapters.database import Database

ROLE = "countersign_app"
"""What the program's own login is a member of; the tables belong to whoever migrates."""
MAKE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
    CREATE ROLE {ROLE} NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
ADDED_TO = (
    *("stored_events", "log_positions", "closed_reads", "erased_keys", "delivery_attempts"),
    *("sealed_entries", "sealed_tiles", "sealed_checkpoints", "sealed_cosignatures"),
    *("sealed_stamps", "capsules", "refused_attempts"),
)
KEPT = (
    *("checkpoints", "parked", "documents", "people", "sessions", "demo_clocks", "stream_keys"),
    *("log_settled", "leases", "ledger_positions", "ledger_unread", "endpoint_states"),
    *("delivery_lanes", "deliveries", "endpoint_secrets"),
)
GRANTS = (
    f"GRANT USAGE ON SCHEMA public TO {ROLE}",
    f"GRANT SELECT ON alembic_version TO {ROLE}",
    f"GRANT SELECT, INSERT ON {', '.join(ADDED_TO)} TO {ROLE}",
    f"GRANT UPDATE (times, last) ON refused_attempts TO {ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(KEPT)} TO {ROLE}",
    f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE}",
    f"GRANT EXECUTE ON FUNCTION hand_out_positions TO {ROLE}",
    f"GRANT USAGE, CREATE ON SCHEMA read_models TO {ROLE}",
)


def grant(database: Database) -> None:
    """Gives the role what it needs and no more. Safe to do again. Raises Unavailable."""
    with database.write("migrations") as db:
        for statement in (MAKE, *GRANTS):
            db.exec_driver_sql(statement)
