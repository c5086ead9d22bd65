"""One shard at the size of a national service's ten years: python -m bench.shard [EVENTS] [ITEMS]

Real cases are written, then copied in the database under other ids until there are as many events
as asked for, and as many open queue items. What a decision and a queue page cost is measured
before and after.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import islice
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import psycopg
from fastapi.testclient import TestClient

from adapters.house import House
from adapters.log.postgres import PostgresStore
from bench.councils import Waiting, adopt, clerk, waiting
from bench.histories import FIRST_DAY, side_by_side, write
from countersign.demo import load
from tests import postgres
from tests.tools.postgres import Server, server
from web.app import create

SAMPLE, EACH, PAGES = 1000, 50, 300
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}
LOT = 200_000
COPY = """
INSERT INTO stored_events (originator_id, originator_version, topic, state)
SELECT md5(originator_id::text || n)::uuid, originator_version, topic, state
FROM stored_events CROSS JOIN generate_series(%s::int, %s::int) n
WHERE notification_id BETWEEN %s AND %s ORDER BY n, notification_id
"""
ITEMS = """
INSERT INTO read_models.queue
SELECT md5(procurement::text || n)::uuid, "do", subject, post || n %% 1000, authority, reference,
  title, act, whose, since, since_text, opens, blocked_by, waits_for, due, due_because, last
FROM read_models.queue CROSS JOIN generate_series(1, %s::int) n
"""
TRAIL = """
INSERT INTO read_models.trail
SELECT (SELECT max(position) FROM read_models.trail) + row_number() OVER (),
  md5(stream::text || n)::uuid, version, reference || '-' || n, "on", on_text, recorded, post,
  deputising, event, sentence, source, irregularities
FROM read_models.trail CROSS JOIN generate_series(1, %s::int) n WHERE event NOT LIKE '%%-adopted/_'
"""
HAND_OUT = "SELECT hand_out_positions(2147483647)"
SIZE = "SELECT pg_size_pretty(pg_database_size(current_database()))"


def main(events: int = 10_000_000, items: int = 1_000_000) -> None:
    with TemporaryDirectory(dir=".") as folder, server(**SIZED) as found:
        name = postgres.emptied(found)
        key = Path(folder, "countersign.key").absolute()
        with postgres.opened(found, name, key, careless=False) as house:
            reports = _prepared(house)
            _measure("before", house, reports[:EACH])
            _fill(found, name, house, events, items)
            _measure("after", house, reports[EACH:])


SIZED = {"shared_buffers": "1GB", "max_wal_size": "8GB", "checkpoint_timeout": "15min"}
"""As a database of this size is set up; everything that keeps what is confirmed stays on."""


def _prepared(house: House) -> Sequence[Waiting]:
    """A thousand events of Leeds, and another council whose reports wait for a decision."""
    house.clocks.start("leeds", FIRST_DAY)
    load.adopt(house, "leeds", load.FOLDER / "leeds")
    write(house, islice(side_by_side(house, 50), SAMPLE))
    adopt(house, "shire")
    reports = list(waiting(house, "shire", 2 * EACH))
    house.catch_up()
    return reports


def _fill(found: Server, name: str, house: House, events: int, items: int) -> None:
    began = perf_counter()
    with psycopg.connect(found.address(name), autocommit=True) as db:
        first, last = db.execute(
            "SELECT min(notification_id), max(notification_id) FROM stored_events "
            "WHERE originator_version > 0 AND topic NOT LIKE '%-adopted/_'"
        ).fetchone() or (0, 0)
        times, lot = ceil(events / (last - first + 1)), max(1, LOT // (last - first + 1))
        for start in range(1, times + 1, lot):
            db.execute(COPY, (start, min(start + lot - 1, times), first, last))
        db.execute(HAND_OUT)
        _settle(house)
        (rows,) = db.execute("SELECT count(*) FROM read_models.queue").fetchone() or (0,)
        db.execute(ITEMS, (ceil(items / rows),))
        db.execute(TRAIL, (times,))
        db.execute("UPDATE checkpoints SET position = (SELECT max(position) FROM log_positions)")
        db.execute("ANALYZE")
        (size,) = db.execute(SIZE).fetchone() or ("",)
        (count,) = db.execute("SELECT count(*) FROM read_models.queue").fetchone() or (0,)
    house.log.last_position()
    took = perf_counter() - began
    print(
        f"{house.log.last_position():,} events and {count:,} queue items: {size}, in {took:.0f} s"
    )


def _settle(house: House) -> None:
    """As the workers do by and by."""
    store = house.log.store
    assert isinstance(store, PostgresStore)
    for _ in range(2):
        store.positions.settle()


def _measure(when: str, house: House, reports: Sequence[Waiting]) -> None:
    house.engine.memory.forget()
    told = []
    for one in reports:
        took = _timed(lambda one=one: house.execute(one.command, one.by, one.command_id, one.seen))  # type: ignore[misc]
        told.append(took)
    followed = _timed(house.catch_up)
    with closing(TestClient(create(house, demo=True))) as client:
        person = clerk("shire").person
        client.post("/sign-in", data={"person": str(person)}, headers=SAME_ORIGIN)
        assert "shire-2022-1" in client.get("/queue").text
        pages = [_timed(lambda: client.get("/queue")) for _ in range(PAGES)]
        path = "/procurements/shire-2022-1"
        case = [_timed(lambda: client.get(path)) for _ in range(PAGES)]
    print(f"{when}: a decision {_told(told)}; the queue page {_told(pages)};")
    print(f"  the page of a case {_told(case)}; read models follow")
    print(f"  {len(reports)} decisions in {followed:.2f} s")


def _timed(do: Callable[[], object]) -> float:
    began = perf_counter()
    do()
    return perf_counter() - began


def _told(seconds: Sequence[float]) -> str:
    found = sorted(seconds)
    p50, p99 = (1000 * found[ceil(share * len(found)) - 1] for share in (0.5, 0.99))
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms"


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
