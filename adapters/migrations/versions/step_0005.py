"""What was tried and refused: lines are added and counted, never changed or taken out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0005", "0004"

WHY = "what was refused stays on the list"
FIXED = ("same", "at", "authority", "person", "post", "deputising", "what", "reference", "rules")
SQLITE = (
    "CREATE TRIGGER refused_attempts_no_delete BEFORE DELETE ON refused_attempts "
    f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END",
    f"CREATE TRIGGER refused_attempts_no_update BEFORE UPDATE OF number, {', '.join(FIXED)} "
    f"ON refused_attempts BEGIN SELECT RAISE(ABORT, '{WHY}'); END",
    "CREATE TRIGGER refused_attempts_count_on BEFORE UPDATE ON refused_attempts "
    "WHEN NEW.times <= OLD.times OR NEW.last < OLD.last "
    f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END",
)
POSTGRES = (
    f"""
CREATE FUNCTION refused_attempts_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION '{WHY}' USING ERRCODE = 'integrity_constraint_violation';
END $$
""",
    "CREATE TRIGGER refused_attempts_stay BEFORE DELETE OR TRUNCATE ON refused_attempts "
    "FOR EACH STATEMENT EXECUTE FUNCTION refused_attempts_stay()",
    f"CREATE TRIGGER refused_attempts_no_update BEFORE UPDATE OF number, {', '.join(FIXED)} "
    "ON refused_attempts FOR EACH STATEMENT EXECUTE FUNCTION refused_attempts_stay()",
    "CREATE TRIGGER refused_attempts_count_on BEFORE UPDATE ON refused_attempts FOR EACH ROW "
    "WHEN (NEW.times <= OLD.times OR NEW.last < OLD.last) "
    "EXECUTE FUNCTION refused_attempts_stay()",
)


def upgrade() -> None:
    op.create_table(
        "refused_attempts",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("same", sa.String(64), nullable=False, unique=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("last", sa.DateTime, nullable=False),
        sa.Column("times", sa.BigInteger, nullable=False),
        sa.Column("authority", sa.String, nullable=False),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("post", sa.String, nullable=False),
        sa.Column("deputising", sa.Boolean, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("reference", sa.String, nullable=False),
        sa.Column("rules", sa.String, nullable=False),
    )
    op.create_index("refused_attempts_of", "refused_attempts", ["authority", "number"])
    op.create_index("refused_attempts_by", "refused_attempts", ["person", "at"])
    db = op.get_bind()
    for statement in POSTGRES if db.dialect.name == "postgresql" else SQLITE:
        db.exec_driver_sql(statement)
