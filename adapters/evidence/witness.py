"""A witness: cosigns a checkpoint only where it is proved that it goes on from the one before.

What it has seen lies in files of its own, one for each log. It answers as C2SP describes it
(tlog-witness), so that witnesses of others can be asked, and this one by other logs.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from adapters.database import Unavailable
from adapters.disk import replace_file
from adapters.evidence.merkle import EMPTY, consistent
from adapters.evidence.notes import (
    Checkpoint,
    Malformed,
    PrivateKey,
    PublicKey,
    checkpoint,
    cosigned,
    opened,
)

LONGEST = 64 * 1024
MOST_HASHES = 63
SIZE = "text/x.tlog.size"
PLAIN = "text/plain; charset=utf-8"


class Reply(NamedTuple):
    """An answer of HTTP."""

    status: int
    body: str
    media: str = PLAIN


class Asked(NamedTuple):
    """That a checkpoint goes on from ``old`` entries, and the note of it."""

    old: int
    proof: list[bytes]
    note: str

    def text(self) -> str:
        lines = "".join(f"{b64encode(one).decode()}\n" for one in self.proof)
        return f"old {self.old}\n{lines}\n{self.note}"


class Witness:
    def __init__(self, key: PrivateKey, logs: Collection[PublicKey], folder: Path) -> None:
        """Of ``logs`` it knows the keys; what it saw of them lies in the ``folder``."""
        self._key, self._logs, self._folder = key, logs, folder
        self._lock = Lock()

    def file(self, origin: str) -> Path:
        """Where the last checkpoint of a log lies, with our signature under it."""
        return self._folder / f"{sha256(origin.encode()).hexdigest()}.checkpoint"

    def seen(self, origin: str) -> Checkpoint:
        """The last one, by what it signed itself. Raises Unavailable where that is spoilt."""
        try:
            note = self.file(origin).read_text("utf-8")
        except FileNotFoundError:
            return Checkpoint(origin, 0, EMPTY)
        except (OSError, UnicodeDecodeError) as error:
            raise Unavailable(f"{self.file(origin)} cannot be read: {error}") from None
        try:
            text, by = opened(note, [self._key.public])
            found = checkpoint(text)
            if not by or found.origin != origin:
                raise Malformed("it is not what this witness signed")
        except ValueError as error:
            raise Unavailable(f"{self.file(origin)} is spoilt: {error}") from None
        return found

    def add(self, body: str, at: int) -> Reply:
        """What somebody asks for at a time, in seconds since 1970. Raises Unavailable."""
        try:
            asked = read(body)
            text, _ = opened(asked.note, ())
            new = checkpoint(text)
        except ValueError as error:
            return Reply(400, f"{error}\n")
        if not (keys := [one for one in self._logs if one.name == new.origin]):
            return Reply(404, "this log is not known here\n")
        try:
            signed = bool(opened(asked.note, keys)[1])
        except Malformed:
            signed = False
        if not signed:
            return Reply(403, "the checkpoint is not signed with a key of this log\n")
        if asked.old > new.size:
            return Reply(400, "a log does not become shorter\n")
        with self._lock:
            return self._decided(asked, new, at)

    def _decided(self, asked: Asked, new: Checkpoint, at: int) -> Reply:
        last = self.seen(new.origin)
        if asked.old != last.size or (last.size == new.size and last.root != new.root):
            return Reply(409, f"{last.size}\n", SIZE)
        if not consistent(last.size, new.size, last.root, new.root, asked.proof):
            return Reply(422, "the proof does not show that it goes on from the last one\n")
        replace_file(self.file(new.origin), cosigned(asked.note, self._key, at))
        return Reply(200, self._key.line(new.text(), at))


def read(body: str) -> Asked:
    """Raises Malformed."""
    head, gap, note = body.partition("\n\n")
    first, *proof = head.split("\n")
    word, _, size = first.partition(" ")
    if not gap or word != "old" or not (size.isascii() and size.isdigit() and len(size) < 20):
        raise Malformed("it begins with “old” and a size, and has an empty line before the note")
    if len(proof) > MOST_HASHES:
        raise Malformed(f"no proof has more than {MOST_HASHES} hashes")
    try:
        hashes = [b64decode(one, validate=True) for one in proof]
    except ValueError:
        raise Malformed("the hashes are written in base64") from None
    return Asked(int(size), hashes, note)
