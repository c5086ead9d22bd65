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

from adapters.database import Database, Unavailable, metadata, raw_of
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


class Changed(Exception):
    """What is kept of a screen is not what it was. Says how."""


CAPSULE, SHOWN, LAYERS = learned(Capsule), learned(Shown), learned(_Layers)


def digest_of(capsule: Capsule) -> str:
    return sha256(encode(capsule)).hexdigest()


class Capsules:
    """All of them raise Unavailable."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database, self._keys = database, keys

    def hidden(self, shown: Shown, streams: Iterable[UUID]) -> Hidden:
        """The mark of what is shown, closed parts included."""
        whose = tuple(sorted(set(streams)))
        return Hidden(whose, _fingerprint(shown, self._of(whose)))

    def put(self, capsule: Capsule, shown: Shown) -> str:
        """Keeps it, once: its digest. ``shown`` is with closed parts, if there were any."""
        digest, sealed = digest_of(capsule), None
        if capsule.hidden:
            sealed = _sealed(shown, self._of(capsule.hidden.streams), digest)
        values = {"digest": digest, "body": encode(capsule), "hidden": sealed}
        row = self._database.insert(capsules).values(values)
        with self._database.write() as db:
            db.execute(row.on_conflict_do_nothing())
        return digest

    def get(self, digest: str) -> Capsule | None:
        """If it is here, and still what its digest says."""
        body = self.raw(digest)
        return msgspec.json.decode(body, type=CAPSULE) if body else None

    def raw(self, digest: str) -> bytes | None:
        """Its bytes as they are kept, whatever this program would write; None as for ``get``."""
        row = self._row(digest)
        body = raw_of(row.body) if row else b""
        return body if sha256(body).hexdigest() == digest else None

    def opened(self, digest: str, capsule: Capsule) -> Shown | None:
        """What showed closed parts; None where a key of them was erased.

        Raises Changed where it is not what was shown, for any other reason.
        """
        hidden, row = capsule.hidden, self._row(digest)
        if hidden is None or row is None or row.hidden is None:
            raise Changed("what showed closed parts is not here")
        try:
            layers = msgspec.json.decode(raw_of(row.hidden), type=LAYERS)
            whose = list(zip(layers.keys, hidden.streams, strict=True))
        except ValueError:
            raise Changed("what showed closed parts is no longer what was sealed") from None
        try:
            keys = [self._keys.find(key_id) for key_id, _ in whose]
        except InvalidTag:
            raise Changed("the keys of what showed closed parts are not what they were") from None
        for key, one in zip(keys, whose, strict=True):
            if key is None and not self._keys.was_erased(*one):
                raise Changed("what showed closed parts names keys that never were")
        there = [one for one in keys if one]
        if len(there) < len(keys):
            return None
        shown = _unsealed(layers.sealed, there, digest)
        if shown is None or _fingerprint(shown, there) != hidden.fingerprint:
            raise Changed("what showed closed parts is not what was shown")
        return shown

    def _row(self, digest: str) -> Any:
        query = select(capsules.c.body, capsules.c.hidden).where(capsules.c.digest == digest)
        with self._database.read() as db:
            return db.execute(query).one_or_none()

    def _of(self, streams: Sequence[UUID]) -> list[Key]:
        """The keys of all of them; without one nothing is kept that could not be opened again."""
        found = [key for one in streams if (key := self._keys.there(one))]
        if len(found) < len(streams):
            raise Unavailable("closed parts of this are being erased")
        return found


def _unsealed(text: bytes, keys: Sequence[Key], digest: str) -> Shown | None:
    """None where it was not sealed so."""
    try:
        for key in reversed(keys):
            text = key.cipher.decrypt(text[:NONCE], text[NONCE:], digest.encode())
        return msgspec.json.decode(text, type=SHOWN)
    except (InvalidTag, ValueError):
        return None


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
