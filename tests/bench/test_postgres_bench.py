"""What is measured on PostgreSQL does what it says; how fast is not asked."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from bench.approval import NOTES, Approval
from bench.batches import Anew, Live, LiveAgainstLibrary
from bench.clients import asked
from bench.peers.child import Child
from bench.queue_page import Crowded, QueuePage
from projections.queue import table

ECHO = """
import sys
print("ready", flush=True)
for line in sys.stdin:
    print(int(line) if int(line) < 10 else "no", flush=True)
"""


def test_both_sides_approve_the_same_number_of_cases(tmp_path: Path) -> None:
    with closing(Approval(tmp_path, turn=6, turns=2, clients=3)) as pair:
        assert [pair.ours(), pair.theirs(), pair.theirs(), pair.ours()] == [6] * 4
        house = pair.house
        cases = house.cases("shire")
        assert Counter(one.version for one in cases) == {NOTES + 3: 13}
        assert {one.do for one in house.queue(["shire/democratic-services"]).rows} == {
            "publish-decision"
        }
        topics = Counter(one.topic for one in pair.app.recorder.select_notifications(1, 1000))
        (decided,) = (one for one in topics if one.endswith("DecisionTaken"))
        assert topics[decided] == 12


def test_batches_and_copies_bring_the_same_rows(tmp_path: Path) -> None:
    with closing(Live(tmp_path, turn=1000, turns=2)) as pair:
        assert pair.ours() == 1000
        written = sum(len(rows) for _, rows in pair.rows)
        assert pair.theirs() == pair.theirs() == written > 1000
        assert {table.name for table, _ in pair.rows} >= {"queue", "trail", "procurements"}
        for runner in pair.house.runners.values():
            assert runner.position() == 1001


def test_the_library_projects_every_event(tmp_path: Path) -> None:
    with closing(LiveAgainstLibrary(tmp_path, turn=1000, turns=1, sample=30)) as pair:
        assert pair.theirs() == 30
        there = pair.server.address(pair.database)
        with psycopg.connect(there) as db:
            assert db.execute("SELECT count(*), max(version) FROM told").fetchone() == (30, 30)


def test_what_is_made_anew_is_what_was_there(tmp_path: Path) -> None:
    with closing(Anew(tmp_path, 300, "queue")) as pair:
        pair.house.catch_up()
        with pair.house.database.read() as db:
            before = sorted(map(repr, db.execute(select(table))))
        assert pair.ours() == 300 + 3
        assert pair.theirs() >= len(before) > 0
        with pair.house.database.read() as db:
            assert sorted(map(repr, db.execute(select(table)))) == before


def test_the_page_and_a_hello_are_asked_for(tmp_path: Path) -> None:
    with closing(Crowded(tmp_path, 2000)) as crowded, closing(QueuePage(crowded, 3)) as pair:
        assert (pair.ours(), pair.theirs()) == (3, 60)
        assert "The database's part" in crowded.told(10)
        with pytest.raises(ValueError, match="303"):
            asked(crowded.port, "/queue", {}, 1)


def test_a_peer_does_what_it_is_told_or_says_that_it_does_not(tmp_path: Path) -> None:
    (tmp_path / "echo.py").write_text(ECHO)
    with closing(Child("echo", PYTHONPATH=str(tmp_path))) as child:
        assert [child.do(2), child.do(9)] == [2, 9]
        with pytest.raises(RuntimeError, match="instead of '10'"):
            child.do(10)
