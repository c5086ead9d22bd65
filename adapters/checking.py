"""Whether a record is whole: every event, every paper, and read models that say what it says."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID

import msgspec
from sqlalchemy import func, select

from adapters.documents import documents
from adapters.house import House
from adapters.runner import Runner

BATCH = 1000


def findings(house: House) -> Iterator[str]:
    """What is wrong, in sentences that hold nothing of the record. Makes read models anew."""
    yield from of_the_log(house)
    yield from of_papers(house)
    for name, runner in house.runners.items():
        if not rebuilt_is_equal(house, runner):
            yield f"the read model {name} is not what the log says"


def counted_in(house: House) -> tuple[int, int]:
    """How many events and papers there are."""
    events, at = 0, 0
    while batch := house.log.tail(at, BATCH):
        events, at = events + len(batch), batch[-1].position
    with house.database.read() as db:
        return events, db.scalar(select(func.count()).select_from(documents)) or 0


def of_the_log(house: House) -> Iterator[str]:
    """Each event can be read; in the order of the log a stream's versions have no gap."""
    versions: dict[UUID, int] = {}
    at = 0
    while batch := house.log.tail(at, BATCH):
        for one in batch:
            at = one.position
            expected = versions.get(one.stream, 0) + 1
            if one.version != expected:
                yield f"position {at} is version {one.version} of its stream, not {expected}"
            versions[one.stream] = one.version
            try:
                house.log.recorded(one)
            except (msgspec.MsgspecError, KeyError, ValueError) as error:
                yield f"the event at position {at} cannot be read: {type(error).__name__}"


def of_papers(house: House) -> Iterator[str]:
    """Each paper is what its digest says."""
    with house.database.read() as db:
        digests = list(db.scalars(select(documents.c.digest).order_by(documents.c.digest)))
    for digest in digests:
        with house.database.read() as db:
            body = db.scalar(select(documents.c.body).where(documents.c.digest == digest))
        if sha256(body or b"").hexdigest() != digest:
            yield f"the paper {digest} is not what its digest says"


def rebuilt_is_equal(house: House, runner: Runner) -> bool:
    """Whether making a read model anew, once it is up to date, changes nothing in it."""
    while runner.catch_up():
        pass
    live = _digest(house, runner)
    runner.rebuild()
    return _digest(house, runner) == live


def _digest(house: House, runner: Runner) -> str:
    with house.database.read() as db:
        rows = sorted(repr(tuple(row)) for row in db.execute(select(runner.projection.table)))
    return sha256("\n".join([f"up to {runner.position()}", *rows]).encode()).hexdigest()
