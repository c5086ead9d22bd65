"""How far the log is sealed, and proofs of it, for whoever looks."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from adapters.database import Database
from adapters.evidence.merkle import consistency, inclusion
from adapters.evidence.tables import checkpoints, cosignatures, entries
from adapters.evidence.tree import Missing, Tree

LATEST = select(checkpoints).order_by(checkpoints.c.size.desc()).limit(1)
COSIGNED = (
    select(cosignatures.c.line)
    .where(cosignatures.c.size == bindparam("size"))
    .order_by(cosignatures.c.witness)
)
WITNESSED = select(cosignatures).order_by(cosignatures.c.witness, cosignatures.c.size)


class Sealed(NamedTuple):
    """The latest checkpoint: how many entries it is about, and when it was signed, in UTC."""

    size: int
    at: datetime
    note: str


class Inclusion(NamedTuple):
    """That one entry is under a checkpoint."""

    position: int
    entry: bytes
    proof: Sequence[bytes]
    checkpoint: Sealed

    def text(self) -> str:
        """As C2SP writes it; the entry itself is beside it."""
        head = ["c2sp.org/tlog-proof@v1", f"extra {_base64(self.entry)}"]
        lines = [*head, f"index {self.position - 1}", *map(_base64, self.proof)]
        return "\n".join([*lines, "", self.checkpoint.note])


class Seals:
    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self) -> Sealed | None:
        """With what witnesses have signed under it; None where nothing was signed yet."""
        with self._database.read() as db:
            if (row := db.execute(LATEST).one_or_none()) is None:
                return None
            lines = db.scalars(COSIGNED, {"size": row.size}).all()
        return Sealed(row.size, datetime.fromtimestamp(row.at, UTC), row.note + "".join(lines))

    def witnessed(self) -> Sequence[tuple[str, int, datetime]]:
        """Up to where each witness has signed, and when, in UTC."""
        with self._database.read() as db:
            rows = db.execute(WITNESSED).all()
        latest = {one.witness: one for one in rows}
        return [(o.witness, o.size, datetime.fromtimestamp(o.at, UTC)) for o in latest.values()]

    def inclusion(self, position: int) -> Inclusion | None:
        """Under the latest checkpoint; None for what is not signed yet. Raises Missing."""
        latest = self.latest()
        if latest is None or not 0 < position <= latest.size:
            return None
        with self._database.read() as db:
            entry = db.scalar(select(entries.c.entry).where(entries.c.position == position))
            if entry is None:
                raise Missing(f"entry {position} is missing")
            proof = inclusion(position - 1, latest.size, Tree(db).at)
        return Inclusion(position, entry, proof, latest)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """That the first ``new`` entries begin with the first ``old``. Raises Missing, ValueError
        where there are not so many."""
        with self._database.read() as db:
            tree = Tree(db)
            if new > tree.size:
                raise ValueError(f"there are {tree.size} entries and not {new}")
            return consistency(old, new, tree.at)


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()
