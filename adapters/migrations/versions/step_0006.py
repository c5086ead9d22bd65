"""Time stamps: what an authority elsewhere said of a checkpoint."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    op.create_table(
        "sealed_stamps",
        sa.Column("size", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("stamp", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )
