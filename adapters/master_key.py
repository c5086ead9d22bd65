"""The master key: in a file apart from the database, it opens the keys that lie there."""

from __future__ import annotations

import hmac
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from adapters.database import Unavailable
from adapters.disk import sync

NONCE = 12
"""Bytes of a nonce of AES-GCM, which is drawn anew for whatever is sealed."""


class MasterKey:
    """Wraps keys, and gives fingerprints that only its owner can make."""

    def __init__(self, file: Path) -> None:
        """Raises Unavailable where the file cannot be read, or holds no key."""
        try:
            secret = bytes.fromhex(file.read_text("ascii"))
        except OSError as error:
            raise Unavailable(f"the key file {file} cannot be read: {error.strerror}") from None
        except ValueError:
            secret = b""
        if len(secret) != 32:
            raise Unavailable(f"the key file {file} holds no key, which is 64 hexadecimal digits")
        self._wrapping = AESGCM(_derived(secret, b"countersign stream keys"))
        self._telling_apart = _derived(secret, b"countersign command ids")

    def wrapped(self, secret: bytes, of: bytes) -> bytes:
        """Nonce and ciphertext. It opens again only as what it is the secret of."""
        nonce = os.urandom(NONCE)
        return nonce + self._wrapping.encrypt(nonce, secret, of)

    def unwrapped(self, wrapped: bytes, of: bytes) -> bytes:
        """Raises InvalidTag where it was wrapped under another key, or is of something else."""
        return self._wrapping.decrypt(wrapped[:NONCE], wrapped[NONCE:], of)

    def fingerprint(self, data: bytes) -> str:
        """Without the key nobody can try out what the data might have been."""
        return hmac.digest(self._telling_apart, data, "sha256").hex()


def fingerprint(secret: bytes, data: bytes) -> str:
    """Of data, by the secret of a key that is erased one day: then nobody can try it out."""
    return hmac.digest(_derived(secret, b"countersign fingerprints"), data, "sha256").hex()


def make_master_key(file: Path) -> None:
    """A new key in a file that only its owner reads, whole or not there. Raises Unavailable."""
    try:
        with NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}.", delete=False) as one:
            one.write(os.urandom(32).hex() + "\n")
            one.flush()
            os.fsync(one.fileno())
        os.replace(one.name, file)
        sync(file.parent)
    except OSError as error:
        raise Unavailable(f"the key file {file} cannot be made: {error.strerror}") from None


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(secret)
