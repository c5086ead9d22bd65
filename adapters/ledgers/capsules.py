"""Capsules of decisions, kept by their digest: never changed, and never made anew from the log.

What anybody may read lies open. What showed closed parts is sealed under the key of each
procurement that they belong to, so that it goes with the first of them that is erased.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from msgspec import Struct
from sqlalchemy import Column, LargeBinary, String, Table, select

from adapters.database import Database, metadata, raw_of
from adapters.keys import Key, Keys
from adapters.master_key import NONCE
from adapters.sealing import encode
from domain.reading import learned
from projections.capsule import Capsule, Hidden, Shown

capsules = Table(
    "capsules",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("hidden", LargeBinary),
)


class _Layers(Struct, frozen=True):
    """Sealed under one key after the other: all of them open it, the last one first."""

    keys: tuple[UUID, ...]
    sealed: bytes


CAPSULE, SHOWN, LAYERS = learned(Capsule), learned(Shown), learned(_Layers)


def digest_of(capsule: Capsule) -> str:
    return sha256(encode(capsule)).hexdigest()


class Capsules:
    """All of them raise Unavailable."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database, self._keys = database, keys

    def hidden(self, shown: Shown, streams: Iterable[UUID]) -> Hidden | None:
        """The mark of what is shown, closed parts included; None once a key of them is gone."""
        whose = tuple(sorted(set(streams)))
        keys = self._of(whose)
        return Hidden(whose, _fingerprint(shown, keys)) if keys else None

    def put(self, capsule: Capsule, shown: Shown) -> str:
        """Keeps it, once: its digest. ``shown`` is with closed parts, if there were any."""
        digest, sealed = digest_of(capsule), None
        if capsule.hidden and (keys := self._of(capsule.hidden.streams)):
            sealed = _sealed(shown, keys, digest)
        values = {"digest": digest, "body": encode(capsule), "hidden": sealed}
        row = self._database.insert(capsules).values(values)
        with self._database.write() as db:
            db.execute(row.on_conflict_do_nothing())
        return digest

    def get(self, digest: str) -> Capsule | None:
        """If it is here, and still what its digest says."""
        row = self._row(digest)
        if row is None or sha256(raw_of(row.body)).hexdigest() != digest:
            return None
        return msgspec.json.decode(row.body, type=CAPSULE)

    def opened(self, digest: str, capsule: Capsule) -> Shown | None:
        """What showed closed parts; None where some were erased, or it is not what was shown."""
        row = self._row(digest)
        if row is None or row.hidden is None or capsule.hidden is None:
            return None
        try:
            layers = msgspec.json.decode(row.hidden, type=LAYERS)
        except msgspec.DecodeError:
            return None
        keys = [self._keys.find(one) for one in layers.keys]
        there = [one for one in keys if one]
        if len(there) < len(keys):
            return None
        text = layers.sealed
        try:
            for key in reversed(there):
                text = key.cipher.decrypt(text[:NONCE], text[NONCE:], digest.encode())
        except InvalidTag:
            return None
        shown = msgspec.json.decode(text, type=SHOWN)
        return shown if _fingerprint(shown, there) == capsule.hidden.fingerprint else None

    def _row(self, digest: str) -> Any:
        query = select(capsules.c.body, capsules.c.hidden).where(capsules.c.digest == digest)
        with self._database.read() as db:
            return db.execute(query).one_or_none()

    def _of(self, streams: Iterable[UUID]) -> list[Key]:
        """The keys of all of them, or none."""
        found = [self._keys.there(one) for one in streams]
        return [one for one in found if one] if all(found) else []


def _fingerprint(shown: Shown, keys: Sequence[Key]) -> str:
    """It takes every key to make it."""
    text = encode(shown)
    for key in keys:
        text = key.fingerprint(text).encode()
    return text.decode()


def _sealed(shown: Shown, keys: Sequence[Key], digest: str) -> bytes:
    text = encode(shown)
    for key in keys:
        nonce = os.urandom(NONCE)
        text = nonce + key.cipher.encrypt(nonce, text, digest.encode())
    return encode(_Layers(tuple(one.id for one in keys), text))
