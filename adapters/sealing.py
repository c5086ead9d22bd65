"""Sealing: closed values, taken out of an event and locked under the keys of whose they are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from msgspec import Meta, Raw, Struct

from adapters.keys import Key
from adapters.master_key import NONCE
from domain.reading import learned
from domain.values import Closed

BLOCK = 64
"""Bytes that a blob is filled up to: its length does not tell how many digits a figure has."""


class Unopened(msgspec.ValidationError):
    """What is sealed here was sealed elsewhere, or has been changed."""


class Sealed(Struct, frozen=True, forbid_unknown_fields=True):
    """Closed values of an event by their places in it, sealed under one key.

    The third of an event's parts is a list of these: one for each procurement that has some.
    """

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
TAIL = b'"cipher":"aes-256-gcm"}]]'
_parts = msgspec.json.Decoder(tuple[Raw, Raw, tuple[Sealed, ...]])
_values = msgspec.json.Decoder(dict[int, str])
LEFT = learned(Left)


class Found(NamedTuple):
    """What was sealed, by its places in the event, as far as keys are there."""

    values: Mapping[int, str]
    erased: bool
    """Whether the key of some of it is not."""


def taken_out(data: object) -> tuple[bytes, list[Closed]]:
    """``data`` as it is stored, and the closed values that were in it, in their order."""
    values: list[Closed] = []

    def left(one: object) -> Left:
        if not isinstance(one, Closed):
            raise TypeError(f"{type(one).__name__} is not stored")
        values.append(one)
        return Left(None if one.value is None else len(values) - 1)

    hooked = msgspec.json.Encoder(enc_hook=left, decimal_format="string", order="deterministic")
    return hooked.encode(data), values


def put_back(found: Found) -> Callable[[type, Any], Closed]:
    """A hook that makes closed values of what was left for them; what was erased holds None."""

    def closed(_: type, data: Any) -> Closed:
        number = msgspec.convert(data, LEFT).closed
        if number is not None and number not in found.values and not found.erased:
            raise ValueError("a closed value is missing")
        return Closed(None if number is None else found.values.get(number))

    return closed


def listed(values: Iterable[Closed]) -> bytes:
    """Raises ValueError for what is no text, without saying what it is."""
    return _written([one.value for one in values])


def _written(values: object) -> bytes:
    try:
        return encode(values)
    except UnicodeEncodeError:
        raise ValueError("a closed value is no text that could be stored") from None


def is_sealed(state: bytes) -> bool:
    """Told by the end: no event has a last field of this name."""
    return state.endswith(TAIL)


def seal(state: bytes, parts: Iterable[tuple[Key, Mapping[int, str]]], place: Place) -> bytes:
    """The stored form with its closed values, each part of them under a key."""
    return b"%b,%b]" % (state[:-1], encode([_sealed(*one, place) for one in parts]))


def _sealed(key: Key, values: Mapping[int, str], place: Place) -> Sealed:
    text = _written({str(number): one for number, one in values.items()})
    nonce = os.urandom(NONCE)
    text += b" " * (-len(text) % BLOCK)
    return Sealed(key.id, nonce, key.cipher.encrypt(nonce, text, bytes(place)))


def unseal(state: bytes, place: Place, find: Callable[[UUID], Key | None]) -> Found:
    """The closed values of a sealed event whose keys are there. Raises Unopened."""
    _, _, blobs = _parts.decode(state)
    values: dict[int, str] = {}
    erased = False
    try:
        for blob in blobs:
            if key := find(blob.key):
                text = key.cipher.decrypt(blob.nonce, blob.sealed, bytes(place))
                values |= _values.decode(text)
            else:
                erased = True
    except (InvalidTag, ValueError):
        raise Unopened(f"what is sealed in {place.topic} was not sealed for this place") from None
    return Found(values, erased)
