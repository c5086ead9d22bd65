"""Entries of the sealed log: what each says of an event, and nothing of what is in it.

An entry is JSON as RFC 8785 writes it, so that anybody makes the same bytes of the same event. It
names the bytes as they are stored by their SHA-256: of what is closed those are ciphertext, with
a salt of its own, so that nothing can be guessed and an erasure changes no entry.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import NamedTuple


class Event(NamedTuple):
    """As it lies in the store."""

    position: int
    stream: str
    """As a UUID is written."""
    version: int
    kind: str
    state: bytes


class Entry(NamedTuple):
    position: int
    stream: str
    version: int
    kind: str
    sha256: str


def entry_of(event: Event) -> Entry:
    position, stream, version, kind, state = event
    return Entry(position, stream, version, kind, sha256(state).hexdigest())


def written(entry: Entry) -> bytes:
    """Sorted by names, numbers as text: kinds, ids and digests hold nothing that is escaped."""
    position, stream, version, kind, digest = entry
    return (
        f'{{"kind":"{kind}","position":"{position}","sha256":"{digest}",'
        f'"stream":"{stream}","v":"1","version":"{version}"}}'
    ).encode()


def read(raw: bytes) -> Entry | None:
    """None where these are not the bytes of an entry."""
    try:
        said = json.loads(raw)
        found = Entry(
            int(said["position"]),
            said["stream"],
            int(said["version"]),
            said["kind"],
            said["sha256"],
        )
    except (ValueError, TypeError, KeyError):
        return None
    return found if written(found) == raw else None
