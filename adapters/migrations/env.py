"""What Alembic runs: the missing steps, in the transaction that it was handed."""

from __future__ import annotations

from alembic import context

db = context.config.attributes["connection"]
if db.dialect.name == "postgresql":
    db.exec_driver_sql("SET LOCAL search_path = public")
context.configure(connection=db)
context.run_migrations()
