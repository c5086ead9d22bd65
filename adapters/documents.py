"""Papers, kept by the SHA-256 of their bytes: the same paper is kept once, and never changes."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Column, LargeBinary, String, Table, select

from adapters.database import Database, metadata, raw_of

documents = Table(
    "documents",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("media", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
)


class Paper(NamedTuple):
    media: str
    body: bytes


class Documents:
    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, body: bytes, media: str = "text/markdown") -> str:
        """Keeps a paper; its digest is what events refer to."""
        digest = sha256(body).hexdigest()
        row = self._database.insert(documents).values(digest=digest, media=media, body=body)
        with self._database.write() as db:
            db.execute(row.on_conflict_do_nothing())
        return digest

    def get(self, digest: str) -> Paper | None:
        """The paper, if it is here and still what its digest says."""
        query = select(documents.c.media, documents.c.body).where(documents.c.digest == digest)
        with self._database.read() as db:
            row = db.execute(query).one_or_none()
        if row is None or sha256(raw_of(row.body)).hexdigest() != digest:
            return None
        return Paper(row.media, row.body)
