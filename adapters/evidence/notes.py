"""Signed notes and checkpoints, as C2SP describes them, so that others' tools read them too.

A note is text with lines of signatures after it. A checkpoint is a note of three lines: which log,
how many entries, and the root of their tree. A cosignature, of a witness, has its time in it.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE, COSIGNATURE = 1, 4
"""The kinds of keys: of a log, and of a witness."""
PRIVATE = "PRIVATE+KEY+"
DASH = "\u2014 "


class Malformed(ValueError):
    """This is no note, no checkpoint or no key. Says why."""


class PublicKey(NamedTuple):
    """What signatures of a name are checked with."""

    name: str
    kind: int
    raw: bytes

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.raw).digest()[:4]

    def text(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(bytes([self.kind]) + self.raw)}"

    def signed_at(self, text: str, signature: bytes) -> int | None:
        """In seconds since 1970, 0 where that is not told; None where it was not signed."""
        message, at = text.encode(), 0
        if self.kind == COSIGNATURE:
            at, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = _cosigned(text, at)
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return None
        return at


class PrivateKey(NamedTuple):
    """What notes are signed with in a name."""

    name: str
    kind: int
    seed: bytes

    @property
    def public(self) -> PublicKey:
        raw = self._pair().public_key().public_bytes_raw()
        return PublicKey(self.name, self.kind, raw)

    def text(self) -> str:
        secret = _base64(bytes([self.kind]) + self.seed)
        return f"{PRIVATE}{self.name}+{self.public.id.hex()}+{secret}"

    def line(self, text: str, at: int = 0) -> str:
        """The signature of a note; ``at`` is the time of a cosignature, in seconds since 1970."""
        if self.kind == COSIGNATURE:
            signature = at.to_bytes(8, "big") + self._pair().sign(_cosigned(text, at))
        else:
            signature = self._pair().sign(text.encode())
        return f"{DASH}{self.name} {_base64(self.public.id + signature)}\n"

    def _pair(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


class Checkpoint(NamedTuple):
    """How much of a log there is, and the root of the tree of all of it."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


def new_key(name: str, kind: int = SIGNATURE) -> PrivateKey:
    return PrivateKey(checked_name(name), kind, os.urandom(32))


def private_key(text: str) -> PrivateKey:
    """Raises Malformed."""
    if not text.startswith(PRIVATE):
        raise Malformed("a private key begins with PRIVATE+KEY+")
    name, number, kind, seed = _key(text.removeprefix(PRIVATE))
    found = PrivateKey(name, kind, seed)
    if found.public.id != number:
        raise Malformed(f"the private key of {name} is not whole")
    return found


def public_key(text: str) -> PublicKey:
    """Raises Malformed."""
    name, number, kind, raw = _key(text)
    found = PublicKey(name, kind, raw)
    if found.id != number:
        raise Malformed(f"the public key of {name} is not whole")
    return found


def signed(text: str, keys: Sequence[PrivateKey]) -> str:
    """A note with a line of each key."""
    return f"{text}\n{''.join(key.line(text) for key in keys)}"


def cosigned(note: str, key: PrivateKey, at: int) -> str:
    """The same note with one more line."""
    return note + key.line(parts(note)[0], at)


def opened(note: str, keys: Collection[PublicKey]) -> tuple[str, Mapping[PublicKey, int]]:
    """The text, and which of the keys signed it, and when. Raises Malformed.

    A line of a key that is not known says nothing; one of a known key that does not fit is refused.
    """
    text, lines = parts(note)
    found = {}
    for name, number, signature in lines:
        for key in keys:
            if (key.name, key.id) != (name, number):
                continue
            at = key.signed_at(text, signature)
            if at is None:
                raise Malformed(f"the signature of {name} is not of this text")
            found[key] = at
    return text, found


def parts(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """Its text, and of each line the name, the number of the key and the signature."""
    text, gap, lines = note.rpartition("\n\n")
    if not gap or not lines.endswith("\n") or any(ord(c) < 32 and c != "\n" for c in note):
        raise Malformed("this is no signed note")
    return text + "\n", [_line(one) for one in lines[:-1].split("\n")]


def checkpoint(text: str) -> Checkpoint:
    """Raises Malformed."""
    origin, size, root, *_ = [*text.split("\n"), "", ""]
    if not origin or not text.endswith("\n") or not _is_number(size):
        raise Malformed("this is no checkpoint")
    raw = _raw(root)
    if len(raw) != 32:
        raise Malformed("the root of a checkpoint has 32 bytes")
    return Checkpoint(origin, int(size), raw)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20 and str(int(text)) == text


def _line(line: str) -> tuple[str, bytes, bytes]:
    name, gap, signature = line.removeprefix(DASH).partition(" ")
    raw = _raw(signature)
    if not line.startswith(DASH) or not gap or not name or len(raw) < 5:
        raise Malformed("this is no line of a signature")
    return name, raw[:4], raw[4:]


def _key(text: str) -> tuple[str, bytes, int, bytes]:
    name, number, raw = [*text.strip().split("+", 2), "", ""][:3]
    key = _raw(raw)
    if len(key) != 33 or key[0] not in (SIGNATURE, COSIGNATURE) or len(number) != 8:
        raise Malformed("this is no key of signed notes")
    try:
        return checked_name(name), bytes.fromhex(number), key[0], key[1:]
    except ValueError:
        raise Malformed("this is no key of signed notes") from None


def checked_name(name: str) -> str:
    """Of a key or a log. Raises Malformed."""
    if not name or "+" in name or any(one.isspace() or not one.isprintable() for one in name):
        raise Malformed("the name of a key holds no spaces and no plus sign")
    return name


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()


def _raw(text: str) -> bytes:
    try:
        found = b64decode(text, validate=True)
    except ValueError:
        raise Malformed("this is no base64") from None
    if _base64(found) != text:
        raise Malformed("this is no base64 as it is written")
    return found
