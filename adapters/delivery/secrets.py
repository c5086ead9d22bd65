"""Addresses and signing keys of endpoints: sealed in the database, opened only to send."""

from __future__ import annotations

import logging
import os
from base64 import b64encode
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct, json
from sqlalchemy import literal_column, select

from adapters.database import Database
from adapters.keys import Keys
from adapters.ledgers.tables import secrets

BYTES = 32
logger = logging.getLogger("countersign.delivery")
CODE = 8


class Signing(Struct, frozen=True):
    """What webhooks are signed with, in the forms of Standard Webhooks: ``whsec_``, ``whsk_``."""

    hmac: str
    ed25519: str = ""


def new_signing(*, asymmetric: bool) -> Signing:
    private = Ed25519PrivateKey.generate().private_bytes_raw() if asymmetric else b""
    hmac = f"whsec_{b64encode(os.urandom(BYTES)).decode()}"
    return Signing(hmac, f"whsk_{b64encode(private).decode()}" if asymmetric else "")


class Secrets:
    def __init__(self, database: Database, keys: Keys) -> None:
        self._database, self._keys = database, keys
        self._now: Any = literal_column(database.seconds)

    def keep_address(self, number: UUID, endpoint: UUID, address: str) -> None:
        self._keep(number, endpoint, "address", address.encode())

    def keep_signing(self, number: UUID, endpoint: UUID, signing: Signing) -> None:
        self._keep(number, endpoint, "signing", json.encode(signing))

    def drop(self, number: UUID) -> None:
        """What nothing on record names."""
        with self._database.write() as db:
            db.execute(secrets.delete().where(secrets.c.id == number))

    def address(self, number: UUID) -> str | None:
        """A URL or an e-mail address; None where it is gone. Raises Unavailable."""
        found = self._found(number)
        return found[0].decode() if found else None

    def signing(self, number: UUID) -> tuple[Signing, float] | None:
        """With its age in seconds; None where it is gone. Raises Unavailable."""
        found = self._found(number)
        return (json.decode(found[0], type=Signing), found[1]) if found else None

    def code(self, address: UUID) -> str:
        """What proves that something sent to an address was read there: the same every time."""
        return self._keys.fingerprint(b"verification " + address.bytes)[:CODE].upper()

    def _keep(self, number: UUID, endpoint: UUID, kind: str, value: bytes) -> None:
        sealed = self._keys.wrapped(value, _owner(number, endpoint))
        row = {"id": number, "endpoint": endpoint, "kind": kind, "sealed": sealed}
        known = self._database.insert(secrets).values(**row, made=self._now)
        with self._database.write() as db:
            db.execute(known.on_conflict_do_nothing())

    def _found(self, number: UUID) -> tuple[bytes, float] | None:
        age = (self._now - secrets.c.made).label("age")
        query = select(secrets, age).where(secrets.c.id == number)
        with self._database.read() as db:
            row = db.execute(query).one_or_none()
        if row is None:
            return None
        try:
            return self._keys.unwrapped(row.sealed, _owner(row.id, row.endpoint)), float(row.age)
        except (InvalidTag, ValueError):
            # As if it were gone: one that is spoilt is no reason to deliver nothing to others.
            logger.error("an address or key of endpoint %s cannot be opened", row.endpoint)
            return None


def _owner(number: UUID, endpoint: UUID) -> bytes:
    return b"endpoint" + number.bytes + endpoint.bytes
