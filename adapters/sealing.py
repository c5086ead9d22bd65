"""Sealing: the closed values of an event, taken out of it and locked under its stream's key."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from msgspec import Meta, Raw, Struct

from adapters.keys import Key
from adapters.master_key import NONCE
from domain.values import Closed

BLOCK = 64
"""Bytes that a blob is filled up to: its length does not tell how many digits a figure has."""


class Unopened(msgspec.ValidationError):
    """What is sealed here was sealed elsewhere, or has been changed."""


class Sealed(Struct, frozen=True, forbid_unknown_fields=True):
    """The closed values of an event in their order, sealed. Stored as the third of its parts."""

    key: UUID
    nonce: bytes
    sealed: bytes
    cipher: Literal["aes-256-gcm"] = "aes-256-gcm"


class Left(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in the event for a closed value: its place in the list; None if it was erased."""

    closed: Annotated[int, Meta(ge=0)] | None


class Place(NamedTuple):
    """Where an event is stored. What is sealed opens nowhere else."""

    stream: UUID
    version: int
    topic: str

    def __bytes__(self) -> bytes:
        return self.stream.bytes + self.version.to_bytes(8) + self.topic.encode()


encode = msgspec.json.Encoder(decimal_format="string", order="deterministic").encode
"""As events are stored. Raises TypeError where something closed is in it."""
TAIL = b'"cipher":"aes-256-gcm"}]'
_parts = msgspec.json.Decoder(tuple[Raw, Raw, Sealed])
_values = msgspec.json.Decoder(list[str])


def taken_out(data: object) -> tuple[bytes, list[str]]:
    """``data`` as it is stored, and the closed values that were in it, in their order."""
    values: list[str] = []

    def left(one: object) -> Left:
        if not isinstance(one, Closed):
            raise TypeError(f"{type(one).__name__} is not stored")
        if one.value is None:
            return Left(None)
        values.append(one.value)
        return Left(len(values) - 1)

    hooked = msgspec.json.Encoder(enc_hook=left, decimal_format="string", order="deterministic")
    return hooked.encode(data), values


def put_back(values: Sequence[str] | None) -> Callable[[type, Any], Closed]:
    """A hook that makes closed values of what was left for them; of all erased ones for None."""

    def closed(_: type, data: Any) -> Closed:
        number = msgspec.convert(data, Left).closed
        if number is None or values is None:
            return Closed(None)
        if number >= len(values):
            raise ValueError("a closed value is missing")
        return Closed(values[number])

    return closed


def listed(values: Sequence[str]) -> bytes:
    """Raises ValueError for what is no text, without saying what it is."""
    try:
        return encode(values)
    except UnicodeEncodeError:
        raise ValueError("a closed value is no text that could be stored") from None


def is_sealed(state: bytes) -> bool:
    """Told by the end: no event has a last field of this name."""
    return state.endswith(TAIL)


def seal(state: bytes, values: Sequence[str], place: Place, key: Key) -> bytes:
    """The stored form with its closed values."""
    text, nonce = listed(values), os.urandom(NONCE)
    text += b" " * (-len(text) % BLOCK)
    blob = Sealed(key.id, nonce, key.cipher.encrypt(nonce, text, bytes(place)))
    return b"%b,%b]" % (state[:-1], encode(blob))


def unseal(state: bytes, place: Place, find: Callable[[UUID], Key | None]) -> list[str] | None:
    """The closed values of a sealed event; None where its key was erased. Raises Unopened."""
    _, _, blob = _parts.decode(state)
    try:
        if (key := find(blob.key)) is None:
            return None
        return _values.decode(key.cipher.decrypt(blob.nonce, blob.sealed, bytes(place)))
    except (InvalidTag, ValueError):
        raise Unopened(f"what is sealed in {place.topic} was not sealed for this place") from None
