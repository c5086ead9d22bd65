"""Time stamps (RFC 3161): an authority elsewhere says when a checkpoint was there at the latest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)
from sqlalchemy import Connection, literal_column, select

from adapters.database import Database, raw_of
from adapters.evidence.asking import Away, posted
from adapters.evidence.findings import Finding, Kind
from adapters.evidence.seals import Seals
from adapters.evidence.tables import checkpoints, stamps

ASKS, ANSWERS = "application/timestamp-query", "application/timestamp-reply"
LATEST = select(stamps.c.size, stamps.c.at).order_by(stamps.c.size.desc()).limit(1)
STAMPED = (
    select(stamps.c.size, stamps.c.stamp, checkpoints.c.note)
    .outerjoin(checkpoints, stamps.c.size == checkpoints.c.size)
    .order_by(stamps.c.size)
)


class Stamped(NamedTuple):
    """So many entries were sealed at this moment, in UTC, or before it."""

    size: int
    at: datetime


class Authority(NamedTuple):
    """Where time stamps are asked for, whose certificates are believed, and how often."""

    url: str
    roots: Sequence[Certificate]
    every: timedelta


class Stamper:
    def __init__(self, database: Database, seals: Seals, authority: Authority) -> None:
        self._database, self._seals, self._authority = database, seals, authority

    def due(self) -> bool:
        """Whether something is sealed that has no stamp, and the last one is old enough."""
        latest = self._seals.latest()
        with self._database.read() as db:
            last = db.execute(LATEST).one_or_none()
        if latest is None or (last and last.size >= latest.size):
            return False
        every = self._authority.every
        return last is None or latest.at - datetime.fromtimestamp(last.at, UTC) >= every

    def stamp(self) -> Stamped | None:
        """Of the latest checkpoint; None where nothing is sealed. Raises Away."""
        if (latest := self._seals.latest()) is None:
            return None
        url, text = self._authority.url, _text(latest.note)
        request = TimestampRequestBuilder().data(text).hash_algorithm(HashAlgorithm.SHA256).build()
        status, answer = posted(url, request.as_bytes(), ASKS)
        if status != 200:
            raise Away(f"{url} gives no time stamp: {status}")
        try:
            at = stamped_at(answer, text, self._authority.roots, request.nonce)
        except ValueError as error:
            raise Away(f"{url} gives no time stamp that counts: {error}") from None
        now: Any = literal_column(self._database.seconds)
        row = {"size": latest.size, "stamp": answer, "at": now}
        with self._database.write() as db:
            db.execute(self._database.insert(stamps).values(row).on_conflict_do_nothing())
        return Stamped(latest.size, at)

    def kept(self, size: int) -> bytes:
        """The authority's answer about so many entries, as other people's tools read it."""
        query = select(stamps.c.stamp).where(stamps.c.size == size)
        with self._database.read() as db:
            return raw_of(db.execute(query).scalar_one())


def stamped_at(
    stamp: bytes, text: bytes, roots: Sequence[Certificate], nonce: int | None = None
) -> datetime:
    """When the text was there at the latest, in UTC. Raises ValueError for any other stamp."""
    verifier = VerifierBuilder(roots=list(roots), nonce=nonce).build()
    try:
        answer = decode_timestamp_response(stamp)
        verifier.verify_message(answer, text)
    except VerificationError as error:
        raise ValueError(str(error)) from None
    found: datetime = answer.tst_info.gen_time
    return found.astimezone(UTC)


def roots_in(file: Path) -> list[Certificate]:
    """Raises OSError, ValueError where there is none."""
    return load_pem_x509_certificates(file.read_bytes())


def stamps_checked(db: Connection, roots: Sequence[Certificate]) -> Iterator[Stamped | Finding]:
    """Each stamp that is kept: what it says, or that it is not of the checkpoint that is here."""
    for row in db.execute(STAMPED):
        what = f"the time stamp of {row.size} entries"
        if row.note is None:
            yield Finding(row.size, Kind.STAMP, f"{what} is of a checkpoint that is not here")
            continue
        try:
            yield Stamped(row.size, stamped_at(raw_of(row.stamp), _text(row.note), roots))
        except ValueError as error:
            said = f"{what} is not of the checkpoint that is here: {error}"
            yield Finding(row.size, Kind.STAMP, said)


def _text(note: str) -> bytes:
    """What the key of the log signs: signatures that come later do not change it."""
    return (note.partition("\n\n")[0] + "\n").encode()
