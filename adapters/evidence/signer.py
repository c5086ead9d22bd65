"""Signs checkpoints, and none that does not go on from the last one that it signed.

What it signed last lies in a file of its own, where whoever changes the database does not come.
It is written before the signature is given away: so two that cannot both be true are never signed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from adapters.database import Unavailable
from adapters.disk import replace_file
from adapters.evidence.keyring import Keyring
from adapters.evidence.merkle import consistent
from adapters.evidence.notes import Checkpoint, Malformed, checkpoint, opened, signed


class Refusal(Exception):
    """This is not signed: it contradicts what was signed before, or is not whole. Says why."""


class Signer:
    def __init__(self, keys: Keyring, file: Path) -> None:
        """``file`` holds the last note, once there is one."""
        self.keys, self.file = keys, file

    def last(self) -> Checkpoint | None:
        """What was signed last, by itself. Raises Unavailable."""
        try:
            note = self.file.read_text("utf-8")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unavailable(f"{self.file} cannot be read: {error.strerror}") from None
        try:
            text, by = opened(note, self.keys.known)
            if not by:
                raise Malformed("it is signed with another key")
            return checkpoint(text)
        except ValueError as error:
            raise Unavailable(f"{self.file} is not the last signed checkpoint: {error}") from None

    def goes_on(self, size: int) -> Checkpoint | None:
        """What was signed last, where so many entries may come after it. Raises Refusal,
        Unavailable."""
        last = self.last()
        if last and last.size > size:
            raise Refusal(
                f"{last.size} entries were signed, and of those {size} are there: "
                "the log was cut, or an older copy was put back"
            )
        return last

    def sign(self, one: Checkpoint, proof: Callable[[int], list[bytes]]) -> str:
        """The note; ``proof`` shows that it goes on from a size. Raises Refusal, Unavailable."""
        last = self.goes_on(one.size)
        if last and not _consistent(last, one, proof(last.size)):
            raise Refusal(f"the first {last.size} entries are not those that were signed")
        note = signed(one.text(), self.keys.signing)
        if last != one:
            replace_file(self.file, note)
        return note


def _consistent(last: Checkpoint, one: Checkpoint, proof: list[bytes]) -> bool:
    return consistent(last.size, one.size, last.root, one.root, proof)
