"""Keys of closed parts: one for each stream, kept in the database wrapped under the master key."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    LargeBinary,
    Table,
    Uuid,
    bindparam,
    func,
    select,
)

from adapters.database import Database, Unavailable, metadata
from adapters.master_key import MasterKey, fingerprint, make_master_key

stream_keys = Table(
    "stream_keys",
    metadata,
    Column("key_id", Uuid, primary_key=True),
    Column("stream", Uuid, nullable=False, unique=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
)
erased_keys = Table(
    "erased_keys",
    metadata,
    Column("key_id", Uuid, primary_key=True),
    Column("stream", Uuid, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
"""Which keys were erased, and when: lines are added only."""
ERASED = select(func.count()).select_from(erased_keys)
ANY = select(stream_keys).limit(1)
# Bound when asked: phrasing the question takes longer than answering it.
OF_STREAM = select(stream_keys).where(stream_keys.c.stream == bindparam("stream"))
BY_ID = select(stream_keys).where(stream_keys.c.key_id == bindparam("key_id"))


class Key(NamedTuple):
    """The key of a stream, ready for use. ``fingerprint`` tells data apart for who has the key."""

    id: UUID
    cipher: AESGCM
    fingerprint: Callable[[bytes], str]


class Keys:
    """Makes, finds and erases the keys of streams. Remembers none, so that what is erased is."""

    def __init__(self, database: Database, file: Path) -> None:
        """Makes the master key where nothing was ever sealed. Raises Unavailable."""
        self._database, self.file = database, file
        if not os.path.exists(file):  # as Path.exists, but False where nobody may look
            self._make_master_key()
        self._master = MasterKey(file)
        self.fingerprint = self._master.fingerprint
        self.wrapped, self.unwrapped = self._master.wrapped, self._master.unwrapped
        with database.read() as db:
            row = db.execute(ANY).one_or_none()
        try:
            if row:
                self._opened(row)
        except (InvalidTag, ValueError):
            what = f"the key in {file} is not the one that closed values here are sealed under"
            raise Unavailable(f"{what}: put the right one back") from None

    def of(self, stream: UUID) -> Key:
        """The key of a stream; where there is none one is made, and on the disk after this."""
        with self._database.read() as db:
            row = db.execute(OF_STREAM, {"stream": stream}).one_or_none()
        if row is None:
            with self._database.write(f"key of {stream}") as db:
                found = db.execute(OF_STREAM, {"stream": stream}).one_or_none()
                row = found or self._made(db, stream)
        return self._opened(row)

    def there(self, stream: UUID) -> Key | None:
        """The key of a stream; None where nothing was sealed in it, or it was erased."""
        with self._database.read() as db:
            row = db.execute(OF_STREAM, {"stream": stream}).one_or_none()
        return self._opened(row) if row else None

    def find(self, key_id: UUID) -> Key | None:
        """None where it was erased. Raises InvalidTag where it does not open."""
        with self._database.read() as db:
            row = db.execute(BY_ID, {"key_id": key_id}).one_or_none()
        return self._opened(row) if row else None

    def was_erased(self, key_id: UUID, stream: UUID) -> bool:
        """Whether the stream had this key, and it was erased."""
        mine = (erased_keys.c.key_id == key_id) & (erased_keys.c.stream == stream)
        with self._database.read() as db:
            return db.execute(select(erased_keys).where(mine)).first() is not None

    def any_erased(self, streams: Collection[UUID]) -> bool:
        """Whether a key of one of these streams was ever erased."""
        with self._database.read() as db:
            query = select(erased_keys).where(erased_keys.c.stream.in_(streams)).limit(1)
            return db.execute(query).first() is not None

    def erase(self, stream: UUID) -> None:
        """No closed value recorded in the stream so far is ever read again; all else still is."""
        now = datetime.now(UTC)
        with self._database.shredding() as db:
            gone = stream_keys.delete().where(stream_keys.c.stream == stream)
            for key_id in db.scalars(gone.returning(stream_keys.c.key_id)).all():
                row = {"key_id": key_id, "stream": stream, "at": now}
                db.execute(erased_keys.insert().values(row))

    def erasures(self) -> int:
        """How many keys were erased: what was opened before another may have to be forgotten."""
        with self._database.read() as db:
            return int(db.execute(ERASED).scalar_one())

    def _make_master_key(self) -> None:
        # Another process that opens the house for the first time waits here.
        with self._database.write("master key") as db:
            if db.execute(ANY).one_or_none():
                what = f"the key file {self.file} is missing, and closed values are sealed under it"
                raise Unavailable(f"{what}: put it back")
            if not os.path.exists(self.file):
                make_master_key(self.file)

    def _made(self, db: Connection, stream: UUID) -> Any:
        key_id, secret = uuid4(), AESGCM.generate_key(bit_length=256)
        values = {
            "key_id": key_id,
            "stream": stream,
            "wrapped": self._master.wrapped(secret, _owner(key_id, stream)),
            "made": datetime.now(UTC),
        }
        return db.execute(stream_keys.insert().values(values).returning(stream_keys)).one()

    def _opened(self, row: Any) -> Key:
        secret = self._master.unwrapped(row.wrapped, _owner(row.key_id, row.stream))
        return Key(row.key_id, AESGCM(secret), lambda data: fingerprint(secret, data))


def _owner(key_id: UUID, stream: UUID) -> bytes:
    return key_id.bytes + stream.bytes
