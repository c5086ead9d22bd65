"""How long it takes to seal a log, to check all of it, to prove one entry; how late a seal is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import monotonic, perf_counter, sleep, time
from uuid import UUID, uuid4

from sqlalchemy import select

from adapters.evidence.checking import check
from adapters.evidence.findings import Anchor
from adapters.evidence.keyring import make
from adapters.evidence.merkle import included, leaf_hash
from adapters.evidence.notes import checkpoint, opened
from adapters.evidence.sealer import Sealer
from adapters.evidence.signer import Signer
from adapters.evidence.stored import evidence
from adapters.evidence.tables import checkpoints
from adapters.house import House
from adapters.log import Written
from countersign.demo.load import load
from countersign.settings import Settings
from countersign.wiring import working
from domain.undertakings import RecordUndertaking
from tests.adapters.delivery.telling import CASE, CLERK, HOLDER, OFFICER

BYTES, IN_A_STREAM, AT_ONCE, PROOFS = 700, 50, 5000, 500
"""Of an event, as those of the demonstration are; events of a stream; proofs that are made."""


def measured(folder: Path, events: int = 1_000_000) -> str:
    """In a file."""
    house = House(folder / "sealed.db")
    try:
        news: list[Written] = []
        for one in _events(events):
            news.append(one)
            if len(news) == AT_ONCE:
                house.log.store.insert(news)
                news = []
        house.log.store.insert(news)
        return _told(house, folder, events)
    finally:
        house.close()


def _events(count: int) -> Iterator[Written]:
    """Whatever bytes: what they say is not looked at."""
    random = Random(6962)
    for n in range(count):
        stream, version = divmod(n, IN_A_STREAM)
        yield Written(UUID(int=stream + 1), version + 1, "measured/1", random.randbytes(BYTES))


def _told(house: House, folder: Path, events: int) -> str:
    signer = Signer(make(folder / "seal", "bench.example/log"), folder / "signed")
    keys = signer.keys.known
    began = perf_counter()
    Sealer(house.log, house.database, signer).seal()
    sealing = perf_counter() - began
    last = signer.last()
    assert last
    began = perf_counter()
    with house.database.view() as db:
        report = check(evidence(db), keys, signer.keys.origin, [Anchor("The sealer", last)])
    checking = perf_counter() - began
    assert (report.signed, report.findings) == (events, [])
    random, taken = Random(1), []
    for _ in range(PROOFS):
        began = perf_counter()
        found = house.seals.inclusion(random.randint(1, events))
        taken.append((perf_counter() - began) * 1000)
        assert found
        one = checkpoint(opened(found.checkpoint.note, keys)[0])
        place = found.position - 1, one.size
        assert included(leaf_hash(found.entry), *place, found.proof, one.root)
    return (
        f"{events:,} events in a file: sealed in {sealing:.1f} s, all of it checked in "
        f"{checking:.1f} s by one of {os.cpu_count()} cores (goal 60); a proof of one entry takes "
        f"{median(taken):.2f} ms, p99 {quantiles(taken, n=100)[98]:.2f} (goal 5)."
    )


def lag(folder: Path, events: int = 400, pace: float = 20) -> str:
    """From the return of a command to the first checkpoint that is about what it recorded."""
    with working(Settings(data=folder)) as found:
        for _ in load(found.house):
            pass
        committed, start = {}, monotonic()
        for n in range(events):
            sleep(max(0.0, start + n / pace - monotonic()))
            owed = RecordUndertaking(CASE, uuid4(), "A report on the market", OFFICER, HOLDER)
            found.house.execute(owed, CLERK, uuid4())
            committed[found.house.log.last_position()] = time()
        sleep(2)
        with found.house.database.read() as db:
            rows = db.execute(select(checkpoints.c.size, checkpoints.c.at)).all()
    signed = sorted((row.size, row.at) for row in rows)
    late = [next(at for size, at in signed if size >= one) - committed[one] for one in committed]
    p50, p99 = (1000 * quantiles(late, n=100)[n] for n in (49, 98))
    return (
        f"From a command to the signature of a checkpoint about it, {events} at {pace:g} a second: "
        f"p50 {p50:.0f} ms, p99 {p99:.0f} ms (goal: 1,000 at most), {1000 * max(late):.0f} at most."
    )
