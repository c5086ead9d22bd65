"""The keys of the sealed log: those that sign, and those that have signed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from adapters.database import Unavailable
from adapters.disk import sync
from adapters.evidence.notes import (
    PRIVATE,
    Malformed,
    PrivateKey,
    PublicKey,
    new_key,
    private_key,
    public_key,
)


class Keyring(NamedTuple):
    """Each of ``signing`` signs each checkpoint; ``retired`` keys have signed earlier ones."""

    signing: tuple[PrivateKey, ...]
    retired: tuple[PublicKey, ...] = ()

    @property
    def origin(self) -> str:
        """The name of the log, which all of its keys have."""
        return self.signing[0].name

    @property
    def known(self) -> tuple[PublicKey, ...]:
        return *(one.public for one in self.signing), *self.retired


def keyring(text: str) -> Keyring:
    """A key on each line: private ones sign, public ones are retired. Raises Malformed."""
    lines = [one.strip() for one in text.splitlines() if one.strip()]
    signing = tuple(private_key(one) for one in lines if one.startswith(PRIVATE))
    retired = tuple(public_key(one) for one in lines if not one.startswith(PRIVATE))
    if not signing:
        raise Malformed("there is no private key among the keys of the sealed log")
    if {one.name for one in signing} | {one.name for one in retired} != {signing[0].name}:
        raise Malformed("the keys of a sealed log all have its name")
    return Keyring(signing, retired)


def read(file: Path) -> Keyring:
    """Raises Unavailable."""
    try:
        return keyring(file.read_text("utf-8"))
    except OSError as error:
        why = f"cannot be read: {error.strerror}"
    except ValueError as error:
        why = f"is no file of keys: {error}"
    raise Unavailable(f"the seal key file {file} {why}")


def make(file: Path, origin: str) -> Keyring:
    """A new key in a file that only its owner reads. Raises Unavailable, Malformed."""
    key = new_key(origin)
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w") as one:
            one.write(f"{key.text()}\n")
        sync(file)
        sync(file.parent)
    except OSError as error:
        raise Unavailable(f"the seal key file {file} cannot be made: {error.strerror}") from None
    return Keyring((key,))
