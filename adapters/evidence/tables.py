"""Where the sealed log is kept: rows are added only. It is a ledger, which no rebuild names."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Integer, LargeBinary, String, Table, Text

from adapters.database import metadata

entries = Table(
    "sealed_entries",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("entry", LargeBinary, nullable=False),
)
"""The leaf of a position has the index before it: positions begin with 1."""
tiles = Table(
    "sealed_tiles",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False),
    Column("root", LargeBinary, nullable=False),
)
"""256 hashes one after the other, as C2SP has them; only those that are full."""
checkpoints = Table(
    "sealed_checkpoints",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
    Column("at", Double, nullable=False),
)
"""``at`` is when it was signed, in seconds since 1970 by the clock of the database."""
cosignatures = Table(
    "sealed_cosignatures",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("witness", String, primary_key=True),
    Column("line", Text, nullable=False),
    Column("at", Double, nullable=False),
)
"""What witnesses have signed under the checkpoint of this size, each a line of the note."""
stamps = Table(
    "sealed_stamps",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("stamp", LargeBinary, nullable=False),
    Column("at", Double, nullable=False),
)
"""An authority’s answer about the checkpoint of this size, as RFC 3161 has it."""
